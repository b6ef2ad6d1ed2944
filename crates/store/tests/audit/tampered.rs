//! What somebody changes by hand.

use super::*;

/// Lets a test do what nobody may.
async fn unguarded(store: &Store, sql: &str) -> Outcome {
    let unguard = match store.db().get_database_backend() {
        DbBackend::Postgres => {
            "DROP TRIGGER audit_entries_stay ON audit_entries; \
             DROP TRIGGER audit_links_stay ON audit_links"
        }
        _ => {
            "DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_remain; \
             DROP TRIGGER audit_links_stay; DROP TRIGGER audit_links_remain"
        }
    };
    execute(store, unguard).await?;
    execute(store, sql).await
}

/// By somebody who owns the tables.
#[tokio::test]
async fn what_is_changed_by_hand_is_found() -> Outcome {
    let personal = || Break::Personal("/changes/0/after".to_owned());
    let gap = Break::Position {
        expected: 2,
        found: 3,
    };
    let late = "UPDATE audit_entries SET at = '2026-01-01T00:00:00+00:00' WHERE subject = '3'";
    let renamed = "UPDATE audit_personal SET value = 'Eve' WHERE place = '/changes/0/after'";
    for (sql, line, why) in [
        (
            "UPDATE audit_entries SET action = 'x' WHERE subject = '2'",
            2,
            Break::Entry,
        ),
        (late, 3, Break::Entry),
        (
            "DELETE FROM audit_entries WHERE subject = '2'",
            2,
            Break::Entry,
        ),
        ("DELETE FROM audit_links WHERE position = 2", 2, gap),
        (
            "UPDATE audit_links SET hash = entry_hash WHERE position = 1",
            1,
            Break::Link,
        ),
        (renamed, 1, personal()),
        ("UPDATE audit_personal SET salt = value", 1, personal()),
    ] {
        TestStore::each(async |store| {
            filled(store, 3).await?;
            let head = verified_in(store).await?.map(|head| head.position);
            assert_eq!(head, Ok(3));
            unguarded(store, sql).await?;
            assert_eq!(verified_in(store).await?, Err((line, why.clone())), "{sql}");
            Ok::<_, StoreError>(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_entry_that_is_taken_away_before_it_is_sealed_leaves_a_gap() -> Outcome {
    TestStore::each(async |store| {
        told(store, entry(1)).await?;
        told(store, entry(2)).await?;
        unguarded(store, "DELETE FROM audit_entries WHERE subject = '1'").await?;
        assert_eq!(audit::seal(store).await?, 2);
        assert_eq!(verified_in(store).await?, Err((1, Break::Entry)));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn links_are_only_added() -> Outcome {
    TestStore::each(async |store| {
        filled(store, 2).await?;
        let before = export(store, CONTOSO).await?;
        let of = Id::<()>::from_u128(10);
        let values = format!("VALUES ('{of}', 1, 'x', 'x', 'x')");
        let mut statements = vec![
            "UPDATE audit_links SET hash = 'x'".to_owned(),
            "DELETE FROM audit_links".to_owned(),
        ];
        statements.push(match store.db().get_database_backend() {
            DbBackend::Postgres => "TRUNCATE audit_links".to_owned(),
            _ => format!("INSERT OR REPLACE INTO audit_links {values}"),
        });
        for statement in statements {
            let said = execute(store, &statement).await.err();
            let said = said.map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains("append-only"), "{statement}: {said}");
        }
        assert_eq!(export(store, CONTOSO).await?, before);
        Ok(())
    })
    .await
}
