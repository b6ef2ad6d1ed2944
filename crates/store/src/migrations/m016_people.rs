//! People of organizations: who is a member of which, where roles hold and who gave them, whom
//! somebody invited, and what somebody asked for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::{DbBackend, Statement};

use super::helpers::{needs, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        members(manager).await?;
        grants(manager).await?;
        invitations(manager).await?;
        requests(manager).await?;
        fill(manager).await?;
        // An older program would let in somebody who was deactivated, and take a role of some
        // locations for one of all.
        needs(manager, self.name()).await
    }
}

async fn members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Sorted by their bytes on each database, so that pages go on where they ended.
    let bytes = |name: &'static str| match manager.get_database_backend() {
        DbBackend::Postgres => text(name).extra("COLLATE \"C\"").take(),
        _ => text(name),
    };
    manager
        .create_table(
            Table::create()
                .table("members")
                .col(text("organization_id"))
                .col(text("user_id"))
                .col(bytes("name_key"))
                .col(bytes("email_key"))
                .col(timestamp_with_time_zone("joined_at"))
                .col(big_integer("signed_in_ms").default(0).take())
                .col(string("withheld").default("").take())
                .col(timestamp_with_time_zone_null("deactivated_at"))
                .col(text_null("deactivated_by"))
                .col(timestamp_with_time_zone_null("removed_at"))
                .primary_key(Index::create().col("organization_id").col("user_id"))
                .foreign_key(&mut reference(
                    "members",
                    "organization_id",
                    "organizations",
                ))
                .foreign_key(&mut reference("members", "user_id", "users"))
                .to_owned(),
        )
        .await?;
    for column in ["name_key", "email_key", "signed_in_ms"] {
        let index = Index::create()
            .name(format!("members_{column}"))
            .table("members")
            .col("organization_id")
            .col(column)
            .col("user_id")
            .to_owned();
        manager.create_index(index).await?;
    }
    let index = super::helpers::index("members", "user_id");
    manager.create_index(index).await
}

