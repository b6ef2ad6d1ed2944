//! Lists by id, of which the newest come first: a page, and where to go on.

use membership_domain::Id;

use super::params::Params;
use super::problem::Answer;
use super::query::Reading;

/// Where to go on.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameter")]
pub struct Parameters {
    /// The `next` of the page before
    cursor: Option<String>,
}

/// After which one the page begins; nothing for the first page.
pub fn before<T>(asked: &Params<Parameters>) -> Answer<Option<Id<T>>> {
    let mut reading = Reading::of(&asked.pairs);
    let id = |text: &str| text.parse::<Id<T>>().ok();
    let before = reading.parsed("cursor", "Must be the `next` of a page of this list.", id);
    reading.done()?;
    Ok(before)
}

/// Takes away what was found beyond a page of `limit`, and says where the next one begins.
pub fn next<R, T>(found: &mut Vec<R>, limit: u64, id: impl Fn(&R) -> Id<T>) -> Option<String> {
    let more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| more);
    last.map(|last| id(last).to_string())
}
