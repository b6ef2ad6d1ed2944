//! Two-step sign-in: codes of an authenticator app (TOTP, RFC 6238) and recovery codes.

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use membership_store::second_factors::{self, SecondFactor};
use membership_store::{StoreError, Write};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};

use crate::hash::sha256;
use crate::random::{self, NoRandomness};

/// Under which name an app lists the account.
const ISSUER: &str = "Membership workspace";

/// So many recovery codes are given at a time.
const RECOVERY_CODES: usize = 10;

/// So many digits a code of an app has.
const DIGITS: usize = 6;

/// A code as somebody typed it, without what does not matter.
#[derive(Clone)]
pub struct Code(String);

impl Code {
    /// Without spaces and hyphens; upper and lower case are the same.
    pub fn of(typed: &str) -> Self {
        let matters = |c: &char| !c.is_whitespace() && *c != '-';
        Self(
            typed
                .chars()
                .filter(matters)
                .collect::<String>()
                .to_lowercase(),
        )
    }

    fn is_of_app(&self) -> bool {
        self.0.len() == DIGITS && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(..)")
    }
}

/// The setup of an app failed, which no input causes.
#[derive(Debug, thiserror::Error)]
#[error("two-step sign-in: {0}")]
pub struct SetupError(String);

/// Uses a code of a user, in the write that it allows. False where it is wrong or was used before:
/// then nothing was written.
pub async fn accept(
    write: &Write,
    user: UserId,
    factor: &SecondFactor,
    code: &Code,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if !code.is_of_app() {
        let hash = sha256(&code.0);
        return second_factors::take_recovery_code(write, user, &hash, now).await;
    }
    match step(&factor.secret, code, now) {
        Some(step) => second_factors::take_step(write, user, step).await,
        None => Ok(false),
    }
}

/// The step of which a code is, among the present one and one on either side of it.
fn step(secret: &str, code: &Code, now: DateTime<Utc>) -> Option<i64> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let totp = Builder::new().with_secret(secret).build().ok()?;
    let seconds = u64::try_from(now.timestamp()).ok()?;
    i64::try_from(totp.check(&code.0, seconds)?).ok()
}

/// A new secret, in base 32.
pub fn new_secret() -> Result<String, NoRandomness> {
    Ok(Secret::from(random::bytes::<20>()?).to_base32())
}

/// New recovery codes, in groups of four, with the hashes by which they are kept. Each has 80 random
/// bits: nobody finds one by its hash.
pub fn recovery_codes() -> Result<Vec<(String, String)>, NoRandomness> {
    let code = |_| {
        let text = Secret::from(random::bytes::<10>()?.to_vec()).to_base32();
        let text = text.to_lowercase();
        let groups: Vec<&str> = (0..text.len())
            .step_by(4)
            .map(|at| &text[at..at + 4])
            .collect();
        let code = groups.join("-");
        Ok((code.clone(), sha256(Code::of(&code).0)))
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// The address with which an app takes a secret.
pub fn uri(secret: &str, email: &str) -> Result<String, SetupError> {
    let secret = Secret::try_from_base32(secret).map_err(|_| SetupError("secret".to_owned()))?;
    // The app shows it; a colon would end the issuer.
    let account = email.replace(':', " ");
    let totp: Result<Totp, _> = Builder::new()
        .with_secret(secret)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build();
    let failed = |error: totp_rs::TotpError| SetupError(error.to_string());
    totp.map_err(failed)?.to_url().map_err(failed)
}

/// A text as a QR code: how many modules a row has, and the dark ones as the path of an SVG. The
/// page draws it itself, because its policy allows no `data:` images.
pub fn qr_code(text: &str) -> Result<(u16, String), SetupError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium);
    let code = code.map_err(|error| SetupError(error.to_string()))?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let long = (x..size).take_while(|x| code.get_module(*x, y)).count();
            if long > 0 {
                path += &format!("M{x} {y}h{long}v1h-{long}z");
            }
            x += i32::try_from(long).unwrap_or(0) + 1;
        }
    }
    Ok((u16::try_from(size).unwrap_or_default(), path))
}

/// The code that an app would show.
#[cfg(test)]
pub fn shown(secret: &str, at: DateTime<Utc>) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let totp = Builder::new()
        .with_secret(secret)
        .build()
        .expect("a factor");
    totp.generate(u64::try_from(at.timestamp()).expect("after 1970"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn a_code_is_right_for_its_step_and_its_neighbors() -> Result<(), NoRandomness> {
        let secret = new_secret()?;
        let now = DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_010);
        let code = Code::of(&shown(&secret, now));
        let own = now.timestamp() / 30;
        for (later, found) in [
            (-60, None),
            (-30, Some(own)),
            (0, Some(own)),
            (30, Some(own)),
            (60, None),
        ] {
            let at = now + Duration::seconds(later);
            assert_eq!(step(&secret, &code, at), found, "{later}");
        }
        assert_eq!(step(&new_secret()?, &code, now), None);
        assert_eq!(step("not base 32!", &code, now), None);
        Ok(())
    }

    /// The values of RFC 6238, appendix B, of which six digits are used here.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from(*b"12345678901234567890").to_base32();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            let at = DateTime::UNIX_EPOCH + Duration::seconds(seconds);
            assert_eq!(shown(&secret, at), code);
        }
    }

    #[test]
    fn typed_codes_are_read_as_people_write_them() -> Result<(), NoRandomness> {
        assert_eq!(Code::of(" 123 456 ").0, "123456");
        assert!(Code::of("123 456").is_of_app() && !Code::of("12345").is_of_app());
        let codes = recovery_codes()?;
        assert_eq!(codes.len(), RECOVERY_CODES);
        for (code, hash) in codes {
            assert_eq!(code.len(), 19, "{code}");
            let typed = Code::of(&code.to_uppercase().replace('-', " "));
            assert!(sha256(&typed.0) == hash && !typed.is_of_app());
            assert!(!format!("{typed:?}").contains(&code[..4]));
        }
        Ok(())
    }

    #[test]
    fn an_app_gets_a_name_and_a_picture() -> Result<(), SetupError> {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let uri = uri(secret, "ines:d@contoso.example")?;
        assert!(
            uri.starts_with("otpauth://totp/Membership%20workspace:ines%20d"),
            "{uri}"
        );
        assert!(uri.contains(secret) && uri.contains("issuer=Membership%20workspace"));
        let (size, path) = qr_code(&uri)?;
        assert!(
            size >= 33 && path.starts_with("M0 0h7v1h-7z"),
            "{size} {path}"
        );
        Ok(())
    }
}
