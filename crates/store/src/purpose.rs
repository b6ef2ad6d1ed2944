//! What a database is for: a demo with fictional companies, or real data. It is said once, when the
//! database is first used, and never changed.

use sea_orm::{ConnectionTrait, EntityTrait, Set};

use crate::entities::installation::{ActiveModel, Entity};
use crate::{StoreError, Write};

/// The name of the row that says it.
const NAME: &str = "purpose";

membership_domain::codes! {
    /// What a database is for.
    Purpose {
        /// Fictional companies, accounts with a published password, and a clock that can be set.
        Demo = "demo",
        /// Real data.
        Production = "production",
    }
}

/// What the database says it is for; nothing if nobody has said it yet.
pub async fn said(db: &impl ConnectionTrait) -> Result<Option<Purpose>, StoreError> {
    let Some(row) = Entity::find_by_id(NAME).one(db).await? else {
        return Ok(None);
    };
    Purpose::from_code(&row.value)
        .map(Some)
        .ok_or(StoreError::Unreadable {
            what: "purpose of the database",
            value: row.value,
        })
}

/// Says it. Saying it twice is a [`StoreError::Duplicate`].
pub async fn say(write: &Write, purpose: Purpose) -> Result<(), StoreError> {
    let row = ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(purpose.code().to_owned()),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}
