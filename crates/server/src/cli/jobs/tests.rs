//! What the command line says of jobs, and does to them.

use membership_store::audit;
use membership_store::jobs::{Kind, NewJob, Taking};

use super::*;
use crate::random;
use crate::testing::{Outcome, TestApp};

/// Two jobs, of which one was given up.
async fn given(store: &Store, clock: &Clock) -> anyhow::Result<JobId> {
    let real = clock.real();
    write(store, async |write: Tx| {
        for number in [1, 2] {
            let job = NewJob {
                id: JobId::from_u128(number),
                kind: Kind::MailSend,
                key: number.to_string(),
                organization: None,
                detail: serde_json::json!({}),
                run_at: real,
                at: real - Duration::hours(3),
            };
            jobs::enqueue(&write, job).await?;
        }
        let entry = trail::entry(clock, Action::ClockSet, "a test")?;
        anyhow::Ok(((), Some(entry)))
    })
    .await?;
    let taking = Taking {
        kinds: Kind::ALL,
        most: 1,
        lease_by: random::token()?,
        lease: Duration::minutes(1),
        now: real,
        real,
    };
    let claim = jobs::take(store, &taking).await?.remove(0);
    jobs::give_up(store, &claim, "no such server", real).await?;
    Ok(claim.id)
}

#[tokio::test]
async fn dead_jobs_are_seen_and_done_again() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, Clock::system());
        let id = given(store, &clock).await?;
        let dead = listed(store, Some(Which::Dead)).await?;
        let expected =
            format!("{id}  mail.send    dead     queued 3 h ago, 1 attempt: no such server");
        assert_eq!(dead, expected);
        assert_eq!(listed(store, None).await?.lines().count(), 2);
        let said = retried(store, Again::One(id)).await?;
        assert!(said.starts_with("1 job"), "{said}");
        let told = app.told("job.retry", 1).await?.remove(0);
        assert_eq!(
            (told.actor, told.subject),
            (audit::Actor::Operator, id.to_string())
        );
        assert_eq!(listed(store, Some(Which::Dead)).await?, "No jobs.");
        assert_eq!(
            retried(store, Again::Dead).await?,
            "No job is dead. Nothing was changed."
        );
        let unknown = retried(store, Again::One(JobId::from_u128(9))).await;
        assert!(unknown.is_err(), "{unknown:?}");
        assert_eq!(app.told("job.retry", 1).await?.len(), 1);
        Ok(())
    })
    .await
}
