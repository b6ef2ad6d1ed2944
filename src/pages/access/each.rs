//! Each permission: through which role I have it, or who can give me one that has it.

use leptos::prelude::*;
use membership_contract::access::{Access, PermissionAccess};
use membership_domain::roles::Role;

use crate::text::access as words;
use crate::ui::{self, Button, Kind, Mark, Table};
use crate::{format, text};

/// The card; `ask` begins a request for a role.
pub(super) fn card(access: &Access, ask: Callback<Role>) -> AnyView {
    let head = || {
        let names = [words::WHAT, words::MINE, words::HOW];
        names
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let rows = access.each.iter().map(|one| row(one, ask)).collect_view();
    view! {
        <section class="card">
            <header>
                <h2>{words::EACH}</h2>
            </header>
            <Table caption=words::EACH head=head>{rows}</Table>
        </section>
    }
    .into_any()
}

fn row(one: &PermissionAccess, ask: Callback<Role>) -> AnyView {
    let mine = match one.through.is_empty() {
        true => ui::status(Mark::None, words::NO),
        false => ui::status(Mark::Normal, words::YES),
    };
    let how = match one.through.is_empty() {
        true => ways(one, ask),
        false => {
            let names: Vec<&str> = one
                .through
                .iter()
                .map(|role| text::roles::role(*role))
                .collect();
            words::through(&format::list(&names)).into_any()
        }
    };
    view! {
        <tr>
            <td data-label=words::WHAT>{text::roles::permission(one.permission)}</td>
            <td data-label=words::MINE>{mine}</td>
            <td data-label=words::HOW>{how}</td>
        </tr>
    }
    .into_any()
}

/// The role that fewest people ask in vain for, the first one, and who gives it.
fn ways(one: &PermissionAccess, ask: Callback<Role>) -> AnyView {
    // The last is the narrowest: roles come with those first that allow most.
    let Some(way) = one.ways.last() else {
        return words::NO_WAY.into_any();
    };
    let (role, name) = (way.role, text::roles::role(way.role));
    let press = Callback::new(move |()| ask.run(role));
    let said = words::way(name, &format::choice(&way.givers));
    view! {
        <div class="cluster">
            <span>{said}</span>
            <Button kind=Kind::Subtle on_press=press>
                <span aria-hidden="true">{words::ASK}</span>
                <span class="visually-hidden">{words::ask_for(name)}</span>
            </Button>
        </div>
    }
    .into_any()
}
