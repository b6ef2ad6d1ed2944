//! The audit log: who did what, in one sentence each, with every field on demand.

mod chain;
mod entry;

use leptos::prelude::*;
use membership_contract::audit::AuditPage;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;

use crate::api::remote;
use crate::go::{Step, use_go};
use crate::list::{self, Asked, Column, Filter, Lines, List, Phone, Source};
use crate::paths;
use crate::shell::heading::lead;
use crate::text::audit as words;
use crate::ui::{self, LinkButton, TextField};

const ACTION: &str = "action";
const FROM: &str = "from";
const TO: &str = "to";

static LIST: List = List {
    caption: words::TITLE,
    path: paths::AUDIT,
    file: Some("audit"),
    columns: &[
        Column::text(words::WHAT, "", Phone::Start),
        Column::code(words::WHEN, "", Phone::Line),
    ],
    nothing: (words::NOTHING, None),
};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let api = api_paths::audit(organization.id);
    let asked = Asked::of_address(&[
        list::SEARCH,
        ACTION,
        FROM,
        TO,
        paths::AUDIT_WHO,
        paths::AUDIT_ABOUT,
    ]);
    let log = {
        let api = api.clone();
        remote::<AuditPage>(move || Some(asked.with(|asked| asked.address(&api))))
    };
    let lines = move || {
        let page = log.get()?;
        Some(Lines {
            all: page.items.iter().map(entry::line).collect(),
            total: None,
            next: page.next.clone(),
        })
    };
    let load = Signal::derive(move || log.load());
    let source = Source::of(load, Callback::new(move |()| log.reload()), lines);
    let head = Memo::new(move |_| log.get().map(|page| page.head.clone()));
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {days(asked)}
            {narrowed(asked)}
            {list::card(LIST, api.clone(), asked, vec![actions()], source)}
            {chain::card(&api, head)}
        </div>
    }
    .into_any()
}

/// Which action, by name.
fn actions() -> Filter {
    let all = en::audit_actions();
    let all = all.map(|(code, name)| (code.to_owned(), name.to_owned()));
    Filter {
        name: ACTION,
        label: words::ACTION,
        choices: Signal::stored(ui::choices(words::ALL_ACTIONS, all)),
        then: |_| {},
    }
}

/// From which day, and until which one.
fn days(asked: Memo<Asked>) -> AnyView {
    view! { <div class="cluster">{day(asked, FROM, words::FROM)} {day(asked, TO, words::TO)}</div> }
        .into_any()
}

/// One of the days: the address follows what is chosen, and the other way around.
fn day(asked: Memo<Asked>, name: &'static str, label: &'static str) -> AnyView {
    let said = move |asked: &Asked| asked.get(name).to_owned();
    let go = use_go(Step::Here);
    let typed = RwSignal::new(asked.with_untracked(said));
    Effect::new(move |before: Option<String>| {
        let day = typed.get();
        let now = asked.get_untracked();
        if before.is_some_and(|before| before != day) && now.get(name) != day {
            go(&now
                .with(name, &day)
                .first_page()
                .address(&paths::AUDIT.href()));
        }
        day
    });
    Effect::new(move |_| {
        let day = asked.with(said);
        if typed.with_untracked(|typed| *typed != day) {
            typed.set(day);
        }
    });
    view! { <TextField label=label value=typed kind="date" class="field short" /> }.into_any()
}

/// Where a link asks for one person: that, and the way back.
fn narrowed(asked: Memo<Asked>) -> AnyView {
    let to_all = Memo::new(move |_| {
        asked.with(|asked| {
            let one = [paths::AUDIT_WHO, paths::AUDIT_ABOUT];
            let is_narrowed = one.iter().any(|name| !asked.get(name).is_empty());
            let all = asked.with(one[0], "").with(one[1], "").first_page();
            is_narrowed.then(|| all.address(&paths::AUDIT.href()))
        })
    });
    (move || {
        to_all.get().map(|href| {
            view! {
                <div class="cluster">
                    <p class="muted">{words::NARROWED}</p>
                    <LinkButton href=href>{words::EVERYBODY}</LinkButton>
                </div>
            }
        })
    })
    .into_any()
}
