//! The books: entries that are written once and never changed.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{OrderId, OrganizationId, PostingId};
use membership_domain::money::Currency;
use membership_domain::purchase::ledger::{Account, Booking, BookingKind};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Set,
    Statement,
};

use crate::entities::{booking, booking_line, coded, optional_id};
use crate::key::Key;
use crate::{StoreError, Write};

/// An entry as it is booked.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// UUIDv7.
    pub id: PostingId,
    /// What it is booked for: there is one entry of a key.
    pub key: String,
    /// Whose, where it is about somebody.
    pub organization: Option<OrganizationId>,
    /// For which order.
    pub order: Option<OrderId>,
    /// The entry.
    pub booking: Booking,
    /// In real time.
    pub at: DateTime<Utc>,
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// UUIDv7.
    pub id: PostingId,
    /// What it is booked for.
    pub key: String,
    /// Its day.
    pub on: NaiveDate,
    /// What it is for.
    pub kind: BookingKind,
    /// For which order.
    pub order: Option<OrderId>,
    /// ISO 4217 code.
    pub currency: Currency,
    /// Accounts and amounts: debits above zero.
    pub lines: Vec<(Account, i64)>,
}

/// Books an entry. A second one of the same key is a [`StoreError::Duplicate`]; one without lines is
/// left out.
pub async fn book(write: &Write, new: NewEntry) -> Result<(), StoreError> {
    let lines: Vec<booking_line::ActiveModel> = (new.booking.lines().enumerate())
        .map(|(place, (account, amount))| booking_line::ActiveModel {
            booking_id: Set(Key(new.id)),
            place: Set(i32::try_from(place).unwrap_or(i32::MAX)),
            account: Set(account.code().to_owned()),
            amount: Set(amount),
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let row = booking::ActiveModel {
        id: Set(Key(new.id)),
        key: Set(new.key),
        booked_on: Set(new.booking.on),
        kind: Set(new.booking.kind.code().to_owned()),
        organization_id: Set(new.organization.map(|id| id.to_string())),
        order_id: Set(new.order.map(|id| id.to_string())),
        currency: Set(new.booking.currency.code().to_owned()),
        created_at: Set(new.at),
    };
    booking::Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    booking_line::Entity::insert_many(lines)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// A line of the trial balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// ISO 4217 code.
    pub currency: Currency,
    /// All debits, in minor units.
    pub debit: i64,
    /// All credits, in minor units.
    pub credit: i64,
}

#[derive(FromQueryResult)]
struct BalanceRow {
    account: String,
    currency: String,
    debit: i64,
    credit: i64,
}

/// What is on each account in each currency, up to and with a day.
pub async fn trial_balance(
    db: &impl ConnectionTrait,
    until: NaiveDate,
) -> Result<Vec<Balance>, StoreError> {
    const SUM: &str = "
SELECT line.account AS account, entry.currency AS currency,
    CAST(SUM(CASE WHEN line.amount > 0 THEN line.amount ELSE 0 END) AS BIGINT) AS debit,
    CAST(SUM(CASE WHEN line.amount < 0 THEN -line.amount ELSE 0 END) AS BIGINT) AS credit
FROM booking_lines AS line JOIN bookings AS entry ON entry.id = line.booking_id
WHERE entry.booked_on <= $1
GROUP BY line.account, entry.currency ORDER BY entry.currency, line.account";
    let ask = Statement::from_sql_and_values(db.get_database_backend(), SUM, [until.into()]);
    let rows = BalanceRow::find_by_statement(ask).all(db).await?;
    (rows.into_iter())
        .map(|row| {
            Ok(Balance {
                account: coded("account", &row.account, Account::from_code)?,
                currency: coded("currency", &row.currency, |code| code.parse().ok())?,
                debit: row.debit,
                credit: row.credit,
            })
        })
        .collect()
}

/// What orders owe, or have paid without owing it: each that is not at zero.
pub async fn open_items(
    db: &impl ConnectionTrait,
) -> Result<Vec<(OrderId, Currency, i64)>, StoreError> {
    const OPEN: &str = "
SELECT entry.order_id AS account, entry.currency AS currency,
    CAST(SUM(line.amount) AS BIGINT) AS debit, CAST(0 AS BIGINT) AS credit
FROM booking_lines AS line JOIN bookings AS entry ON entry.id = line.booking_id
WHERE line.account = $1 AND entry.order_id IS NOT NULL
GROUP BY entry.order_id, entry.currency HAVING SUM(line.amount) <> 0 ORDER BY entry.order_id";
    let receivable = Account::Receivable.code().into();
    let ask = Statement::from_sql_and_values(db.get_database_backend(), OPEN, [receivable]);
    let rows = BalanceRow::find_by_statement(ask).all(db).await?;
    (rows.into_iter())
        .map(|row| {
            let currency = coded("currency", &row.currency, |code| code.parse().ok())?;
            Ok((crate::entities::id(row.account)?, currency, row.debit))
        })
        .collect()
}

/// The entries of an order, or all, in their order.
pub async fn entries(
    db: &impl ConnectionTrait,
    order: Option<OrderId>,
) -> Result<Vec<Entry>, StoreError> {
    let mut find = booking::Entity::find()
        .order_by_asc(booking::Column::BookedOn)
        .order_by_asc(booking::Column::Id);
    let mut lines = booking_line::Entity::find()
        .order_by_asc(booking_line::Column::BookingId)
        .order_by_asc(booking_line::Column::Place);
    if let Some(order) = order {
        find = find.filter(booking::Column::OrderId.eq(order.to_string()));
    }
    let found = find.all(db).await?;
    if order.is_some() {
        let ids: Vec<_> = found.iter().map(|row| row.id).collect();
        lines = lines.filter(booking_line::Column::BookingId.is_in(ids));
    }
    let mut by_entry = std::collections::BTreeMap::<String, Vec<(Account, i64)>>::new();
    for line in lines.all(db).await? {
        let account = coded("account", &line.account, Account::from_code)?;
        let known = by_entry.entry(line.booking_id.0.to_string()).or_default();
        known.push((account, line.amount));
    }
    (found.into_iter())
        .map(|row| {
            Ok(Entry {
                id: row.id.0,
                on: row.booked_on,
                kind: coded("kind of an entry", &row.kind, BookingKind::from_code)?,
                order: optional_id(row.order_id)?,
                currency: coded("currency", &row.currency, |code| code.parse().ok())?,
                lines: by_entry.remove(&row.id.0.to_string()).unwrap_or_default(),
                key: row.key,
            })
        })
        .collect()
}
