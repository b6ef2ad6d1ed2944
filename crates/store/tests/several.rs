//! What several servers on one database do to each other.

use chrono::DateTime;
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{Store, StoreError, audit};
use sea_orm::{ConnectionTrait, DbErr, IsolationLevel, TransactionTrait};
use uuid::Uuid;

type Outcome = Result<(), StoreError>;

fn entry(number: u128) -> audit::Entry {
    audit::Entry {
        id: Uuid::from_u128(number),
        at: DateTime::UNIX_EPOCH,
        user: None,
        organization: None,
        action: "test".to_owned(),
        subject: number.to_string(),
        detail: serde_json::json!({}),
        request_id: String::new(),
    }
}

fn user(number: u128) -> User {
    User {
        id: Uuid::from_u128(number),
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
        let late = store.read().begin_with_config(snapshot, None).await?;
        users::by_id(&late, user(1).id).await?;
        store.read().execute_unprepared(&renamed(1)).await?;
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
        if store.read().get_database_backend() != sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        filled(store).await?;
        let (one, two) = (store.read().begin().await?, store.read().begin().await?);
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
        let nonsense = store.read().execute_unprepared("nonsense").await.err();
        store.read().clone().close().await?;
        let lost = users::is_empty(store.read()).await.err();
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
