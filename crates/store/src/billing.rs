//! Billing profiles: one for each organization, linked once and changed for later purchases.

use chrono::{DateTime, Utc};
use membership_domain::id::OrganizationId;
use membership_domain::purchase::profile::BillingProfile;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::entities::billing_profile::{ActiveModel, Column, Entity};
use crate::entities::{json, read_json};
use crate::key::Key;
use crate::{StoreError, Write};

/// A billing profile as it is linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What it says.
    pub profile: BillingProfile,
    /// Whether documents showed the program owner that the company pays no tax.
    pub is_exempt: bool,
    /// 1 at first; one more with every change.
    pub revision: i64,
}

/// The billing profile of an organization, if one is linked.
pub async fn of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Option<Linked>, StoreError> {
    let row = Entity::find_by_id(Key(organization)).one(db).await?;
    row.map(|row| {
        Ok(Linked {
            profile: read_json("billing profile", &row.profile)?,
            is_exempt: row.is_exempt,
            revision: row.revision,
        })
    })
    .transpose()
}

/// Links a billing profile or changes it. Who does so holds the lock of the organization's row.
pub async fn put(
    write: &Write,
    organization: OrganizationId,
    profile: &BillingProfile,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let text = json("billing profile", profile)?;
    let known = of(write.tx(), organization).await?;
    let Some(known) = known else {
        let row = ActiveModel {
            organization_id: Set(Key(organization)),
            profile: Set(text),
            is_exempt: Set(false),
            revision: Set(1),
            linked_at: Set(at),
            updated_at: Set(at),
        };
        Entity::insert(row)
            .exec_without_returning(write.tx())
            .await?;
        return Ok(());
    };
    Entity::update_many()
        .col_expr(Column::Profile, Expr::value(text))
        .col_expr(Column::Revision, Expr::value(known.revision + 1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// Notes whether the company pays no tax: whether there is a profile to note it with.
pub async fn set_exempt(
    write: &Write,
    organization: OrganizationId,
    is_exempt: bool,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::IsExempt, Expr::value(is_exempt))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}
