//! What an organization asks of its people when they sign in.

use membership_domain::id::OrganizationId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::organization::{Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// Whether admins of the organization need a second factor.
pub async fn admins_need_second_factor(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<bool, StoreError> {
    let found: Option<bool> = Entity::find_by_id(Key(organization))
        .select_only()
        .column(Column::AdminsNeedSecondFactor)
        .into_tuple()
        .one(db)
        .await?;
    found.ok_or(StoreError::NotFound("organization"))
}

/// Says whether admins of the organization need a second factor. Whether that is new.
pub async fn set_admins_need_second_factor(
    write: &Write,
    organization: OrganizationId,
    needed: bool,
) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::AdminsNeedSecondFactor, Expr::value(needed))
        .filter(Column::Id.eq(Key(organization)))
        .filter(Column::AdminsNeedSecondFactor.ne(needed))
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}
