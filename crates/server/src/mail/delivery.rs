//! Where mails go: to a mail server, into the mailbox of a developer, or nowhere yet.

use super::Settings;
use super::mailbox::Mailbox;
use super::message::Composed;
use super::smtp::{Refusal, Server};

/// Where this server's mails go.
#[derive(Debug)]
pub enum Delivery {
    /// To a mail server.
    Server(Box<Server>),
    /// Into a folder, which a page shows.
    Mailbox(Mailbox),
    /// They wait in the queue.
    Nowhere,
}

/// What became of a mail.
#[derive(Debug)]
pub enum Delivered {
    /// It is on its way.
    Taken,
    /// The mail server doesn't take it, and said why.
    Refused(String),
}

impl Delivery {
    /// As the settings say.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        Ok(match (&settings.smtp, &settings.mailbox) {
            (Some(address), _) => Self::Server(Box::new(Server::new(address, &settings.host())?)),
            (None, Some(folder)) => Self::Mailbox(Mailbox::open(folder)?),
            (None, None) => Self::Nowhere,
        })
    }

    /// Whether mails can go anywhere.
    pub fn is_somewhere(&self) -> bool {
        !matches!(self, Self::Nowhere)
    }

    /// Hands over a mail. An error is one that may pass.
    pub async fn deliver(&self, mail: &Composed) -> anyhow::Result<Delivered> {
        match self {
            Self::Server(server) => match server.send(&mail.message).await {
                Ok(()) => Ok(Delivered::Taken),
                Err(Refusal::ForGood(said)) => Ok(Delivered::Refused(said)),
                Err(Refusal::ForNow(error)) => Err(error),
            },
            Self::Mailbox(mailbox) => {
                mailbox.put(mail)?;
                Ok(Delivered::Taken)
            }
            Self::Nowhere => anyhow::bail!("no mail server is named"),
        }
    }
}
