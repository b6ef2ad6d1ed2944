//! Passwords: argon2id, off the async threads, and never more at once than the machine can do.

mod common;

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use membership_contract::problem::FieldError;
use tokio::sync::Semaphore;

use crate::random;

/// Longer passwords, in bytes, are refused before any work is done on them.
pub const LONGEST: usize = membership_contract::check::LONGEST_PASSWORD;

/// Shorter passwords, in characters, are not accepted for a new account.
pub const SHORTEST: usize = membership_contract::account::SHORTEST_PASSWORD;

/// A password that an account cannot be given. The password itself is not told.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Under [`SHORTEST`].
    #[error("the password is too short: use at least {SHORTEST} characters")]
    Short,
    /// Over [`LONGEST`].
    #[error("the password is too long: use at most {LONGEST} bytes")]
    Long,
    /// One of those that are tried first.
    #[error("the password is too common: choose another, such as several words")]
    Common,
    /// Made of what is known about the account.
    #[error(
        "the password is made of names of the account or the service: choose another, such as \
         several words"
    )]
    Named,
}

impl Unfit {
    /// The same at a place of a request.
    pub fn at(&self, pointer: &str) -> FieldError {
        let (code, detail) = match self {
            Self::Short => (
                "too_short",
                "Use at least 12 characters, such as several words.",
            ),
            Self::Long => ("too_long", "At most 1,024 bytes."),
            Self::Common => (
                "common",
                "This password is one of the first that others try. Choose another, such as \
                 several words.",
            ),
            Self::Named => (
                "named",
                "This password is made of names of you, your company or this service. Choose \
                 another, such as several words.",
            ),
        };
        FieldError::new(pointer, code, detail)
    }
}

/// Whether an account with these names (of the person, its address, its organizations) can be given
/// this password: [`check`], and none that is easily guessed.
pub fn fit<T: AsRef<str>>(password: &str, names: &[T]) -> Result<(), Unfit> {
    check(password)?;
    if common::is_common(password) {
        return Err(Unfit::Common);
    }
    if common::is_of_names(password, names) {
        return Err(Unfit::Named);
    }
    Ok(())
}

/// Whether a password has a length that an account can have; no rules about characters.
pub fn check(password: &str) -> Result<(), Unfit> {
    if password.len() > LONGEST {
        return Err(Unfit::Long);
    }
    if password.chars().count() < SHORTEST {
        return Err(Unfit::Short);
    }
    Ok(())
}

/// Hashes and verifies passwords.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// A hash that no password fits, so that an unknown user costs as much time as a known one.
    decoy: Arc<str>,
}

/// Hashing itself failed.
#[derive(Debug, thiserror::Error)]
#[error("password hashing: {0}")]
pub struct HashError(String);

impl Passwords {
    /// Makes the decoy.
    pub fn new() -> Result<Self, HashError> {
        let token = random::token().map_err(|error| HashError(error.to_string()))?;
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            permits: Arc::new(Semaphore::new(at_once)),
            decoy: hash(&token)?.into(),
        })
    }

    /// Whether the password fits. Without a stored hash the same work is done, for nothing.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, HashError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let fits = self.work(move || verify(&password, &stored)).await??;
        Ok(fits && known)
    }

    /// The hash to store, in PHC form with its own salt.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        self.work(move || hash(&password)).await?
    }

    /// The hash to store in place of one that was made with less work than is done now, for a
    /// password that fits it; nothing where it is as good as a new one.
    pub async fn renewed(
        &self,
        password: String,
        stored: &str,
    ) -> Result<Option<String>, HashError> {
        match is_weaker(stored)? {
            true => Ok(Some(self.hash(password).await?)),
            false => Ok(None),
        }
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|error| HashError(error.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        // The text of a panic can quote what was at hand.
        done.await.map_err(|_| HashError("panic".to_owned()))
    }
}

