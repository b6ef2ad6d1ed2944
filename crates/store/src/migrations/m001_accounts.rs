//! Users, organizations with locations, role grants, sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, timestamp_with_time_zone};

use super::helpers::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("users")
                    .col(text("id").primary_key())
                    .col(string("email").unique_key())
                    .col(string("name"))
                    .col(text("password_hash"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("organizations")
                    .col(text("id").primary_key())
                    .col(string("partner_id").unique_key())
                    .col(string("name"))
                    .col(string("country"))
                    .col(string("verification"))
                    .col(big_integer("revision"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("locations")
                    .col(text("id").primary_key())
                    .col(text("organization_id"))
                    .col(string("partner_id").unique_key())
                    .col(string("name"))
                    .col(string("country"))
                    .col(text("address"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut reference(
                        "locations",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("locations", "organization_id"))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("role_grants")
                    .col(text("user_id"))
                    .col(text("organization_id"))
                    .col(string("role"))
                    .col(timestamp_with_time_zone("granted_at"))
                    .primary_key(
                        Index::create()
                            .col("user_id")
                            .col("organization_id")
                            .col("role"),
                    )
                    .foreign_key(&mut reference("role_grants", "user_id", "users"))
                    .foreign_key(&mut reference(
                        "role_grants",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("role_grants", "organization_id"))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(text("token_hash").primary_key())
                    .col(text("user_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut reference("sessions", "user_id", "users"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("sessions", "user_id")).await
    }
}
