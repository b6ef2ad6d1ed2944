//! From the queue to a mail server: once, or twice with one `Message-ID` where it died.

use super::*;

fn header<'a>(mail: &'a str, name: &str) -> Vec<&'a str> {
    let head = mail.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.split("\r\n");
    lines
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .collect()
}

#[tokio::test]
async fn a_mail_says_why_it_came_in_text_and_html_and_is_sent_once() -> Outcome {
    each(async |app, sink| {
        let invited = Letter {
            about: About::Invitation {
                organization: "Contoso & Söhne".to_owned(),
                by: "Nadia <b>Farouk</b>".to_owned(),
                roles: vec![membership_domain::roles::Role::BillingAdmin],
                until: chrono::NaiveDate::from_ymd_opt(2023, 11, 29).ok_or("a day")?,
            },
            opens: Opens::Page("/4200001/users".to_owned()),
            ..letter("ines@contoso.example", "7")
        };
        let id = queued(&app.app, &invited).await?;
        assert_eq!(work(app).await?, 1);
        assert_eq!(work(app).await?, 0);
        let mails = sink.mails();
        assert_eq!(mails.len(), 1);
        let mail = mails[0].replace("=\r\n", "").replace("=3D", "=");
        let message_id = format!("<{id}@app.contoso.example>");
        assert_eq!(header(&mail, "Message-ID"), [message_id.as_str()]);
        assert_eq!(header(&mail, "To"), ["ines@contoso.example"]);
        assert_eq!(header(&mail, "Auto-Submitted"), ["auto-generated"]);
        assert!(mail.contains("text/plain") && mail.contains("text/html"));
        let opens = "https://app.contoso.example/4200001/users";
        assert_eq!(mail.matches(opens).count(), 3, "{mail}");
        assert!(mail.contains("Nadia &lt;b&gt;Farouk&lt;/b&gt;"), "{mail}");
        assert!(mail.contains("because Nadia <b>Farouk</b> entered your address"));
        let kept = kept(app, id).await?;
        assert_eq!(kept.state, MailState::Sent);
        assert_eq!(kept.sent_at, Some(app.app.clock.now()));
        let told = app.told("mail.send", 1).await?;
        assert_eq!(told[0].by.as_deref(), Some("mail.send"));
        assert_eq!(told[0].subject, "invitation");
        assert!(!told[0].detail.to_string().contains('@'));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn names_bring_no_headers_and_are_bounded() -> Outcome {
    each(async |app, sink| {
        let names = [
            "A\r\nBcc: eve@evil.example\r\n\r\nBuy".to_owned(),
            "\u{202e}\u{200b}\u{feff}".to_owned(),
            "ö".repeat(300),
            "x".repeat(300),
        ];
        for (number, name) in names.iter().enumerate() {
            let asked = Letter {
                about: About::RoleRequest {
                    organization: name.clone(),
                    by: name.clone(),
                    role: membership_domain::roles::Role::BillingAdmin,
                    reason: format!("{name}\r\n.\r\nMAIL FROM:<eve@evil.example>"),
                },
                ..letter("ines@contoso.example", &number.to_string())
            };
            queued(&app.app, &asked).await?;
        }
        assert_eq!(work(app).await?, 4);
        let mails = sink.mails();
        assert_eq!(mails.len(), 4);
        for mail in mails {
            assert!(header(&mail, "Bcc").is_empty(), "{mail}");
            assert_eq!(header(&mail, "To").len(), 1, "{mail}");
            assert!(mail.lines().all(|line| line.len() < 998));
            assert!(!mail.contains('\u{202e}') && !mail.contains("=E2=80=AE"));
            assert!(!mail.contains(&"x".repeat(100)));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_mail_server_that_is_down_gets_it_later_and_one_that_dies_at_most_twice() -> Outcome {
    each(async |app, sink| {
        let id = queued(&app.app, &letter("ines@contoso.example", "1")).await?;
        for down in ["421 too busy", "554 no service for you", "x"] {
            sink.is(Mood::Greets(down));
            assert_eq!(work(app).await?, 1);
            assert_eq!(kept(app, id).await?.state, MailState::Queued, "{down}");
            app.app.clock.wait(Duration::minutes(15));
        }
        sink.is(Mood::ToRecipients("451 try again"));
        assert_eq!(work(app).await?, 1);
        app.app.clock.wait(Duration::minutes(15));
        sink.is(Mood::DiesAfterData);
        assert_eq!(work(app).await?, 1);
        assert_eq!(kept(app, id).await?.state, MailState::Queued);
        app.app.clock.wait(Duration::minutes(15));
        sink.is(Mood::Takes);
        assert_eq!(work(app).await?, 1);
        assert_eq!(work(app).await?, 0);
        let mails = sink.mails();
        assert_eq!(mails.len(), 2);
        assert_eq!(
            header(&mails[0], "Message-ID"),
            header(&mails[1], "Message-ID")
        );
        assert_eq!(kept(app, id).await?.state, MailState::Sent);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_refused_for_good_is_said_and_not_sent_again() -> Outcome {
    each(async |app, sink| {
        sink.is(Mood::ToRecipients("550 5.1.1 no such user \u{7}here"));
        let id = queued(&app.app, &letter("nobody@contoso.example", "1")).await?;
        let never = queued(&app.app, &letter("no address", "1")).await?;
        assert_eq!(work(app).await?, 2);
        app.app.clock.wait(Duration::days(3));
        assert_eq!(work(app).await?, 0);
        let refused = kept(app, id).await?;
        assert_eq!(refused.state, MailState::Refused);
        let said = refused.refusal.unwrap_or_default();
        assert!(
            said.contains("no such user") && !said.contains('\u{7}'),
            "{said}"
        );
        assert_eq!(kept(app, never).await?.state, MailState::Refused);
        assert_eq!(app.told("mail.refuse", 2).await?.len(), 2);
        sink.is(Mood::ToRecipients("550 5.1.8 bad sender"));
        let id = queued(&app.app, &letter("ines@contoso.example", "2")).await?;
        assert_eq!(work(app).await?, 1);
        assert_eq!(
            kept(app, id).await?.state,
            MailState::Queued,
            "the operator's to correct"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_person_who_was_forgotten_gets_nothing_more() -> Outcome {
    each(async |app, sink| {
        let id = queued(&app.app, &letter("ines@contoso.example", "1")).await?;
        let other = queued(&app.app, &letter("omar@contoso.example", "1")).await?;
        let store = &app.app.store;
        let forgotten = write(store, async |write: Tx| {
            let many = mails::forget(&write, "ines@contoso.example").await?;
            let entry = trail::entry(&app.app.clock, Action::ClockSet, "a test")?;
            anyhow::Ok((many, Some(entry)))
        });
        assert_eq!(forgotten.await?, 1);
        assert_eq!(work(app).await?, 2);
        assert_eq!(sink.mails().len(), 1);
        assert_eq!(kept(app, other).await?.state, MailState::Sent);
        assert!(mails::by_id(store.db(), id).await?.is_none());
        assert_eq!(app.told("mail.drop", 1).await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_a_mail_server_mails_wait() -> Outcome {
    TestApp::each(async |app| {
        let id = queued(&app.app, &letter("ines@contoso.example", "1")).await?;
        assert_eq!(work(app).await?, 0);
        assert_eq!(kept(app, id).await?.state, MailState::Queued);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn old_mails_go_and_those_that_wait_stay() -> Outcome {
    each(async |app, sink| {
        let sent = queued(&app.app, &letter("ines@contoso.example", "1")).await?;
        assert_eq!(work(app).await?, 1);
        sink.is(Mood::ToRecipients("451 later"));
        let waits = queued(&app.app, &letter("ines@contoso.example", "2")).await?;
        work(app).await?;
        let worker = Worker::new(app.app.clone());
        worker.begin().await?;
        worker.all_due().await?;
        assert_eq!(kept(app, sent).await?.state, MailState::Sent, "not old yet");
        app.app
            .clock
            .set(app.app.clock.now() + Duration::days(91))?;
        app.app.clock.wait(Duration::hours(1));
        worker.all_due().await?;
        assert!(mails::by_id(app.app.store.db(), sent).await?.is_none());
        assert_eq!(kept(app, waits).await?.state, MailState::Queued);
        assert_eq!(app.told("mail.clean", 1).await?[0].detail["removed"], 1);
        Ok(())
    })
    .await
}

#[test]
fn addresses_of_mail_servers_are_read_and_hold_no_password() {
    use crate::mail::smtp::Address;

    for good in [
        "smtps://mail.contoso.example",
        "smtps://app%40contoso.example@mail.contoso.example:465",
        "smtp://mail.contoso.example:587",
        "smtp://localhost:2525",
        "smtp://[::1]:2525",
    ] {
        assert!(good.parse::<Address>().is_ok(), "{good}");
    }
    for bad in [
        "mail.contoso.example",
        "http://mail.contoso.example",
        "smtps://app:hunter2@mail.contoso.example",
        "smtps://mail.contoso.example/path",
        "smtps://",
    ] {
        let refused = bad.parse::<Address>().err().unwrap_or_default();
        assert!(!refused.is_empty() && !refused.contains("hunter2"), "{bad}");
    }
    let secret = crate::mail::smtp::Secret("hunter2".to_owned());
    assert_eq!(format!("{secret:?}"), "Secret");
}
