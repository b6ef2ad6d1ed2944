//! The audit log says who did something by which session, for whom, and each field before and
//! after; a chain of hashes over its entries; and personal values beside it, which can be erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, text_null};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Empty in entries of before, and in those of servers of the version before.
const COLUMNS: [&str; 5] = ["actor", "by_id", "session_id", "about_id", "changes"];

/// What pages of the log are found by, each in the order in which they are shown, and what is asked
/// for besides: so that an entry that is not wanted is passed over without being read.
const FOUND_BY: [(&str, &[&str], &[&str]); 5] = [
    ("any", &[], &[]),
    ("action", &["action"], &[]),
    ("user", &["user_id"], &["action"]),
    ("about", &["about_id"], &["action", "user_id"]),
    ("subject", &["subject"], &["action", "user_id", "about_id"]),
];

/// An entry is pending until it is sealed. A trigger says so and not the program, so that it holds
/// for entries of servers of the version before, and for those that somebody inserts by hand.
const SQLITE: &str = "
CREATE TRIGGER audit_entries_pend AFTER INSERT ON audit_entries
BEGIN INSERT INTO audit_pending (entry_id, organization_id)
VALUES (NEW.id, COALESCE(NEW.organization_id, '')); END;
CREATE TRIGGER audit_links_stay BEFORE UPDATE ON audit_links
BEGIN SELECT RAISE(ABORT, 'audit links are append-only'); END;
CREATE TRIGGER audit_links_remain BEFORE DELETE ON audit_links
BEGIN SELECT RAISE(ABORT, 'audit links are append-only'); END;
CREATE TRIGGER audit_links_replace_none BEFORE INSERT ON audit_links
WHEN EXISTS (SELECT 1 FROM audit_links WHERE rowid = NEW.rowid OR entry_id = NEW.entry_id
OR (organization_id = NEW.organization_id AND position = NEW.position))
BEGIN SELECT RAISE(ABORT, 'audit links are append-only'); END;";

const POSTGRES: &str = "
CREATE FUNCTION pend_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit_pending (entry_id, organization_id)
VALUES (NEW.id, COALESCE(NEW.organization_id, '')); RETURN NULL; END $$;
CREATE TRIGGER audit_entries_pend AFTER INSERT ON audit_entries
FOR EACH ROW EXECUTE FUNCTION pend_audit_entry();
CREATE FUNCTION refuse_link_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit links are append-only'; END $$;
CREATE TRIGGER audit_links_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_links
FOR EACH STATEMENT EXECUTE FUNCTION refuse_link_change();
ALTER TABLE audit_links ENABLE ALWAYS TRIGGER audit_links_stay;
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER audit_entries_pend;";

const PEND_ALL: &str = "INSERT INTO audit_pending (entry_id, organization_id)
SELECT id, COALESCE(organization_id, '') FROM audit_entries";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut table = Table::alter();
            let table = table.table("audit_entries").add_column(text_null(column));
            manager.alter_table(table.to_owned()).await?;
        }
        for (name, columns, besides) in FOUND_BY {
            let all = [&["organization_id"], columns, &["at", "id"], besides].concat();
            let index = index("audit_entries", name, &all);
            manager.create_index(index).await?;
        }
        for table in [pending(), links(), heads(), personal()] {
            manager.create_table(table).await?;
        }
        let pending = ["organization_id", "entry_id"];
        manager
            .create_index(index("audit_pending", "chain", &pending))
            .await?;
        manager
            .create_index(index("audit_personal", "whose", &["whose"]))
            .await?;
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(triggers).await?;
        db.execute_unprepared(PEND_ALL).await?;
        Ok(())
    }
}

fn index(table: &'static str, name: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{name}")).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// Entries that are in no chain yet. An organization's id, or nothing for those of none.
fn pending() -> TableCreateStatement {
    Table::create()
        .table("audit_pending")
        .col(text("entry_id").primary_key())
        .col(text("organization_id"))
        .to_owned()
}

/// The chains: one for each organization, and one without.
fn links() -> TableCreateStatement {
    Table::create()
        .table("audit_links")
        .col(text("organization_id"))
        .col(big_integer("position"))
        .col(text("entry_id").unique_key())
        .col(string("entry_hash"))
        .col(string("hash"))
        .primary_key(Index::create().col("organization_id").col("position"))
        .to_owned()
}

/// The last link of each chain: whoever holds its row adds to the chain.
fn heads() -> TableCreateStatement {
    Table::create()
        .table("audit_heads")
        .col(text("organization_id").primary_key())
        .col(big_integer("position"))
        .col(string("hash"))
        .to_owned()
}

/// What the chain has only a hash of: by entry and place, and whose it is.
fn personal() -> TableCreateStatement {
    Table::create()
        .table("audit_personal")
        .col(text("entry_id"))
        .col(string("place"))
        .col(text_null("whose"))
        .col(text("value"))
        .col(string("salt"))
        .primary_key(Index::create().col("entry_id").col("place"))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::ConnectionTrait;

    use super::*;
    use crate::StoreError;
    use crate::audit::{Action, Entry, Salt, head, seal};
    use crate::testing::TestStore;

    #[tokio::test]
    async fn entries_of_before_get_into_the_chain() -> Result<(), StoreError> {
        TestStore::each(async |store| {
            let db = store.db();
            let (id, at) = (
                membership_domain::Id::from_u128(1),
                chrono::DateTime::UNIX_EPOCH,
            );
            let entry = Entry::of(id, at, Action::ClockSet, "clock", Salt::of([0; 32]));
            store.write().await?.commit(entry).await?;
            let mut before = match db.get_database_backend() {
                DbBackend::Postgres => vec![
                    "DROP FUNCTION pend_audit_entry CASCADE".to_owned(),
                    "DROP FUNCTION refuse_link_change CASCADE".to_owned(),
                ],
                _ => vec!["DROP TRIGGER audit_entries_pend".to_owned()],
            };
            for (name, ..) in FOUND_BY {
                before.push(format!("DROP INDEX audit_entries_by_{name}"));
            }
            for column in COLUMNS {
                before.push(format!("ALTER TABLE audit_entries DROP COLUMN {column}"));
            }
            for table in ["pending", "links", "heads", "personal"] {
                before.push(format!("DROP TABLE audit_{table}"));
            }
            let undone = "DELETE FROM seaql_migrations WHERE version = 'm014_audit_chain'";
            before.push(undone.to_owned());
            for sql in before {
                db.execute_unprepared(&sql).await?;
            }
            store.migrate().await?;
            assert_eq!(seal(store).await?, 1);
            assert_eq!(head(db, None).await?.map(|head| head.position), Some(1));
            Ok(())
        })
        .await
    }
}
