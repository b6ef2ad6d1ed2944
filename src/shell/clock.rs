//! The demo's clock: what time it is there, and the way to another time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use leptos::prelude::*;
use membership_contract::clock::{Clock, SetClock};
use membership_contract::paths as api_paths;

use super::close;
use crate::api::connection::connection;
use crate::api::{Body, Method, action, remote};
use crate::{format, text, ui};

const ID: &str = "demo-clock";

/// A chip with the demo's day; nothing where the clock is the real one.
pub fn chip() -> AnyView {
    let clock = remote::<Clock>(|| Some(api_paths::CLOCK.to_owned()));
    let now = Memo::new(move |_| {
        clock
            .get()
            .filter(|clock| clock.settable)
            .map(|one| one.now)
    });
    (move || now.get().map(open)).into_any()
}

fn open(now: DateTime<Utc>) -> AnyView {
    let day = RwSignal::new(format::day_input(now.date_naive()));
    let time = RwSignal::new(format::time_input(now));
    let typed_wrong = RwSignal::new(false);
    let set = action();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let at = parse(&day.get_untracked(), &time.get_untracked());
        typed_wrong.set(at.is_none());
        if let Some(now) = at {
            set.run(
                Method::Put,
                api_paths::CLOCK.to_owned(),
                Body::json(&SetClock { now }),
                move |_| {
                    close(ID);
                    ui::live::say(&text::clock::was_set(&format::instant(now)));
                    connection().reread();
                },
            );
        }
    };
    let problem = move || {
        if typed_wrong.get() {
            return Some(text::clock::INVALID.to_owned());
        }
        set.error.get().map(|error| error.detail())
    };
    view! {
        <button
            type="button"
            class="chip"
            popovertarget=ID
            aria-label=text::clock::now(&format::instant(now))
        >
            {ui::icon("clock")}
            <span class="nowrap">{format::short_day(now.date_naive())}</span>
            <span class="muted wide nowrap">{format::year_and_time(now)}</span>
        </button>
        <div id=ID class="menu" popover="auto" role="group" aria-label=text::clock::DEMO>
            <form class="form" on:submit=submit>
                <div>
                    <h2>{text::clock::DEMO}</h2>
                    <p class="small muted">{text::clock::ABOUT}</p>
                </div>
                <ui::TextField label=text::clock::DAY value=day kind="date" />
                <ui::TextField
                    label=text::clock::TIME
                    value=time
                    kind="time"
                    error=Signal::derive(problem)
                />
                <ui::Button submit=true busy=set.busy kind=ui::Kind::Primary>
                    {text::clock::SET}
                </ui::Button>
            </form>
        </div>
    }
    .into_any()
}

/// What the two inputs give ("2023-11-15", "09:00" with or without seconds), as an instant.
fn parse(day: &str, time: &str) -> Option<DateTime<Utc>> {
    let day: NaiveDate = day.parse().ok()?;
    let time: NaiveTime = if time.len() == 5 {
        format!("{time}:00")
    } else {
        time.to_owned()
    }
    .parse()
    .ok()?;
    Some(day.and_time(time).and_utc())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_day_and_a_time_make_an_instant() {
        let at = parse("2023-11-15", "09:00").map(|at| at.timestamp());
        assert_eq!(at, Some(1_700_038_800));
        assert_eq!(parse("2023-11-15", "09:00:00").map(|at| at.timestamp()), at);
        assert_eq!(parse("2023-02-30", "09:00"), None);
        assert_eq!(parse("", "09:00"), None);
        assert_eq!(parse("2023-11-15", ""), None);
    }
}
