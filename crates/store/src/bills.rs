//! Bills: what they say is kept with what causes them, their number and their bytes come after.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{BillId, OrderId, OrganizationId};
use membership_domain::purchase::bill::{Bill, BillKind, Issued};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::bill::{ActiveModel, Column, Entity};
use crate::entities::{bill_series, json, read_json};
use crate::key::Key;
use crate::{StoreError, Write};

/// A bill without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// UUIDv7: bills of a series are numbered in the order of their ids.
    pub id: BillId,
    /// Whose.
    pub organization: OrganizationId,
    /// For which order.
    pub order: OrderId,
    /// Seller, kind and year: numbers are counted in it.
    pub series: String,
    /// What it says.
    pub bill: Bill,
    /// The day that it bears.
    pub on: NaiveDate,
    /// Its number, once it has one.
    pub number: Option<String>,
    /// Whether its files are there.
    pub has_files: bool,
    /// Whether an e-invoice is among them.
    pub has_xml: bool,
    /// In real time.
    pub created_at: DateTime<Utc>,
}

impl Kept {
    /// Its number and day, once it has them.
    #[must_use]
    pub fn issued(&self) -> Option<Issued> {
        let (number, on) = (self.number.clone()?, self.on);
        Some(Issued { number, on })
    }
}

/// What a bill is as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// PDF.
    pub pdf: Vec<u8>,
    /// SHA-256 of it, in hexadecimal digits.
    pub hash: String,
    /// The e-invoice, of what has one.
    pub xml: Option<String>,
}

/// Adds a bill, with its number where it has that already. A second one of its kind for an order is
/// a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: &Kept) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(new.id)),
        organization_id: Set(Key(new.organization)),
        order_id: Set(Key(new.order)),
        kind: Set(new.bill.kind.code().to_owned()),
        series: Set(new.series.clone()),
        number: Set(new.number.clone()),
        issued_on: Set(new.on),
        content: Set(json("content of a bill", &new.bill)?),
        pdf: Set(None),
        pdf_hash: Set(None),
        xml: Set(None),
        created_at: Set(new.created_at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The series in which bills have no number yet.
pub async fn unnumbered_series(db: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    let series = Entity::find()
        .select_only()
        .column(Column::Series)
        .distinct()
        .filter(Column::Number.is_null())
        .order_by_asc(Column::Series);
    Ok(series.into_tuple().all(db).await?)
}

/// Bills of a series that have no number yet, in the order in which they get one, at most `limit`.
pub async fn unnumbered(
    db: &impl ConnectionTrait,
    series: &str,
    limit: u64,
) -> Result<Vec<Kept>, StoreError> {
    let rows = plain()
        .filter(Column::Series.eq(series))
        .filter(Column::Number.is_null())
        .order_by_asc(Column::Id)
        .limit(limit);
    read(db, rows).await
}

/// The bills with these ids, whose ever they are, in the order in which they were made.
pub async fn with_ids(db: &impl ConnectionTrait, ids: &[BillId]) -> Result<Vec<Kept>, StoreError> {
    let rows = plain()
        .filter(Column::Id.is_in(ids.iter().copied().map(Key)))
        .order_by_asc(Column::Id);
    read(db, rows).await
}

/// Holds a series until the end of the write: its last number, 0 at first.
pub async fn lock_series(write: &Write, series: &str) -> Result<i64, StoreError> {
    let row = bill_series::ActiveModel {
        series: Set(series.to_owned()),
        last: Set(0),
    };
    let there = OnConflict::column(bill_series::Column::Series)
        .do_nothing()
        .to_owned();
    bill_series::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(write.tx())
        .await?;
    let mut find = bill_series::Entity::find_by_id(series);
    if write.tx().get_database_backend() == DbBackend::Postgres {
        find = find.lock(LockType::Update);
    }
    let known = find.one(write.tx()).await?;
    Ok(known.map_or(0, |row| row.last))
}

/// Keeps the last number of a series that this write holds.
pub async fn keep_last(write: &Write, series: &str, last: i64) -> Result<(), StoreError> {
    bill_series::Entity::update_many()
        .col_expr(bill_series::Column::Last, Expr::value(last))
        .filter(bill_series::Column::Series.eq(series))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// Gives a bill its number, once: whether it had none.
pub async fn issue(write: &Write, id: BillId, number: &str) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::Number, Expr::value(number))
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::Number.is_null())
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Keeps the files of a bill, once: whether it had none.
pub async fn keep_files(write: &Write, id: BillId, files: Files) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::Pdf, Expr::value(files.pdf))
        .col_expr(Column::PdfHash, Expr::value(files.hash))
        .col_expr(Column::Xml, Expr::value(files.xml))
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::PdfHash.is_null())
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// The bill of an organization.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: BillId,
) -> Result<Option<Kept>, StoreError> {
    let of = plain()
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::OrganizationId.eq(Key(organization)));
    Ok(read(db, of).await?.pop())
}

/// The bills of an order, in the order in which they were made.
pub async fn of_order(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<Kept>, StoreError> {
    let of = plain()
        .filter(Column::OrderId.eq(Key(order)))
        .order_by_asc(Column::Id);
    read(db, of).await
}

/// The bills of an organization of some kinds, newest first, those before `before`, at most `limit`.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    kinds: &[BillKind],
    before: Option<BillId>,
    limit: u64,
) -> Result<Vec<Kept>, StoreError> {
    let mut find = plain()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        find = find.filter(Column::Id.lt(Key(before)));
    }
    read(db, find).await
}

/// The files of a bill.
pub async fn files(db: &impl ConnectionTrait, id: BillId) -> Result<Option<Files>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    Ok(row.and_then(|row| {
        Some(Files {
            pdf: row.pdf?,
            hash: row.pdf_hash?,
            xml: row.xml,
        })
    }))
}

/// Numbers of a series, in the order of their counts.
pub async fn numbers(db: &impl ConnectionTrait, series: &str) -> Result<Vec<String>, StoreError> {
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::Series.eq(series))
        .filter(Column::Number.is_not_null())
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// All but the bytes.
type Row = (
    Key<membership_domain::id::Bill>,
    Key<membership_domain::id::Organization>,
    Key<membership_domain::id::Order>,
    String,
    String,
    Option<String>,
    NaiveDate,
    Option<String>,
    DateTime<Utc>,
    bool,
);

fn plain() -> sea_orm::Select<Entity> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::OrganizationId,
            Column::OrderId,
            Column::Series,
            Column::Content,
            Column::Number,
            Column::IssuedOn,
            Column::PdfHash,
            Column::CreatedAt,
        ])
        .column_as(Column::Xml.is_not_null(), "has_xml")
}

async fn read(
    db: &impl ConnectionTrait,
    find: sea_orm::Select<Entity>,
) -> Result<Vec<Kept>, StoreError> {
    let rows: Vec<Row> = find.into_tuple().all(db).await?;
    (rows.into_iter())
        .map(
            |(id, organization, order, series, content, number, on, hash, created_at, has_xml)| {
                Ok(Kept {
                    id: id.0,
                    organization: organization.0,
                    order: order.0,
                    series,
                    bill: read_json("content of a bill", &content)?,
                    on,
                    number,
                    has_files: hash.is_some(),
                    has_xml,
                    created_at,
                })
            },
        )
        .collect()
}

/// The series of a bill: numbers are counted for each seller and kind in each year.
#[must_use]
pub fn series(seller: &str, kind: BillKind, year: i32) -> String {
    format!("{seller} {} {year}", kind.code())
}
