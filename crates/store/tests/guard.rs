//! What the database and its file keep by themselves, also from those who can write to them.

use chrono::{DateTime, Utc};
use membership_domain::Id;
use membership_domain::id::{EntryId, OrganizationId};
use membership_store::purpose::{self, Purpose};
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{
    GRANTS, Store, StoreError, audit, idempotency, invitations, links, mails, requests,
    second_factors, sessions,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

type Outcome = Result<(), StoreError>;

fn entry(number: u128) -> audit::Entry {
    let (action, salt) = (audit::Action::ClockSet, audit::Salt::of([0; 32]));
    audit::Entry::of(
        Id::from_u128(number),
        DateTime::UNIX_EPOCH,
        action,
        number,
        salt,
    )
}

async fn told(store: &Store, number: u128) -> Outcome {
    store.write().await?.commit(entry(number)).await
}

/// What the database says to a statement.
async fn refusal(store: &Store, statement: &str) -> String {
    let said = store.db().execute_unprepared(statement).await;
    said.err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

/// The values of an entry that would take the place of number 1.
fn forged(id: u128) -> String {
    let id = EntryId::from_u128(id);
    format!("('{id}', '2026-01-01 00:00:00+00:00', NULL, NULL, 'forged', '', '{{}}', '')")
}

#[tokio::test]
async fn no_way_of_writing_replaces_an_audit_entry() -> Outcome {
    TestStore::each(async |store| {
        told(store, 1).await?;
        told(store, 2).await?;
        let before = audit::newest(store.db(), 10).await?;
        let columns = "id, at, user_id, organization_id, action, subject, detail, request_id";
        let (values, free) = (forged(1), forged(3));
        let insert = format!("INTO audit_entries ({columns}) VALUES {values}");
        let mut statements = vec![
            "DELETE FROM audit_entries".to_owned(),
            "UPDATE audit_entries SET action = 'forged'".to_owned(),
            format!("INSERT {insert} ON CONFLICT (id) DO UPDATE SET action = 'forged'"),
        ];
        statements.extend(match store.db().get_database_backend() {
            DbBackend::Postgres => vec![
                "TRUNCATE audit_entries".to_owned(),
                "SET session_replication_role = replica; DELETE FROM audit_entries".to_owned(),
            ],
            _ => vec![
                format!("INSERT OR REPLACE {insert}"),
                format!("REPLACE {insert}"),
                // Another id, and the number that SQLite gave the row of the first.
                format!(
                    "INSERT OR REPLACE INTO audit_entries (rowid, {columns}) VALUES (1, {}",
                    &free[1..]
                ),
                "UPDATE OR REPLACE audit_entries SET id = 'x'".to_owned(),
                "PRAGMA recursive_triggers = OFF; REPLACE INTO audit_entries SELECT * FROM \
                 audit_entries"
                    .to_owned(),
            ],
        });
        for statement in statements {
            let said = refusal(store, &statement).await;
            assert!(said.contains("append-only"), "{statement}: {said}");
        }
        assert_eq!(audit::newest(store.db(), 10).await?, before);
        told(store, 4).await
    })
    .await
}

#[tokio::test]
async fn the_purpose_is_said_once() -> Outcome {
    TestStore::each(async |store| {
        assert_eq!(purpose::said(store.db()).await?, None);
        let write = store.write().await?;
        purpose::say(&write, Purpose::Demo).await?;
        write.commit(entry(1)).await?;
        assert_eq!(purpose::said(store.db()).await?, Some(Purpose::Demo));
        let write = store.write().await?;
        let again = purpose::say(&write, Purpose::Production).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn several_things_are_told_of_one_write() -> Outcome {
    TestStore::each(async |store| {
        let write = store.write().await?;
        write.tell(entry(1)).await?;
        drop(write);
        assert!(audit::newest(store.db(), 10).await?.is_empty());
        let write = store.write().await?;
        write.tell(entry(1)).await?;
        write.commit(entry(2)).await?;
        assert_eq!(audit::newest(store.db(), 10).await?.len(), 2);
        assert!(audit::has(store.db(), audit::Action::ClockSet).await?);
        assert!(!audit::has(store.db(), audit::Action::SignIn).await?);
        Ok(())
    })
    .await
}

fn user() -> User {
    User {
        id: Id::from_u128(1),
        email: "ines@contoso.example".to_owned(),
        name: "Ines Duarte".to_owned(),
        password_hash: "old".to_owned(),
        created_at: DateTime::UNIX_EPOCH,
        disabled_at: None,
    }
}

fn session(token: &str) -> sessions::Session {
    sessions::Session {
        token_hash: token.to_owned(),
        user: user().id,
        created_at: DateTime::UNIX_EPOCH,
        seen_at: DateTime::UNIX_EPOCH,
        expires_at: DateTime::<Utc>::MAX_UTC,
        proved_at: None,
        device: None,
        address: None,
    }
}

#[tokio::test]
async fn an_account_is_disabled_and_gets_another_password() -> Outcome {
    TestStore::each(async |store| {
        let (id, since) = (user().id, Some(DateTime::UNIX_EPOCH));
        let write = store.write().await?;
        users::insert(&write, user()).await?;
        users::set_disabled(&write, id, since).await?;
        users::set_password(&write, id, "new".to_owned()).await?;
        let locked = users::lock(&write, id).await?;
        assert_eq!((locked.disabled_at, &*locked.password_hash), (since, "new"));
        let stranger = users::set_disabled(&write, Id::nil(), None).await;
        assert!(matches!(stranger, Err(StoreError::NotFound(_))));
        users::set_disabled(&write, id, None).await?;
        assert_eq!(users::lock(&write, id).await?.disabled_at, None);
        Ok(())
    })
    .await
}

/// As it is on PostgreSQL where `migrate` is for the owner and `serve` for another role.
#[tokio::test]
async fn a_role_that_owns_nothing_can_do_what_the_program_does_and_no_more() -> Outcome {
    TestStore::as_application(async |application, _| {
        assert!(application.tables().await?.fit());
        let write = application.write().await?;
        users::insert(&write, user()).await?;
        users::lock(&write, user().id).await?;
        users::set_password(&write, user().id, "new".to_owned()).await?;
        for token in ["one", "two"] {
            let session = sessions::Session {
                expires_at: DateTime::UNIX_EPOCH,
                ..session(token)
            };
            sessions::insert(&write, session).await?;
        }
        purpose::say(&write, Purpose::Production).await?;
        write.commit(entry(1)).await?;
        sessions::touch(application, "one", DateTime::UNIX_EPOCH).await?;
        let write = application.write().await?;
        assert_eq!(sessions::delete_of_user(&write, user().id).await?, 2);
        // What erases somebody.
        let (organization, email) = (OrganizationId::from_u128(1), "ada@contoso.example");
        invitations::forget(&write, organization, email).await?;
        requests::forget(&write, organization, user().id).await?;
        mails::forget_named(&write, organization, "Ada").await?;
        mails::forget(&write, email).await?;
        links::forget(&write, email).await?;
        idempotency::forget(&write, user().id).await?;
        second_factors::remove(&write, user().id).await?;
        audit::erase_in(&write, organization, user().id).await?;
        audit::erase(&write, user().id).await?;
        users::erase(&write, user().id, DateTime::UNIX_EPOCH).await?;
        write.commit(entry(2)).await?;
        idempotency::clean(application, DateTime::UNIX_EPOCH).await?;

        for statement in [
            "UPDATE audit_entries SET action = 'forged'",
            "DELETE FROM audit_entries",
            "TRUNCATE audit_entries",
            "DROP TABLE audit_entries",
            "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_entries_stay ON audit_entries",
            "DROP FUNCTION refuse_audit_change() CASCADE",
            "UPDATE installation SET value = 'demo'",
            "DELETE FROM seaql_migrations",
            "DELETE FROM users",
            "CREATE TABLE more (id int)",
        ] {
            let said = refusal(application, statement).await;
            let denied = said.contains("permission denied") || said.contains("must be owner");
            assert!(denied, "{statement}: {said:?}");
        }
        assert_eq!(audit::newest(application.db(), 10).await?.len(), 2);
        Ok(())
    })
    .await
}

/// The owner itself, one who can become it, and one who can make itself that.
#[tokio::test]
async fn a_role_that_owns_the_tables_is_not_taken_for_one_that_does_not() -> Outcome {
    TestStore::as_application(async |application, owner| {
        let ask = "SELECT current_user::text";
        let ask = Statement::from_string(DbBackend::Postgres, ask);
        let name = owner.db().query_one_raw(ask).await?;
        let name = name.map(|row| row.try_get_by_index::<String>(0));
        let name = name.transpose()?.unwrap_or_default();
        let id = std::process::id();
        let [member, maker, plain] = ["member", "maker", "plain"].map(|it| format!("{it}_{id}"));
        for role in [
            format!("{member} IN ROLE \"{name}\" NOINHERIT"),
            format!("{maker} CREATEROLE"),
            plain.clone(),
        ] {
            let made = format!("CREATE ROLE {role}");
            owner.db().execute_unprepared(&made).await?;
        }
        let mut allowed = Vec::new();
        for role in [&name, &member, &maker, &plain] {
            allowed.push(match owner.allow(role).await {
                Ok(()) => String::new(),
                Err(error) => error.to_string(),
            });
        }
        // Whose schema it is can drop what is in it, whoever owns that.
        let schema = format!(
            "DO $$ BEGIN EXECUTE format('ALTER SCHEMA %I OWNER TO {plain}', current_schema()); END $$"
        );
        owner.db().execute_unprepared(&schema).await?;
        let of_schema = owner.allow(&plain).await;
        let back = schema.replace(&plain, &format!("\"{name}\""));
        owner.db().execute_unprepared(&back).await?;
        let gone = format!("DROP OWNED BY {plain}; DROP ROLE {member}, {maker}, {plain}");
        owner.db().execute_unprepared(&gone).await?;
        let (last, refused) = allowed.split_last().ok_or(StoreError::NotFound("role"))?;
        assert_eq!(last, "");
        for said in refused {
            assert!(said.contains("REASSIGN OWNED"), "{said}");
        }
        assert!(of_schema.is_err(), "{of_schema:?}");
        assert!(application.tables().await?.fit());
        Ok(())
    })
    .await
}

/// A table without a line would be one that a server in production cannot read.
#[tokio::test]
async fn every_table_is_in_the_list_of_what_the_application_may() -> Outcome {
    let store = Store::connect("sqlite::memory:").await?;
    store.migrate().await?;
    let ask = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
               ORDER BY name";
    let rows = store
        .db()
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, ask))
        .await?;
    let names = rows.iter().map(|row| row.try_get_by_index::<String>(0));
    let names = names.collect::<Result<Vec<_>, _>>()?;
    let listed: Vec<_> = GRANTS.iter().map(|(table, _)| *table).collect();
    assert_eq!(names, listed);
    let refused = store.allow("somebody").await;
    assert!(matches!(refused, Err(StoreError::Url(why)) if why.contains("SQLite")));
    Ok(())
}

#[cfg(unix)]
mod files {
    use std::fs::{Permissions, metadata, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    fn mode(path: &Path) -> u32 {
        metadata(path).map_or(0, |known| known.permissions().mode() & 0o7777)
    }

    /// SQLite follows links, also to where nothing is yet, and keeps what lies beside a database
    /// where the link leads.
    #[tokio::test]
    async fn a_file_behind_a_link_is_the_owners_alone() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        for (name, old) in [("new.sqlite", false), ("old.sqlite", true)] {
            let (file, link) = (folder.path().join(name), folder.path().join("link"));
            std::os::unix::fs::symlink(&file, &link)?;
            let beside = ["-wal", "-shm"].map(|end| folder.path().join(format!("{name}{end}")));
            if old {
                for path in [&file, &beside[0]] {
                    write(path, "")?;
                    set_permissions(path, Permissions::from_mode(0o644))?;
                }
            }
            let store = Store::connect(&format!("sqlite:{}", link.display())).await?;
            store.migrate().await?;
            told(&store, 1).await?;
            for path in [&file, &beside[0], &beside[1]] {
                assert_eq!(mode(path), 0o600, "{}", path.display());
            }
            std::fs::remove_file(link)?;
        }
        Ok(())
    }

    /// A new database, and one that an earlier version left open to others.
    #[tokio::test]
    async fn a_file_and_what_lies_beside_it_are_the_owners_alone()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        for (name, old) in [("new.sqlite", false), ("old name%.sqlite", true)] {
            let file = folder.path().join(name);
            let beside =
                ["-wal", "-shm"].map(|ending| folder.path().join(format!("{name}{ending}")));
            if old {
                for path in [&file, &beside[0]] {
                    write(path, "")?;
                    set_permissions(path, Permissions::from_mode(0o644))?;
                }
            }
            let path = file.display().to_string().replace('%', "%25");
            let store = Store::connect(&format!("sqlite://{path}?mode=rwc")).await?;
            store.migrate().await?;
            told(&store, 1).await?;
            for path in [&file, &beside[0], &beside[1]] {
                assert_eq!(mode(path), 0o600, "{}", path.display());
            }
        }
        Ok(())
    }
}
