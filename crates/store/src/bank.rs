//! Bank statements: files as they came, and each entry once, by its identity.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{BankEntryId, OrderId, StatementId, UserId};
use membership_domain::money::Money;
use membership_domain::purchase::bank::BankEntryState;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entities::bank_entry::{ActiveModel, Column, Entity, Model};
use crate::entities::{bank_file, coded, optional_id, statement};
use crate::key::Key;
use crate::{StoreError, Write};

/// So many rows go into one statement of SQL: databases bound how many values one has.
const AT_ONCE: usize = 500;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// UUIDv7.
    pub id: BankEntryId,
    /// In which statement it came first.
    pub statement: StatementId,
    /// Hash of its identity: unique.
    pub identity: String,
    /// Hash of the identity that its batch has as a sum.
    pub batch_identity: Option<String>,
    /// How far it is.
    pub state: BankEntryState,
    /// Whether it came in.
    pub is_credit: bool,
    /// How much, never below zero.
    pub money: Money,
    /// When the bank booked it.
    pub booked_on: NaiveDate,
    /// From when on it counts.
    pub value_on: NaiveDate,
    /// Whether it stands for one transaction.
    pub is_complete: bool,
    /// The creditor references in it.
    pub references: Vec<String>,
    /// The bank's reference.
    pub bank_reference: Option<String>,
    /// What the payer wrote.
    pub text: Option<String>,
    /// Who paid, or was paid.
    pub counterparty: Option<String>,
    /// Their account.
    pub counterparty_account: Option<String>,
    /// Why money came back.
    pub returned: Option<String>,
    /// The order that it is for.
    pub order: Option<OrderId>,
    /// Who decided, where a person did.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What they wrote.
    pub note: Option<String>,
}

/// A statement or a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// UUIDv7.
    pub id: StatementId,
    /// Of the file that it came in.
    pub file: String,
    /// Whether it is a statement with balances, and not a notification.
    pub kind: String,
    /// The account's number.
    pub account: String,
    /// The bank's id of it.
    pub bank_id: String,
    /// The bank's number of it.
    pub number: Option<i64>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// ISO 4217 code of the balances.
    pub currency: Option<String>,
    /// Booked at its beginning, in minor units.
    pub opening: Option<i64>,
    /// Booked at its end, in minor units.
    pub closing: Option<i64>,
    /// Whether its entries lead from the one to the other, as far as that can be known.
    pub adds_up: bool,
    /// How many entries it has.
    pub entries: i64,
    /// When it came, in real time.
    pub imported_at: DateTime<Utc>,
}

/// Keeps a file: whether it is new.
pub async fn keep_file(
    write: &Write,
    digest: &str,
    bytes: Vec<u8>,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let known = bank_file::Entity::find_by_id(digest)
        .select_only()
        .column(bank_file::Column::Digest);
    let known: Option<String> = known.into_tuple().one(write.tx()).await?;
    if known.is_some() {
        return Ok(false);
    }
    let row = bank_file::ActiveModel {
        digest: Set(digest.to_owned()),
        bytes: Set(bytes),
        imported_at: Set(at),
        imported_by: Set(by.map(|id| id.to_string())),
    };
    // Of two that are imported at once the second one waits for the first, and is known then.
    let new = OnConflict::column(bank_file::Column::Digest)
        .do_nothing()
        .to_owned();
    let insert = bank_file::Entity::insert(row).on_conflict(new);
    Ok(insert.exec_without_returning(write.tx()).await? > 0)
}

/// Adds a statement.
pub async fn insert_statement(write: &Write, new: &Statement) -> Result<(), StoreError> {
    let row = statement::ActiveModel {
        id: Set(Key(new.id)),
        file_digest: Set(new.file.clone()),
        kind: Set(new.kind.clone()),
        account: Set(new.account.clone()),
        bank_id: Set(new.bank_id.clone()),
        number: Set(new.number),
        from_on: Set(new.from),
        until_on: Set(new.until),
        currency: Set(new.currency.clone()),
        opening: Set(new.opening),
        closing: Set(new.closing),
        adds_up: Set(new.adds_up),
        entries: Set(new.entries),
        imported_at: Set(new.imported_at),
    };
    statement::Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The statements of all accounts, the newest first, at most `limit`.
pub async fn statements(
    db: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<Statement>, StoreError> {
    let rows = statement::Entity::find()
        .order_by_desc(statement::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Statement::from).collect())
}

/// Which of these identities are known, of an entry or as the sum of a batch.
pub async fn known(
    db: &impl ConnectionTrait,
    identities: &[String],
) -> Result<HashSet<String>, StoreError> {
    let mut known = HashSet::new();
    for some in identities.chunks(AT_ONCE) {
        for column in [Column::Identity, Column::BatchIdentity] {
            let rows: Vec<Option<String>> = Entity::find()
                .select_only()
                .column(column)
                .filter(column.is_in(some.iter().map(String::as_str)))
                .into_tuple()
                .all(db)
                .await?;
            known.extend(rows.into_iter().flatten());
        }
    }
    Ok(known)
}

/// Adds entries.
pub async fn insert(write: &Write, new: &[Entry]) -> Result<(), StoreError> {
    // A row has twenty-one values, of which a statement has 32,766 at most.
    for some in new.chunks(AT_ONCE) {
        Entity::insert_many(some.iter().map(row))
            .exec_without_returning(write.tx())
            .await?;
    }
    Ok(())
}

/// Keeps an entry as it is now.
pub async fn update(write: &Write, changed: &Entry) -> Result<(), StoreError> {
    Entity::update(row(changed))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The entry with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: BankEntryId,
) -> Result<Option<Entry>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Entry::try_from).transpose()
}

