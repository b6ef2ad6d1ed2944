//! Queueing mails.

mod links;
mod mailbox;
mod sending;

use membership_domain::id::MailId;
use membership_store::jobs::{self, Moment};
use membership_store::mails;

use super::*;
use crate::app::Settings as AppSettings;
use crate::jobs::Worker;
use crate::mail::sink::{Mood, Sink};
use crate::testing::{Outcome, TestApp};
use crate::trail;
use crate::write::{Tx, write};
use membership_store::audit::Action;

fn letter(to: &str, document: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        user: None,
        organization: None,
        document: document.to_owned(),
        about: About::PasswordReset { minutes: 60 },
        opens: Opens::Page("/".to_owned()),
    }
}

/// Queues a letter in a write of its own.
async fn queued(app: &App, letter: &Letter) -> Answer<MailId> {
    write(&app.store, async |write: Tx| {
        let id = queue(app, &write, letter.clone()).await?;
        let entry = trail::entry(&app.clock, Action::ClockSet, "a test")?;
        Ok::<_, ApiError>((id, Some(entry)))
    })
    .await
}

/// Runs a test on each database with a mail server.
async fn each(test: impl AsyncFn(&TestApp, &Sink) -> Outcome) -> Outcome {
    let sink = Sink::start().await?;
    let settings = AppSettings {
        mail: sink.settings()?,
        ..AppSettings::default()
    };
    let seen = std::cell::Cell::new(0);
    TestApp::each_with(&settings, async |app| {
        sink.forget();
        sink.is(Mood::Takes);
        seen.set(seen.get() + 1);
        test(app, &sink).await
    })
    .await?;
    assert!(seen.get() > 0);
    Ok(())
}

async fn work(app: &TestApp) -> Outcome<usize> {
    Ok(Worker::new(app.app.clone()).all_due().await?)
}

async fn kept(app: &TestApp, id: MailId) -> Outcome<Mail> {
    let mail = mails::by_id(app.app.store.db(), id).await?;
    Ok(mail.ok_or_else(|| format!("no mail {id}"))?)
}

async fn jobs_queued(app: &App) -> Outcome<usize> {
    let (now, real) = (app.clock.now(), app.clock.real());
    let listed = jobs::list(app.store.db(), None, Moment { now, real }, 1000).await?;
    let sends = listed.iter().filter(|job| job.kind == "mail.send");
    Ok(sends.count())
}

#[tokio::test]
async fn the_same_mail_is_queued_once_and_again_when_asked_for() -> Outcome {
    TestApp::each(async |app| {
        let first = queued(&app.app, &letter("ines@contoso.example", "7")).await?;
        for _ in 0..50 {
            let same = queued(&app.app, &letter("ines@contoso.example", "7")).await?;
            assert_eq!(same, first, "and it doesn't count");
        }
        assert_eq!(jobs_queued(&app.app).await?, 1);
        let more = letter("ines@contoso.example", &again("7", 2));
        assert_ne!(queued(&app.app, &more).await?, first);
        let other = letter("omar@contoso.example", "7");
        assert_ne!(queued(&app.app, &other).await?, first);
        assert_eq!(jobs_queued(&app.app).await?, 3);
        let kept = mails::by_id(app.app.store.db(), first).await?;
        let kept = kept.ok_or("no mail")?;
        assert_eq!(kept.purpose, "password_reset");
        assert_eq!(kept.state, MailState::Queued);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_floods_a_mailbox_and_what_is_refused_is_not_there() -> Outcome {
    TestApp::each(async |app| {
        let most = app.app.settings.mail.to_recipient.burst;
        for number in 0..most {
            queued(
                &app.app,
                &letter("ines@contoso.example", &number.to_string()),
            )
            .await?;
        }
        let more = letter("ines@contoso.example", "more");
        let refused = queued(&app.app, &more).await.err().ok_or("not refused")?;
        assert!(refused.detail().contains("to this address"), "{refused:?}");
        let count = usize::try_from(most)?;
        assert_eq!(jobs_queued(&app.app).await?, count);
        queued(&app.app, &letter("omar@contoso.example", "more")).await?;
        let notice = Letter {
            about: About::PasswordChanged,
            ..more
        };
        queued(&app.app, &notice).await?;
        assert_eq!(jobs_queued(&app.app).await?, count + 2, "notices always go");
        app.app
            .clock
            .wait(app.app.settings.mail.to_recipient.refill);
        let later = letter("ines@contoso.example", "more");
        queued(&app.app, &later).await?;
        Ok(())
    })
    .await
}
