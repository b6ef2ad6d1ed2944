use std::sync::Mutex;

use membership_domain::id::{LocationId, OrganizationId};
use sea_orm_migration::prelude::*;

use super::*;
use crate::partner_ids::{self, Owner};
use crate::testing::TestStore;

type Outcome = Result<(), StoreError>;
type Migrations = Vec<Box<dyn MigrationTrait>>;

/// A migration of a later version: one more table.
struct Later;

impl MigrationName for Later {
    fn name(&self) -> &str {
        "m998_later"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Later {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("CREATE TABLE later (id text)")
            .await?;
        Ok(())
    }
}

/// One that ends in the middle, as if its server had been killed.
struct Broken;

impl MigrationName for Broken {
    fn name(&self) -> &str {
        "m999_broken"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Broken {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("CREATE TABLE half (id text)").await?;
        Err(DbErr::Custom("halfway".to_owned()))
    }
}

fn with_later() -> Migrations {
    let mut all = Migrator::migrations();
    all.push(Box::new(Later));
    all
}

/// The turn of a server that is going to be killed.
async fn turn(store: &Store) -> Result<i64, StoreError> {
    match store.take("killed").await? {
        Taken::Ours(turn) => Ok(turn),
        Taken::Theirs(holder) => panic!("{holder:?}"),
    }
}

/// As if the lease of a killed server had run out.
async fn run_out(store: &Store) -> Outcome {
    let later = "UPDATE migration_lock SET lease_until = 1";
    store.db().execute_unprepared(later).await?;
    Ok(())
}

#[tokio::test]
async fn a_server_killed_after_any_migration_leaves_what_the_next_one_goes_on_with() -> Outcome {
    for done in 0..Migrator::migrations().len() {
        TestStore::each_new(async |one, another| -> Outcome {
            let turn = turn(one).await?;
            for _ in 0..done {
                assert!(one.migrate_one(&Migrator::migrations(), turn).await?);
            }
            let missing = Migrator::migrations().len() - done;
            let Tables::Behind(names) = another.tables().await? else {
                panic!("{done}");
            };
            assert_eq!(names.len(), missing);
            run_out(another).await?;
            another.migrate().await?;
            assert!(another.tables().await?.fit());
            // The one that was not killed after all, only slow.
            assert!(!one.migrate_one(&with_later(), turn).await?);
            assert!(one.leave(turn).await.is_ok() && one.tables().await?.fit());
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_migration_that_ends_halfway_leaves_nothing_and_lets_others_try() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        let mut all = with_later();
        all.push(Box::new(Broken));
        let refusal = one.migrate_to(&all, "one", |_| {}).await;
        assert!(refusal.is_err_and(|error| error.to_string().contains("halfway")));
        let manager = SchemaManager::new(another.db());
        assert!(!manager.has_table("half").await?);
        assert!(
            manager.has_table("later").await?,
            "those before it are kept"
        );
        let missing = another.tables_for(&all).await?;
        assert_eq!(missing, Tables::Behind(vec!["m999_broken".to_owned()]));
        let waited = Mutex::new(0);
        another
            .migrate_to(&with_later(), "another", |_| *waited.lock().unwrap() += 1)
            .await?;
        assert_eq!(*waited.lock().unwrap(), 0, "nobody holds the row");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_waits_says_for_whom_and_takes_over_when_the_lease_has_run_out() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        let first = turn(one).await?;
        let (all, holders) = (with_later(), Mutex::new(Vec::new()));
        let wait = another.migrate_to(&all, "another", |holder| {
            holders.lock().unwrap().push(holder.name.clone());
        });
        let killed = async {
            tokio::time::sleep(3 * LOOK).await;
            assert!(one.migrate_one(&with_later(), first).await?, "it still may");
            tokio::time::sleep(3 * LOOK).await;
            assert!(!one.tables().await?.fit(), "and nobody else does");
            run_out(one).await
        };
        let (waited, killed) = tokio::join!(wait, killed);
        waited.and(killed)?;
        assert_eq!(*holders.lock().unwrap(), ["killed"], "said once");
        assert!(one.tables_for(&with_later()).await?.fit());
        Ok(())
    })
    .await
}

/// A machine's clock that was set back would keep everybody waiting for as long.
#[tokio::test]
async fn a_lease_into_next_year_is_not_waited_for() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        turn(one).await?;
        let far = "UPDATE migration_lock SET lease_until = lease_until + 31536000";
        one.db().execute_unprepared(far).await?;
        another.migrate().await
    })
    .await
}

