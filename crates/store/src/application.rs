//! The role with which a server works on PostgreSQL, when another one owns the tables: it can do
//! what the program does and nothing else, so that it cannot switch off what protects the audit
//! log.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Store, StoreError};

/// Each table with what the program does to its rows.
pub const GRANTS: &[(&str, &str)] = &[
    ("audit_entries", "SELECT, INSERT"),
    ("evidence", "SELECT, INSERT, UPDATE"),
    ("imports", "SELECT, INSERT, UPDATE"),
    ("installation", "SELECT, INSERT"),
    ("locations", "SELECT, INSERT"),
    ("organizations", "SELECT, INSERT, UPDATE"),
    ("role_grants", "SELECT, INSERT, DELETE"),
    ("seaql_migrations", "SELECT"),
    ("sessions", "SELECT, INSERT, UPDATE, DELETE"),
    ("users", "SELECT, INSERT, UPDATE"),
];

impl Store {
    /// Lets a role of PostgreSQL work with the tables, in place of what it was allowed before.
    /// It takes a role that owns them. SQLite has no roles: a [`StoreError::Url`].
    pub async fn allow(&self, role: &str) -> Result<(), StoreError> {
        if self.read().get_database_backend() != DbBackend::Postgres {
            let why = "roles are PostgreSQL's; a SQLite file is its owner's alone";
            return Err(StoreError::Url(why.to_owned()));
        }
        let role = quoted(role);
        let schema = quoted(&self.schema().await?);
        let mut all = format!("GRANT USAGE ON SCHEMA {schema} TO {role};");
        for (table, allowed) in GRANTS {
            let table = format!("{schema}.{}", quoted(table));
            all += &format!(
                "REVOKE ALL ON {table} FROM {role}; GRANT {allowed} ON {table} TO {role};"
            );
        }
        self.read().execute_unprepared(&all).await?;
        Ok(())
    }

    async fn schema(&self) -> Result<String, StoreError> {
        let ask = Statement::from_string(DbBackend::Postgres, "SELECT current_schema()::text");
        let row = self.read().query_one_raw(ask).await?;
        let name = row.map(|row| row.try_get_by_index::<Option<String>>(0));
        let none = || StoreError::Url("the database has no schema to work in".to_owned());
        name.transpose()?.flatten().ok_or_else(none)
    }
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
