//! Jobs on two servers of one database: taken by one, finished once, failed, given up, done again.

use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::id::OrganizationId;
use membership_store::jobs::{self, Again, Claim, Kind, Moment, NewJob, State, Taking};
use membership_store::testing::TestStore;
use membership_store::{Store, StoreError, audit};

type Outcome = Result<(), StoreError>;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

fn entry(number: u128) -> audit::Entry {
    let (action, salt) = (audit::Action::ClockSet, audit::Salt::of([0; 32]));
    audit::Entry::of(Id::from_u128(number), at(0), action, number, salt)
}

fn job(number: u128) -> NewJob {
    NewJob {
        id: Id::from_u128(number),
        kind: Kind::MailSend,
        key: number.to_string(),
        organization: None,
        detail: serde_json::json!({"number": number.to_string()}),
        run_at: at(0),
        at: at(0),
    }
}

async fn queue(store: &Store, number: u128, jobs: Vec<NewJob>) -> Result<Vec<bool>, StoreError> {
    let write = store.write().await?;
    let mut new = Vec::new();
    for job in jobs {
        new.push(jobs::enqueue(&write, job).await?);
    }
    write.commit(entry(number)).await?;
    Ok(new)
}

/// Takes up to `most` at a real time, for a minute; the business time is the same.
async fn take(
    store: &Store,
    name: &str,
    most: u32,
    seconds: i64,
) -> Result<Vec<Claim>, StoreError> {
    let taking = Taking {
        kinds: Kind::ALL,
        most,
        lease_by: name.to_owned(),
        lease: Duration::minutes(1),
        now: at(seconds),
        real: at(seconds),
    };
    jobs::take(store, &taking).await
}

fn keys(claims: &[Claim]) -> Vec<&str> {
    claims.iter().map(|claim| claim.key.as_str()).collect()
}

async fn finish(store: &Store, claim: &Claim, number: u128) -> Outcome {
    let write = store.write().await?;
    // The effect.
    write.tell(entry(number + 1000)).await?;
    jobs::finish(&write, claim).await?;
    write.commit(entry(number)).await
}

async fn states(store: &Store, seconds: i64) -> Result<Vec<(String, State)>, StoreError> {
    let moment = Moment {
        now: at(seconds),
        real: at(seconds),
    };
    let listed = jobs::list(store.db(), None, moment, 100).await?;
    Ok(listed.into_iter().map(|job| (job.key, job.state)).collect())
}

