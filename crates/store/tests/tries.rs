//! Failed sign-ins, counted by several servers on one database.

use chrono::{DateTime, Duration, Utc};
use membership_store::testing::TestStore;
use membership_store::tries::{self, Bucket, Counted};
use membership_store::{Store, StoreError};
use sea_orm::{ConnectionTrait, Statement};

type Outcome = Result<(), StoreError>;

const BURST: u32 = 3;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

/// Three tries, and one more every ten seconds.
fn bucket(kind: &'static str, key: &str) -> Bucket {
    Bucket {
        kind,
        key: key.to_owned(),
        burst: BURST,
        refill: Duration::seconds(10),
    }
}

async fn rows(store: &Store) -> Result<i64, StoreError> {
    let backend = store.db().get_database_backend();
    let many = Statement::from_string(backend, "SELECT count(*) FROM sign_in_tries");
    let row = store.db().query_one_raw(many).await?;
    let row = row.ok_or(StoreError::NotFound("count"))?;
    Ok(row.try_get_by_index(0)?)
}

#[tokio::test]
async fn two_servers_empty_one_bucket_and_it_refills() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let buckets = [bucket("account", "a")];
        for (server, full) in [(one, 10), (another, 20), (one, 30)] {
            let counted = tries::take(server, &buckets, at(0)).await?;
            assert_eq!(counted, Counted::All(vec![at(full)]));
        }
        for server in [one, another] {
            let counted = tries::take(server, &buckets, at(4)).await?;
            assert_eq!(counted, Counted::Refused(0, at(30)));
        }
        let other = [bucket("client", "a")];
        let counted = tries::take(another, &other, at(4)).await?;
        assert_eq!(counted, Counted::All(vec![at(14)]), "of another kind");
        let counted = tries::take(another, &buckets, at(10)).await?;
        assert_eq!(counted, Counted::All(vec![at(40)]));
        let counted = tries::take(one, &buckets, at(1000)).await?;
        assert_eq!(
            counted,
            Counted::All(vec![at(1010)]),
            "never more than the burst"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_one_bucket_refuses_no_other_counts() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let account = [bucket("account", "a")];
        for _ in 0..BURST {
            tries::take(one, &account, at(0)).await?;
        }
        let both = [bucket("client", "c"), bucket("account", "a")];
        let counted = tries::take(another, &both, at(0)).await?;
        assert_eq!(counted, Counted::Refused(1, at(30)));
        let client = [bucket("client", "c")];
        let counted = tries::take(one, &client, at(0)).await?;
        assert_eq!(counted, Counted::All(vec![at(10)]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_success_costs_nothing_and_leaves_nothing() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let both = [bucket("client", "c"), bucket("account", "a")];
        for server in [one, another].into_iter().cycle().take(20) {
            let counted = tries::take(server, &both, at(0)).await?;
            assert!(matches!(counted, Counted::All(_)), "{counted:?}");
            tries::give_back(server, &both, at(0)).await?;
        }
        assert_eq!(rows(one).await?, 0);
        tries::take(one, &both, at(0)).await?;
        tries::take(another, &both, at(0)).await?;
        tries::give_back(one, &both, at(0)).await?;
        let counted = tries::take(one, &both, at(0)).await?;
        assert_eq!(counted, Counted::All(vec![at(20), at(20)]));
        Ok(())
    })
    .await
}

/// None of many at the same time slips through.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_are_all_counted() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let many: Vec<_> = [one, another]
            .into_iter()
            .cycle()
            .take(24)
            .map(|server| {
                let server = server.clone();
                tokio::spawn(async move {
                    let both = [bucket("client", "c"), bucket("account", "a")];
                    tries::take(&server, &both, at(0)).await
                })
            })
            .collect();
        let mut counted = 0;
        for one in many {
            match one.await {
                Ok(Ok(Counted::All(_))) => counted += 1,
                Ok(Ok(Counted::Refused(0, full))) => assert_eq!(full, at(30)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(counted, BURST);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn many_keys_take_no_more_rows_and_free_nobody() -> Outcome {
    TestStore::each(async |store| {
        let attacked = [bucket("client", "attacked")];
        for _ in 0..BURST {
            tries::take(store, &attacked, at(0)).await?;
        }
        tries::take(store, &[bucket("device", "d")], at(0)).await?;
        for number in 0..20 {
            let one = [bucket("client", &number.to_string())];
            tries::take(store, &one, at(0)).await?;
        }
        tries::clean(store, "client", at(1), (30, 5)).await?;
        assert_eq!(rows(store).await?, 22, "there was room for all");
        tries::clean(store, "client", at(1), (20, 5)).await?;
        assert_eq!(rows(store).await?, 6, "and one of another kind");
        let counted = tries::take(store, &attacked, at(1)).await?;
        assert_eq!(counted, Counted::Refused(0, at(30)), "it is remembered");
        tries::clean(store, "client", at(30), (20, 5)).await?;
        assert_eq!(rows(store).await?, 1, "full ones need no row");
        Ok(())
    })
    .await
}

/// What a server counted whose clock was a year ahead locks nobody out for a year.
#[tokio::test]
async fn a_wrong_clock_locks_nobody_out_once_it_is_right() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let buckets = [bucket("account", "a")];
        for _ in 0..BURST {
            tries::take(one, &buckets, at(31_536_000)).await?;
        }
        let counted = tries::take(another, &buckets, at(0)).await?;
        assert_eq!(counted, Counted::All(vec![at(10)]));
        // A little ahead is what servers always are.
        for _ in 0..BURST {
            tries::take(one, &buckets, at(5)).await?;
        }
        let counted = tries::take(another, &buckets, at(0)).await?;
        assert!(matches!(counted, Counted::Refused(0, _)), "{counted:?}");
        Ok(())
    })
    .await
}
