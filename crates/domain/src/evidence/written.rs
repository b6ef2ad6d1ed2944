//! The rule about who may write what, in one place for all ways to write: a writer leaves the rows
//! that are not theirs as they are, all of them and no others.

use std::collections::BTreeMap;

use super::authority::{Authority, Writer};
use super::breach::Breach;
use super::row::{Authored, Row};
use super::{Customer, Evidence, Fault, FaultCode, Person, Profile};
use crate::every_part;
use crate::text::shown;

/// Tells of everything that a writer does between two states and may not do.
pub(super) fn each(
    before: &Evidence,
    after: &Evidence,
    writer: Writer,
    tell: &mut dyn FnMut(Fault),
) {
    profile(&before.profile, &after.profile, writer, tell);
    every_part!(part(before, after, writer, tell));
}

/// The weightiest authority among the rows that differ between two states: who may not write that
/// one cannot make the one of the other.
#[must_use]
pub fn authority_of_change(before: &Evidence, after: &Evidence) -> Authority {
    let is_kept_from = |writer| {
        let mut kept = false;
        each(before, after, writer, &mut |_| kept = true);
        kept
    };
    if !is_kept_from(Writer::Partner) {
        Authority::Claimed
    } else if !is_kept_from(Writer::Confirming) {
        Authority::Confirmed
    } else {
        Authority::MadeHere
    }
}

fn part<R: Row>(before: &Evidence, after: &Evidence, writer: Writer, tell: &mut dyn FnMut(Fault)) {
    R::breaches(R::rows(before), R::rows(after), writer, &mut |breach| {
        tell(Fault {
            pointer: format!("/{}{}", R::PART, breach.pointer),
            code: breach.code,
            value: shown(&breach.about),
        });
    });
}

/// When the company joined is said by somebody too.
fn profile(before: &Profile, after: &Profile, writer: Writer, tell: &mut dyn FnMut(Fault)) {
    let said = |one: &Profile| (one.joined_on, one.authority);
    if said(before) == said(after) {
        return;
    }
    let (at, code) = if !writer.may_write(before.authority) {
        ("/profile/joined_on", before.authority.kept())
    } else if !writer.may_write(after.authority) {
        ("/profile/authority", FaultCode::Authority)
    } else {
        return;
    };
    let day = after.joined_on.or(before.joined_on);
    tell(Fault {
        pointer: at.to_owned(),
        code,
        value: day.map(|day| day.to_string()).unwrap_or_default(),
    });
}

/// The same of a list of rows that count by themselves, which stands at `at`.
///
/// Only rows that are not the writer's are looked up by their keys: of those there are never more
/// than somebody of more weight wrote, whatever a writer sends.
pub(super) fn rows<R: Authored>(
    before: &[R],
    after: &[R],
    writer: Writer,
    at: &str,
    tell: &mut dyn FnMut(Breach),
) {
    if before == after {
        return;
    }
    let others = |row: &&R| !writer.may_write(row.authority());
    let mut kept: BTreeMap<R::Key, Vec<&R>> = BTreeMap::new();
    for row in before.iter().filter(others) {
        kept.entry(row.key()).or_default().push(row);
    }
    let mut claims: BTreeMap<usize, &R> = BTreeMap::new();
    for (place, row) in after.iter().enumerate().filter(|(_, row)| others(row)) {
        let known = kept.get_mut(&row.key());
        let same = known.and_then(|known| {
            let at = known.iter().position(|one| *one == row)?;
            Some(known.swap_remove(at))
        });
        if same.is_none() {
            claims.insert(place, row);
        }
    }
    kept.retain(|_, rows| !rows.is_empty());
    if !kept.is_empty() {
        // What is changed is named at its place.
        for (place, row) in after.iter().enumerate() {
            let known = kept.get_mut(&row.key()).and_then(Vec::pop);
            if let Some(known) = known {
                claims.remove(&place);
                tell(breach(format!("{at}/{place}"), known));
            }
        }
    }
    for (place, row) in claims {
        tell(Breach {
            pointer: format!("{at}/{place}/authority"),
            code: FaultCode::Authority,
            about: row.about(),
        });
    }
    for row in kept.into_values().flatten() {
        tell(breach(at.to_owned(), row));
    }
}

/// That a row is changed or gone, which is somebody else's.
fn breach<R: Authored>(pointer: String, row: &R) -> Breach {
    Breach {
        pointer,
        code: row.authority().kept(),
        about: row.about(),
    }
}

/// The same of people: of their certificates, and of the days from and until which these count. A
/// claim beside those days is everybody's to write.
pub(super) fn people(
    before: &[Person],
    after: &[Person],
    writer: Writer,
    tell: &mut dyn FnMut(Breach),
) {
    within(
        before,
        after,
        writer,
        tell,
        &mut |place, known, person, tell| {
            let held = known.map_or(&[][..], |known| &known.certificates);
            let at = format!("/{place}/certificates");
            rows(held, &person.certificates, writer, &at, tell);
            let mut told = |field: &str, code| {
                tell(Breach {
                    pointer: format!("/{place}/{field}"),
                    code,
                    about: person.about(),
                });
            };
            let Some(known) = known.filter(|known| !writer.may_write(known.authority)) else {
                if !writer.may_write(person.authority) {
                    told("authority", FaultCode::Authority);
                }
                return;
            };
            for (field, same) in [
                ("linked_on", known.linked_on == person.linked_on),
                ("left_on", known.left_on == person.left_on),
                ("authority", known.authority == person.authority),
            ] {
                if !same {
                    told(field, known.authority.kept());
                }
            }
        },
    );
}

/// The same of customers.
pub(super) fn customers(
    before: &[Customer],
    after: &[Customer],
    writer: Writer,
    tell: &mut dyn FnMut(Breach),
) {
    within(
        before,
        after,
        writer,
        tell,
        &mut |place, known, customer, tell| {
            let known = known.map_or(&[][..], |known| &known.associations);
            let at = format!("/{place}/associations");
            rows(known, &customer.associations, writer, &at, tell);
        },
    );
}

/// What a list does with one of its rows: its place, how it was, how it is.
type Compare<'c, R> = &'c mut dyn FnMut(usize, Option<&R>, &R, &mut dyn FnMut(Breach));

/// Goes through rows that have others within, each with the one of before that holds something
/// which is not the writer's; and tells of those that are gone.
fn within<R: Row<Key = String>>(
    before: &[R],
    after: &[R],
    writer: Writer,
    tell: &mut dyn FnMut(Breach),
    compare: Compare<'_, R>,
) {
    if before == after {
        return;
    }
    let mut known: BTreeMap<String, (&R, FaultCode)> = (before.iter())
        .filter_map(|row| Some((row.key(), (row, row.kept_from(writer)?))))
        .collect();
    for (place, row) in after.iter().enumerate() {
        let was = known.remove(&row.key()).map(|(row, _)| row);
        compare(place, was, row, tell);
    }
    for (row, code) in known.into_values() {
        tell(Breach {
            pointer: String::new(),
            code,
            about: row.about(),
        });
    }
}

#[cfg(test)]
mod tests;
