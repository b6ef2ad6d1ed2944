//! Where `serve` sends mails, and where their links lead.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use super::database::Database;
use crate::App;
use crate::mail::Settings;
use crate::mail::delivery::Delivery;
use crate::mail::smtp::{Address, Secret, Server};

/// Has the password, which must not be on a command line.
const PASSWORD: &str = "MEMBERSHIP_SMTP_PASSWORD";

/// As `serve` takes it.
#[derive(Debug, Args)]
pub struct Mails {
    /// Mail server, as smtps://USER@HOST:465, or smtp:// for STARTTLS; its password is in
    /// MEMBERSHIP_SMTP_PASSWORD [default: keep emails on this machine and show them at /mailbox]
    #[arg(
        long,
        env = "MEMBERSHIP_SMTP_URL",
        value_name = "URL",
        requires = "mail_from"
    )]
    smtp_url: Option<Address>,
    /// PEM file with a certificate authority that signed the mail server's certificate
    #[arg(
        long,
        env = "MEMBERSHIP_SMTP_TRUST",
        value_name = "FILE",
        requires = "smtp_url"
    )]
    smtp_trust: Option<PathBuf>,
    /// Sender of all emails, as "Membership <noreply@contoso.example>"
    #[arg(long, env = "MEMBERSHIP_MAIL_FROM", value_name = "SENDER", value_parser = sender)]
    mail_from: Option<String>,
    /// Where people open the pages, for links in emails, as https://app.contoso.example
    #[arg(long, env = "MEMBERSHIP_PUBLIC_URL", value_name = "ORIGIN", value_parser = super::serve::origin)]
    public_url: Option<String>,
    /// Folder for emails where there is no mail server [default: beside the SQLite file]
    #[arg(
        long,
        env = "MEMBERSHIP_MAILBOX",
        value_name = "FOLDER",
        conflicts_with = "smtp_url"
    )]
    mailbox: Option<PathBuf>,
}

fn sender(text: &str) -> Result<String, String> {
    let read = text.parse::<lettre::message::Mailbox>();
    let form = "write it as \"Membership <noreply@contoso.example>\"";
    read.map(|_| text.to_owned()).map_err(|_| form.to_owned())
}

impl Mails {
    /// Whether it is said where people open the pages.
    pub fn has_public_url(&self) -> bool {
        self.public_url.is_some()
    }

    /// How mails are sent. `own_port` where only this machine reaches the server, at that port.
    pub fn settings(self, database: &Database, own_port: Option<u16>) -> anyhow::Result<Settings> {
        ensure!(
            own_port.is_some() || self.mailbox.is_none(),
            "--mailbox: others reach this server, and the links in emails let people in. Leave out \
             --mailbox, or name a mail server with --smtp-url"
        );
        let public_url = match (self.public_url, own_port) {
            (Some(url), _) => url,
            (None, Some(port)) => format!("http://localhost:{port}"),
            (None, None) => {
                ensure!(
                    self.smtp_url.is_none(),
                    "--smtp-url needs --public-url: where do the links in emails lead?"
                );
                Settings::default().public_url
            }
        };
        let smtp = self.smtp_url.map(|mut address| {
            address.password = std::env::var(PASSWORD).ok().map(Secret);
            address.trusted = self.smtp_trust;
            address
        });
        let defaults = Settings::default();
        let settings = Settings {
            public_url,
            from: self.mail_from.unwrap_or(defaults.from.clone()),
            smtp,
            ..defaults
        };
        if let Some(address) = &settings.smtp {
            // What cannot be used is said before anything is created.
            Server::new(address, &settings.host())?;
        }
        let mailbox = match (&settings.smtp, own_port) {
            (None, Some(_)) => Some(self.mailbox.map_or_else(|| beside(database.file()), Ok)?),
            _ => None,
        };
        Ok(Settings {
            mailbox,
            ..settings
        })
    }
}

/// Beside the database, else in a folder that nobody used before.
fn beside(file: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    Ok(match file {
        Some(file) => file.with_added_extension("mailbox"),
        None => {
            let name = crate::random::token()?;
            std::env::temp_dir().join(format!("membership-mailbox-{name}"))
        }
    })
}

/// What somebody who starts the server wants to know of it.
pub fn said(app: &App, port: u16) -> String {
    match &*app.delivery {
        Delivery::Server(_) => String::new(),
        Delivery::Mailbox(mailbox) => format!(
            "Emails are at http://localhost:{port}/mailbox and in {}\n",
            mailbox.folder().display()
        ),
        Delivery::Nowhere => "No mail server is named (--smtp-url), so emails wait.\n".to_owned(),
    }
}
