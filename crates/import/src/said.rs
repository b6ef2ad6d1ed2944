//! What a row of evidence as JSON says itself of who says it.

use membership_domain::evidence::Authority;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::parts::Row;

/// Which of the rows in a text say it: the row itself, and those within it, in their order.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Says {
    authority: Option<IgnoredAny>,
    certificates: Vec<Self>,
    associations: Vec<Self>,
}

/// Has somebody say the row and those within it, as far as its text names nobody. Claims are what is
/// named by nobody anyway.
pub(crate) fn unless<R: Row>(row: &mut R, raw: &str, by: Authority) {
    if by.is_claimed() {
        return;
    }
    let says: Says = serde_json::from_str(raw).unwrap_or_default();
    let (own, within) = row.authorities();
    let inside = says.certificates.iter().chain(&says.associations);
    let all = own.into_iter().zip([&says]);
    for (authority, says) in all.chain(within.into_iter().zip(inside)) {
        if says.authority.is_none() {
            *authority = by;
        }
    }
}
