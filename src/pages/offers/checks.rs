//! The conditions of an order in words, each that is not met with its way out.

use leptos::prelude::*;
use membership_domain::assess::{Finding, Kind};
use membership_domain::purchase::offers::{OfferCheck, OfferCondition as C};
use membership_domain::roles::Permission;
use membership_domain::{Number, assess};

use super::{Known, Offered};
use crate::text::offers::checks as words;
use crate::ui::{self, Disclosure, Need};
use crate::{format, paths};

/// The conditions of an offer: what is not met, and how much is, which opens on demand.
pub fn view(known: &Known<'_>, one: &Offered<'_>) -> AnyView {
    let all = needs(known, one);
    let (met, unmet): (Vec<Need>, Vec<Need>) = all.into_iter().partition(|need| need.met);
    let count = met.len();
    let summary = match unmet.is_empty() {
        true => words::all_met(count),
        false => words::met(count),
    };
    let met = (count > 0).then(|| {
        view! { <Disclosure summary=summary>{ui::needs(met)}</Disclosure> }
    });
    view! {
        {(!unmet.is_empty()).then(|| ui::needs(unmet))}
        {met}
    }
    .into_any()
}

/// In the order in which they are shown. Several that are met at one place lead there once.
fn needs(known: &Known<'_>, one: &Offered<'_>) -> Vec<Need> {
    let mut seen: Vec<String> = Vec::new();
    let need = |check: &OfferCheck| {
        let (says, way) = said(known, check);
        let says = match check.with_entries && !check.met {
            true => words::with_entries(&says),
            false => says,
        };
        let way = way.filter(|(_, href)| check.met || !seen.contains(href));
        if let Some((_, href)) = way.as_ref().filter(|_| !check.met) {
            seen.push(href.clone());
        }
        Need {
            met: check.met,
            says,
            way: way.map(|(label, href)| (label.to_owned(), href)),
        }
    };
    one.checks().map(need).collect()
}

type Way = Option<(&'static str, String)>;

fn said(known: &Known<'_>, check: &OfferCheck) -> (String, Way) {
    let speaker = known.workspace.speaker();
    match &check.condition {
        C::Role => {
            let way = (words::MY_ACCESS, paths::ACCESS.href());
            (words::ROLE.to_owned(), Some(way))
        }
        C::Billing => billing(known, check.met),
        C::Requirement {
            program,
            requirement,
        } => match found(&known.decision, program, requirement) {
            Some(finding) if check.met => (speaker.title(finding), None),
            Some(finding) => {
                let says = speaker.found(finding);
                let says = words::finding(&speaker.title(finding), says.trim_end_matches('.'));
                (says, way(known, finding, program))
            }
            None => (requirement.clone(), None),
        },
        C::Qualified { programs, .. } if check.met => {
            (words::qualified(&known.areas(programs)), None)
        }
        C::Qualified { nearest: None, .. } => (words::NOT_QUALIFIED.to_owned(), None),
        C::Qualified {
            nearest: Some(nearest),
            ..
        } => {
            let area = speaker.score(&nearest.score);
            let says = match nearest.short > Number::ZERO {
                true => words::nearest(&area, &speaker.points_short(nearest.short)),
                false => words::nearest_else(&area),
            };
            let way = (words::CLOSE_GAP, paths::area(&nearest.score));
            (says, Some(way))
        }
        C::Window { opens, closes } => {
            let says = words::window(&format::day(*opens), &format::day(*closes));
            (says, None)
        }
        C::Held => (words::HELD.to_owned(), None),
        C::NoOrder { order } => {
            let number = order.as_ref().map(|order| order.number.as_str());
            let way = order.as_ref();
            let way = way.map(|order| (words::SEE_ORDER, paths::order(order.id)));
            (words::open_order(number.unwrap_or_default()), way)
        }
        C::Price => (words::NO_PRICE.to_owned(), None),
    }
}

/// Who links the billing profile: the person, or whom to ask.
fn billing(known: &Known<'_>, met: bool) -> (String, Way) {
    let way = Some((words::LINK_IT, paths::BILLING.href()));
    let admins = &known.purchasing.global_admins;
    match met || known.may(Permission::LinkBilling) || admins.is_empty() {
        true => (words::BILLING.to_owned(), way),
        false => (words::billing_by(&format::choice(admins)), None),
    }
}

/// A requirement of a program: itself, or one of those that together are its whole.
fn found<'a>(
    decision: &'a assess::Assessment,
    program: &str,
    requirement: &str,
) -> Option<&'a Finding> {
    let root = decision.program(program)?.root.as_ref()?;
    let mut all = std::iter::once(root).chain(&root.children);
    all.find(|one| one.id == requirement)
}

/// Where a requirement is met.
fn way(known: &Known<'_>, finding: &Finding, program: &str) -> Way {
    match finding.kind {
        Kind::Verified { .. } if known.may(Permission::ViewProfiles) => {
            Some((words::SEE_COMPANY, paths::COMPANY.href()))
        }
        Kind::Verified { .. } | Kind::HeldOn { .. } => None,
        _ => Some((words::SEE_PROGRAM, paths::program(program))),
    }
}
