//! A transaction that is committed with its audit entry, or not at all.

use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use crate::{Store, StoreError, audit};

/// An open transaction. Dropping it undoes everything.
#[derive(Debug)]
pub struct Write {
    transaction: DatabaseTransaction,
}

impl Store {
    /// Begins a write. SQLite has one writer: it waits here, not later with half of its work done.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.db().begin_with_options(options).await?;
        Ok(Write { transaction })
    }
}

impl Write {
    /// The transaction, for reading functions inside of it.
    pub fn read(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Tells of something that happens in the same write beside what [`Write::commit`] tells.
    pub async fn tell(&self, entry: audit::Entry) -> Result<(), StoreError> {
        audit::append(self, entry).await
    }

    /// Keeps everything that was written, and who did it.
    pub async fn commit(self, entry: audit::Entry) -> Result<(), StoreError> {
        audit::append(&self, entry).await?;
        Ok(self.transaction.commit().await?)
    }
}
