//! Demo or production: the database says which it is, and is used as nothing else. A demo has
//! accounts whose password is published, and a clock that anybody who is signed in can set.

use anyhow::bail;
use membership_store::audit::Action;
use membership_store::purpose::{self, Purpose};
use membership_store::{Store, StoreError, audit, users};

use crate::clock::Clock;
use crate::demo::{ACCOUNTS, SEEDED};
use crate::trail;
use crate::write::{Tx, write};

/// Refuses a database that is for something else, before its tables are brought up to date: as it
/// says, or, in one of an earlier version, as is found in it. One without tables is for nothing yet,
/// and one that does not answer is left to the next question.
pub async fn refuse_other(store: &Store, wanted: Purpose) -> anyhow::Result<()> {
    let found = match purpose::said(store.db()).await {
        Ok(Some(said)) => Some(said),
        Ok(None) | Err(_) => classified(store).await.ok().flatten(),
    };
    found.map_or(Ok(()), |found| agree(wanted, found))
}

/// Sees to it that the database is for this. One that was never used becomes it; one of an earlier
/// version, which did not say so, is taken for what is in it. ApiError with what lifts it.
pub async fn settle(store: &Store, clock: &Clock, wanted: Purpose) -> anyhow::Result<()> {
    let found = match purpose::said(store.db()).await? {
        Some(said) => said,
        None => {
            let found = classified(store).await?.unwrap_or(wanted);
            say(store, clock, found).await?
        }
    };
    agree(wanted, found)
}

fn agree(wanted: Purpose, found: Purpose) -> anyhow::Result<()> {
    match (wanted, found) {
        (Purpose::Demo, Purpose::Production) => bail!(
            "this database is for real data, and --demo would let anyone set its clock: leave \
             out --demo, or name another database with --database-url"
        ),
        (Purpose::Production, Purpose::Demo) => bail!(
            "this database is a demo's, whose accounts have a published password: add --demo, or \
             name another database with --database-url"
        ),
        (Purpose::Demo, Purpose::Demo) | (Purpose::Production, Purpose::Production) => Ok(()),
    }
}

/// What a database that does not say it is for; nothing for an empty one. Asks only for what the
/// tables of earlier versions have, too.
async fn classified(store: &Store) -> Result<Option<Purpose>, StoreError> {
    let db = store.db();
    if audit::has(db, SEEDED).await? {
        return Ok(Some(Purpose::Demo));
    }
    for account in ACCOUNTS {
        if users::is_named(db, account.email, account.name).await? {
            return Ok(Some(Purpose::Demo));
        }
    }
    Ok((!users::is_empty(db).await?).then_some(Purpose::Production))
}

/// Writes it down, or reads what another server wrote at the same moment.
async fn say(store: &Store, clock: &Clock, purpose: Purpose) -> anyhow::Result<Purpose> {
    let said = write(store, async |write: Tx| {
        let entry = trail::entry(clock, Action::DatabaseDeclare, purpose.code())?;
        purpose::say(&write, purpose).await?;
        anyhow::Ok(((), Some(entry)))
    });
    match said.await {
        Ok(()) => Ok(purpose),
        Err(error) if matches!(error.downcast_ref(), Some(StoreError::Duplicate(_))) => {
            Ok(purpose::said(store.db()).await?.unwrap_or(purpose))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::roles::Role;
    use membership_store::testing::{TestStore, older};

    use super::*;
    use crate::accounts::{self, Wanted};
    use crate::testing::{Failure, Outcome, TestApp};

    async fn refusal(store: &Store, wanted: Purpose) -> String {
        let settled = settle(store, &Clock::system(), wanted).await;
        settled
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }

    #[tokio::test]
    async fn an_empty_database_becomes_what_it_is_first_used_for() -> Outcome {
        for (first, other, named) in [
            (Purpose::Demo, Purpose::Production, "add --demo"),
            (Purpose::Production, Purpose::Demo, "leave out --demo"),
        ] {
            TestStore::each(async |store| -> Result<(), StoreError> {
                assert_eq!(refusal(store, first).await, "");
                assert_eq!(refusal(store, first).await, "");
                let said = refusal(store, other).await;
                assert!(
                    said.contains(named) && said.contains("--database-url"),
                    "{said}"
                );
                assert!(refuse_other(store, first).await.is_ok());
                assert!(refuse_other(store, other).await.is_err());
                assert_eq!(purpose::said(store.db()).await?, Some(first));
                let trail = audit::newest(store.db(), 10).await?;
                assert_eq!(trail.len(), 1, "said once: {trail:?}");
                assert_eq!(trail[0].subject, first.code());
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_database_without_tables_has_said_nothing() -> Outcome {
        let store = Store::connect("sqlite::memory:").await?;
        Ok(refuse_other(&store, Purpose::Demo).await?)
    }

    /// What an earlier version made: the demo by its seed, and by its accounts.
    #[tokio::test]
    async fn a_demo_that_does_not_say_so_is_one() -> Outcome {
        TestApp::each(async |app| {
            let store = &app.app.store;
            assert_eq!(classified(store).await?, Some(Purpose::Demo));
            older(store).await?;
            assert!(refuse_other(store, Purpose::Production).await.is_err());
            assert!(refuse_other(store, Purpose::Demo).await.is_ok());
            assert!(!store.tables().await?.fit(), "no table was touched");
            store.migrate().await?;
            assert!(refusal(store, Purpose::Production).await.contains("--demo"));
            assert_eq!(refusal(store, Purpose::Demo).await, "");
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn accounts_of_others_are_real_data() -> Outcome {
        let failure = std::cell::RefCell::new(None);
        TestStore::each(async |store| -> Result<(), StoreError> {
            let wanted = Wanted {
                email: "admin@contoso.example".to_owned(),
                name: "Admin".to_owned(),
                organization: "Contoso".to_owned(),
                country: None,
                partner_id: None,
                roles: vec![Role::GlobalAdmin],
            };
            let ask = || Ok("a lantern in the fog".to_owned());
            if let Err(error) = accounts::add(store, &Clock::system(), wanted, ask).await {
                failure.replace(Some(Failure(error.to_string())));
                return Ok(());
            }
            assert_eq!(classified(store).await?, Some(Purpose::Production));
            older(store).await?;
            assert!(refuse_other(store, Purpose::Demo).await.is_err());
            assert!(refuse_other(store, Purpose::Production).await.is_ok());
            assert!(!store.tables().await?.fit(), "no table was touched");
            store.migrate().await?;
            let said = refusal(store, Purpose::Demo).await;
            assert!(said.contains("real data"), "{said}");
            Ok(())
        })
        .await?;
        failure.into_inner().map_or(Ok(()), Err)
    }
}