/// How much work a hash is: what the library and OWASP recommend. The tests within this crate sign
/// in hundreds of times and are about other things; `tests/account.rs` looks at the real amount.
fn work() -> Argon2<'static> {
    #[cfg(test)]
    return tests::with_memory(tests::LIGHT);
    #[cfg(not(test))]
    return Argon2::default();
}

fn hash(password: &str) -> Result<String, HashError> {
    let salt: [u8; 16] = random::bytes().map_err(|error| HashError(error.to_string()))?;
    let hash: Result<argon2::password_hash::phc::PasswordHash, _> =
        work().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| HashError(error.to_string()))
}

/// Whether a hash was made by another algorithm, or with less memory or work than [`hash`] uses.
fn is_weaker(stored: &str) -> Result<bool, HashError> {
    let failed = |error: argon2::password_hash::phc::Error| HashError(error.to_string());
    let stored = PasswordHash::new(stored).map_err(failed)?;
    let now = work();
    let used = argon2::Params::try_from(&stored).map_err(|error| HashError(error.to_string()))?;
    let now = now.params();
    Ok(stored.algorithm != argon2::ARGON2ID_IDENT
        || used.m_cost() < now.m_cost()
        || used.t_cost() < now.t_cost())
}

fn verify(password: &str, stored: &str) -> Result<bool, HashError> {
    let stored = PasswordHash::new(stored).map_err(|error| HashError(error.to_string()))?;
    Ok(work().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() -> Result<(), HashError> {
        let passwords = Passwords::new()?;
        let stored = passwords.hash("correct horse".to_owned()).await?;
        assert!(stored.starts_with("$argon2id$"), "{stored}");
        assert!(
            passwords
                .verify("correct horse".into(), Some(stored.clone()))
                .await?
        );
        assert!(
            !passwords
                .verify("correct horse ".into(), Some(stored))
                .await?
        );
        assert!(!passwords.verify("correct horse".into(), None).await?);
        Ok(())
    }

    #[test]
    fn length_is_counted_in_characters_at_least_and_bytes_at_most() {
        assert!(matches!(check("elevenchars"), Err(Unfit::Short)));
        assert!(matches!(check("ééééééééééé"), Err(Unfit::Short)));
        assert!(check("twelve chars").is_ok() && check(&"x".repeat(LONGEST)).is_ok());
        assert!(matches!(check(&"x".repeat(LONGEST + 1)), Err(Unfit::Long)));
        assert!(check(crate::demo::PASSPHRASE).is_ok());
    }

    /// In KiB: nearly nothing.
    pub const LIGHT: u32 = 64;

    /// A hash of so much memory, in KiB.
    pub fn with_memory(memory: u32) -> Argon2<'static> {
        let params = argon2::Params::new(memory, 2, 1, None);
        Argon2::new(
            argon2::Algorithm::Argon2id,
            argon2::Version::V0x13,
            params.expect("parameters"),
        )
    }

    /// A hash with half the memory, as an earlier version would have made it.
    pub fn weak(password: &str) -> String {
        let hash: PasswordHash = with_memory(LIGHT / 2)
            .hash_password_with_salt(password.as_bytes(), &[7; 16])
            .expect("a hash");
        hash.to_string()
    }

    #[tokio::test]
    async fn a_weaker_hash_is_renewed_and_a_new_one_is_not() -> Result<(), HashError> {
        let passwords = Passwords::new()?;
        let old = weak("correct horse");
        let fits = passwords.verify("correct horse".into(), Some(old.clone()));
        assert!(fits.await?);
        let new = passwords.renewed("correct horse".into(), &old).await?;
        let new = new.expect("it is weaker");
        let fits = passwords.verify("correct horse".into(), Some(new.clone()));
        assert!(fits.await?);
        assert_eq!(passwords.renewed("correct horse".into(), &new).await?, None);
        Ok(())
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() -> Result<(), HashError> {
        let passwords = Passwords::new()?;
        let (one, two) = (
            passwords.hash("same".into()).await?,
            passwords.hash("same".into()).await?,
        );
        assert_ne!(one, two);
        Ok(())
    }
}
