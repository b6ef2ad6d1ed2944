//! One suite, on every database: a temporary SQLite always, PostgreSQL where there is one.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::company::{Address, Contact, Verified};
use membership_domain::evidence::Authority;
use membership_domain::evidence::Verification;
use membership_domain::id::OrganizationId;
use membership_store::evidence::{self, Expected};
use membership_store::imports::Import;
use membership_store::organizations::{self, Location, Organization};
use membership_store::partner_ids::Owner;
use membership_store::sessions::{self, Session};
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{Store, StoreError, Write, audit, imports, partner_ids};
use sea_orm::ConnectionTrait;

type Outcome = Result<(), StoreError>;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

fn id<T>(number: u128) -> Id<T> {
    Id::from_u128(number)
}

fn entry(number: u128, organization: Option<OrganizationId>) -> audit::Entry {
    let (action, salt) = (audit::Action::ClockSet, audit::Salt::of([0; 32]));
    audit::Entry {
        organization,
        detail: serde_json::json!({ "number": number.to_string() }),
        request_id: "r".to_owned(),
        ..audit::Entry::of(id(number), at(0), action, number, salt)
    }
}

fn user(number: u128, email: &str) -> User {
    User {
        id: id(number),
        email: email.to_owned(),
        name: "Ines Duarte".to_owned(),
        password_hash: "$argon2id$".to_owned(),
        created_at: at(0),
        disabled_at: None,
    }
}

fn contoso() -> Organization {
    Organization {
        id: id(10),
        partner_id: "1000001".to_owned(),
        name: "Contoso".to_owned(),
        country: "US".to_owned(),
        address: None,
        contact: None,
        verification: Verification::Accepted,
        pending: Vec::new(),
        revision: 1,
        created_at: at(0),
    }
}

fn location(number: u128, partner_id: &str) -> Location {
    Location {
        id: id(number),
        partner_id: partner_id.to_owned(),
        name: "Contoso Porto".to_owned(),
        country: "PT".to_owned(),
        address: "Rua 1, Porto".to_owned(),
        created_at: at(0),
    }
}

/// A store with one user and one organization.
async fn filled(store: &Store) -> Outcome {
    let write = store.write().await?;
    users::insert(&write, user(1, "Ines@Contoso.example ")).await?;
    organizations::insert(&write, contoso()).await?;
    write.commit(entry(900, Some(id(10)))).await
}

async fn put(
    write: &Write,
    expected: Expected,
    part: &str,
    json: &str,
) -> Result<evidence::Document, StoreError> {
    let known = evidence::all(write.tx(), id(10)).await?;
    let change = evidence::Change::between(known.get(part), json.to_owned())?;
    let parts = BTreeMap::from([(part.to_owned(), change.clone())]);
    evidence::replace(write, id(10), expected, &parts, at(5)).await?;
    Ok(change.into_document())
}

#[tokio::test]
async fn a_store_without_tables_is_not_ready() -> Outcome {
    let store = Store::connect("sqlite::memory:").await?;
    assert!(!store.tables().await?.fit());
    store.migrate().await?;
    assert!(store.tables().await?.fit());
    store.migrate().await
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let refusal = Store::connect("mysql://somewhere/else").await;
    assert!(matches!(refusal, Err(StoreError::Url(text)) if text.contains("sqlite:FILE")));
}

