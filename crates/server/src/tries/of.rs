//! What is tried, and from where.

use std::net::IpAddr;

use membership_contract::refusal::Tried;
use membership_store::users::User;

use crate::devices::{self, Mark};
use crate::sessions::Arrival;

/// What also lifts a refusal in a browser that is not known: others may use up each try that comes
/// back.
const ELSEWHERE: &str = ", or use a browser in which you signed in before";

/// What is tried, as it is counted.
#[derive(Clone, Debug)]
pub enum Of {
    /// A password.
    SignIn(Source),
    /// A code of an authenticator app, or a recovery code.
    Code(Source),
    /// To have a link to reset a password sent to an address.
    Reset(String, IpAddr),
    /// To open a link.
    Link(IpAddr),
}

/// Where a try comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A browser in which the account signed in before: nothing else counts for it.
    Device(Mark),
    /// Any other, by account, known or not, and client.
    Elsewhere(String, IpAddr),
}

impl Source {
    /// Of a try with this account, whose `user` is known or not.
    pub fn of(user: Option<&User>, account: &str, arrival: &Arrival) -> Self {
        match user.and_then(|user| devices::known(&arrival.headers, user)) {
            Some(mark) => Self::Device(mark),
            None => Self::Elsewhere(account.to_owned(), arrival.client.0),
        }
    }
}

impl Of {
    /// Its name.
    pub(super) fn tried(&self) -> Tried {
        match self {
            Self::SignIn(_) => Tried::SignIn,
            Self::Code(_) => Tried::Code,
            Self::Reset(..) => Tried::Reset,
            Self::Link(_) => Tried::Link,
        }
    }

    /// What else lifts a refusal, as the end of its sentence.
    pub(super) fn lifted(&self) -> &'static str {
        match self {
            // Nobody else uses up the tries of a known browser.
            Self::SignIn(Source::Device(_)) => "; a correct password works then",
            Self::Code(Source::Device(_)) => "; a correct code works then",
            Self::SignIn(_) | Self::Code(_) => ELSEWHERE,
            Self::Reset(..) | Self::Link(_) => "",
        }
    }
}
