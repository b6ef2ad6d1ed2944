//! Signatures of events: `t=SECONDS,v1=HEX` over the time, a point and the bytes as they came, by
//! HMAC-SHA256 with a secret that the provider and we have.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// An event that was signed longer ago, or later, is not taken.
const TOLERANCE: u64 = 5 * 60;

/// Whether a header signs a body with one of the secrets: while one is replaced by another, both
/// hold. Compared in constant time.
#[must_use]
pub fn is_right(
    header: &str,
    body: &[u8],
    secrets: &[impl AsRef<str>],
    now: DateTime<Utc>,
) -> bool {
    let mut signed_at = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", seconds)) => signed_at = seconds.parse::<i64>().ok(),
            Some(("v1", hex)) => signatures.extend(bytes(hex)),
            _ => {}
        }
    }
    let Some(signed_at) = signed_at else {
        return false;
    };
    if now.timestamp().abs_diff(signed_at) > TOLERANCE {
        return false;
    }
    secrets.iter().any(|secret| {
        // Once for each secret: a header may have many signatures.
        mac(secret.as_ref(), signed_at, body).is_some_and(|mac| {
            (signatures.iter()).any(|signature| mac.clone().verify_slice(signature).is_ok())
        })
    })
}

/// The header for a body.
#[must_use]
pub fn header(body: &[u8], secret: &str, now: DateTime<Utc>) -> String {
    let signed_at = now.timestamp();
    let signature = mac(secret, signed_at, body).map(|mac| mac.finalize().into_bytes());
    let hex: String = (signature.into_iter().flatten())
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("t={signed_at},v1={hex}")
}

fn mac(secret: &str, signed_at: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed_at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    if !hex.is_ascii() || !digits.len().is_multiple_of(2) {
        return None;
    }
    (digits.chunks(2))
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap_or_default()
    }

    #[test]
    fn only_what_was_signed_with_a_secret_a_short_while_ago_is_taken() {
        let secrets = ["old".to_owned(), "new".to_owned()];
        let body = br#"{"id":"1"}"#;
        for secret in &secrets {
            let header = header(body, secret, at(0));
            assert!(is_right(&header, body, &secrets, at(0)));
            assert!(is_right(&header, body, &secrets, at(300)));
            assert!(!is_right(&header, body, &secrets, at(301)), "replayed");
            assert!(
                !is_right(&header, body, &secrets, at(-301)),
                "from the future"
            );
            assert!(
                !is_right(&header, br#"{"id":"2"}"#, &secrets, at(0)),
                "changed"
            );
        }
        let forged = header(body, "other", at(0));
        assert!(!is_right(&forged, body, &secrets, at(0)));
        for wrong in [
            "",
            "t=1",
            "v1=00",
            "t=x,v1=00",
            "t=1700000000,v1=zz",
            "t=1700000000,v1=0",
            "t=-9223372036854775808,v1=00",
        ] {
            assert!(!is_right(wrong, body, &secrets, at(0)), "{wrong}");
        }
    }

    /// As another implementation of HMAC-SHA256 has it.
    #[test]
    fn it_is_the_scheme_of_the_provider() {
        let header = header(br#"{"id":"evt_1"}"#, "whsec_test", at(0));
        let signature = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
        assert_eq!(header, format!("t=1700000000,v1={signature}"));
    }
}
