//! How the people of a hypothesis differ from those of the evidence.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::certified::{self, Certified};
use super::ordered::Ordered;
use crate::catalog::Catalog;
use crate::evidence::{Accepted, Authority, Held, Person};
use crate::hypothesis::{Hypothesis, INVENTED, MOST_PEOPLE};
use crate::sort;

/// What is given and what is taken away.
#[derive(Default)]
pub(crate) struct Supposed {
    /// People that do not exist, in the order of their names.
    pub invented: Vec<Certified>,
    /// What is taken away: from whom (their place in the order of names), and which certificate.
    pub taken: BTreeSet<(usize, usize)>,
}

impl Supposed {
    /// What a hypothesis supposes on a day.
    pub fn of(
        hypothesis: &Hypothesis,
        catalog: &Catalog,
        ordered: &Ordered,
        day: NaiveDate,
    ) -> Self {
        let mut supposed = Self::default();
        let mut people = Vec::new();
        for (id, count) in &hypothesis.people {
            let number = catalog
                .certificates
                .iter()
                .position(|known| known.id == *id);
            let Some(number) = number else { continue };
            let fewer = count.min(&0).unsigned_abs();
            take_away(&mut supposed, catalog, ordered, number, fewer, day);
            let more = 1..=(*count).clamp(0, MOST_PEOPLE);
            people.extend(more.map(|number| invented(id, number, day)));
        }
        supposed.invented = certified::people(
            catalog,
            &ordered.places,
            &Accepted::EVERYTHING,
            people.iter(),
        );
        supposed
    }
}

/// Somebody who holds the certificate from the day on.
fn invented(certificate: &str, number: i32, day: NaiveDate) -> Person {
    Person {
        id: format!("{INVENTED}{certificate}:{number:04}"),
        name: format!("+{number}"),
        email: None,
        linked_on: Some(day),
        left_on: None,
        authority: Authority::Claimed,
        claimed_left_on: None,
        certificates: vec![Held {
            certificate: certificate.to_owned(),
            completed_on: day,
            expires_on: None,
            known_on: None,
            source: None,
            authority: Authority::Claimed,
        }],
    }
}

/// Takes a certificate from those for whom it counts longest, so that a preview never looks
/// better than it could.
fn take_away(
    supposed: &mut Supposed,
    catalog: &Catalog,
    ordered: &Ordered,
    number: usize,
    count: u32,
    day: NaiveDate,
) {
    let Some(certificate) = catalog.certificates.get(number).filter(|_| count > 0) else {
        return;
    };
    let last_day = |person: &Certified| {
        let held = person.held.iter().filter(|held| held.certificate == number);
        held.filter_map(|held| person.counts(*held, certificate, day).ok())
            .map(|until| until.unwrap_or(NaiveDate::MAX))
            .max()
    };
    let holders: Vec<(NaiveDate, usize, &Certified)> = (ordered.people.iter().enumerate())
        .filter_map(|(place, person)| Some((last_day(person)?, place, person)))
        .collect();
    let holders = sort::sorted_by(holders, &|(a, _, one), (b, _, other)| {
        (b, &one.id) <= (a, &other.id)
    });
    let taken = holders.into_iter().take(count as usize);
    supposed
        .taken
        .extend(taken.map(|(_, place, _)| (place, number)));
}