/// The same, held until the end of the write: of two who decide about it, one comes first.
pub async fn lock(write: &Write, id: BankEntryId) -> Result<Option<Entry>, StoreError> {
    let row = Entity::find_by_id(Key(id))
        .lock_exclusive()
        .one(write.tx())
        .await?;
    row.map(Entry::try_from).transpose()
}

/// Entries in some states, the oldest first, those after `after`, at most `limit`.
pub async fn list(
    db: &impl ConnectionTrait,
    states: &[BankEntryState],
    after: Option<BankEntryId>,
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let mut which =
        Condition::all().add(Column::State.is_in(states.iter().map(|state| state.code())));
    if let Some(after) = after {
        which = which.add(Column::Id.gt(Key(after)));
    }
    let rows = Entity::find()
        .filter(which)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// How many entries are in some states.
pub async fn count(
    db: &impl ConnectionTrait,
    states: &[BankEntryState],
) -> Result<u64, StoreError> {
    let which = Column::State.is_in(states.iter().map(|state| state.code()));
    Ok(Entity::find().filter(which).count(db).await?)
}

/// The entries that are for an order.
pub async fn of_order(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrderId.eq(order.to_string()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

fn row(entry: &Entry) -> ActiveModel {
    ActiveModel {
        id: Set(Key(entry.id)),
        statement_id: Set(Key(entry.statement)),
        identity: Set(entry.identity.clone()),
        batch_identity: Set(entry.batch_identity.clone()),
        state: Set(entry.state.code().to_owned()),
        direction: Set(if entry.is_credit { "credit" } else { "debit" }.to_owned()),
        amount: Set(entry.money.amount),
        currency: Set(entry.money.currency.code().to_owned()),
        booked_on: Set(entry.booked_on),
        value_on: Set(entry.value_on),
        is_complete: Set(entry.is_complete),
        references_found: Set(entry.references.join(" ")),
        bank_reference: Set(entry.bank_reference.clone()),
        text: Set(entry.text.clone()),
        counterparty: Set(entry.counterparty.clone()),
        counterparty_account: Set(entry.counterparty_account.clone()),
        returned: Set(entry.returned.clone()),
        order_id: Set(entry.order.map(|id| id.to_string())),
        decided_by: Set(entry.decided_by.map(|id| id.to_string())),
        decided_at: Set(entry.decided_at),
        note: Set(entry.note.clone()),
    }
}

impl TryFrom<Model> for Entry {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let currency = coded("currency", &row.currency, |code| code.parse().ok())?;
        Ok(Self {
            id: row.id.0,
            statement: row.statement_id.0,
            identity: row.identity,
            batch_identity: row.batch_identity,
            state: coded(
                "state of a bank entry",
                &row.state,
                BankEntryState::from_code,
            )?,
            is_credit: row.direction == "credit",
            money: Money::new(row.amount, currency),
            booked_on: row.booked_on,
            value_on: row.value_on,
            is_complete: row.is_complete,
            references: row
                .references_found
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            bank_reference: row.bank_reference,
            text: row.text,
            counterparty: row.counterparty,
            counterparty_account: row.counterparty_account,
            returned: row.returned,
            order: optional_id(row.order_id)?,
            decided_by: optional_id(row.decided_by)?,
            decided_at: row.decided_at,
            note: row.note,
        })
    }
}

impl From<statement::Model> for Statement {
    fn from(row: statement::Model) -> Self {
        Self {
            id: row.id.0,
            file: row.file_digest,
            kind: row.kind,
            account: row.account,
            bank_id: row.bank_id,
            number: row.number,
            from: row.from_on,
            until: row.until_on,
            currency: row.currency,
            opening: row.opening,
            closing: row.closing,
            adds_up: row.adds_up,
            entries: row.entries,
            imported_at: row.imported_at,
        }
    }
}
