//! A transaction that is committed with its audit entry, or not at all.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use membership_domain::id::OrganizationId;
use sea_orm::DatabaseTransaction;
use tokio::sync::Notify;

use crate::entities::organization;
use crate::{Store, StoreError, audit};

/// An open transaction. Dropping it undoes everything.
#[derive(Debug)]
pub struct Write {
    transaction: DatabaseTransaction,
    work: Arc<Notify>,
    queued: AtomicBool,
    locked: Mutex<BTreeMap<OrganizationId, organization::Model>>,
    #[cfg(feature = "testing")]
    faults: std::sync::Arc<crate::faults::Faults>,
}

impl Store {
    /// Begins a write.
    pub async fn write(&self) -> Result<Write, StoreError> {
        Ok(Write {
            transaction: self.begin().await?,
            work: self.work.clone(),
            queued: AtomicBool::new(false),
            locked: Mutex::default(),
            #[cfg(feature = "testing")]
            faults: self.faults.clone(),
        })
    }
}

impl Write {
    /// The transaction, for reading functions inside of it.
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Tells of something that happens in the same write beside what [`Write::commit`] tells.
    pub async fn tell(&self, entry: audit::Entry) -> Result<(), StoreError> {
        self.tell_all(vec![entry]).await
    }

    /// The same of several things.
    pub async fn tell_all(&self, entries: Vec<audit::Entry>) -> Result<(), StoreError> {
        audit::append(&self.transaction, entries).await
    }

    /// The rows of organizations that this write holds, as they are: nobody else changes them.
    pub(crate) fn locked(&self) -> MutexGuard<'_, BTreeMap<OrganizationId, organization::Model>> {
        self.locked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Jobs were queued, which can begin once this is committed.
    pub(crate) fn queued(&self) {
        self.queued.store(true, Ordering::Relaxed);
    }

    /// Keeps everything that was written, and who did it. [`StoreError::Uncertain`] where the
    /// database went away before it said whether it did.
    pub async fn commit(self, entry: audit::Entry) -> Result<(), StoreError> {
        self.tell(entry).await?;
        #[cfg(feature = "testing")]
        self.faults.before_commit()?;
        let committed = self.transaction.commit().await.map_err(StoreError::from);
        #[cfg(feature = "testing")]
        let committed = committed.and_then(|()| self.faults.after_commit());
        if self.queued.into_inner() {
            self.work.notify_one();
        }
        committed.map_err(|error| match error.is_retryable() {
            true => error,
            false => error.uncertain(),
        })
    }
}
