//! Tests against single records: references, audits, offers, invitations, statements.

use chrono::{Days, Months, NaiveDate};

use super::context::Context;
use super::finding::{Item, Kind, Next, Outcome, Reason, Recheck, Subject};
use super::found::Found;
use super::validation::{Lasting, Validity, too_old};
use crate::sort;

pub(crate) fn item(subject: Subject, id: &str, name: &str, reason: Option<Reason>) -> Item {
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

pub(crate) fn count(items: &[Item]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
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
    let met = missing == 0 || records.is_kept();
    let kind = Kind::References {
        program: program.to_owned(),
        within_months,
        recheck: records.asks,
    };
    Found {
        amount: Some((have.into(), at_least.into())),
        ..records.found(context, kind, met, at_least, Next::Refer { count: missing })
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
    let met = !records.counted.is_empty() || records.is_kept();
    let kind = Kind::Audit {
        program: program.to_owned(),
        within_months,
        recheck: records.asks,
    };
    records.found(context, kind, met, 1, Next::PassAudit)
}

/// Audits or references, by whether each counts.
struct Records {
    validity: Validity,
    /// What is asked today.
    asks: Option<Recheck>,
    counted: Vec<Item>,
    not_counted: Vec<Item>,
    lasting: Vec<Lasting>,
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
        let asks = validity.on(context.day);
        let (mut counted, mut not_counted, mut lasting) = (Vec::new(), Vec::new(), Vec::new());
        for (named, on) in known {
            let until = on.and_then(|on| {
                let last = last_day(on, within_months);
                lasting.push((on, last));
                match too_old(asks, on) {
                    Some(reason) => Err(reason),
                    // What it was given for does not grow old before the anniversary that asks
                    // anew.
                    None if asks == Some(Recheck::Kept) => Ok(last),
                    None => lasts(context, last, within_months),
                }
            });
            match until {
                Ok(last) => {
                    let until = last.filter(|last| *last >= context.day);
                    counted.push(Item { until, ..named });
                }
                Err(reason) => not_counted.push(Item {
                    reason: Some(reason),
                    ..named
                }),
            }
        }
        sort::sort(&mut counted);
        sort::sort(&mut not_counted);
        Self {
            validity,
            asks,
            counted,
            not_counted,
            lasting,
        }
    }

    /// Whether it is good without any, since the program is held.
    fn is_kept(&self) -> bool {
        self.asks == Some(Recheck::Kept)
    }

    fn found(self, context: &Context<'_>, kind: Kind, met: bool, needed: u32, next: Next) -> Found {
        let lapses = || self.validity.lapses(context.day, self.lasting, needed);
        Found {
            lapses_on: met.then(lapses).flatten(),
            counted: self.counted.into(),
            not_counted: self.not_counted.into(),
            ..Found::new(kind, Outcome::when(met)).or_next([next])
        }
    }
}

/// The last day on which something counts, or that it is too old today.
fn lasts(
    context: &Context<'_>,
    last: Option<NaiveDate>,
    within_months: u32,
) -> Result<Option<NaiveDate>, Reason> {
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
    sort::sort(&mut counted);
    sort::sort(&mut not_counted);
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

/// The first day of a period of months that ends today.
fn months_back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months))
        .unwrap_or(NaiveDate::MIN)
}
