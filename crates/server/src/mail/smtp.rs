//! A mail server, and how to speak to it.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context as _;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use membership_domain::text::is_invisible;
use url::Url;

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// So many connections are kept: for each mail that is sent at a time one that is tried, and one that
/// is taken.
const CONNECTIONS: u32 = 8;

/// So many characters are kept of what a mail server says.
const SAID: usize = 200;

/// A password that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Where a mail server is, and who we are to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
    encryption: Encryption,
    user: Option<String>,
    /// What goes with the user.
    pub password: Option<Secret>,
    /// A file with a certificate that is trusted beside those that browsers trust.
    pub trusted: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    /// From the first byte.
    Tls,
    /// Asked for first; without it nothing is sent.
    StartTls,
    /// None, within this machine.
    Local,
}

impl FromStr for Address {
    type Err = String;

    /// `smtps://user@host:465`, or `smtp://user@host:587`, which has to know STARTTLS unless it is
    /// this machine's own.
    fn from_str(text: &str) -> Result<Self, String> {
        const FORM: &str = "write it as smtps://user@mail.contoso.example:465, or smtp:// for \
                            STARTTLS";
        let url = Url::parse(text).map_err(|_| FORM.to_owned())?;
        if url.password().is_some() {
            let why = "others can see a command line: put the password in MEMBERSHIP_SMTP_PASSWORD";
            return Err(why.to_owned());
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let ip: Option<IpAddr> = host.parse().ok();
        let local = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
        let (encryption, port) = match url.scheme() {
            "smtps" => (Encryption::Tls, 465),
            "smtp" if local => (Encryption::Local, 25),
            "smtp" => (Encryption::StartTls, 587),
            _ => return Err(FORM.to_owned()),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(FORM.to_owned());
        }
        let user = decoded(url.username()).ok_or(FORM)?;
        Ok(Self {
            host,
            port: url.port().unwrap_or(port),
            encryption,
            user: Some(user).filter(|user| !user.is_empty()),
            password: None,
            trusted: None,
        })
    }
}

/// Users are often addresses, whose `@` a URL writes as `%40`.
fn decoded(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text);
    decoded.decode_utf8().ok().map(Into::into)
}

/// A mail server with the connections to it.
#[derive(Debug)]
pub struct Server(AsyncSmtpTransport<Tokio1Executor>);

/// Why a mail was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// Its recipient or the mail itself is refused, with what the server said.
    ForGood(String),
    /// Another attempt can go through.
    ForNow(anyhow::Error),
}

impl Server {
    /// Nothing is sent yet. `name` is how we call ourselves.
    pub fn new(address: &Address, name: &str) -> anyhow::Result<Self> {
        let tls = match address.encryption {
            Encryption::Tls => Tls::Wrapper(trust(address)?),
            Encryption::StartTls => Tls::Required(trust(address)?),
            Encryption::Local => Tls::None,
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&address.host)
            .port(address.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(name.to_owned()))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        let builder = match (&address.user, &address.password) {
            (Some(user), Some(Secret(password))) => {
                builder.credentials(Credentials::new(user.clone(), password.clone()))
            }
            (Some(_), None) => {
                anyhow::bail!(
                    "--smtp-url names a user: put its password in MEMBERSHIP_SMTP_PASSWORD"
                )
            }
            (None, _) => builder,
        };
        Ok(Self(builder.build()))
    }

    /// Sends a mail.
    pub async fn send(&self, message: &Message) -> Result<(), Refusal> {
        // What is refused before a mail is named is about no mail.
        let there = self.0.test_connection().await;
        match there.map_err(|error| for_now(&error))? {
            true => {}
            false => return Err(Refusal::ForNow(anyhow::anyhow!("the mail server hung up"))),
        }
        match self.0.send(message.clone()).await {
            Ok(_) => Ok(()),
            Err(error) if is_about_the_mail(&error) => Err(Refusal::ForGood(said(&error))),
            Err(error) => Err(for_now(&error)),
        }
    }
}

/// Its text has that of its cause already.
fn for_now(error: &Error) -> Refusal {
    Refusal::ForNow(anyhow::anyhow!("{error}"))
}

fn trust(address: &Address) -> anyhow::Result<TlsParameters> {
    let mut parameters = TlsParameters::builder(address.host.clone());
    if let Some(file) = &address.trusted {
        let named = || format!("--smtp-trust {}", file.display());
        let pem = std::fs::read(file).with_context(named)?;
        let certificate = Certificate::from_pem(&pem).with_context(named)?;
        parameters = parameters.add_root_certificate(certificate);
    }
    Ok(parameters.build_rustls()?)
}

/// 550 to 554. Other permanent refusals are of commands and of signing in, which the operator can
/// mend; so is a sender that the server doesn't take.
fn is_about_the_mail(error: &Error) -> bool {
    let Some(code) = error.status() else {
        return false;
    };
    let text = error.to_string();
    let sender = ["5.1.7 ", "5.1.8 "].iter().any(|code| text.contains(code));
    error.is_permanent() && code.category == Category::MailSystem && !sender
}

/// What a server said, on one line and without what cannot be seen.
fn said(error: &Error) -> String {
    let text = error.to_string();
    let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    seen.filter(|c| !is_invisible(*c)).take(SAID).collect()
}
