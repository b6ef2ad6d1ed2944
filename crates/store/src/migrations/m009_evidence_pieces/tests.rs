use membership_domain::id::OrganizationId;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::testing::TestStore;
use crate::{Store, StoreError, evidence};

const ORGANIZATION: OrganizationId = OrganizationId::from_u128(10);

/// A list of so many people, as text.
fn people(many: u32) -> String {
    let person = |number: u32| format!(r#"{{"id":"person-{number}","name":"{number:0>200}"}}"#);
    let rows: Vec<String> = (0..many).rev().map(person).collect();
    format!("[{}]", rows.join(","))
}

async fn execute(store: &Store, sql: &str) -> Result<(), StoreError> {
    store.db().execute_unprepared(sql).await?;
    Ok(())
}

/// A database as it was before: every part is one text.
async fn older(store: &Store, large: &str) -> Result<(), StoreError> {
    let at = "2023-11-15T09:00:00Z";
    let id = ORGANIZATION;
    execute(store, "DROP TABLE evidence_pieces").await?;
    let unknown = "DELETE FROM seaql_migrations WHERE version = 'm009_evidence_pieces'";
    execute(store, unknown).await?;
    let organization = format!(
        "INSERT INTO organizations (id, partner_id, name, country, verification, revision, \
         created_at) VALUES ('{id}', '4200001', 'Contoso', 'US', 'accepted', 1, '{at}')"
    );
    execute(store, &organization).await?;
    for (part, revision, text) in [("people", 7, large), ("offers", 2, "[]")] {
        let row = format!(
            "INSERT INTO evidence (organization_id, part, revision, document, updated_at) \
             VALUES ('{id}', '{part}', {revision}, '{text}', '{at}')"
        );
        execute(store, &row).await?;
    }
    Ok(())
}

async fn expect(store: &Store, large: &str) -> Result<(), StoreError> {
    let known = evidence::all(store.db(), ORGANIZATION).await?;
    let told = |part: &str| known.get(part).map(|part| (part.revision, part.json()));
    let (revision, json) = told("people").expect("it is there");
    assert_eq!(revision, 7);
    assert!(json? == large, "byte by byte, in its order");
    assert_eq!(told("offers").map(|(revision, _)| revision), Some(2));
    Ok(())
}

#[tokio::test]
async fn large_parts_are_moved_and_read_as_before() -> Result<(), StoreError> {
    TestStore::each(async |store| {
        let large = people(20_000);
        older(store, &large).await?;
        store.migrate().await?;
        expect(store, &large).await?;
        let left = "SELECT part FROM evidence WHERE length(document) > 2";
        let whole = store
            .db()
            .query_all_raw(statement(store, left))
            .await?
            .len();
        assert_eq!(whole, 0, "no large text is left");
        let pieces = "SELECT name FROM evidence_pieces WHERE part = 'people'";
        let many = store.db().query_all_raw(statement(store, pieces)).await?;
        assert!(many.len() > 4, "{}", many.len());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_move_that_was_interrupted_loses_nothing_and_is_done_again() -> Result<(), StoreError> {
    TestStore::each(async |store| {
        let large = people(5_000);
        older(store, &large).await?;
        store.migrate().await?;
        // As if it had ended before the text went, with some of the pieces, and older ones.
        let back = format!("UPDATE evidence SET document = '{large}' WHERE part = 'people'");
        execute(store, &back).await?;
        let one =
            "DELETE FROM evidence_pieces WHERE name = (SELECT min(name) FROM evidence_pieces)";
        execute(store, one).await?;
        let old = format!(
            "INSERT INTO evidence_pieces (organization_id, part, name, document) VALUES \
             ('{ORGANIZATION}', 'people', '.0000', '[[1,{{\"id\":\"nobody\"}}]]')"
        );
        execute(store, &old).await?;
        expect(store, &large).await?;
        let unknown = "DELETE FROM seaql_migrations WHERE version = 'm009_evidence_pieces'";
        execute(store, unknown).await?;
        store.migrate().await?;
        expect(store, &large).await
    })
    .await
}

fn statement(store: &Store, sql: &str) -> sea_orm::Statement {
    let backend: DbBackend = store.db().get_database_backend();
    sea_orm::Statement::from_string(backend, sql)
}
