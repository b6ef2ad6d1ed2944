//! Mails that bring a one-time link.

use membership_domain::link::{LinkPurpose, LinkTerm};
use membership_store::links::{self, Link};

use super::*;
use crate::mail::sink::Mood;

/// A link that lasts an hour, in a write of its own, and the letter that brings it.
async fn linked(app: &App) -> Outcome<Letter> {
    let id = random::id(app.clock.real())?;
    let link = Link {
        id,
        purpose: LinkPurpose::PasswordReset,
        user: None,
        organization: None,
        email: "ines@contoso.example".to_owned(),
        subject: "1".to_owned(),
        issued_at: app.clock.real(),
        term: LinkTerm::until(app.clock.real() + Duration::hours(1)),
    };
    write(&app.store, async |write: Tx| {
        links::issue(&write, link.clone()).await?;
        let entry = trail::entry(&app.clock, Action::ClockSet, "a test")?;
        anyhow::Ok(((), Some(entry)))
    })
    .await?;
    Ok(Letter {
        opens: Opens::Link(id),
        ..letter("ines@contoso.example", &id.to_string())
    })
}

#[tokio::test]
async fn each_attempt_has_a_token_of_its_own_and_all_of_them_open_the_link() -> Outcome {
    each(async |app, sink| {
        let letter = linked(&app.app).await?;
        let Opens::Link(link) = letter.opens else {
            return Err("no link")?;
        };
        let id = queued(&app.app, &letter).await?;
        sink.is(Mood::DiesAfterData);
        assert_eq!(work(app).await?, 1);
        sink.is(Mood::Takes);
        app.app.clock.wait(Duration::minutes(15));
        assert_eq!(work(app).await?, 1);
        let mut tokens = Vec::new();
        for mail in sink.mails() {
            let mail = mail.replace("=\r\n", "");
            let token = mail.split("https://app.contoso.example/link#").nth(1);
            tokens.push(
                token
                    .and_then(|rest| rest.get(..43))
                    .ok_or("no token")?
                    .to_owned(),
            );
        }
        assert_eq!(tokens.len(), 2);
        assert_ne!(tokens[0], tokens[1]);
        let db = app.app.store.db();
        for token in tokens {
            let found = links::by_hash(db, &sha256(&token)).await?;
            assert_eq!(found.map(|link| link.id), Some(link));
            let row = format!("{:?}", kept(app, id).await?);
            assert!(!row.contains(&token), "{row}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_link_that_ended_meanwhile_is_not_sent() -> Outcome {
    each(async |app, sink| {
        let letter = linked(&app.app).await?;
        let id = queued(&app.app, &letter).await?;
        app.app.clock.wait(Duration::hours(1));
        assert_eq!(work(app).await?, 1);
        assert!(sink.mails().is_empty());
        assert_eq!(kept(app, id).await?.state, MailState::Dropped);
        assert_eq!(app.told("mail.drop", 1).await?[0].subject, "password reset");
        Ok(())
    })
    .await
}
