//! An account at Stripe: where it is reached, and the secrets by which we and it know each other.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use url::{Host, Url};

/// Where Stripe is.
pub const URL: &str = "https://api.stripe.com";

/// How long Stripe may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A secret that neither a log nor an error shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

impl AsRef<str> for Hidden {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Hidden {
    type Err = Infallible;

    /// Takes anything: what refuses a value of an option shows it.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.trim().to_owned()))
    }
}

/// Whether a key moves money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does.
    Live,
    /// It works with test cards alone.
    Test,
}

impl Mode {
    /// Of a secret key, or of a restricted one, which is as secret.
    #[must_use]
    pub fn of(key: &Hidden) -> Option<Self> {
        let begins = |with: [&str; 2]| with.iter().any(|with| key.0.starts_with(with));
        if begins(["sk_live_", "rk_live_"]) {
            Some(Self::Live)
        } else if begins(["sk_test_", "rk_test_"]) {
            Some(Self::Test)
        } else {
            None
        }
    }
}

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where Stripe is, or what stands in for it.
    pub url: Url,
    /// Signs our requests in.
    pub key: Hidden,
    /// Sign its events: more than one while one is replaced.
    pub webhook_secrets: Vec<Hidden>,
    /// How long it may take for one answer.
    pub patience: Duration,
}

impl Account {
    /// One that is reached at an address.
    #[must_use]
    pub fn new(url: Url, key: Hidden, webhook_secrets: Vec<Hidden>) -> Self {
        Self {
            url,
            key,
            webhook_secrets,
            patience: PATIENCE,
        }
    }

    /// Whether it is on this machine, which nothing else is that takes money.
    #[must_use]
    pub fn is_local(&self) -> bool {
        is_local(&self.url)
    }
}

/// Whether an address is this machine's own.
#[must_use]
pub fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Hidden {
        let Ok(hidden) = text.parse();
        hidden
    }

    #[test]
    fn secrets_are_not_shown() {
        let url = Url::parse(URL).expect("an address");
        let account = Account::new(url, hidden("sk_live_x1"), vec![hidden("whsec_x2")]);
        let shown = format!("{account:?} {account:#?}");
        assert!(!shown.contains("x1") && !shown.contains("x2"), "{shown}");
    }

    #[test]
    fn keys_say_whether_money_moves() {
        for (key, mode) in [
            ("sk_live_1", Some(Mode::Live)),
            (" rk_live_1\n", Some(Mode::Live)),
            ("sk_test_1", Some(Mode::Test)),
            ("rk_test_1", Some(Mode::Test)),
            ("pk_live_1", None),
            ("", None),
        ] {
            assert_eq!(Mode::of(&hidden(key)), mode, "{key}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for (url, local) in [
            ("http://127.0.0.1:8420", true),
            ("http://[::1]:8420", true),
            ("http://localhost", true),
            ("https://api.stripe.com", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(is_local(&Url::parse(url).expect(url)), local, "{url}");
        }
    }
}
