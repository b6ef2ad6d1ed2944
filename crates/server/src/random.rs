//! Randomness: ids, tokens, salts, PartnerIDs. The only module that asks the machine for it.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use membership_domain::Id;
use uuid::Builder;

/// The machine has no randomness to give.
#[derive(Debug, thiserror::Error)]
#[error("no randomness: {0}")]
pub struct NoRandomness(getrandom::Error);

/// Random bytes, fit for secrets.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A UUIDv7: sorts by the time at which it was made, and after those that this process made
/// before, also within one millisecond.
pub fn id<T>(at: DateTime<Utc>) -> Result<Id<T>, NoRandomness> {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    let later = |last: u64| millis.max(last + 1);
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
        Some(later(last))
    });
    let millis = later(last.unwrap_or_default());
    let uuid = Builder::from_unix_timestamp_millis(millis, &bytes()?).into_uuid();
    Ok(Id::of(uuid))
}

/// An opaque token with 256 bits, in characters that a cookie may have.
pub fn token() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// A PartnerID as the sources show them: seven digits, the first not zero.
pub fn partner_id() -> Result<String, NoRandomness> {
    let number = u64::from_le_bytes(bytes()?);
    Ok((1_000_000 + number % 9_000_000).to_string())
}

#[cfg(test)]
mod tests {
    use membership_domain::id::UserId;

    use super::*;

    #[test]
    fn ids_are_of_version_seven_and_sort_by_time() -> Result<(), NoRandomness> {
        let at = |seconds| DateTime::UNIX_EPOCH + chrono::Duration::seconds(seconds);
        let (earlier, later): (UserId, UserId) = (id(at(1_700_000_000))?, id(at(1_700_000_001))?);
        assert_eq!(earlier.as_bytes()[6] >> 4, 7);
        assert!(earlier < later);
        Ok(())
    }

    #[test]
    fn tokens_and_partner_ids_have_their_form_and_differ() -> Result<(), NoRandomness> {
        assert_eq!(token()?.len(), 43);
        assert_ne!(token()?, token()?);
        let partner_id = partner_id()?;
        assert!(
            partner_id.len() == 7 && !partner_id.starts_with('0'),
            "{partner_id}"
        );
        Ok(())
    }
}
