//! The mailbox of a developer, and who gets to see it.

use super::*;
use crate::testing::Failure;

const HOST: [(&str, &str); 1] = [("host", "localhost:8080")];

fn settings(folder: &std::path::Path) -> AppSettings {
    AppSettings {
        mail: Settings {
            mailbox: Some(folder.join("box")),
            ..Settings::default()
        },
        ..AppSettings::default()
    }
}

#[tokio::test]
async fn it_shows_what_was_sent_and_keeps_it_for_its_owner() -> Outcome {
    let folder = tempfile::tempdir()?;
    TestApp::each_with(&settings(folder.path()), async |app| {
        let named = Letter {
            about: About::RoleGranted {
                organization: "Contoso".to_owned(),
                by: "<script>".to_owned(),
                role: membership_domain::roles::Role::BillingAdmin,
            },
            ..letter("ines@contoso.example", "2")
        };
        let first = queued(&app.app, &letter("ines@contoso.example", "1")).await?;
        let second = queued(&app.app, &letter("omar@contoso.example", "1")).await?;
        let named = queued(&app.app, &named).await?;
        Worker::new(app.app.clone()).all_due().await?;
        let browser = app.browser();
        let list = browser.get_with("/mailbox", &HOST).await?;
        assert_eq!(list.status, 200);
        assert_eq!(list.header("content-type"), "text/html; charset=utf-8");
        let policy = list.header("content-security-policy");
        assert_eq!(policy, membership_headers::POLICY);
        assert_eq!(list.header("x-content-type-options"), "nosniff");
        assert_eq!(list.header("cache-control"), "no-store");
        let text = list.text();
        let place = |id: MailId| text.find(&format!("href=\"/mailbox/{id}\""));
        assert!(
            place(second).is_some() && place(second) < place(first),
            "{text}"
        );
        let page = async |id| {
            let path = format!("/mailbox/{id}");
            Ok::<_, Failure>(browser.get_with(&path, &HOST).await?.text())
        };
        let text = page(first).await?;
        assert!(text.contains("href=\"http://localhost:8080/\""), "{text}");
        assert!(text.contains("sign-in page"), "{text}");
        let text = page(named).await?;
        assert!(text.contains("&lt;script&gt; gave you"), "{text}");
        assert!(!text.contains("<script"), "{text}");
        let style = browser.get_with("/mailbox/style.css", &HOST).await?;
        assert_eq!(style.header("content-type"), "text/css");
        for missing in ["/mailbox/7", "/mailbox/..%2fx"] {
            assert_eq!(browser.get_with(missing, &HOST).await?.status, 404);
        }
        let file = folder.path().join(format!("box/{first}.eml"));
        assert!(std::fs::read_to_string(&file)?.contains("Subject: Reset your password"));
        #[cfg(unix)]
        for (path, wanted) in [(file, 0o600), (folder.path().join("box"), 0o700)] {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                std::fs::metadata(path)?.permissions().mode() & 0o777,
                wanted
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn only_a_browser_on_this_machine_sees_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    TestApp::each_with(&settings(folder.path()), async |app| {
        for headers in [
            &[][..],
            &[("host", "evil.example:8080")],
            &[("host", "localhost.evil.example")],
            &[("host", "localhost:8080"), ("x-forwarded-for", "192.0.2.7")],
            &[("host", "localhost:8080"), ("via", "1.1 proxy")],
        ] {
            for path in ["/mailbox", "/mailbox/style.css", "/mailbox/7"] {
                let answer = app.browser().get_with(path, headers).await?;
                assert_eq!(answer.status, 404, "{path} {headers:?}");
            }
        }
        for host in ["127.0.0.1:8080", "[::1]:8080", "localhost"] {
            let answer = app
                .browser()
                .get_with("/mailbox", &[("host", host)])
                .await?;
            assert_eq!(answer.status, 200, "{host}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn with_a_mail_server_or_for_others_there_is_none() -> Outcome {
    let sink = Sink::start().await?;
    let with_server = AppSettings {
        mail: sink.settings()?,
        ..AppSettings::default()
    };
    for settings in [with_server, AppSettings::default()] {
        TestApp::each_with(&settings, async |app| {
            let answer = app.browser().get_with("/mailbox", &HOST).await?;
            assert_eq!(answer.problem()?.status, 404);
            Ok(())
        })
        .await?;
    }
    Ok(())
}
