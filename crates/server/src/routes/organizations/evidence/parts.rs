//! The parts of evidence as they are stored: what a write puts there.

use std::collections::BTreeMap;

use membership_domain::Evidence;
use membership_store::evidence::Documents;

use crate::http::problem::{Answer, Refused};

/// The parts that a write changes: others wait while they are written. Where nothing changes it is
/// one all the same, because every write makes the tag another.
pub fn differing(
    known: &Documents,
    mut parts: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let first = parts.first_key_value();
    let first = first.map(|(part, json)| (part.clone(), json.clone()));
    parts.retain(|part, json| {
        let stored = known.get(part);
        stored.is_none_or(|stored| stored.json != *json)
    });
    if parts.is_empty() {
        parts.extend(first);
    }
    parts
}

/// The parts by name, each as JSON; or the one that is asked for.
pub fn documents(evidence: &Evidence, only: Option<&str>) -> Answer<BTreeMap<String, String>> {
    let mut documents = BTreeMap::new();
    macro_rules! each {
        ($($part:ident)*) => {
            // A part that is not named here does not compile.
            let Evidence { $($part),* } = evidence;
            $(if only.is_none_or(|only| only == stringify!($part)) {
                let json = serde_json::to_string($part).map_err(Refused::internal)?;
                documents.insert(stringify!($part).to_owned(), json);
            })*
        };
    }
    each!(profile people customers usage memberships offers references audits invitations
        declarations figures past_scores);
    Ok(documents)
}
