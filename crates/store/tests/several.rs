//! What several servers on one database do to each other.

use std::time::Duration;

use chrono::DateTime;
use membership_domain::Id;
use membership_domain::evidence::Verification;
use membership_store::idempotency::{self, Kept};
use membership_store::organizations::{self, Location, Organization};
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{Store, StoreError, audit, partner_ids};
use sea_orm::{ConnectionTrait, DbErr, IsolationLevel, TransactionTrait};

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

fn user(number: u128) -> User {
    User {
        id: Id::from_u128(number),
        email: format!("{number}@contoso.example"),
        name: "Ines Duarte".to_owned(),
        password_hash: String::new(),
        created_at: DateTime::UNIX_EPOCH,
        disabled_at: None,
    }
}

async fn filled(store: &Store) -> Outcome {
    let write = store.write().await?;
    users::insert(&write, user(1)).await?;
    users::insert(&write, user(2)).await?;
    write.commit(entry(1)).await
}

fn renamed(number: u128) -> String {
    let id = user(number).id;
    format!("UPDATE users SET name = name || '!' WHERE id = '{id}'")
}

/// What was read has changed when it is to be written: another form of `SQLITE_BUSY`, and a
/// serialization failure.
#[tokio::test]
async fn a_write_that_another_one_overtook_can_be_done_again() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let snapshot = Some(IsolationLevel::RepeatableRead);
        let late = store.db().begin_with_config(snapshot, None).await?;
        users::by_id(&late, user(1).id).await?;
        store.db().execute_unprepared(&renamed(1)).await?;
        let error = late.execute_unprepared(&renamed(1)).await.err();
        let error = error.map(StoreError::from);
        assert!(
            error.as_ref().is_some_and(StoreError::is_retryable),
            "{error:?}"
        );
        Ok(())
    })
    .await
}

/// Only PostgreSQL has two writers at a time, each of which can wait for the other.
#[tokio::test]
async fn a_deadlock_can_be_done_again() -> Outcome {
    TestStore::each(async |store| {
        if store.db().get_database_backend() != sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        filled(store).await?;
        let (one, two) = (store.db().begin().await?, store.db().begin().await?);
        one.execute_unprepared(&renamed(1)).await?;
        two.execute_unprepared(&renamed(2)).await?;
        let (first, second) = (renamed(2), renamed(1));
        // Whichever is undone lets the other one go on.
        let first = async { one.execute_unprepared(&first).await.map(drop) };
        let second = async { two.execute_unprepared(&second).await.map(drop) };
        let (first, second) = tokio::join!(first, second);
        let error = first.and(second).err().map(StoreError::from);
        assert!(
            error.as_ref().is_some_and(StoreError::is_retryable),
            "{error:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_would_fail_again_is_not_done_again() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        let twin = users::insert(&write, user(1)).await.err();
        drop(write);
        let nonsense = store.db().execute_unprepared("nonsense").await.err();
        store.db().clone().close().await?;
        let lost = users::is_empty(store.db()).await.err();
        let custom = DbErr::Custom("40001".to_owned());
        let others = [nonsense, Some(custom)].map(|error| error.map(StoreError::from));
        for error in [twin, lost].into_iter().chain(others) {
            let error = error.ok_or(StoreError::NotFound("error"))?;
            assert!(!error.is_retryable(), "{error:?}");
        }
        Ok(())
    })
    .await
}

/// What the server's tests of its writes rest on.
#[tokio::test]
async fn faults_are_as_a_database_makes_them() -> Outcome {
    TestStore::each(async |store| {
        store.faults().overtake(1);
        let write = store.write().await?;
        users::insert(&write, user(1)).await?;
        let overtaken = write.commit(entry(1)).await.err();
        assert!(overtaken.as_ref().is_some_and(StoreError::is_retryable));
        assert!(users::is_empty(store.db()).await?, "undone");

        store.faults().lose_answers(1);
        let write = store.write().await?;
        users::insert(&write, user(1)).await?;
        let lost = write.commit(entry(1)).await.err();
        assert!(matches!(lost, Some(StoreError::Uncertain(_))), "{lost:?}");
        assert!(!lost.is_some_and(|lost| lost.is_retryable()));
        assert!(!users::is_empty(store.db()).await?, "kept");
        Ok(())
    })
    .await
}

fn kept(status: u16) -> Kept {
    Kept {
        digest: "d".to_owned(),
        status,
        etag: "\"2\"".to_owned(),
        body: "{}".to_owned(),
    }
}

#[tokio::test]
async fn answers_are_kept_by_user_and_key_for_a_while() -> Outcome {
    TestStore::each(async |store| {
        filled(store).await?;
        let write = store.write().await?;
        let at = |seconds| DateTime::UNIX_EPOCH + chrono::Duration::seconds(seconds);
        let (one, two) = (user(1).id, user(2).id);
        for (person, key, seconds) in [(one, "a", 10), (two, "a", 10), (one, "b", 20)] {
            let limits = (at(0), 100);
            idempotency::keep(&write, person, key, kept(201), at(seconds), limits).await?;
        }
        let found = async |person, key| idempotency::find(write.tx(), person, key).await;
        assert_eq!(found(one, "a").await?, Some(kept(201)));
        assert_eq!(found(one, "c").await?, None);
        // By age, then by number; another person's stay.
        idempotency::keep(&write, one, "c", kept(200), at(30), (at(10), 100)).await?;
        assert_eq!(found(one, "a").await?, None);
        assert!(found(one, "b").await?.is_some() && found(two, "a").await?.is_some());
        idempotency::keep(&write, one, "d", kept(200), at(40), (at(0), 2)).await?;
        assert_eq!(found(one, "b").await?, None);
        assert!(found(one, "c").await?.is_some() && found(one, "d").await?.is_some());
        let twin = idempotency::keep(&write, one, "d", kept(200), at(50), (at(0), 9)).await;
        assert!(matches!(twin, Err(StoreError::Duplicate(_))), "{twin:?}");
        Ok(())
    })
    .await
}

/// Each with its own connections, on a file that is not there yet.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_at_once_on_one_new_file_all_start() -> Outcome {
    let folder = tempfile::tempdir().map_err(|error| StoreError::Url(error.to_string()))?;
    for round in 0..5 {
        let url = format!("sqlite:{}/{round}.sqlite", folder.path().display());
        let servers: Vec<_> = (0..6)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move {
                    let store = Store::connect(&url).await?;
                    store.migrate().await?;
                    store.tables().await
                })
            })
            .collect();
        for server in servers {
            match server.await {
                Ok(tables) => assert!(tables?.fit()),
                Err(panic) => panic!("{panic}"),
            }
        }
    }
    Ok(())
}

