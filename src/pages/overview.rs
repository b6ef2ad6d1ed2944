//! The overview: what to do next, where each membership stands, what comes, what changed. It is
//! drawn from one answer of the API, and needs neither rules nor evidence: those come when it is
//! there, for the page that is opened next.

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_contract::overview::{
    Overview, OverviewBar, OverviewChange, OverviewDeadline, OverviewEntered, OverviewPlace,
    OverviewStanding, OverviewTask, Sentence,
};
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;

use super::standing::{self, Row};
use crate::api::{ahead, boot, remote};
use crate::charts::{Bullet, bar};
use crate::shell::heading::lead;
use crate::text::{designations, overview as words};
use crate::ui::{self, LinkButton};
use crate::workspace::Browser;
use crate::{format, paths};

/// Days within which a task stands out.
const SOON: i64 = 30;

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let SessionOrganization { id, name, .. } = organization;
    let overview = remote::<Overview>(move || Some(api_paths::overview(id)));
    let is_here = Memo::new(move |_| overview.get().is_some());
    Effect::new(move |_| {
        if is_here.get() {
            ahead::fetch(vec![
                api_paths::CATALOG.to_owned(),
                api_paths::packed_evidence(id),
            ]);
        }
    });
    ui::loaded(overview, move |overview| content(&name, &overview))
}

fn content(name: &str, overview: &Overview) -> AnyView {
    let measured = (overview.measured_to).map(|day| words::measured(&format::day(day)));
    let about = words::about(name, &format::day(overview.day)) + &measured.unwrap_or_default();
    view! {
        {lead(words::TITLE.to_owned(), about, ())}
        <div class="columns">
            {column(tasks(overview), standings(overview))}
            {column(deadlines(&overview.deadlines), changes(overview))}
        </div>
    }
    .into_any()
}

fn said(sentence: &Sentence) -> String {
    sentence.said(&Browser)
}

fn column(first: AnyView, second: AnyView) -> AnyView {
    view! { <div class="stack">{first} {second}</div> }.into_any()
}

fn card(title: &'static str, link: Option<AnyView>, body: AnyView) -> AnyView {
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                {link}
            </header>
            {body}
        </section>
    }
    .into_any()
}

fn quiet(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! {
        <div class="body">
            <p class="muted">{text}</p>
        </div>
    }
    .into_any()
}

fn tasks(overview: &Overview) -> AnyView {
    if overview.tasks.is_empty() {
        return card(words::DO_NEXT, None, quiet(words::NOTHING_TO_DO));
    }
    let rows = overview.tasks.iter();
    let rows = rows.map(|task| task_row(overview.day, task)).collect_view();
    card(
        words::DO_NEXT,
        None,
        view! { <ul class="rows">{rows}</ul> }.into_any(),
    )
}

fn task_row(today: NaiveDate, task: &OverviewTask) -> AnyView {
    let title = said(&task.title);
    let about = title.clone();
    let link = task.place.as_ref().map(|place| {
        let (href, label) = where_to(place);
        view! {
            <LinkButton href=href>
                <span aria-hidden="true">{label}</span>
                <span class="visually-hidden">{words::action_about(label, &about)}</span>
            </LinkButton>
        }
    });
    view! {
        <li class="task">
            {due(today, task.due)}
            <div>
                <h3>{title}</h3>
                <p class="muted">{said(&task.why)}</p>
            </div>
            {link}
        </li>
    }
    .into_any()
}

fn due(today: NaiveDate, due: Option<NaiveDate>) -> AnyView {
    let Some(due) = due else {
        return view! { <div class="due"><span class="small">{words::NO_DAY}</span></div> }
            .into_any();
    };
    let left = (due - today).num_days();
    let class = if left <= SOON { "due soon" } else { "due" };
    let text = format::counted(left, "day", "days");
    let (number, unit) = text.split_once(' ').unwrap_or((words::TODAY, ""));
    let (number, unit) = (number.to_owned(), unit.to_owned());
    view! {
        <div class=class title=format::day(due)>
            <b class="num">{number}</b>
            {unit}
        </div>
    }
    .into_any()
}

