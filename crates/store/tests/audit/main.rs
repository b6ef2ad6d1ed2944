//! The chains over the audit log: how entries get into them, and what reading them finds.

mod sealing;
mod tampered;

use chrono::DateTime;
use membership_domain::Id;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{
    self, Action, Actor, Break, Entry, FieldChange, Head, Salt, Verifier, Whose,
};
use membership_store::testing::{TestStore, execute};
use membership_store::{Store, StoreError};
use sea_orm::DbBackend;
use serde_json::json;

type Outcome = Result<(), StoreError>;

const CONTOSO: Option<OrganizationId> = Some(OrganizationId::from_u128(10));
const INES: UserId = UserId::from_u128(1);

fn entry(number: u128) -> Entry {
    let at = DateTime::UNIX_EPOCH + chrono::Duration::nanoseconds(1_234_567_891);
    let salt = Salt::of([7; 32]);
    Entry {
        actor: Actor::Person,
        user: Some(INES),
        session: Some(Id::from_u128(5)),
        about: Some(INES),
        organization: CONTOSO,
        detail: json!({"count": 3, "share": 0.5}),
        changes: vec![
            FieldChange::of("name", "Ines Duarte", "Ines \"Q\" Doe").personal(&Whose::of(INES)),
            FieldChange::of("roles", json!([]), json!(["guest"])),
        ],
        request_id: "r".to_owned(),
        ..Entry::of(Id::from_u128(number), at, Action::RoleChange, number, salt)
    }
}

async fn told(store: &Store, entry: Entry) -> Outcome {
    store.write().await?.commit(entry).await
}

/// The whole export of a chain, as its lines.
async fn export(store: &Store, of: Option<OrganizationId>) -> Result<Vec<String>, StoreError> {
    let (mut all, mut after) = (Vec::new(), 0);
    while let Some(lines) = audit::lines(store.db(), of, after).await? {
        all.extend(lines.text.lines().map(str::to_owned));
        after = lines.last;
    }
    Ok(all)
}

/// The position and the hash at which it ends, or the line that breaks and why.
fn verified(lines: &[String]) -> Result<Head, (usize, Break)> {
    let mut verifier = Verifier::default();
    for (number, line) in (1..).zip(lines) {
        verifier.take(line).map_err(|why| (number, why))?;
    }
    let (position, hash) = (verifier.position(), verifier.head());
    Ok(Head { position, hash })
}

async fn verified_in(store: &Store) -> Result<Result<Head, (usize, Break)>, StoreError> {
    Ok(verified(&export(store, CONTOSO).await?))
}

/// So many entries in the chain, sealed.
async fn filled(store: &Store, many: u128) -> Outcome {
    for number in 1..=many {
        told(store, entry(number)).await?;
    }
    assert_eq!(u128::from(audit::seal(store).await?), many);
    Ok(())
}

/// Others rely on the form: it never changes.
#[tokio::test]
async fn an_entry_has_one_form_on_every_database() -> Outcome {
    TestStore::each(async |store| {
        filled(store, 1).await?;
        let lines = export(store, CONTOSO).await?;
        let line: serde_json::Value = serde_json::from_str(&lines[0]).expect("JSON");
        let id = |number| UserId::from_u128(number).to_string();
        let commitment = |side: &str| line["entry"]["changes"][0][side].clone();
        let expected = json!({
            "about": id(1), "action": "role.change", "actor": "person",
            "at": "1970-01-01T00:00:01.234567Z", "by": null,
            "changes": [
                {"field": "name", "before": commitment("before"), "after": commitment("after")},
                {"field": "roles", "before": [], "after": ["guest"]},
            ],
            "detail": {"count": 3, "share": "0.5"}, "id": id(1), "organization": id(10),
            "request": "r", "session": id(5), "subject": "1", "user": id(1),
        });
        assert_eq!(line["entry"], expected);
        // As computed by another program.
        let salt = "2b52db25be3d699b7f5b419efff2a90027281270dedfae93c32a56748a5a7f3c";
        let hash = "82382f6baf481d06e9b9ca15a4f896d736e357d997570da22a31b89194eed420";
        let personal = &line["personal"]["/changes/0/after"];
        assert_eq!(*personal, json!({"value": "Ines \"Q\" Doe", "salt": salt}));
        let head = verified(&lines).map_err(|_| StoreError::NotFound("chain"))?;
        assert_eq!((head.position, &*head.hash), (1, hash));
        assert_eq!(audit::head(store.db(), CONTOSO).await?, Some(head));
        assert_eq!(audit::head(store.db(), None).await?, None);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_value_of_a_person_is_never_in_the_entry() -> Outcome {
    TestStore::each(async |store| {
        told(store, entry(1)).await?;
        let read = audit::newest(store.db(), 1).await?;
        assert!(!format!("{read:?}").contains("Ines"), "{read:?}");
        assert_eq!(read[0].changes[0].field, "name");
        // Two that are the same do not look the same.
        let before = |entry: &Entry| entry.changes[0].before.clone();
        let salt = Salt::of([8; 32]);
        told(store, Entry { salt, ..entry(2) }).await?;
        let other = audit::newest(store.db(), 1).await?;
        assert_ne!(before(&read[0]), before(&other[0]));
        // One that was read has nothing to hide them with.
        let again = Entry {
            id: Id::from_u128(3),
            changes: entry(3).changes,
            ..other[0].clone()
        };
        let refused = told(store, again).await;
        assert!(matches!(refused, Err(StoreError::Unsalted)), "{refused:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn erasing_somebody_leaves_the_chain_whole() -> Outcome {
    TestStore::each(async |store| {
        filled(store, 2).await?;
        let before = verified_in(store).await?;
        let write = store.write().await?;
        assert_eq!(audit::erase(&write, UserId::from_u128(2)).await?, 0);
        assert_eq!(audit::erase(&write, INES).await?, 4);
        let organization = None;
        write
            .commit(Entry {
                organization,
                ..entry(3)
            })
            .await?;
        let lines = export(store, CONTOSO).await?;
        let is_erased = |line: &String| !line.contains("Ines") && !line.contains("salt");
        assert!(lines.iter().all(is_erased), "{lines:?}");
        assert_eq!(verified(&lines), before);
        Ok(())
    })
    .await
}