fn organization(number: u128, partner_id: &str) -> Organization {
    Organization {
        id: Id::from_u128(number),
        partner_id: partner_id.to_owned(),
        name: "Contoso".to_owned(),
        country: "US".to_owned(),
        address: None,
        contact: None,
        verification: Verification::Accepted,
        pending: Vec::new(),
        revision: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn location(number: u128, partner_id: &str) -> Location {
    Location {
        id: Id::from_u128(number),
        partner_id: partner_id.to_owned(),
        name: "Contoso Porto".to_owned(),
        country: "PT".to_owned(),
        address: "Rua 1, Porto".to_owned(),
        created_at: DateTime::UNIX_EPOCH,
    }
}

/// An organization on one server, a location on the other: no table's own key sees both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_with_one_partner_id_one_gets_it() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let write = one.write().await?;
        organizations::insert(&write, organization(10, "1000001")).await?;
        write.commit(entry(1)).await?;
        let adds = one.write().await?;
        organizations::insert(&adds, organization(11, "1000002")).await?;
        let other = another.clone();
        let adds_too = tokio::spawn(async move {
            let id = Id::from_u128(10);
            let write = other.write().await?;
            let place = location(20, "1000002");
            let known = organizations::lock(&write, id).await?;
            let added = organizations::add_location(&write, &known, place).await;
            assert!(
                matches!(&added, Err(StoreError::PartnerIdTaken(id)) if id == "1000002"),
                "{added:?}"
            );
            drop(write);
            let write = other.write().await?;
            let known = organizations::lock(&write, id).await?;
            organizations::add_location(&write, &known, location(20, "1000003")).await?;
            write.commit(entry(3)).await
        });
        // Time for the other one to begin and wait; where it begins later, it ends the same.
        tokio::time::sleep(Duration::from_millis(100)).await;
        adds.commit(entry(2)).await?;
        match adds_too.await {
            Ok(added) => added?,
            Err(panic) => panic!("{panic}"),
        }
        let owner = partner_ids::owner(one.db(), "1000002").await?;
        assert_eq!(owner.map(|one| one.organization), Some(Id::from_u128(11)));
        Ok(())
    })
    .await
}

/// What an undone write took is free again.
#[tokio::test]
async fn a_partner_id_of_nobody_is_not_kept() -> Outcome {
    TestStore::each(async |store| {
        let write = store.write().await?;
        organizations::insert(&write, organization(10, "1000001")).await?;
        drop(write);
        assert_eq!(partner_ids::owner(store.db(), "1000001").await?, None);
        let write = store.write().await?;
        organizations::insert(&write, organization(11, "1000001")).await?;
        write.commit(entry(1)).await
    })
    .await
}
