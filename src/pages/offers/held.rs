//! What is held: how long it runs, and when it can be renewed, each as a line of time.

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_domain::assess::Holding;

use super::{Known, Offered};
use crate::text::offers::held as words;
use crate::ui::{self, Mark};
use crate::{format, paths, text};

/// The card; nothing where nothing is held.
pub fn card(known: &Known<'_>, all: &[Offered<'_>]) -> Option<AnyView> {
    let day = known.decision.day;
    let held = |one: &Offered<'_>| Some(row(known, one, one.standing.holding?, day));
    let rows: Vec<AnyView> = all.iter().filter_map(held).collect();
    if rows.is_empty() {
        return None;
    }
    let bills = paths::BILLS.href();
    let card = view! {
        <section class="card">
            <header>
                <h2>{text::offers::HELD}</h2>
                <a href=bills>{text::shell::BILLS}</a>
            </header>
            <ul class="rows">{rows}</ul>
        </section>
    };
    Some(card.into_any())
}

fn row(known: &Known<'_>, one: &Offered<'_>, held: Holding, day: NaiveDate) -> AnyView {
    let (mark, state) = match (held.until, held.renewal_closes) {
        (Some(until), Some(closes)) if until < day && day <= closes => (Mark::Soon, words::DUE),
        (Some(until), _) if until < day => (Mark::Open, words::ENDED),
        _ => (Mark::Normal, words::ACTIVE),
    };
    let standing = &one.standing;
    let areas = match standing.held.is_empty() {
        true => &standing.programs,
        false => &standing.held,
    };
    let areas = (one.offer.programs.len() > 1 && !areas.is_empty())
        .then(|| view! { <p class="muted">{known.areas(areas)}</p> });
    let since = format::day(held.since);
    let term = match held.until {
        Some(until) => words::term(&since, &format::day(until)),
        None => words::since(&since),
    };
    let window = held.renewal_opens.zip(held.renewal_closes);
    let window =
        window.map(|(opens, closes)| words::window(&format::day(opens), &format::day(closes)));
    let benefits = held.benefits_end.filter(|_| held.until.is_some());
    let benefits = benefits.map(|day| words::benefits(&format::day(day)));
    let about: Vec<String> = [window, benefits].into_iter().flatten().collect();
    view! {
        <li class="stack tight">
            <div class="cluster between">
                <h3>{one.offer.name.clone()}</h3>
                {ui::status(mark, state)}
            </div>
            {areas}
            <p class="muted num">{term}</p>
            {held.until.map(|until| time(held, until, day))}
            <p class="small muted num">{about.join(" ")}</p>
        </li>
    }
    .into_any()
}

/// From the first day to the last on which it can be renewed: what is used, what is left, a tick at
/// the anniversary, and the window dashed. The words beside it say the same.
fn time(held: Holding, until: NaiveDate, day: NaiveDate) -> AnyView {
    let closes = held.renewal_closes.filter(|closes| *closes > until);
    let last = closes.unwrap_or(until);
    let between = |from: NaiveDate, to: NaiveDate| (to - from).num_days().max(0);
    let (all, term) = (between(held.since, last), between(held.since, until));
    let used = between(held.since, day).min(all);
    // In hundredths of a percent.
    let place = |days: i64| {
        let place = days * 10_000 / all.max(1);
        format!("{}.{:02}%", place / 100, place % 100)
    };
    let label = words::bar(used.min(term), term, all - term);
    let left = match day <= until {
        true => words::left(between(day, until)),
        false => words::left_to_renew(between(day, last)),
    };
    let tick = place(term);
    let window = (all > term).then(|| {
        let (x, width) = (place(term), place(all - term));
        view! { <rect class="gain" x=x y="6" width=width height="8"></rect> }
    });
    view! {
        <div class="stack tight">
            <p class="cluster between small num">
                <span>{format::day_and_year(held.since)}</span>
                <span class="strong">{left}</span>
                <span>{format::day_and_year(last)}</span>
            </p>
            <svg class="bullet" role="img" aria-label=label>
                <rect class="band below" y="6" width=tick.clone() height="8" rx="2"></rect>
                {window}
                <rect class="value" y="6" width=place(used) height="8" rx="2"></rect>
                <line class="tick" x1=tick.clone() x2=tick y1="2" y2="18"></line>
            </svg>
        </div>
    }
    .into_any()
}
