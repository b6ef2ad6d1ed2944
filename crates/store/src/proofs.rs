//! Proofs of transfers: what a buyer uploaded for an order, the last one.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{OrderId, UserId};
use membership_domain::purchase::proof::ProofKind;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Set};

use crate::entities::coded;
use crate::entities::proof::{ActiveModel, Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// A proof without its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The day on which the transfer was sent.
    pub paid_on: NaiveDate,
    /// The account that it was sent to.
    pub account: String,
    /// The bank's reference of it.
    pub transaction: String,
    /// What the file is.
    pub kind: ProofKind,
    /// How large the file is, in bytes.
    pub size: u64,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// The proof of an order, if there is one.
pub async fn of(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<Proof>, StoreError> {
    type Row = (
        NaiveDate,
        String,
        String,
        String,
        i64,
        Key<membership_domain::id::User>,
        DateTime<Utc>,
    );
    let row: Option<Row> = Entity::find_by_id(Key(order))
        .select_only()
        .columns([
            Column::PaidOn,
            Column::Account,
            Column::TransactionId,
            Column::Kind,
            Column::Size,
            Column::UploadedBy,
            Column::UploadedAt,
        ])
        .into_tuple()
        .one(db)
        .await?;
    row.map(
        |(paid_on, account, transaction, kind, size, by, uploaded_at)| {
            Ok(Proof {
                paid_on,
                account,
                transaction,
                kind: coded("proof", &kind, ProofKind::from_code)?,
                size: u64::try_from(size).unwrap_or_default(),
                uploaded_by: by.0,
                uploaded_at,
            })
        },
    )
    .transpose()
}

/// The file of an order's proof.
pub async fn file(
    db: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Option<(ProofKind, Vec<u8>)>, StoreError> {
    let row = Entity::find_by_id(Key(order)).one(db).await?;
    row.map(|row| {
        let kind = coded("proof", &row.kind, ProofKind::from_code)?;
        Ok((kind, row.bytes))
    })
    .transpose()
}

/// Keeps the proof of an order in place of the one before.
pub async fn put(
    write: &Write,
    order: OrderId,
    proof: Proof,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        order_id: Set(Key(order)),
        paid_on: Set(proof.paid_on),
        account: Set(proof.account),
        transaction_id: Set(proof.transaction),
        kind: Set(proof.kind.code().to_owned()),
        size: Set(i64::try_from(proof.size).unwrap_or(i64::MAX)),
        bytes: Set(bytes),
        uploaded_by: Set(Key(proof.uploaded_by)),
        uploaded_at: Set(proof.uploaded_at),
    };
    let mut again = OnConflict::column(Column::OrderId);
    again.update_columns([
        Column::PaidOn,
        Column::Account,
        Column::TransactionId,
        Column::Kind,
        Column::Size,
        Column::Bytes,
        Column::UploadedBy,
        Column::UploadedAt,
    ]);
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}
