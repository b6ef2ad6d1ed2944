//! Tests against single records: programs held, references, audits, offers, statements, figures.

use chrono::{Days, Months, NaiveDate};

use super::context::{Context, held_on as membership_on};
use super::finding::{Item, Kind, Next, Outcome, Reason, Subject};
use super::requirement::{Found, months_back};
use super::standing::{Holding, ended_on, holding_on};
use super::validation::Validity;
use crate::order;

fn item(subject: Subject, id: &str, name: &str, reason: Option<Reason>) -> Item {
    Item {
        subject,
        id: id.into(),
        name: name.into(),
        with: None,
        amount: None,
        until: None,
        reason,
    }
}

fn program_item(context: &Context<'_>, id: &str, reason: Option<Reason>) -> Item {
    let name = context
        .catalog
        .program(id)
        .map_or(id, |program| &program.name);
    item(Subject::Program, id, name, reason)
}

fn count(items: &[Item]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// The last day of the `nth` most lasting item.
fn falls_below(items: &[Item], nth: u32) -> Option<NaiveDate> {
    let mut ends: Vec<NaiveDate> = items
        .iter()
        .map(|item| item.until.unwrap_or(NaiveDate::MAX))
        .collect();
    order::sort_by_key(&mut ends, |end| std::cmp::Reverse(*end));
    let last = *ends.get(usize::try_from(nth.checked_sub(1)?).ok()?)?;
    (last != NaiveDate::MAX)
        .then(|| last.checked_add_days(Days::new(1)))
        .flatten()
}

pub(crate) fn holds(
    context: &Context<'_>,
    programs: &[String],
    pack: Option<&str>,
    at_least: u32,
) -> Found {
    let (mut counted, mut not_counted, mut next) = (Vec::new(), Vec::new(), Vec::new());
    for id in programs {
        // What can still be renewed is kept until that ends.
        let held = (context.catalog.program(id))
            .and_then(|program| holding_on(context, program, context.day));
        let other =
            pack.filter(|pack| held.is_some_and(|held| !has_pack(context, id, &held, pack)));
        if let Some(pack) = other {
            let reason = Reason::OtherPack {
                program: id.clone(),
                pack: pack.to_owned(),
            };
            not_counted.push(program_item(context, id, Some(reason)));
            continue;
        }
        if let Some(held) = held {
            counted.push(Item {
                until: held.last_day(),
                ..program_item(context, id, None)
            });
            continue;
        }
        let score = context
            .catalog
            .program(id)
            .and_then(|program| program.score.as_deref());
        let qualifies = (score.and_then(|score| context.score(score)))
            .is_some_and(|score| score.outcome == Outcome::Met);
        if qualifies {
            not_counted.push(program_item(context, id, Some(Reason::NotEnrolled)));
            next.push(Next::Enroll {
                program: id.clone(),
            });
        } else {
            if let Some(on) = ended_on(context, id) {
                not_counted.push(program_item(context, id, Some(Reason::Ended { on })));
            }
            next.push(Next::Earn {
                program: id.clone(),
            });
        }
    }
    let have = count(&counted);
    Found {
        amount: Some((have.into(), at_least.into())),
        lapses_on: falls_below(&counted, at_least),
        counted: counted.into(),
        not_counted: not_counted.into(),
        ..Found::new(
            Kind::Holds {
                programs: programs.to_vec(),
            },
            Outcome::when(have >= at_least),
        )
        .or_next(next)
    }
}

/// Whether what is held was bought with a pack.
fn has_pack(context: &Context<'_>, program: &str, held: &Holding, pack: &str) -> bool {
    (context.evidence.memberships.iter())
        .filter(|known| known.program == program && known.started_on == held.since)
        .any(|known| known.pack.as_deref() == Some(pack))
}

pub(crate) fn held_on(context: &Context<'_>, programs: &[String], day: NaiveDate) -> Found {
    let counted: Vec<Item> = (programs.iter())
        .filter(|id| membership_on(context.evidence, id, day).is_some())
        .map(|id| program_item(context, id, None))
        .collect();
    let kind = Kind::HeldOn {
        programs: programs.to_vec(),
        day,
    };
    // What was not held on a past day can never be made up for: there is no next step.
    let outcome = Outcome::when(!counted.is_empty());
    Found::new(kind, outcome).with_counted(counted)
}

pub(crate) fn references(
    context: &Context<'_>,
    program: &str,
    (at_least, within_months): (u32, u32),
) -> Found {
    let known = (context.evidence.references.iter())
        .filter(|known| known.program == program)
        .map(|known| {
            let approved = known.approved_on.filter(|on| *on <= context.day);
            let named = item(Subject::Reference, &known.customer, &known.customer, None);
            (named, approved.ok_or(Reason::NotApproved))
        });
    let records = Records::of(context, program, within_months, known.collect());
    let have = count(&records.counted);
    let missing = at_least.saturating_sub(have);
    let met = missing == 0 || records.validity.is_kept();
    let kind = Kind::References {
        program: program.to_owned(),
        within_months,
        recheck: records.validity.asks,
    };
    Found {
        amount: Some((have.into(), at_least.into())),
        ..records.found(kind, met, at_least, Next::Refer { count: missing })
    }
}

pub(crate) fn audit(context: &Context<'_>, program: &str, within_months: u32) -> Found {
    let known = (context.evidence.audits.iter())
        .filter(|known| known.program == program)
        .map(|known| {
            let on = known.decided_on;
            let named = item(Subject::Audit, &on.to_string(), &on.to_string(), None);
            let passed = match known.passed {
                false => Err(Reason::NotPassed),
                true if on > context.day => Err(Reason::NotYet { on }),
                true => Ok(on),
            };
            (named, passed)
        });
    let records = Records::of(context, program, within_months, known.collect());
    let met = !records.counted.is_empty() || records.validity.is_kept();
    let kind = Kind::Audit {
        program: program.to_owned(),
        within_months,
        recheck: records.validity.asks,
    };
    records.found(kind, met, 1, Next::PassAudit)
}

/// Audits or references, by whether each counts.
struct Records {
    validity: Validity,
    counted: Vec<Item>,
    not_counted: Vec<Item>,
    /// The day of each that counts, and its last day.
    lasting: Vec<(NaiveDate, Option<NaiveDate>)>,
}

impl Records {
    /// `known` has each with the day from which it is good, or why it is not.
    fn of(
        context: &Context<'_>,
        program: &str,
        within_months: u32,
        known: Vec<(Item, Result<NaiveDate, Reason>)>,
    ) -> Self {
        let validity = Validity::of(context, program);
        let (mut counted, mut not_counted, mut lasting) = (Vec::new(), Vec::new(), Vec::new());
        for (named, on) in known {
            let until = on.and_then(|on| match validity.too_old(on) {
                Some(reason) => Err(reason),
                // What it was given for does not grow old before the anniversary that asks anew.
                None if validity.is_kept() => Ok((on, last_day(on, within_months))),
                None => lasts(context, on, within_months).map(|last| (on, last)),
            });
            match until {
                Ok((on, last)) => {
                    lasting.push((on, last));
                    let until = last.filter(|last| *last >= context.day);
                    counted.push(Item { until, ..named });
                }
                Err(reason) => not_counted.push(Item {
                    reason: Some(reason),
                    ..named
                }),
            }
        }
        order::sort(&mut counted);
        order::sort(&mut not_counted);
        Self {
            validity,
            counted,
            not_counted,
            lasting,
        }
    }

    fn found(self, kind: Kind, met: bool, needed: u32, next: Next) -> Found {
        Found {
            lapses_on: self.validity.lapses(&self.lasting, needed),
            counted: self.counted.into(),
            not_counted: self.not_counted.into(),
            ..Found::new(kind, Outcome::when(met)).or_next([next])
        }
    }
}

/// The last day on which what was found on a day still counts, or that it is too old.
fn lasts(
    context: &Context<'_>,
    on: NaiveDate,
    within_months: u32,
) -> Result<Option<NaiveDate>, Reason> {
    let last = last_day(on, within_months);
    if last.is_some_and(|last| last < context.day) {
        let since = months_back(context.day, within_months);
        return Err(Reason::TooOld { since });
    }
    Ok(last)
}

/// The last day on which what is from a day counts.
fn last_day(on: NaiveDate, within_months: u32) -> Option<NaiveDate> {
    on.checked_add_months(Months::new(within_months))
}

pub(crate) fn offer(context: &Context<'_>, transactable: bool) -> Found {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for offer in &context.evidence.offers {
        let on = offer.published_on;
        let reason = if on > context.day {
            Some(Reason::NotYet { on })
        } else if transactable && !offer.transactable {
            Some(Reason::NotTransactable)
        } else {
            None
        };
        let offer = item(Subject::Offer, &offer.name, &offer.name, reason);
        if offer.reason.is_none() {
            &mut counted
        } else {
            &mut not_counted
        }
        .push(offer);
    }
    order::sort(&mut counted);
    order::sort(&mut not_counted);
    Found {
        not_counted: not_counted.into(),
        ..Found::new(
            Kind::Offer { transactable },
            Outcome::when(!counted.is_empty()),
        )
    }
    .or_next([Next::Publish { transactable }])
    .with_counted(counted)
}

