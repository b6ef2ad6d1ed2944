//! The one way to write to the database: a transaction with its audit entry, done again where
//! another write was in its way.

use std::sync::Arc;
use std::time::Duration;

use membership_store::audit::Entry;
use membership_store::{Store, StoreError, Write};
use tokio::time::{Instant, sleep};

use crate::people::PeopleError;

/// A write is begun so often at most. The database undoes one of two that are in each other's way,
/// so that one of all goes through each time: so many can meet.
const ATTEMPTS: u32 = 12;

/// The wait before the second attempt; before each further one it is twice as long, up to
/// [`LONGEST`].
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_millis(320);

/// Nothing is begun again later than this: SQLite itself waits for the other writer as long.
const LATEST: Duration = Duration::from_secs(5);

/// An error that can come of another write.
pub trait Overtaken {
    /// See [`StoreError::is_retryable`].
    fn is_overtaken(&self) -> bool;
}

impl Overtaken for StoreError {
    fn is_overtaken(&self) -> bool {
        self.is_retryable()
    }
}

impl Overtaken for anyhow::Error {
    fn is_overtaken(&self) -> bool {
        let people = self.downcast_ref::<PeopleError>();
        self.downcast_ref().is_some_and(StoreError::is_retryable)
            || people.is_some_and(PeopleError::is_overtaken)
    }
}

/// The transaction of a write, to be used by its work and not kept.
pub type Tx = Arc<Write>;

/// Does `work` in a transaction and keeps it with the entry that it gives; without one nothing is
/// kept. `work` may be done several times and must do nothing that the transaction does not undo.
pub async fn write<T, E, W>(store: &Store, work: impl Fn(Tx) -> W) -> Result<T, E>
where
    E: From<StoreError> + Overtaken,
    W: Future<Output = Result<(T, Option<Entry>), E>>,
{
    let (begin, mut pause, mut attempt) = (Instant::now(), PAUSE, 1);
    loop {
        match once(store, &work).await {
            Err(error)
                if error.is_overtaken() && attempt < ATTEMPTS && begin.elapsed() < LATEST =>
            {
                tracing::debug!(attempt, "a write was overtaken and is begun again");
                sleep(pause).await;
                pause = LONGEST.min(pause * 2);
                attempt += 1;
            }
            other => return other,
        }
    }
}

async fn once<T, E, W>(store: &Store, work: &impl Fn(Tx) -> W) -> Result<T, E>
where
    E: From<StoreError>,
    W: Future<Output = Result<(T, Option<Entry>), E>>,
{
    let write = Tx::new(store.write().await?);
    let (done, entry) = work(write.clone()).await?;
    if let Some(entry) = entry {
        let write = Tx::into_inner(write).ok_or(StoreError::Kept)?;
        write.commit(entry).await?;
    }
    Ok(done)
}

/// Tells of each of these but the last one, which the write is kept with.
pub async fn all_but_last(
    write: &Write,
    mut entries: Vec<Entry>,
) -> Result<Option<Entry>, StoreError> {
    let last = entries.pop();
    write.tell_all(entries).await?;
    Ok(last)
}

/// Tells the audit log of something that is not in the database.
pub async fn tell(store: &Store, entry: Entry) -> Result<(), StoreError> {
    write(store, async |_: Tx| Ok(((), Some(entry.clone())))).await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use membership_domain::id::UserId;
    use membership_store::audit::{self, Action};
    use membership_store::testing::TestStore;
    use membership_store::users::{self, User};

    use super::*;
    use crate::clock::Clock;
    use crate::trail;

    fn user() -> User {
        User {
            id: UserId::from_u128(1),
            email: "ines@contoso.example".to_owned(),
            name: "Ines Duarte".to_owned(),
            password_hash: String::new(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            disabled_at: None,
        }
    }

    /// Adds a user while so many commits are overtaken: how often it was begun, and whether it went
    /// through.
    async fn added(store: &Store, overtaken: u32) -> Result<(u32, bool), StoreError> {
        let begun = AtomicU32::new(0);
        store.faults().overtake(overtaken);
        let done = write(store, async |write: Tx| {
            begun.fetch_add(1, Ordering::SeqCst);
            users::insert(&write, user()).await?;
            let entry = trail::entry(&Clock::system(), Action::AccountAdd, "1");
            let entry = entry.map_err(|_| StoreError::NotFound("chance"))?;
            Ok::<_, StoreError>(((), Some(entry)))
        });
        let done = done.await;
        store.faults().overtake(0);
        Ok((begun.into_inner(), done.is_ok()))
    }

    #[tokio::test]
    async fn a_write_that_was_overtaken_is_done_once() -> Result<(), StoreError> {
        TestStore::each(async |store| {
            assert_eq!(
                added(store, ATTEMPTS).await?,
                (ATTEMPTS, false),
                "it gives up"
            );
            assert!(users::is_empty(store.db()).await?);
            assert!(audit::newest(store.db(), 9).await?.is_empty());
            assert_eq!(added(store, 2).await?, (3, true));
            assert_eq!(audit::newest(store.db(), 9).await?.len(), 1, "told once");
            assert_eq!(added(store, 0).await?, (1, false), "the address is taken");
            Ok(())
        })
        .await
    }
}
