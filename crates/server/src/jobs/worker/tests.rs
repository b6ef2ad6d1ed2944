//! Jobs as servers do them: once, whatever happens halfway.

use std::sync::atomic::{AtomicU32, Ordering};

use membership_store::audit::Action;
use membership_store::jobs::State;

use super::*;
use crate::jobs::{self as queue, Task};
use crate::testing::{Outcome, TestApp};
use crate::trail;
use crate::write::{Tx, write};

async fn queued(app: &App, key: &str) -> anyhow::Result<()> {
    write(&app.store, async |write: Tx| {
        let task = Task {
            kind: Kind::MailSend,
            key: key.to_owned(),
            organization: None,
            detail: serde_json::json!({}),
            run_at: app.clock.now(),
        };
        let queued = queue::enqueue(app, &write, task).await;
        queued.map_err(|error| anyhow::anyhow!("{}", error.detail()))?;
        let entry = trail::entry(&app.clock, Action::ClockSet, "cause")?;
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

async fn state(app: &App) -> anyhow::Result<Vec<(State, u32, String)>> {
    let (now, real) = (app.clock.now(), app.clock.real());
    let moment = jobs::Moment { now, real };
    let listed = jobs::list(app.store.db(), None, moment, 9).await?;
    let ours = listed.into_iter().filter(|job| job.kind == "mail.send");
    Ok(ours
        .map(|job| (job.state, job.attempts, job.error))
        .collect())
}

/// The effect of a job, in one transaction with its end.
async fn effect(app: &App, claim: &Claim) -> anyhow::Result<()> {
    write(&app.store, async |write: Tx| {
        write
            .tell(queue::entry(
                &app.clock,
                claim.kind,
                Action::MailSend,
                "half",
            )?)
            .await?;
        jobs::finish(&write, claim).await?;
        anyhow::Ok((
            (),
            Some(queue::entry(
                &app.clock,
                claim.kind,
                Action::MailSend,
                "whole",
            )?),
        ))
    })
    .await
}

#[tokio::test]
async fn a_handler_that_fails_halfway_leaves_nothing_and_is_done_once_later() -> Outcome {
    TestApp::each(async |app| {
        let tries = Arc::new(AtomicU32::new(0));
        let worker = Worker::with(app.app.clone(), move |app, claim| {
            let attempt = tries.fetch_add(1, Ordering::SeqCst);
            async move {
                if attempt > 1 {
                    return effect(&app, &claim).await;
                }
                let write = app.store.write().await?;
                let half = queue::entry(&app.clock, claim.kind, Action::MailSend, "half")?;
                write.tell(half).await?;
                jobs::finish(&write, &claim).await?;
                match attempt {
                    0 => panic!("halfway, for ines@contoso.example"),
                    _ => anyhow::bail!("no answer from ines@contoso.example\r\nat all"),
                }
            }
            .boxed()
        });
        queued(&app.app, "1").await?;
        assert_eq!(worker.all_due().await?, 1);
        let expected = (
            State::Waiting,
            1,
            "the program failed; see the log".to_owned(),
        );
        assert_eq!(state(&app.app).await?, [expected]);
        assert_eq!(worker.all_due().await?, 0, "it waits");
        app.app.clock.wait(chrono::Duration::seconds(FIRST_WAIT));
        assert_eq!(worker.all_due().await?, 1);
        let said = "no answer from [address]  at all".to_owned();
        assert_eq!(state(&app.app).await?, [(State::Waiting, 2, said)]);
        app.app
            .clock
            .wait(chrono::Duration::seconds(2 * FIRST_WAIT));
        assert_eq!(worker.all_due().await?, 1);
        assert!(state(&app.app).await?.is_empty());
        let told = app.told("mail.send", 2).await?;
        let mut told: Vec<_> = told.iter().map(|entry| entry.subject.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["half", "whole"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn waits_grow_and_then_a_job_is_given_up() -> Outcome {
    TestApp::each(async |app| {
        let worker = Worker::with(app.app.clone(), |_, _| {
            async { anyhow::bail!("never") }.boxed()
        });
        queued(&app.app, "1").await?;
        let begin = app.app.clock.real();
        let mut attempts = 0;
        while attempts < ATTEMPTS {
            let done = worker.all_due().await?;
            attempts += u32::try_from(done)?;
            app.app.clock.wait(chrono::Duration::seconds(match done {
                0 => 60,
                _ => FIRST_WAIT,
            }));
        }
        let hours = (app.app.clock.real() - begin).num_hours();
        assert!((44..56).contains(&hours), "{hours}");
        let (state, attempts, error) = state(&app.app).await?.remove(0);
        assert_eq!(
            (state, attempts, error.as_str()),
            (State::Dead, ATTEMPTS, "never")
        );
        app.app.clock.wait(chrono::Duration::days(9));
        assert_eq!(worker.all_due().await?, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_servers_do_each_job_once() -> Outcome {
    TestApp::each_pair(&crate::app::Settings::default(), async |one, another| {
        for number in 0..40 {
            queued(&one.app, &number.to_string()).await?;
        }
        let worker = |app: &TestApp| {
            Worker::with(app.app.clone(), |app, claim| {
                async move { effect(&app, &claim).await }.boxed()
            })
        };
        let (one_worker, another_worker) = (worker(one), worker(another));
        let (left, right) = tokio::join!(one_worker.all_due(), another_worker.all_due());
        assert_eq!(left? + right?, 40);
        assert!(state(&one.app).await?.is_empty());
        assert_eq!(one.told("mail.send", 80).await?.len(), 80);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_running_worker_does_what_is_queued_and_what_recurs_and_stops() -> Outcome {
    TestApp::each(async |app| {
        let (sender, seen) = tokio::sync::mpsc::unbounded_channel();
        let worker = Worker::with(app.app.clone(), move |app, claim| {
            let sender = sender.clone();
            async move {
                sender.send(claim.kind)?;
                match claim.kind {
                    Kind::MailSend => effect(&app, &claim).await,
                    _ => Ok(()),
                }
            }
            .boxed()
        });
        let mut seen = seen;
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(worker.run(stopped, Duration::from_secs(5)));
        let mut recurring = Vec::new();
        for _ in handlers::RECURRING {
            recurring.extend(timeout(Duration::from_secs(5), seen.recv()).await?);
        }
        recurring.sort_unstable();
        let mut wanted: Vec<_> = handlers::RECURRING.iter().map(|(kind, _)| *kind).collect();
        wanted.sort_unstable();
        assert_eq!(recurring, wanted);
        queued(&app.app, "1").await?;
        let once = timeout(Duration::from_secs(5), seen.recv()).await?;
        assert_eq!(once, Some(Kind::MailSend));
        app.told("mail.send", 2).await?;
        stop.send_replace(true);
        timeout(Duration::from_secs(5), running).await??;
        queued(&app.app, "2").await?;
        assert_eq!(state(&app.app).await?.len(), 1, "nobody takes it");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_recurs_does_not_wait_for_mails_that_hang() -> Outcome {
    TestApp::each(async |app| {
        let (sender, mut seen) = tokio::sync::mpsc::unbounded_channel();
        let worker = Worker::with(app.app.clone(), move |_, claim| {
            let sender = sender.clone();
            async move {
                if claim.kind == Kind::MailSend {
                    std::future::pending::<()>().await;
                }
                Ok(sender.send(claim.kind)?)
            }
            .boxed()
        });
        for number in 0..2 * AT_ONCE {
            queued(&app.app, &number.to_string()).await?;
        }
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(worker.run(stopped, Duration::ZERO));
        for _ in 0..3 {
            let kind = async {
                while seen.recv().await != Some(Kind::AuditSeal) {
                    tokio::task::yield_now().await;
                }
            };
            timeout(Duration::from_secs(5), kind).await?;
            app.app.clock.wait(chrono::Duration::seconds(1));
        }
        stop.send_replace(true);
        Ok(timeout(Duration::from_secs(5), running).await??)
    })
    .await
}
