//! The offers: price, term, what an order takes, and the way there.

use leptos::prelude::*;
use membership_domain::catalog::in_force;
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::term;

use super::{Known, Offered, checks};
use crate::findings::certainty_mark;
use crate::text::offers as words;
use crate::ui::{Button, Kind, LinkButton, Table};
use crate::{format, paths, text};

/// The card.
pub fn card(known: &Known<'_>, all: &[Offered<'_>]) -> AnyView {
    let head = || {
        let names = [words::OFFER, words::TERM, words::PRICE, words::CAN];
        let names = names.map(|name| {
            view! { <th scope="col" class:end=name == words::PRICE>{name}</th> }
        });
        view! {
            {names.collect_view()}
            <th scope="col"><span class="visually-hidden">{words::ACTION}</span></th>
        }
    };
    let first = all.iter().position(|one| one.standing.is_possible());
    let rows = all.iter().enumerate();
    let rows = rows.map(|(place, one)| row(known, one, Some(place) == first));
    let rows = rows.collect_view();
    view! {
        <section class="card offers">
            <header>
                <h2>{text::shell::OFFERS}</h2>
            </header>
            <Table caption=text::shell::OFFERS head=head>
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

fn row(known: &Known<'_>, one: &Offered<'_>, first: bool) -> AnyView {
    let offer = one.offer;
    let name = match offer.programs.as_slice() {
        [program] => {
            let href = paths::program(program);
            view! { <a href=href>{offer.name.clone()}</a> }.into_any()
        }
        _ => {
            let href = paths::DESIGNATIONS.href();
            view! { <a href=href>{offer.name.clone()}</a> }.into_any()
        }
    };
    let mark = one.price.filter(|_| !one.is_free());
    let mark = mark.and_then(|price| certainty_mark(&price.cite));
    view! {
        <tr>
            <th scope="row">
                {name}
                <p class="why">{offer.summary.clone()}</p>
            </th>
            <td data-label=words::TERM class="nowrap">{length(known, one)}</td>
            <td data-label=words::PRICE class="end num">
                {one.price_said()}
                <p>{mark}</p>
            </td>
            <td data-label=words::CAN>
                {checks::view(known, one)}
                {renewal(known, one)}
            </td>
            <td>{action(known, one, first)}</td>
        </tr>
    }
    .into_any()
}

fn length(known: &Known<'_>, one: &Offered<'_>) -> String {
    // What is added ends with what is held.
    let held = one.standing.holding.and_then(|held| held.until);
    if let (Some(OrderKind::Addition), Some(last)) = (one.standing.kind, held) {
        return words::until(&format::day(last));
    }
    let catalog = &known.workspace.catalog;
    let program = one.offer.programs.first();
    let program = program.and_then(|id| catalog.program(id));
    let terms = program.and_then(|one| in_force(&one.terms, known.decision.day));
    let days = terms.and_then(|terms| terms.days);
    days.map_or_else(|| words::OPEN_ENDED.to_owned(), words::days)
}

/// Both anniversaries, before a renewal is paid.
fn renewal(known: &Known<'_>, one: &Offered<'_>) -> Option<AnyView> {
    let kind = one
        .standing
        .kind
        .filter(|kind| *kind == OrderKind::Renewal)?;
    let (held, day) = (one.standing.holding, known.decision.day);
    let programs = match one.standing.programs.is_empty() {
        true => &one.offer.programs,
        false => &one.standing.programs,
    };
    let catalog = &known.workspace.catalog;
    let (length, terms) = term::length(catalog, programs, kind, held, day)?;
    let old = held?.until?;
    let new = term::dates(&terms, length, day).until?;
    let says = words::renewal(&format::day(old), &format::day(new));
    Some(view! { <p class="why num">{says}</p> }.into_any())
}

/// The way to the order, or why there is none.
fn action(known: &Known<'_>, one: &Offered<'_>, first: bool) -> AnyView {
    let standing = &one.standing;
    if standing.is_never() {
        return view! { <span class="muted small">{words::NOT_FOR_YOU}</span> }.into_any();
    }
    let label = match standing.kind {
        Some(OrderKind::Addition) => words::ADD,
        Some(OrderKind::Renewal) => words::RENEW,
        None if standing.holding.is_some() => words::RENEW,
        _ if one.is_free() => words::ENROLL,
        _ => words::BUY,
    };
    let said = words::about_action(label, &one.offer.name);
    if !standing.is_possible() {
        let missing = one.checks().filter(|check| !check.met).count();
        let why = Signal::stored(Some(words::checks::missing(missing)));
        return view! {
            <Button blocked=why>
                <span aria-hidden="true">{label}</span>
                <span class="visually-hidden">{said}</span>
            </Button>
        }
        .into_any();
    }
    let mut drafts = known.purchasing.drafts.iter();
    let draft = drafts.find(|draft| draft.answers.offer == one.offer.id);
    let (href, label) = match draft {
        Some(draft) => (paths::check_order(draft.id), words::CONTINUE),
        None => (paths::begin_order(&one.offer.id), label),
    };
    let said = words::about_action(label, &one.offer.name);
    let kind = if first { Kind::Primary } else { Kind::Plain };
    view! {
        <LinkButton href=href kind=kind>
            <span aria-hidden="true">{label}</span>
            <span class="visually-hidden">{said}</span>
        </LinkButton>
    }
    .into_any()
}
