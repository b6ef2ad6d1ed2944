//! The role with which a server works on PostgreSQL, when another one owns the tables: it can do
//! what the program does and nothing else, so that it cannot switch off what protects the audit
//! log.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Store, StoreError};

/// Each table with what the program does to its rows.
pub const GRANTS: &[(&str, &str)] = &[
    ("attempts", "SELECT, INSERT, UPDATE"),
    ("audit_entries", "SELECT, INSERT"),
    ("audit_heads", "SELECT, INSERT, UPDATE"),
    ("audit_links", "SELECT, INSERT"),
    ("audit_pending", "SELECT, INSERT, DELETE"),
    ("audit_personal", "SELECT, INSERT, DELETE"),
    ("bank_entries", "SELECT, INSERT, UPDATE"),
    ("bank_feeds", "SELECT, INSERT, UPDATE"),
    ("bank_files", "SELECT, INSERT"),
    ("bill_series", "SELECT, INSERT, UPDATE"),
    ("billing_profiles", "SELECT, INSERT, UPDATE"),
    ("bills", "SELECT, INSERT, UPDATE"),
    ("booking_lines", "SELECT, INSERT"),
    ("bookings", "SELECT, INSERT"),
    ("claims", "SELECT, INSERT, UPDATE, DELETE"),
    ("demo_clock", "SELECT, INSERT, UPDATE"),
    ("evidence", "SELECT, INSERT, UPDATE"),
    ("evidence_pieces", "SELECT, INSERT, UPDATE, DELETE"),
    ("gateway_events", "SELECT, INSERT"),
    ("idempotency_keys", "SELECT, INSERT, DELETE"),
    ("imports", "SELECT, INSERT, UPDATE"),
    ("installation", "SELECT, INSERT"),
    ("invitations", "SELECT, INSERT, UPDATE"),
    ("jobs", "SELECT, INSERT, UPDATE, DELETE"),
    ("link_tokens", "SELECT, INSERT"),
    ("links", "SELECT, INSERT, UPDATE, DELETE"),
    ("locations", "SELECT, INSERT, UPDATE, DELETE"),
    ("mails", "SELECT, INSERT, UPDATE, DELETE"),
    ("members", "SELECT, INSERT, UPDATE"),
    ("migration_lock", "SELECT"),
    ("operators", "SELECT, INSERT, UPDATE"),
    ("orders", "SELECT, INSERT, UPDATE, DELETE"),
    ("organizations", "SELECT, INSERT, UPDATE"),
    ("partner_ids", "SELECT, INSERT"),
    ("proofs", "SELECT, INSERT, UPDATE"),
    ("receipts", "SELECT, INSERT, UPDATE"),
    ("recovery_codes", "SELECT, INSERT, UPDATE, DELETE"),
    ("requests", "SELECT, INSERT, UPDATE"),
    ("role_grant_locations", "SELECT, INSERT, DELETE"),
    ("role_grants", "SELECT, INSERT, UPDATE, DELETE"),
    ("sandbox_payments", "SELECT, INSERT, UPDATE"),
    ("seaql_migrations", "SELECT"),
    ("second_factors", "SELECT, INSERT, UPDATE, DELETE"),
    ("sessions", "SELECT, INSERT, UPDATE, DELETE"),
    ("sign_in_tries", "SELECT, INSERT, UPDATE, DELETE"),
    ("statements", "SELECT, INSERT"),
    ("terms", "SELECT, INSERT, UPDATE"),
    ("tokens", "SELECT, INSERT, UPDATE"),
    ("users", "SELECT, INSERT, UPDATE"),
];

/// Whether a role is a superuser, may make itself a member of others, or is one of those that own
/// something here.
const MIGHTY: &str = "
SELECT r.rolsuper OR r.rolcreaterole OR EXISTS (
    SELECT 1 FROM (
        SELECT c.relowner AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $2 AND c.relkind IN ('r', 'p')
        UNION SELECT n.nspowner FROM pg_namespace n WHERE n.nspname = $2
        UNION SELECT d.datdba FROM pg_database d WHERE d.datname = current_database()
    ) owners WHERE pg_has_role(r.oid, owners.owner, 'MEMBER')
) FROM pg_roles r WHERE r.rolname = $1";

impl Store {
    /// Lets a role of PostgreSQL work with the tables, in place of what it was allowed before.
    /// It takes a role that owns them. SQLite has no roles, and a role that is the owner, or can
    /// become it, would not be kept from anything: a [`StoreError::Url`].
    pub async fn allow(&self, role: &str) -> Result<(), StoreError> {
        if self.db().get_database_backend() != DbBackend::Postgres {
            let why = "roles are PostgreSQL's; a SQLite file is its owner's alone";
            return Err(StoreError::Url(why.to_owned()));
        }
        let schema = self.schema().await?;
        self.refuse_mighty(role, &schema).await?;
        let (role, schema) = (quoted(role), quoted(&schema));
        let mut all = format!("GRANT USAGE ON SCHEMA {schema} TO {role};");
        for (table, allowed) in GRANTS {
            let table = format!("{schema}.{}", quoted(table));
            all += &format!(
                "REVOKE ALL ON {table} FROM {role}; GRANT {allowed} ON {table} TO {role};"
            );
        }
        self.db().execute_unprepared(&all).await?;
        Ok(())
    }

    /// Refuses a role to which the database refuses nothing here, or which can become such a one. A
    /// role that is not there is left to the grants, which say so.
    async fn refuse_mighty(&self, role: &str, schema: &str) -> Result<(), StoreError> {
        let values = [role.into(), schema.into()];
        let ask = Statement::from_sql_and_values(DbBackend::Postgres, MIGHTY, values);
        let row = self.db().query_one_raw(ask).await?;
        let mighty = row.map(|row| row.try_get_by_index::<bool>(0)).transpose()?;
        if mighty == Some(true) {
            return Err(StoreError::Url(format!(
                "the role {role} owns the tables, the schema or the database, or can become a role \
                 that does, so nothing would be kept from it: name a role of its own, or give what \
                 it owns to another one with REASSIGN OWNED"
            )));
        }
        Ok(())
    }

    async fn schema(&self) -> Result<String, StoreError> {
        let ask = Statement::from_string(DbBackend::Postgres, "SELECT current_schema()::text");
        let row = self.db().query_one_raw(ask).await?;
        let name = row.map(|row| row.try_get_by_index::<Option<String>>(0));
        let none = || StoreError::Url("the database has no schema to work in".to_owned());
        name.transpose()?.flatten().ok_or_else(none)
    }
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