/// The page that a task is done on, and what the way there is called.
fn where_to(place: &OverviewPlace) -> (String, &'static str) {
    match place {
        OverviewPlace::Program(program) => (paths::program(program), words::OPEN),
        OverviewPlace::Area(score) => (paths::area(score), words::SEE),
        OverviewPlace::NotLinked => (paths::not_linked(), words::SEE),
        // Nobody orders without an account.
        OverviewPlace::Offers(program) => match boot::local() {
            Some(_) => (paths::program(program), words::OPEN),
            None => (paths::OFFERS.href(), words::OPEN),
        },
    }
}

/// Programs that are held or begun; those not begun are one click away, and so are the many
/// specializations that a designation alone begins.
fn standings(overview: &Overview) -> AnyView {
    let rows = overview.standings.iter().map(standing_row).collect_view();
    let begun = (overview.specializations_begun > 0).then(|| {
        view! {
            <li>
                <a href=paths::SPECIALIZATIONS
                    .href()>{words::begun(overview.specializations_begun)}</a>
            </li>
        }
    });
    let all = paths::PROGRAMS.href();
    let link = view! { <a href=all>{words::EXPLORE}</a> }.into_any();
    card(
        words::STANDS,
        Some(link),
        view! { <ul class="rows">{rows} {begun}</ul> }.into_any(),
    )
}

/// What is confirmed decides; what was entered beside it is told where it differs.
fn standing_row(program: &OverviewStanding) -> AnyView {
    let would = program.entered.as_ref();
    let would_be = would.and_then(|would| would.bar.as_ref());
    let row = Row {
        name: program.name.clone(),
        href: standing::href(&program.program, program.score.as_deref()),
        mark: standing::mark(program.standing, program.kind),
        says: said(&program.says),
        entered: would.map(|would| entered(program, would)),
        bar: (program.bar.as_ref()).map(|score| score_bar(score, would_be)),
    };
    row.view()
}

/// Both totals where they differ, else the other sentence; and the standing where that differs.
fn entered(program: &OverviewStanding, would: &OverviewEntered) -> String {
    let total = |bar: &Option<OverviewBar>| bar.as_ref().map(|bar| bar.said[0].clone());
    let totals = total(&program.bar).zip(total(&would.bar));
    let totals = totals.filter(|(confirmed, entered)| confirmed != entered);
    let standing =
        (would.standing != program.standing).then(|| en::standing(would.standing, program.kind));
    match totals {
        Some((confirmed, entered)) => words::both(&confirmed, &entered, standing),
        None => words::with_entries(standing, &said(&would.says)),
    }
}

/// The score as a bar; what it would be with what was entered is drawn like a preview.
fn score_bar(score: &OverviewBar, would_be: Option<&OverviewBar>) -> AnyView {
    let bullet = Bullet {
        value: score.value,
        most: score.most,
        threshold: Some(score.need),
        preview: would_be.map(|would| would.value),
        fill: standing::fill(score.met),
    };
    let [total, most, need] = &score.said;
    bar(&bullet, designations::bar(total, most, need))
}

fn deadlines(deadlines: &[OverviewDeadline]) -> AnyView {
    if deadlines.is_empty() {
        return card(words::DEADLINES, None, quiet(words::NO_DEADLINES));
    }
    let line = |deadline: &OverviewDeadline| {
        view! {
            <li>
                <b>{format::day_and_year(deadline.day)}</b>
                {" "}
                {said(&deadline.says)}
            </li>
        }
    };
    let lines = deadlines.iter().map(line).collect_view();
    card(
        words::DEADLINES,
        None,
        view! { <ul class="rows small">{lines}</ul> }.into_any(),
    )
}

fn changes(overview: &Overview) -> AnyView {
    let since = format::day(overview.changes_since);
    if overview.changes.is_empty() {
        return card(words::CHANGED, None, quiet(words::nothing_changed(&since)));
    }
    let line = |change: &OverviewChange| {
        let because = change.because.iter();
        let because = because.map(|metric| view! { <li>{said(metric)}</li> });
        view! {
            <li>
                {said(&change.says)}
                <ul class="changes muted">{because.collect_view()}</ul>
            </li>
        }
    };
    let lines = overview.changes.iter().map(line).collect_view();
    let since = view! { <span class="muted small">{words::since(&since)}</span> }.into_any();
    card(
        words::CHANGED,
        Some(since),
        view! { <ul class="rows small">{lines}</ul> }.into_any(),
    )
}