/// On a migration under way nobody waits in silence, however long it takes.
#[tokio::test]
async fn a_migration_under_way_is_not_taken_over() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        let first = turn(one).await?;
        run_out(one).await?;
        let under_way = one.begin().await?;
        assert!(renew(&under_way, first).await?);
        let taken = another.take("another").await?;
        let Taken::Theirs(Some(holder)) = taken else {
            panic!("taken over");
        };
        assert_eq!(holder.name, "killed");
        under_way.commit().await?;
        let taken = another.take("another").await?;
        assert!(matches!(taken, Taken::Theirs(Some(_))), "its lease is new");
        Ok(())
    })
    .await
}

/// Each of them finds an empty database, and a migration done twice would fail.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_servers_that_start_at_once_one_migrates() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        let servers: Vec<_> = [one, another, one, another]
            .into_iter()
            .map(|store| {
                let store = store.clone();
                tokio::spawn(async move { store.migrate().await })
            })
            .collect();
        for server in servers {
            match server.await {
                Ok(done) => done?,
                Err(panic) => panic!("{panic}"),
            }
        }
        assert!(one.tables().await?.fit());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_older_program_works_beside_tables_that_only_have_more() -> Outcome {
    TestStore::each_new(async |one, another| -> Outcome {
        one.migrate_to(&with_later(), "one", |_| {}).await?;
        assert!(another.tables().await?.fit(), "it is not among its own");
        another.migrate().await?;
        let needs = async |name: &str| -> Outcome {
            let set = format!("UPDATE installation SET value = '{name}' WHERE name = 'needs'");
            one.db().execute_unprepared(&set).await?;
            Ok(())
        };
        needs("m008_shared_state").await?;
        assert!(another.tables().await?.fit());
        needs("m998_later").await?;
        assert_eq!(
            another.tables().await?,
            Tables::Ahead("m998_later".to_owned())
        );
        let refusal = another.migrate().await.err();
        let said = refusal.map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("knows m998_later"), "{said}");
        assert!(one.tables_for(&with_later()).await?.fit());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn migrations_of_somebody_else_are_not_worked_with() -> Outcome {
    TestStore::each_pair(async |store, _| -> Outcome {
        let theirs = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m003_fork', 0)";
        store.db().execute_unprepared(theirs).await?;
        let strange = Tables::Strange(vec!["m003_fork".to_owned()]);
        assert_eq!(store.tables().await?, strange);
        let refusal = store.migrate().await.err().map(|error| error.to_string());
        assert!(refusal.is_some_and(|said| said.contains("m003_fork")));
        Ok(())
    })
    .await
}

/// A probe comes every few seconds, to a server that may be allowed nothing else.
#[tokio::test]
async fn asking_writes_nothing() -> Outcome {
    let store = Store::connect("sqlite::memory:").await?;
    let closed = async |closed| -> Outcome {
        let pragma = format!("PRAGMA query_only = {closed}");
        store.db().execute_unprepared(&pragma).await?;
        Ok(())
    };
    closed("ON").await?;
    assert!(!store.tables().await?.fit());
    assert!(store.migrate().await.is_err(), "nothing can be written");
    closed("OFF").await?;
    store.migrate().await?;
    closed("ON").await?;
    assert!(store.tables().await?.fit());
    store.migrate().await
}

/// Those that were there before, also where two have the same one.
#[tokio::test]
async fn partner_ids_are_filled_from_what_is_there() -> Outcome {
    TestStore::each_new(async |store, _| -> Outcome {
        let mut before = Migrator::migrations();
        before.truncate(6);
        store.migrate_to(&before, "before", |_| {}).await?;
        let when = "'2023-11-15 09:00:00+00:00'";
        let (one, two) = (OrganizationId::from_u128(1), OrganizationId::from_u128(2));
        let account = format!(
            "INSERT INTO organizations VALUES \
             ('{one}', '1000001', 'Contoso', 'US', 'accepted', 1, {when}); \
             INSERT INTO locations VALUES \
             ('{one}', '{one}', '1000002', 'Porto', 'PT', 'Rua 1', {when}), \
             ('{two}', '{one}', '1000001', 'Lisbon', 'PT', 'Rua 2', {when})"
        );
        store.db().execute_unprepared(&account).await?;
        store.migrate().await?;
        for (partner_id, location) in [
            ("1000001", None),
            ("1000002", Some(LocationId::from_u128(1))),
        ] {
            let owner = partner_ids::owner(store.db(), partner_id).await?;
            let wanted = Owner {
                organization: one,
                location,
            };
            assert_eq!(owner, Some(wanted), "{partner_id}");
        }
        let gone = store
            .db()
            .execute_unprepared("DELETE FROM organizations")
            .await;
        assert!(gone.is_err(), "an organization with a PartnerID stays");
        Ok(())
    })
    .await
}