#[tokio::test]
async fn users_are_found_however_the_address_is_written() -> Outcome {
    TestStore::each(async |store| {
        assert!(users::is_empty(store.db()).await?);
        filled(store).await?;
        let found = users::by_email(store.db(), " INES@contoso.EXAMPLE").await?;
        assert_eq!(
            found.as_ref().map(|user| user.email.as_str()),
            Some("ines@contoso.example")
        );
        assert_eq!(users::by_id(store.db(), id(1)).await?, found);
        assert_eq!(users::by_id(store.db(), id(2)).await?, None);
        assert!(!users::is_empty(store.db()).await?);

        let write = store.write().await?;
        let twin = users::insert(&write, user(2, "ines@contoso.example")).await;
        assert!(matches!(twin, Err(StoreError::Duplicate(_))), "{twin:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_write_without_commit_leaves_nothing() -> Outcome {
    TestStore::each(async |store| {
        let write = store.write().await?;
        users::insert(&write, user(1, "a@contoso.example")).await?;
        drop(write);
        assert!(users::is_empty(store.db()).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn organizations_change_by_revision() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        let change = Organization {
            name: "Contoso Ltd".to_owned(),
            ..contoso()
        };
        // Who holds the row knows it without asking again, also after they changed it.
        for _ in 0..2 {
            assert_eq!(organizations::lock(&write, id(10)).await?, contoso());
        }
        assert_eq!(organizations::update(&write, change.clone()).await?, 2);
        let held = organizations::lock(&write, id(10)).await?;
        assert_eq!((held.revision, held.name), (2, change.name.clone()));
        write.commit(entry(901, Some(id(10)))).await?;

        let write = store.write().await?;
        let late = organizations::update(&write, change.clone()).await;
        assert!(
            matches!(
                late,
                Err(StoreError::Stale {
                    expected: 1,
                    found: 2
                })
            ),
            "{late:?}"
        );
        let unknown = Organization {
            id: id(11),
            ..change
        };
        let nowhere = organizations::update(&write, unknown).await;
        assert!(
            matches!(nowhere, Err(StoreError::NotFound("organization"))),
            "{nowhere:?}"
        );
        drop(write);

        let found = organizations::by_id(store.db(), id(10)).await?;
        assert_eq!(
            found.map(|one| (one.name, one.country)),
            Some(("Contoso Ltd".into(), "US".into()))
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn locations_belong_to_the_revision_and_have_unique_partner_ids() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        let before = organizations::lock(&write, id(10)).await?;
        let added = organizations::add_location(&write, &before, location(20, "1000002"));
        assert_eq!(added.await?, 2);
        write.commit(entry(902, Some(id(10)))).await?;

        let write = store.write().await?;
        let before = organizations::lock(&write, id(10)).await?;
        let twin = organizations::add_location(&write, &before, location(21, "1000002")).await;
        assert!(
            matches!(twin, Err(StoreError::PartnerIdTaken(_))),
            "{twin:?}"
        );
        let (own, account) = ("1000001", id(22));
        let before = organizations::lock(&write, id(10)).await?;
        let cross = organizations::add_location(&write, &before, location(22, own)).await;
        assert!(
            matches!(cross, Err(StoreError::PartnerIdTaken(_))),
            "{cross:?}"
        );
        let other = Organization {
            id: account,
            partner_id: "1000002".to_owned(),
            ..contoso()
        };
        let cross = organizations::insert(&write, other).await;
        assert!(
            matches!(cross, Err(StoreError::PartnerIdTaken(_))),
            "{cross:?}"
        );
        drop(write);

        assert_eq!(
            organizations::locations(store.db(), id(10)).await?,
            [location(20, "1000002")]
        );
        let organization = id(10);
        for (partner_id, location) in [("1000001", None), ("1000002", Some(id(20)))] {
            let owner = partner_ids::owner(store.db(), partner_id).await?;
            let wanted = Owner {
                organization,
                location,
            };
            assert_eq!(owner, Some(wanted));
            let found = organizations::by_partner_id(store.db(), partner_id).await?;
            assert_eq!(found.map(|one| one.id), Some(organization));
        }
        for nobodys in ["1000003", "", "1000002 "] {
            assert_eq!(partner_ids::owner(store.db(), nobodys).await?, None);
            assert_eq!(
                organizations::by_partner_id(store.db(), nobodys).await?,
                None
            );
        }
        let known = organizations::by_ids(store.db(), &[id(10), id(99)]).await?;
        assert_eq!(
            known.iter().map(|one| one.revision).collect::<Vec<_>>(),
            [2]
        );
        assert_eq!(organizations::by_name(store.db(), "Contoso").await?, known);
        assert!(
            organizations::by_name(store.db(), "contoso")
                .await?
                .is_empty()
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn company_data_comes_back_as_it_was_saved() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let full = Organization {
            address: Some(Address {
                street: "400 Pine Street".to_owned(),
                city: "Seattle".to_owned(),
                postal_code: Some("98101".to_owned()),
                region: None,
            }),
            contact: Some(Contact {
                name: "Mara Lindqvist".to_owned(),
                email: "mara@contoso.example".to_owned(),
                phone: None,
            }),
            verification: Verification::Pending,
            pending: vec![Verified::Address, Verified::PrimaryContact],
            ..contoso()
        };
        let write = store.write().await?;
        organizations::update(&write, full.clone()).await?;
        write.commit(entry(910, None)).await?;
        let found = organizations::by_id(store.db(), id(10)).await?;
        let expected = Organization {
            revision: 2,
            ..full
        };
        assert_eq!(found, Some(expected));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn locations_change_and_go_with_the_revision() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        for number in [20, 21] {
            let before = organizations::lock(&write, id(10)).await?;
            let new = location(number, &number.to_string());
            organizations::add_location(&write, &before, new).await?;
        }
        let early = organizations::lock(&write, id(10)).await?;
        let moved = Location {
            country: "ES".to_owned(),
            ..location(20, "20")
        };
        let revision = organizations::change_location(&write, &early, moved.clone()).await?;
        assert_eq!(revision, early.revision + 1);
        let late = organizations::remove_location(&write, &early, id(21)).await;
        assert!(matches!(late, Err(StoreError::Stale { .. })), "{late:?}");
        let now = organizations::lock(&write, id(10)).await?;
        organizations::remove_location(&write, &now, id(21)).await?;
        let left = organizations::locations(write.tx(), id(10)).await?;
        assert_eq!(left, [moved]);
        let owner = partner_ids::owner(write.tx(), "21").await?;
        let kept = owner.map(|owner| (owner.organization, owner.location));
        assert_eq!(
            kept,
            Some((id(10), None)),
            "it is nobody else's from then on"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn sessions_end() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let session = |hash: &str, end| Session {
            token_hash: hash.to_owned(),
            user: id(1),
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(end),
            proved_at: None,
            device: None,
            address: None,
        };
        let write = store.write().await?;
        for (hash, end) in [("short", 10), ("long", 1000), ("idle", 1000)] {
            sessions::insert(&write, session(hash, end)).await?;
        }
        write.commit(entry(904, None)).await?;
        sessions::touch(store, "long", at(60)).await?;

        let write = store.write().await?;
        assert_eq!(
            sessions::delete_ended(&write, id(1), at(60), at(30)).await?,
            2
        );
        write.commit(entry(905, None)).await?;
        assert_eq!(sessions::by_hash(store.db(), "idle").await?, None);
        let left = sessions::by_hash(store.db(), "long").await?;
        assert_eq!(left.map(|one| one.seen_at), Some(at(60)));

        let write = store.write().await?;
        assert!(sessions::delete(&write, "long").await?);
        assert!(!sessions::delete(&write, "long").await?);

        for (number, hash) in (0..).zip(["a", "b", "c", "d"]) {
            let mut one = session(hash, 1000);
            // The first one was used last.
            one.seen_at = at(100 - number);
            sessions::insert(&write, one).await?;
        }
        assert_eq!(sessions::delete_beyond(&write, id(2), 0).await?, 0);
        assert_eq!(sessions::delete_beyond(&write, id(1), 4).await?, 0);
        assert_eq!(sessions::delete_beyond(&write, id(1), 2).await?, 2);
        for (hash, there) in [("a", true), ("b", true), ("c", false), ("d", false)] {
            let found = sessions::by_hash(write.tx(), hash).await?;
            assert_eq!(found.is_some(), there, "{hash}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn evidence_is_replaced_by_part_and_as_a_whole() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        put(&write, Expected::Part(0), "people", r#"[{"b":1,"a":1.50}]"#).await?;
        let written = put(&write, Expected::Whole(1), "offers", "[]").await?;
        write.commit(entry(906, Some(id(10)))).await?;

        let stored = evidence::all(store.db(), id(10)).await?;
        assert_eq!(evidence::revision(&stored), 2);
        assert_eq!(stored.get("offers"), Some(&written));
        let people = stored.get("people").ok_or(StoreError::NotFound("people"))?;
        assert_eq!(
            (people.revision, &*people.json()?),
            (1, r#"[{"b":1,"a":1.50}]"#),
            "byte by byte"
        );

        let write = store.write().await?;
        let late = put(&write, Expected::Part(0), "people", "[]").await;
        assert!(
            matches!(
                late,
                Err(StoreError::Stale {
                    expected: 0,
                    found: 1
                })
            ),
            "{late:?}"
        );
        let late = put(&write, Expected::Whole(1), "people", "[]").await;
        assert!(
            matches!(
                late,
                Err(StoreError::Stale {
                    expected: 1,
                    found: 2
                })
            ),
            "{late:?}"
        );
        put(&write, Expected::Part(1), "people", "[]").await?;
        write.commit(entry(907, Some(id(10)))).await?;
        let stored = evidence::all(store.db(), id(10)).await?;
        assert_eq!(evidence::revision(&stored), 3);

        let write = store.write().await?;
        let parts = BTreeMap::new();
        let nowhere = evidence::replace(&write, id(99), Expected::Whole(0), &parts, at(0)).await;
        assert!(
            matches!(nowhere, Err(StoreError::NotFound(_))),
            "{nowhere:?}"
        );
        Ok(())
    })
    .await
}

/// Of writers that know the same revision exactly one wins, on any number of connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_writers_wins() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let writers: Vec<_> = (0..8_u128)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    let write = store.write().await?;
                    put(&write, Expected::Part(0), "people", &format!("[{number}]")).await?;
                    write.commit(entry(910 + number, Some(id(10)))).await
                })
            })
            .collect();
        let mut won = 0;
        for writer in writers {
            match writer.await {
                Ok(Ok(())) => won += 1,
                Ok(Err(StoreError::Stale {
                    expected: 0,
                    found: 1,
                })) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
        let trail = audit::of_organization(store.db(), id(10), 100).await?;
        assert_eq!(trail.len(), 2, "the filling and the winner");
        Ok(())
    })
    .await
}

/// A list that is stored in pieces: so many people, with something about each.
fn many_people(about: &str) -> Vec<String> {
    let person = |number: u32| format!(r#"{{"id":"person-{number}","name":"{about:0>300}"}}"#);
    (0..6_000).map(person).collect()
}

/// What a writer makes of the people of whom it has read, with one more name.
fn renamed(known: &evidence::Documents, number: usize) -> Result<evidence::Change, StoreError> {
    let mut rows = many_people("x");
    rows[number] = format!(r#"{{"id":"person-{number}","name":"Ada"}}"#);
    evidence::Change::between(known.get("people"), format!("[{}]", rows.join(",")))
}

#[tokio::test]
async fn one_row_of_a_large_part_is_written_with_its_piece_alone() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let before = format!("[{}]", many_people("x").join(","));
        let write = store.write().await?;
        put(&write, Expected::Part(0), "people", &before).await?;
        write.commit(entry(901, Some(id(10)))).await?;
        let known = evidence::all(store.db(), id(10)).await?;
        let change = renamed(&known, 1_234)?;
        let written = change.bytes();
        assert!(written < 600_000 && before.len() > 1_900_000, "{written}");

        let write = store.write().await?;
        let parts = BTreeMap::from([("people".to_owned(), change.clone())]);
        evidence::replace(&write, id(10), Expected::Whole(1), &parts, at(6)).await?;
        write.commit(entry(902, Some(id(10)))).await?;
        let known = evidence::all(store.db(), id(10)).await?;
        assert_eq!(
            known["people"],
            change.into_document(),
            "what is stored is what the writer goes on with"
        );
        let rows: Vec<serde_json::Value> = known["people"].rows()?;
        assert_eq!((rows.len(), &rows[1_234]["name"]), (6_000, &"Ada".into()));

        // Small again, it leaves nothing behind.
        let write = store.write().await?;
        put(&write, Expected::Part(2), "people", "[]").await?;
        write.commit(entry(903, Some(id(10)))).await?;
        let write = store.write().await?;
        put(&write, Expected::Part(3), "people", &before).await?;
        write.commit(entry(904, Some(id(10)))).await?;
        let known = evidence::all(store.db(), id(10)).await?;
        assert!(known["people"].json()? == before);
        Ok(())
    })
    .await
}

/// A part has one tag, whichever of its pieces is written.
#[tokio::test]
async fn of_two_writers_on_one_part_the_later_one_is_told() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let before = format!("[{}]", many_people("x").join(","));
        let write = store.write().await?;
        put(&write, Expected::Part(0), "people", &before).await?;
        put(&write, Expected::Part(0), "offers", "[]").await?;
        write.commit(entry(901, Some(id(10)))).await?;
        // On one piece, and on two.
        for (turn, other) in [1_i64, 3_000].into_iter().enumerate() {
            let known = evidence::all(store.db(), id(10)).await?;
            let (first, second) = (renamed(&known, 1)?, renamed(&known, other as usize)?);
            let revision = known["people"].revision;
            let write = store.write().await?;
            let parts = BTreeMap::from([("people".to_owned(), first)]);
            evidence::replace(&write, id(10), Expected::Part(revision), &parts, at(7)).await?;
            write
                .commit(entry(910 + turn as u128, Some(id(10))))
                .await?;
            for expected in [Expected::Part(revision), Expected::Part(revision + 1)] {
                let write = store.write().await?;
                let parts = BTreeMap::from([("people".to_owned(), second.clone())]);
                let late = evidence::replace(&write, id(10), expected, &parts, at(8)).await;
                assert!(matches!(late, Err(StoreError::Stale { .. })), "{late:?}");
            }
            let after = evidence::all(store.db(), id(10)).await?;
            let rows: Vec<serde_json::Value> = after["people"].rows()?;
            assert_eq!(rows[1]["name"], "Ada");
            assert_eq!(rows.iter().filter(|row| row["name"] == "Ada").count(), 1);
            // Another part has a tag of its own.
            let write = store.write().await?;
            let known = after["offers"].revision;
            put(&write, Expected::Part(known), "offers", "[1]").await?;
            write
                .commit(entry(920 + turn as u128, Some(id(10))))
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn imports_are_remembered_newest_first_and_undone_once() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let import = |number: u128| Import {
            id: id(number),
            name: "people.csv".to_owned(),
            kind: "certificates".to_owned(),
            counts: "{}".to_owned(),
            imported_by: id(1),
            imported_at: at(1),
            undone: None,
            authority: Authority::Confirmed,
        };
        let write = store.write().await?;
        for number in [700, 702, 701] {
            imports::insert(&write, id(10), import(number), "[]".to_owned()).await?;
        }
        imports::mark_undone(&write, id(701), id(1), at(2)).await?;
        write.commit(entry(902, None)).await?;

        let all = imports::of_organization(store.db(), id(10), None, 2).await?;
        let undone = Import {
            undone: Some((id(1), at(2))),
            ..import(701)
        };
        assert_eq!(all, [import(702), undone.clone()]);
        let rest = imports::of_organization(store.db(), id(10), Some(id(701)), 2).await?;
        assert_eq!(rest, [import(700)]);
        let other = imports::of_organization(store.db(), id(11), None, 2).await?;
        assert_eq!(other, []);
        let found = imports::by_id(store.db(), id(10), id(701)).await?;
        assert_eq!(found, Some((undone, "[]".to_owned())));
        assert_eq!(imports::by_id(store.db(), id(11), id(701)).await?, None);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_audit_log_keeps_what_it_has() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let trail = audit::of_organization(store.db(), id(10), 10).await?;
        assert_eq!(trail, [entry(900, Some(id(10)))]);
        store.write().await?.commit(entry(901, None)).await?;
        let newest = audit::newest(store.db(), 1).await?;
        assert_eq!(newest, [entry(901, None)], "whosever they are");
        for statement in [
            "DELETE FROM audit_entries",
            "UPDATE audit_entries SET action = 'x'",
        ] {
            let refusal = store.db().execute_unprepared(statement).await;
            let text = refusal.map(|_| ()).map_err(|error| error.to_string());
            assert!(
                matches!(&text, Err(text) if text.contains("append-only")),
                "{text:?}"
            );
        }
        assert_eq!(audit::of_organization(store.db(), id(10), 10).await?, trail);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_path_says_so() {
    let refusal = Store::connect("sqlite:/nowhere/at/all/x.sqlite").await;
    assert!(
        matches!(refusal, Err(StoreError::Unavailable(_))),
        "{refusal:?}"
    );
}
