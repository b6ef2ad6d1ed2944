//! The databases of tests on a PostgreSQL server.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sea_orm::{ConnectionTrait, Database, DbErr, Statement};

use crate::StoreError;

/// Begins the names of databases that tests make.
const PREFIX: &str = "membership_test_";

/// In seconds.
const DAY: u64 = 24 * 60 * 60;

/// Another name each time, which says when it was made.
pub fn name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{PREFIX}{}_{}_{next}", seconds(), std::process::id())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the age of what tests left, and of nothing that the program knows"
)]
fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Drops what tests of more than a day ago left: their templates, of which nobody knows when the
/// last test of a process took its copy.
pub async fn forget_old(server: &str) -> Result<(), StoreError> {
    let db = Database::connect(server).await?;
    let named = format!("SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'");
    let asked = Statement::from_string(db.get_database_backend(), named);
    for row in db.query_all_raw(asked).await? {
        let name: String = row.try_get("", "datname")?;
        let made = name
            .strip_prefix(PREFIX)
            .unwrap_or_default()
            .split('_')
            .next();
        let made = made.and_then(|made| made.parse::<u64>().ok());
        if made.is_some_and(|made| made + DAY < seconds()) {
            // Another process may do the same.
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = db.execute_unprepared(&drop).await;
        }
    }
    Ok(db.close().await?)
}

/// The address of another database of the same server.
pub fn address(server: &str, database: &str) -> String {
    let (place, options) = server.split_once('?').unwrap_or((server, ""));
    let host = place.find("://").map_or(0, |scheme| scheme + 3);
    let path = place[host..]
        .find('/')
        .map_or(place.len(), |path| host + path);
    let joint = if options.is_empty() { "" } else { "?" };
    format!("{}/{database}{joint}{options}", &place[..path])
}

/// Does something on the server itself.
pub async fn on(server: &str, sql: &str) -> Result<(), DbErr> {
    let db = Database::connect(server).await?;
    db.execute_unprepared(sql).await?;
    db.close().await
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn another_database_of_the_same_server_is_named() {
        for (server, other) in [
            (
                "postgres://me@localhost/postgres?host=/tmp/x",
                "postgres://me@localhost/t?host=/tmp/x",
            ),
            (
                "postgres://me:secret@host:5432/mine",
                "postgres://me:secret@host:5432/t",
            ),
            ("postgresql://host", "postgresql://host/t"),
        ] {
            assert_eq!(address(server, "t"), other);
        }
    }
}