async fn grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let scope = string("scope").default("organization").take();
    for column in [scope, text_null("granted_by")] {
        let mut table = Table::alter();
        let table = table.table("role_grants").add_column(column);
        manager.alter_table(table.to_owned()).await?;
    }
    let key = ("user_id", "organization_id", "role");
    manager
        .create_table(
            Table::create()
                .table("role_grant_locations")
                .col(text("user_id"))
                .col(text("organization_id"))
                .col(string("role"))
                .col(text("location_id"))
                .primary_key(
                    Index::create()
                        .col("user_id")
                        .col("organization_id")
                        .col("role")
                        .col("location_id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("role_grant_locations", key)
                        .to("role_grants", key)
                        .on_delete(ForeignKeyAction::Cascade),
                )
                // A role must not hold in more places because one of them is gone.
                .foreign_key(
                    ForeignKey::create()
                        .from("role_grant_locations", "location_id")
                        .to("locations", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .to_owned(),
        )
        .await?;
    let index = super::helpers::index("role_grant_locations", "location_id");
    manager.create_index(index).await
}

async fn invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitations")
                .col(text("organization_id"))
                .col(text("id"))
                .col(text("email"))
                .col(text("grants"))
                .col(text("invited_by"))
                .col(timestamp_with_time_zone("invited_at"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(big_integer("sendings"))
                .col(string("state"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text_null("decided_by"))
                .primary_key(Index::create().col("organization_id").col("id"))
                .foreign_key(&mut reference(
                    "invitations",
                    "organization_id",
                    "organizations",
                ))
                .to_owned(),
        )
        .await?;
    // One invitation of an address can be open at a time.
    let open = "CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, email) \
                WHERE state = 'open'";
    manager.get_connection().execute_unprepared(open).await?;
    Ok(())
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("requests")
                .col(text("organization_id"))
                .col(text("id"))
                .col(string("kind"))
                .col(text("subject"))
                .col(text("reason"))
                .col(text("asked_by"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(string("state"))
                .col(text_null("decided_by"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text("note"))
                .primary_key(Index::create().col("organization_id").col("id"))
                .foreign_key(&mut reference(
                    "requests",
                    "organization_id",
                    "organizations",
                ))
                .to_owned(),
        )
        .await?;
    // Asking twice is one request.
    let open = "CREATE UNIQUE INDEX requests_pending \
                ON requests (organization_id, kind, subject, asked_by) WHERE state = 'pending'";
    manager.get_connection().execute_unprepared(open).await?;
    Ok(())
}

/// Whoever has a role is a member since the first of them.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let backend = manager.get_database_backend();
    let all = "SELECT g.organization_id, u.id, u.name, u.email, min(g.granted_at) AS since \
               FROM role_grants g JOIN users u ON u.id = g.user_id \
               GROUP BY g.organization_id, u.id, u.name, u.email";
    for row in db
        .query_all_raw(Statement::from_string(backend, all))
        .await?
    {
        let at = |index: usize| row.try_get_by_index::<String>(index);
        let since: chrono::DateTime<chrono::Utc> = row.try_get_by_index(4)?;
        let member = Query::insert()
            .into_table("members")
            .columns([
                "organization_id",
                "user_id",
                "name_key",
                "email_key",
                "joined_at",
            ])
            .values_panic([
                at(0)?.into(),
                at(1)?.into(),
                membership_domain::text::name_key(&at(2)?).into(),
                at(3)?.into(),
                since.into(),
            ])
            .to_owned();
        manager.execute(member).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use membership_domain::id::{OrganizationId, UserId};
    use membership_domain::roles::{Grant, Role};

    use crate::testing::{TestStore, execute};
    use crate::{StoreError, grants, members};

    #[tokio::test]
    async fn who_had_a_role_before_is_a_member_since_the_first_of_them() -> Result<(), StoreError> {
        TestStore::each(async |store| {
            let (id, at) = (OrganizationId::from_u128(10), "2023-11-15T09:00:00Z");
            let user = UserId::from_u128(1);
            for sql in [
                "DROP TABLE role_grant_locations".to_owned(),
                "DROP TABLE members".to_owned(),
                "DROP TABLE invitations".to_owned(),
                "DROP TABLE requests".to_owned(),
                "ALTER TABLE role_grants DROP COLUMN scope".to_owned(),
                "ALTER TABLE role_grants DROP COLUMN granted_by".to_owned(),
                "DELETE FROM seaql_migrations WHERE version LIKE 'm016%' OR version LIKE 'm018%'"
                    .to_owned(),
                format!(
                    "INSERT INTO organizations (id, partner_id, name, country, verification, \
                     revision, created_at) \
                     VALUES ('{id}', '4200001', 'Contoso', 'US', 'accepted', 1, '{at}')"
                ),
                format!(
                    "INSERT INTO users (id, email, name, password_hash, created_at) \
                     VALUES ('{user}', 'ada@contoso.example', 'Ada Émile', '', '{at}')"
                ),
                format!(
                    "INSERT INTO role_grants (user_id, organization_id, role, granted_at) VALUES \
                     ('{user}', '{id}', 'billing_admin', '{at}'), \
                     ('{user}', '{id}', 'report_viewer', '2023-10-01T09:00:00Z')"
                ),
            ] {
                execute(store, &sql).await?;
            }
            store.migrate().await?;
            let member = members::by_id(store.db(), id, user).await?;
            let member = member.ok_or(StoreError::NotFound("member"))?;
            assert_eq!(member.joined_at.to_rfc3339(), "2023-10-01T09:00:00+00:00");
            assert!(member.is_active() && member.signed_in_at.is_none());
            let held = grants::held(store.db(), user, id).await?;
            let both = [Role::BillingAdmin, Role::ReportViewer].map(Grant::everywhere);
            assert_eq!(held, both);
            Ok(())
        })
        .await
    }
}
