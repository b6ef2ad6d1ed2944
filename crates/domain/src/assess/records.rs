//! Tests against single records: programs held, references, audits, offers, statements, figures.

use chrono::{Days, Months, NaiveDate};

use super::context::{Context, held_on as membership_on};
use super::finding::{Item, Kind, Next, Outcome, Reason, Subject};
use super::requirement::{Found, months_back};
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

pub(crate) fn holds(context: &Context<'_>, programs: &[String], at_least: u32) -> Found {
    let (mut counted, mut not_counted, mut next) = (Vec::new(), Vec::new(), Vec::new());
    for id in programs {
        if let Some(held) = context.holding(id) {
            counted.push(Item {
                until: held.ends_on,
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
        let ended = (context.evidence.memberships.iter())
            .filter(|held| held.program == *id)
            .filter_map(|held| held.ends_on.filter(|last| *last < context.day))
            .max();
        if qualifies {
            not_counted.push(program_item(context, id, Some(Reason::NotEnrolled)));
            next.push(Next::Enroll {
                program: id.clone(),
            });
        } else {
            if let Some(on) = ended {
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
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for reference in context
        .evidence
        .references
        .iter()
        .filter(|known| known.program == program)
    {
        let customer = &reference.customer;
        let approved_on = reference.approved_on.filter(|on| *on <= context.day);
        let until = match approved_on {
            Some(on) => lasts(context, on, within_months),
            None => Err(Reason::NotApproved),
        };
        let reference = item(Subject::Reference, customer, customer, until.clone().err());
        match until {
            Ok(until) => counted.push(Item { until, ..reference }),
            Err(_) => not_counted.push(reference),
        }
    }
    order::sort(&mut counted);
    order::sort(&mut not_counted);
    let have = count(&counted);
    let missing = at_least.saturating_sub(have);
    let kind = Kind::References {
        program: program.to_owned(),
        within_months,
    };
    Found {
        amount: Some((have.into(), at_least.into())),
        lapses_on: falls_below(&counted, at_least),
        counted: counted.into(),
        not_counted: not_counted.into(),
        ..Found::new(kind, Outcome::when(missing == 0)).or_next([Next::Refer { count: missing }])
    }
}

/// The last day on which what was found on a day still counts, or that it is too old.
fn lasts(
    context: &Context<'_>,
    on: NaiveDate,
    within_months: u32,
) -> Result<Option<NaiveDate>, Reason> {
    let last = on.checked_add_months(Months::new(within_months));
    if last.is_some_and(|last| last < context.day) {
        let since = months_back(context.day, within_months);
        return Err(Reason::TooOld { since });
    }
    Ok(last)
}

pub(crate) fn audit(context: &Context<'_>, program: &str, within_months: u32) -> Found {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for audit in context
        .evidence
        .audits
        .iter()
        .filter(|known| known.program == program)
    {
        let on = audit.decided_on;
        let until = if !audit.passed {
            Err(Reason::NotPassed)
        } else if on > context.day {
            Err(Reason::NotYet { on })
        } else {
            lasts(context, on, within_months)
        };
        let audit = item(
            Subject::Audit,
            &on.to_string(),
            &on.to_string(),
            until.clone().err(),
        );
        match until {
            Ok(until) => counted.push(Item { until, ..audit }),
            Err(_) => not_counted.push(audit),
        }
    }
    order::sort(&mut counted);
    order::sort(&mut not_counted);
    let kind = Kind::Audit {
        program: program.to_owned(),
        within_months,
    };
    Found {
        lapses_on: falls_below(&counted, 1),
        not_counted: not_counted.into(),
        ..Found::new(kind, Outcome::when(!counted.is_empty())).or_next([Next::PassAudit])
    }
    .with_counted(counted)
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
