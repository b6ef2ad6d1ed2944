//! People with certificates: who counts, who does not and why, and until when.

use std::cmp::Reverse;

use chrono::{Datelike, Days, NaiveDate};

use super::certified::Missing;
use super::finding::{Item, Next, Reason, Subject};
use super::index::{Holder, Index};
use super::roster::Roster;
use crate::shared::Shared;
use crate::sort;

impl Roster {
    /// Everybody who holds any of the certificates.
    pub fn of(index: &Index<'_>, certificates: &[Shared]) -> Self {
        // What a hypothesis changes is not worth keeping.
        if certificates.iter().any(|id| index.is_supposed(id)) {
            return Self::anew(index, certificates);
        }
        let rosters = &index.caches.rosters;
        // A part of a list begins where the whole does.
        let on = (index.day, certificates.len());
        rosters.get_or((certificates, on), || Self::anew(index, certificates))
    }

    fn anew(index: &Index<'_>, certificates: &[Shared]) -> Self {
        let holders = best_holders(index, certificates).into_iter().flatten();
        let (counted, not_counted): (Vec<&Holder<'_>>, Vec<&Holder<'_>>) =
            holders.partition(|holder| holder.counts.is_ok());
        Self {
            counted: items(index, &lasting_first(counted)).into(),
            not_counted: items(index, &not_counted).into(),
        }
    }

    /// What would make `missing` more people count. Nobody can earn what was withdrawn.
    pub fn next(&self, index: &Index<'_>, missing: u32, certificates: &[Shared]) -> Vec<Next> {
        if missing == 0 {
            return Vec::new();
        }
        let unlinked: Vec<String> = (self.not_counted.iter())
            .filter(|item| item.reason == Some(Reason::NotLinked))
            .map(|item| item.name.to_string())
            .collect();
        let mut next = Vec::new();
        if !unlinked.is_empty() {
            next.push(Next::Link { people: unlinked });
        }
        let certificates: Vec<Shared> = (certificates.iter())
            .filter(|id| index.is_offered(id))
            .cloned()
            .collect();
        if !certificates.is_empty() {
            next.push(Next::Certify {
                people: missing,
                certificates,
                points: None,
            });
        }
        next
    }
}

/// The last days of those who count for a list of certificates, the soonest first: counting them
/// tells how many still count on a later day. Who counts for ever has the last day there is.
pub(crate) struct LastDays(Vec<NaiveDate>);

impl LastDays {
    pub fn of(index: &Index<'_>, certificates: &[Shared]) -> Self {
        let holders = best_holders(index, certificates).into_iter().flatten();
        let mut days: Vec<NaiveDate> = holders
            .filter_map(|holder| holder.counts.ok())
            .map(|until| until.unwrap_or(NaiveDate::MAX))
            .collect();
        sort::sort(&mut days);
        Self(days)
    }

    /// How many still count on `day`.
    pub fn on(&self, day: NaiveDate) -> usize {
        self.0.len() - self.0.partition_point(|last| *last < day)
    }

    /// The first day on which fewer than `needed` count, as far back as can be told.
    pub fn falls_below(&self, needed: usize) -> Option<NaiveDate> {
        if needed == 0 {
            return None;
        }
        let Some(nth) = self.0.len().checked_sub(needed) else {
            return Some(NaiveDate::MIN);
        };
        self.0.get(nth)?.checked_add_days(Days::new(1))
    }

    /// The days on which fewer count than on the day before.
    pub fn falls(&self) -> impl Iterator<Item = NaiveDate> {
        self.0
            .iter()
            .filter_map(|last| last.checked_add_days(Days::new(1)))
    }
}

/// By the person's number, the certificate that counts, or that is nearest to counting.
fn best_holders<'i, 'a>(
    index: &'i Index<'a>,
    certificates: &[Shared],
) -> Vec<Option<&'i Holder<'a>>> {
    let mut best: Vec<Option<&Holder<'a>>> = vec![None; index.people];
    for holder in index.holders(certificates) {
        if let Some(known) = best.get_mut(holder.number)
            && known.is_none_or(|known| rank(holder) < rank(known))
        {
            *known = Some(holder);
        }
    }
    best
}

/// What counts comes before what does not, the lasting before what ends sooner.
fn rank(holder: &Holder<'_>) -> (Option<Missing>, Reverse<NaiveDate>, usize) {
    let until = holder.counts.ok().flatten().unwrap_or(NaiveDate::MAX);
    (holder.counts.err(), Reverse(until), holder.certificate)
}

/// Those who count, by their last day, then by certificate; real people before invented ones.
fn lasting_first<'i, 'a>(holders: Vec<&'i Holder<'a>>) -> Vec<&'i Holder<'a>> {
    // One number for each: sorting numbers is quick, and this is done for every rule.
    let key = |holder: &Holder<'_>| {
        let until = holder.counts.ok().flatten().unwrap_or(NaiveDate::MAX);
        let sooner = i64::from(NaiveDate::MAX.num_days_from_ce() - until.num_days_from_ce());
        (sooner << 32)
            | (i64::try_from(holder.certificate).unwrap_or(0) << 1)
            | i64::from(holder.person.subject == Subject::Hypothetical)
    };
    let mut places: Vec<(i64, usize)> = (holders.iter().enumerate())
        .map(|(place, holder)| (key(holder), place))
        .collect();
    places.sort_unstable();
    (places.into_iter())
        .filter_map(|(_, place)| holders.get(place).copied())
        .collect()
}

fn items(index: &Index<'_>, holders: &[&Holder<'_>]) -> Vec<Item> {
    let item = |holder: &Holder<'_>| Item {
        subject: holder.person.subject,
        id: holder.person.id.clone(),
        name: holder.person.name.clone(),
        with: index.ordered.certificates.get(holder.certificate).cloned(),
        amount: None,
        until: holder.counts.ok().flatten(),
        reason: holder.counts.err().map(Reason::from),
    };
    holders.iter().map(|holder| item(holder)).collect()
}
