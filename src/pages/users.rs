//! People and roles: who can act for the organization, and whom somebody invited.

mod invitations;
pub mod invite;
pub mod person;
pub mod places;
mod roles;
mod waiting;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_contract::users::{UserPage, UserRow};
use membership_domain::member::MemberState;
use membership_domain::roles::{self as rules, Permission, Role};

use crate::api::remote;
use crate::list::{self, Asked, Column, Filter, Line, Lines, List, Phone, Source};
use crate::shell::heading::heading;
use crate::text::users as words;
use crate::ui::{self, Kind, LinkButton, Mark};
use crate::{format, paths, text};

const ROLE: &str = "role";
const STATE: &str = "state";

static LIST: List = List {
    caption: words::TITLE,
    path: paths::USERS,
    file: Some("users"),
    columns: &[
        Column::text(words::PERSON, "name", Phone::Start),
        Column::text(words::ROLES, "", Phone::Line),
        Column::text(words::SECOND_FACTOR, "", Phone::Out),
        Column::code(words::LAST_HERE, "signed_in", Phone::Out),
        Column::text(words::STATE, "", Phone::End),
    ],
    nothing: (words::NOTHING, None),
};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let api = api_paths::users(organization.id);
    let asked = Asked::of_address(&[list::SEARCH, ROLE, STATE]);
    let people = {
        let api = api.clone();
        remote::<UserPage>(move || Some(asked.with(|asked| asked.address(&api))))
    };
    let lines = move || {
        let page = people.get()?;
        Some(Lines {
            all: page.items.iter().map(line).collect(),
            total: Some(page.total),
            next: page.next.clone(),
        })
    };
    let load = Signal::derive(move || people.load());
    let source = Source::of(load, Callback::new(move |()| people.reload()), lines);
    let name = organization.name.clone();
    let title = Signal::derive(move || {
        let page = people.get();
        page.map_or_else(
            || words::TITLE.to_owned(),
            |page| words::title(page.active, &name),
        )
    });
    let without = move || {
        people
            .get()
            .map(|page| words::without(page.without_second_factor, page.active))
    };
    let invites = rules::may(&organization.roles, Permission::CreateUsers);
    let invite = invites.then(|| {
        view! { <LinkButton kind=Kind::Primary href=paths::INVITE.href()>{words::INVITE}</LinkButton> }
    });
    view! {
        <div class="lead">
            <div>
                {heading(title)}
                <p class="muted">{without} " " {words::ABOUT}</p>
            </div>
            <div class="cluster">{invite}</div>
        </div>
        <div class="stack">
            {waiting::card(organization.id, Callback::new(move |()| people.reload()))}
            {list::card(LIST, api, asked, vec![roles_filter(), states()], source)}
            {invitations::card(organization.id, invites)}
        </div>
    }
    .into_any()
}

fn roles_filter() -> Filter {
    let all = Role::ALL.iter().map(|role| {
        let name = text::roles::role(*role).to_owned();
        (role.code().to_owned(), name)
    });
    Filter {
        name: ROLE,
        label: words::ROLE,
        choices: Signal::stored(ui::choices(words::ALL_ROLES, all)),
        then: |_| {},
    }
}

fn states() -> Filter {
    let all = MemberState::ALL.iter().map(|state| {
        let name = en::user_state(*state).to_owned();
        (state.code().to_owned(), name)
    });
    Filter {
        name: STATE,
        label: words::STATE,
        choices: Signal::stored(ui::choices(words::ALL_STATES, all)),
        then: |_| {},
    }
}

fn line(row: &UserRow) -> Line {
    let you = row.is_you.then(|| view! { " " {list::quiet(words::YOU)} });
    let name = list::name(row.name.clone(), Some(paths::user(&row.id.to_string())));
    let seen = row
        .signed_in_at
        .map(|at| format::day_and_year(at.date_naive()));
    Line {
        cells: vec![
            view! { {name} {you} }.into_any(),
            said(row).into_any(),
            second_factor(row),
            seen.unwrap_or_else(|| words::NEVER.to_owned()).into_any(),
            state(row.state),
        ],
        detail: None,
    }
}

/// The roles in a line; how many locations, where a role is limited.
fn said(row: &UserRow) -> String {
    let role = |one: &membership_contract::users::UserRole| match &one.locations {
        None => text::roles::role(one.role).to_owned(),
        Some(all) => format!(
            "{} ({})",
            text::roles::role(one.role),
            en::at_locations(all.len())
        ),
    };
    let given = row.roles.iter().filter(|one| one.comes_with.is_none());
    let roles: Vec<String> = given.map(role).collect();
    match roles.is_empty() {
        true => words::NO_ROLE.to_owned(),
        false => format::list(&roles),
    }
}

fn second_factor(row: &UserRow) -> AnyView {
    match row.has_second_factor {
        true => ui::status(Mark::Normal, words::ON),
        false => ui::status(Mark::None, words::OFF),
    }
}

fn state(state: MemberState) -> AnyView {
    let mark = match state {
        MemberState::Active => Mark::Normal,
        MemberState::Deactivated => Mark::Warn,
        MemberState::Removed => Mark::None,
    };
    ui::status(mark, en::user_state(state))
}
