//! A mail server for tests: takes mails, refuses them, or goes away.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::Settings;
use crate::testing::Outcome;

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It takes everything.
    Takes,
    /// It answers so to recipients.
    ToRecipients(&'static str),
    /// It takes a mail, and hangs up before it says so.
    DiesAfterData,
    /// It answers so in place of a greeting.
    Greets(&'static str),
}

/// A mail server that listens on this machine.
pub struct Sink {
    /// Where it listens.
    pub port: u16,
    kept: Arc<Mutex<(Mood, Vec<String>)>>,
    task: JoinHandle<()>,
}

impl Sink {
    /// Listens on a free port.
    pub async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let kept = Arc::new(Mutex::new((Mood::Takes, Vec::new())));
        let shared = Arc::clone(&kept);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move { talk(stream, &shared).await.ok() });
            }
        });
        Ok(Self { port, kept, task })
    }

    /// From now on.
    pub fn is(&self, mood: Mood) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).0 = mood;
    }

    /// Forgets what it took.
    pub fn forget(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.clear();
    }

    /// What it took, each as it came.
    pub fn mails(&self) -> Vec<String> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.clone()
    }

    /// Settings of a server that sends to it.
    pub fn settings(&self) -> Outcome<Settings> {
        Ok(Settings {
            smtp: Some(format!("smtp://127.0.0.1:{}", self.port).parse()?),
            public_url: "https://app.contoso.example".to_owned(),
            from: "Membership <noreply@contoso.example>".to_owned(),
            ..Settings::default()
        })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn talk(stream: TcpStream, kept: &Mutex<(Mood, Vec<String>)>) -> std::io::Result<()> {
    let mood = || kept.lock().unwrap_or_else(PoisonError::into_inner).0;
    let mut stream = BufReader::new(stream);
    let greeting = match mood() {
        Mood::Greets(said) => said,
        _ => "220 sink",
    };
    stream
        .write_all(format!("{greeting}\r\n").as_bytes())
        .await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let said = match (line.get(..4).unwrap_or_default(), mood()) {
            ("RCPT", Mood::ToRecipients(said)) => said,
            ("DATA", mood) => {
                stream.write_all(b"354 go on\r\n").await?;
                let mail = data(&mut stream).await?;
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .1
                    .push(mail);
                if mood == Mood::DiesAfterData {
                    return Ok(());
                }
                "250 taken"
            }
            ("QUIT", _) => "221 bye",
            _ => "250 yes",
        };
        stream.write_all(format!("{said}\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut mail = String::new();
    while !mail.ends_with("\r\n.\r\n") && stream.read_line(&mut mail).await? > 0 {}
    Ok(mail)
}
