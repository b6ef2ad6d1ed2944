//! What of a row is not its writer's to change, and why: the forms show it locked, instead of letting
//! the server refuse it.

use membership_contract::session::SessionOrganization;
use membership_domain::evidence::{Authority, Writer};

use super::Entry;
use crate::api::boot;
use crate::text::by_hand as text;

/// The id of the reason why a row cannot be changed, for the fields that show it.
pub const KEPT: &str = "kept";

/// What of a row is not the writer's, and why.
#[derive(Clone, Copy, Default)]
pub struct Kept {
    /// Why nothing of it can be changed.
    pub whole: Option<&'static str>,
    /// Why it cannot be removed.
    pub row: Option<&'static str>,
}

/// Who writes in these forms. Without an account nothing is decided, and nothing is locked.
pub(super) fn writer(organization: &SessionOrganization) -> Writer {
    match boot::local() {
        Some(_) => Writer::Preview,
        None => Writer::of(&organization.roles),
    }
}

impl Entry {
    /// Why what has this authority cannot be changed here, and who can; nothing where it can.
    pub fn kept(self, authority: Authority) -> Option<&'static str> {
        match authority {
            one if self.writer.may_write(one) => None,
            Authority::MadeHere => Some(text::KEPT_MADE_HERE),
            Authority::Claimed | Authority::Confirmed => Some(text::KEPT_CONFIRMED),
        }
    }

    /// The same of several: by their places.
    pub fn kept_of(self, all: impl Iterator<Item = Authority>) -> Vec<(usize, String)> {
        let kept = |(at, authority)| Some((at, self.kept(authority)?.to_owned()));
        all.enumerate().filter_map(kept).collect()
    }
}
