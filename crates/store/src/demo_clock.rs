//! What the clock of a demo shows, for all servers of its database.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use crate::entities::demo_clock::{ActiveModel, Column, Entity};
use crate::{StoreError, Write};

/// The name of the only row.
const NAME: &str = "demo";

/// What it shows; nothing where nobody has set one yet.
pub async fn read(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = Entity::find_by_id(NAME).one(db).await?;
    Ok(row.map(|row| row.now))
}

/// Sets it, whatever it shows.
pub async fn set(write: &Write, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ActiveModel {
        name: Set(NAME.to_owned()),
        now: Set(now),
    };
    let known = OnConflict::column(Column::Name)
        .update_column(Column::Now)
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}
