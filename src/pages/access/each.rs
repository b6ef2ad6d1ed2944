//! Each permission: through which role I have it, or who can give me one that has it.

use leptos::prelude::*;
use membership_contract::access::{Access, PermissionAccess};

use super::requests::Requests;
use crate::text::access as words;
use crate::ui::{self, Button, Kind, Mark};
use crate::{format, text};

/// The card; `requests` has those that wait, and begins one. A list and no table: this page is loaded without
/// what lists of many rows need.
pub(super) fn card(access: &Access, requests: Requests) -> AnyView {
    let rows = access
        .each
        .iter()
        .map(|one| row(one, requests))
        .collect_view();
    view! {
        <section class="card">
            <header>
                <h2>{words::EACH}</h2>
            </header>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(one: &PermissionAccess, requests: Requests) -> AnyView {
    let (mark, says) = match one.through.is_empty() {
        true => (Mark::None, words::NO),
        false => (Mark::Normal, words::YES),
    };
    let how = match one.through.is_empty() {
        true => ways(one, requests),
        false => {
            let through = one.through.iter();
            let names: Vec<&str> = through.map(|role| text::roles::role(*role)).collect();
            words::through(&format::list(&names)).into_any()
        }
    };
    view! {
        <li class="stack tight">
            <div class="cluster between">
                <span class="strong">{text::roles::permission(one.permission)}</span>
                {ui::status(mark, says)}
            </div>
            <div class="muted small">{how}</div>
        </li>
    }
    .into_any()
}

/// The role that fewest people ask in vain for, the first one, and who gives it.
fn ways(one: &PermissionAccess, requests: Requests) -> AnyView {
    // The last is the narrowest: roles come with those first that allow most.
    let Some(way) = one.ways.last() else {
        return words::NO_WAY.into_any();
    };
    let (role, name) = (way.role, text::roles::role(way.role));
    let press = Callback::new(move |()| requests.ask(role));
    let said = words::way(name, &format::choice(&way.givers));
    let control = move || match requests.waits_for(role) {
        true => words::asked_for(name).into_any(),
        false => view! {
            <Button kind=Kind::Subtle on_press=press>
                <span aria-hidden="true">{words::ASK}</span>
                <span class="visually-hidden">{words::ask_for(name)}</span>
            </Button>
        }
        .into_any(),
    };
    view! {
        <div class="cluster">
            <span>{said}</span>
            {control}
        </div>
    }
    .into_any()
}
