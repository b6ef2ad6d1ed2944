//! The demo's clock: what time it is there, and the way to another time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::clock::{Clock, SetClock};
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};

use super::close;
use crate::api::connection::connection;
use crate::api::{Body, Method, remote};
use crate::form::{Field, Form, Kind, Phase};
use crate::{format, text, ui};

const ID: &str = "demo-clock";
const DAY: &str = "day";
const TIME: &str = "now";

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

static FIELDS: [Field; 2] = [
    Field::new(DAY, text::clock::DAY, Kind::Day),
    // The instant that is asked for; what is wrong with it is said below both.
    Field::new(TIME, text::clock::TIME, Kind::Time),
];

fn open(now: DateTime<Utc>) -> AnyView {
    let form = Form::new(ID, &FIELDS);
    form.signal(DAY).set(format::day_input(now.date_naive()));
    form.signal(TIME).set(format::time_input(now));
    let enter = Callback::new(move |()| {
        let Some(now) = parse(&form.text(DAY), &form.text(TIME)) else {
            let wrong = FieldError::new("/now", code::INVALID, text::clock::INVALID);
            return form.refuse(&[wrong]);
        };
        let request = SetClock { now };
        let errors = request.check();
        if !errors.is_empty() {
            return form.refuse(&errors);
        }
        let request = (
            Method::Put,
            api_paths::CLOCK.to_owned(),
            Body::json(&request),
        );
        let done = move |_| {
            close(ID);
            ui::live::say(&text::clock::was_set(&format::instant(now)));
            connection().reread();
        };
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error)
        });
    });
    let inside = view! {
        <div>
            <h2>{text::clock::DEMO}</h2>
            <p class="small muted">{text::clock::ABOUT}</p>
        </div>
        {form.control(DAY)}
        {form.control(TIME)}
        <div class="cluster">{form.submit(text::clock::SET, Signal::stored(false))}</div>
    };
    let inside = inside.into_any();
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
            {form.view("form", enter, inside)}
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