#[tokio::test]
async fn a_job_is_queued_once_by_its_key_and_with_its_cause_only() -> Outcome {
    TestStore::each(async |store| {
        assert_eq!(queue(store, 1, vec![job(1), job(1)]).await?, [true, false]);
        assert_eq!(queue(store, 2, vec![job(1)]).await?, [false]);
        let write = store.write().await?;
        jobs::enqueue(&write, job(2)).await?;
        drop(write);
        assert_eq!(states(store, 0).await?, [("1".to_owned(), State::Due)]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_servers_take_each_job_once_and_none_before_its_time() -> Outcome {
    TestStore::each_pair(async |one, another| {
        let mut jobs: Vec<_> = (1..=20).map(job).collect();
        jobs[4].run_at = at(10);
        queue(one, 1, jobs).await?;
        let (left, right) = tokio::join!(take(one, "a", 12, 0), take(another, "b", 12, 0));
        let (left, right) = (left?, right?);
        let mut all = keys(&left);
        all.extend(keys(&right));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 19, "{all:?}");
        assert!(!all.contains(&"5"));
        assert!(take(one, "c", 12, 0).await?.is_empty());
        assert_eq!(keys(&take(one, "d", 12, 10).await?), ["5"]);
        assert_eq!(left[0].attempts, 1);
        assert_eq!(left[0].detail["number"], left[0].key);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_lost_the_lease_changes_nothing() -> Outcome {
    TestStore::each_pair(async |one, another| {
        queue(one, 1, vec![job(1)]).await?;
        let slow = take(one, "slow", 1, 0).await?.remove(0);
        assert!(take(another, "fast", 1, 59).await?.is_empty(), "held");
        let fast = take(another, "fast", 1, 60).await?.remove(0);
        assert_eq!(fast.attempts, 2);
        let lost = finish(one, &slow, 2).await;
        assert!(matches!(lost, Err(StoreError::NotFound(_))), "{lost:?}");
        jobs::fail(one, &slow, "late", at(1000)).await?;
        jobs::give_up(one, &slow, "late", at(60)).await?;
        assert_eq!(states(one, 60).await?, [("1".to_owned(), State::Running)]);
        finish(another, &fast, 3).await?;
        let lost = finish(one, &slow, 4).await;
        assert!(matches!(lost, Err(StoreError::NotFound(_))), "{lost:?}");
        assert!(states(one, 60).await?.is_empty());
        // Of the effect, one.
        assert_eq!(audit::newest(one.db(), 10).await?.len(), 3);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_fails_waits_and_what_was_given_up_is_done_again_when_asked_for() -> Outcome {
    TestStore::each(async |store| {
        queue(store, 1, vec![job(1), job(2)]).await?;
        let taken = take(store, "a", 2, 0).await?;
        jobs::fail(store, &taken[0], "no answer", at(5)).await?;
        jobs::give_up(store, &taken[1], "never", at(0)).await?;
        assert!(take(store, "b", 2, 4).await?.is_empty());
        let expected = [("1", State::Waiting), ("2", State::Dead)];
        let expected = expected.map(|(key, state)| (key.to_owned(), state));
        assert_eq!(states(store, 4).await?, expected);
        let again = take(store, "c", 2, 5).await?;
        assert_eq!((keys(&again), again[0].attempts), (vec!["1"], 2));
        let retried = async |again, number| {
            let write = store.write().await?;
            let many = jobs::retry(&write, again, at(6)).await?;
            write.commit(entry(number)).await?;
            Ok::<_, StoreError>(many)
        };
        assert_eq!(retried(Again::One(job(1).id), 2).await?, 0, "it is held");
        assert_eq!(retried(Again::Dead, 3).await?, 1);
        let again = take(store, "d", 2, 6).await?;
        assert_eq!((keys(&again), again[0].attempts), (vec!["2"], 1));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_recurring_job_is_there_once_and_stays() -> Outcome {
    TestStore::each_pair(async |one, another| {
        for (store, number) in [(one, 1), (another, 2)] {
            let mut recurring = job(number);
            (recurring.kind, recurring.key) = (Kind::MailClean, String::new());
            jobs::ensure(store, recurring).await?;
        }
        let taken = take(another, "a", 9, 0).await?;
        assert_eq!(taken.len(), 1);
        jobs::put_back(another, &taken[0], at(3600)).await?;
        assert!(take(one, "b", 9, 3599).await?.is_empty());
        let taken = take(one, "b", 9, 3600).await?;
        assert_eq!((taken.len(), taken[0].attempts), (1, 1));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ten_thousand_of_one_organization_let_others_go_first() -> Outcome {
    TestStore::each(async |store| {
        let of = |number: u128, organization: u128| NewJob {
            organization: Some(OrganizationId::from_u128(organization)),
            ..job(number)
        };
        queue(store, 1, (1..=200).map(|number| of(number, 1)).collect()).await?;
        let mut late = of(201, 2);
        late.at = at(5);
        queue(store, 2, vec![late, job(202)]).await?;
        let taken = take(store, "a", 9, 6).await?;
        let keys = keys(&taken);
        assert!(keys.contains(&"201") && keys.contains(&"202"), "{keys:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn kinds_of_a_later_version_are_left_to_it() -> Outcome {
    TestStore::each(async |store| {
        queue(store, 1, vec![job(1), job(2)]).await?;
        let later = "UPDATE jobs SET kind = 'of.later' WHERE key = '1'";
        membership_store::testing::execute(store, later).await?;
        assert_eq!(keys(&take(store, "a", 9, 0).await?), ["2"]);
        assert_eq!(states(store, 0).await?.len(), 2, "and are listed");
        let moment = Moment {
            now: at(0),
            real: at(9),
        };
        let tally = jobs::tally(store.db(), moment).await?;
        assert_eq!(tally[&("of.later".to_owned(), State::Due)], 1);
        assert_eq!(jobs::oldest_due(store.db(), moment).await?, Some(at(0)));
        Ok(())
    })
    .await
}
