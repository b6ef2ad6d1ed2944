//! The parts of evidence as they are stored: what a write puts there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use membership_domain::Evidence;
use membership_store::evidence::{Change, Document, Documents};

use crate::http::problem::{Answer, ApiError};

/// The parts that a write changes, with what of them is written: others wait while that is done.
/// Where nothing changes it is one all the same, because every write makes the tag another.
pub fn differing(
    known: &Documents,
    parts: BTreeMap<String, String>,
) -> Answer<BTreeMap<String, Change>> {
    let (mut differing, mut same) = (BTreeMap::new(), None);
    for (part, json) in parts {
        let stored = known.get(&part).map(Document::json).transpose()?;
        if stored.is_some_and(|stored| stored == json) {
            same.get_or_insert((part, json));
        } else {
            differing.insert(part, json);
        }
    }
    if differing.is_empty() {
        differing.extend(same);
    }
    let change = |(part, json): (String, String)| {
        let change = Change::between(known.get(&part), json)?;
        Ok((part, change))
    };
    differing.into_iter().map(change).collect()
}

/// Puts the rows of every list into evidence, as they are stored; `take` gives what is stored of a
/// part.
pub fn read<'k>(
    evidence: &mut Evidence,
    mut take: impl FnMut(&str) -> Answer<Option<Cow<'k, Document>>>,
) -> Answer<()> {
    macro_rules! each {
        ($($part:ident)*) => {
            // A part that is not named here does not compile; the profile is no list.
            let Evidence { profile: _, $($part),* } = evidence;
            $(if let Some(document) = take(stringify!($part))? {
                *$part = document.rows()?;
            })*
        };
    }
    each!(people customers usage memberships offers references audits invitations declarations
        figures past_scores);
    Ok(())
}

/// The parts by name, each as JSON; or the one that is asked for.
pub fn documents(evidence: &Evidence, only: Option<&str>) -> Answer<BTreeMap<String, String>> {
    let mut documents = BTreeMap::new();
    macro_rules! each {
        ($($part:ident)*) => {
            // A part that is not named here does not compile.
            let Evidence { $($part),* } = evidence;
            $(if only.is_none_or(|only| only == stringify!($part)) {
                let json = serde_json::to_string($part).map_err(ApiError::internal)?;
                documents.insert(stringify!($part).to_owned(), json);
            })*
        };
    }
    each!(profile people customers usage memberships offers references audits invitations
        declarations figures past_scores);
    Ok(documents)
}
