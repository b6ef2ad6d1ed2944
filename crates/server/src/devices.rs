//! Browsers in which an account signed in before: so that its owner is let in while somebody else
//! tries passwords.
//!
//! The cookie has a random number and a mark for each of the last accounts, a keyed hash of the
//! number: nobody makes one without the account's password hash, a new password ends them all, and
//! nothing needs to be stored. It signs nobody in.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use hmac::{Hmac, KeyInit, Mac};
use membership_store::users::User;
use sha2::Sha256;

use crate::http::cookie::DEVICE;
use crate::random::{self, NoRandomness};

/// How long a browser is known: the longest that browsers keep a cookie.
const LASTS: Duration = Duration::days(400);

/// So many accounts a browser is known by, the last ones: people share one, but not a company.
const ACCOUNTS: usize = 8;

/// How long the random number is, as text of 256 bits.
const LENGTH: usize = 43;

/// That a browser is known to an account: a number for both together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark([u8; 32]);

impl AsRef<[u8]> for Mark {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The mark of the browser for this account, where the account signed in there before.
pub fn known(headers: &HeaderMap, user: &User) -> Option<Mark> {
    let (number, mut marks) = parts(headers)?;
    let mark = mark(number, user)?;
    // What is compared is public once it is right, and 256 bits of no use until then.
    marks.any(|one| one == text(mark)).then_some(mark)
}

/// Whether the browser says that it is known, to anybody: not worth a question to the database
/// where it does not.
pub fn says(headers: &HeaderMap) -> bool {
    parts(headers).is_some()
}

/// As [`remember`], for somebody who is signed in there; nothing where the browser is known already.
/// A session can be older than the cookie, which also goes with a new password.
pub fn introduce(headers: &HeaderMap, user: &User) -> Result<Option<String>, NoRandomness> {
    match known(headers, user) {
        Some(_) => Ok(None),
        None => remember(headers, user),
    }
}

/// `Set-Cookie` by which the browser is known to this account from now on.
pub fn remember(headers: &HeaderMap, user: &User) -> Result<Option<String>, NoRandomness> {
    let (number, others) = match parts(headers) {
        Some((number, marks)) => (number.to_owned(), marks.map(str::to_owned).collect()),
        None => (random::token()?, Vec::new()),
    };
    let Some(mark) = mark(&number, user) else {
        return Ok(None);
    };
    let mut value = number + "." + &text(mark);
    let others = others.into_iter().filter(|one| *one != text(mark));
    for other in others.take(ACCOUNTS - 1) {
        value = value + "." + &other;
    }
    Ok(Some(DEVICE.set(&value, LASTS)))
}

/// The number and the marks of a cookie that can be one of ours.
fn parts(headers: &HeaderMap) -> Option<(&str, impl Iterator<Item = &str>)> {
    let cookie = DEVICE.of(headers)?;
    let ours = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if cookie.len() > (LENGTH + 1) * (ACCOUNTS + 1) || !cookie.chars().all(ours) {
        return None;
    }
    let mut parts = cookie.split('.');
    let number = parts.next().filter(|number| number.len() == LENGTH)?;
    Some((number, parts))
}

fn mark(number: &str, user: &User) -> Option<Mark> {
    let mut hash = Hmac::<Sha256>::new_from_slice(user.password_hash.as_bytes()).ok()?;
    hash.update(b"device");
    hash.update(user.id.as_bytes());
    hash.update(number.as_bytes());
    Some(Mark(hash.finalize().into_bytes().into()))
}

fn text(mark: Mark) -> String {
    URL_SAFE_NO_PAD.encode(mark.0)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};
    use chrono::DateTime;
    use membership_domain::id::UserId;

    use super::*;

    fn user(number: u128, password_hash: &str) -> User {
        User {
            id: UserId::from_u128(number),
            email: format!("{number}@contoso.example"),
            name: "Ada".to_owned(),
            password_hash: password_hash.to_owned(),
            created_at: DateTime::UNIX_EPOCH,
            disabled_at: None,
        }
    }

    fn sending(cookie: &str) -> HeaderMap {
        let cookie = cookie.split(';').next().unwrap_or_default();
        let value = HeaderValue::from_str(cookie).expect("a header's value");
        HeaderMap::from_iter([(header::COOKIE, value)])
    }

    #[test]
    fn a_browser_is_known_to_those_who_signed_in_there() -> Result<(), NoRandomness> {
        let (ada, ben, cem) = (user(1, "a"), user(2, "b"), user(3, "c"));
        let first = remember(&HeaderMap::new(), &ada)?.expect("a cookie");
        assert!(first.contains("HttpOnly") && first.contains("Max-Age=34560000"));
        let headers = sending(&first);
        assert!(known(&headers, &ada).is_some());
        assert_eq!(known(&headers, &ben), None);
        let both = sending(&remember(&headers, &ben)?.expect("a cookie"));
        assert_eq!(known(&both, &ada), known(&headers, &ada));
        assert!(known(&both, &ben).is_some() && known(&both, &cem).is_none());
        let another = sending(&remember(&HeaderMap::new(), &ada)?.expect("a cookie"));
        assert_ne!(known(&another, &ada), known(&headers, &ada), "its own");
        assert_eq!(known(&both, &user(1, "new password")), None);
        Ok(())
    }

    #[test]
    fn the_cookie_stays_short_and_nonsense_starts_over() -> Result<(), NoRandomness> {
        let mut headers = HeaderMap::new();
        for number in 0..50 {
            let cookie = remember(&headers, &user(number, "x"))?.expect("a cookie");
            assert!(cookie.len() < 600, "{cookie}");
            headers = sending(&cookie);
            assert!(known(&headers, &user(number, "x")).is_some());
        }
        assert!(known(&headers, &user(49 - 7, "x")).is_some());
        assert!(known(&headers, &user(49 - 8, "x")).is_none());
        for nonsense in ["x", ".", "a.b", "\"", &"a".repeat(5000)] {
            let headers = sending(&format!("__Host-device={nonsense}"));
            assert_eq!(known(&headers, &user(1, "x")), None);
            let cookie = remember(&headers, &user(1, "x"))?.expect("a cookie");
            assert!(known(&sending(&cookie), &user(1, "x")).is_some());
        }
        Ok(())
    }
}