pub(crate) fn invitation(context: &Context<'_>, program: &str) -> Found {
    let known = context
        .evidence
        .invitations
        .iter()
        .filter(|known| known.program == program);
    let last = known
        .filter(|known| known.issued_on <= context.day)
        .filter(|known| known.expires_on.is_none_or(|last| context.day <= last))
        .map(|known| known.expires_on.unwrap_or(NaiveDate::MAX))
        .max();
    let kind = Kind::Invitation {
        program: program.to_owned(),
    };
    Found {
        lapses_on: last
            .filter(|last| *last != NaiveDate::MAX)
            .and_then(|last| last.checked_add_days(Days::new(1))),
        ..Found::new(kind, Outcome::when(last.is_some())).or_next([Next::AskInvitation])
    }
}

/// What nobody has stated yet is unknown, rather than unmet.
pub(crate) fn declaration(context: &Context<'_>, key: &str) -> Found {
    let latest = (context.evidence.declarations.iter())
        .filter(|known| known.key == key && known.declared_on <= context.day)
        .max_by_key(|known| (known.declared_on, known.holds));
    let outcome = latest.map_or(Outcome::Unknown, |latest| Outcome::when(latest.holds));
    Found::new(
        Kind::Declaration {
            key: key.to_owned(),
        },
        outcome,
    )
    .or_next([Next::Declare {
        key: key.to_owned(),
    }])
}

impl Found {
    fn with_counted(mut self, counted: Vec<Item>) -> Self {
        self.counted = counted.into();
        self
    }
}
