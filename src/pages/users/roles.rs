//! The roles of a person: which, where, who gave them; and giving another one.

use leptos::prelude::*;
use membership_contract::organization::Organization;
use membership_contract::paths as api_paths;
use membership_contract::text::en;
use membership_contract::users::{RoleRequest, UserDetail, UserRole};
use membership_domain::member::MemberState;
use membership_domain::roles::{Granter, Role, Scope, Target, granting, may_grant, may_revoke};

use super::person::Page;
use super::places::Places;
use crate::api::{Body, Method, Remote, remote};
use crate::text::users::person as words;
use crate::ui::{Button, Choice, Kind, Select, Table};
use crate::{format, text};

/// The card.
pub(super) fn card(page: Page, detail: &UserDetail) -> AnyView {
    let rows = match detail.user.roles.is_empty() {
        true => view! { <p class="body muted">{words::NO_ROLES}</p> }.into_any(),
        false => table(page, detail),
    };
    view! {
        <section class="card">
            <header>
                <h2>{text::users::ROLES}</h2>
            </header>
            {rows}
            {give(page, detail)}
        </section>
    }
    .into_any()
}

fn target(detail: &UserDetail) -> Target {
    Target {
        person: Some(detail.user.id),
        is_guest: detail.user.roles.iter().any(|one| one.role == Role::Guest),
    }
}

fn table(page: Page, detail: &UserDetail) -> AnyView {
    let head = || {
        let names = [text::users::ROLE, words::WHERE, words::GIVEN, ""];
        names
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let all = &detail.user.roles;
    let rows = all.iter().map(|one| row(page, detail, one)).collect_view();
    view! { <Table caption=text::users::ROLES head=head>{rows}</Table> }.into_any()
}

fn row(page: Page, detail: &UserDetail, one: &UserRole) -> AnyView {
    let name = text::roles::role(one.role);
    let held = page.held.get_value();
    let may = may_revoke(Granter::Person(page.me, &held), one.role, target(detail));
    let only = detail.only_holder_of.contains(&one.role);
    let only = only.then(|| words::only(name));
    let blocked = may.err().map(en::grant_refused).or(only);
    let place = match &one.locations {
        None => text::users::places::EVERYWHERE.to_owned(),
        Some(all) => en::at_locations(all.len()),
    };
    let given = match (one.comes_with, &one.granted_by, one.granted_at) {
        (Some(with), _, _) => words::comes_with(text::roles::role(with)),
        (None, Some(by), Some(at)) => words::by(by, &format::day_and_year(at.date_naive())),
        (None, None, Some(at)) => format::day_and_year(at.date_naive()),
        _ => String::new(),
    };
    let path = api_paths::user_role(page.organization, detail.user.id, one.role);
    let said = words::took(name, &detail.user.name);
    let press = Callback::new(move |()| {
        page.send(Method::Delete, path.clone(), Body::default(), said.clone());
    });
    view! {
        <tr>
            <td data-label=text::users::ROLE>{name}</td>
            <td data-label=words::WHERE>{place}</td>
            <td data-label=words::GIVEN>{given}</td>
            <td>
                <Button
                    kind=Kind::Subtle
                    on_press=press
                    busy=page.action.busy
                    blocked=Signal::stored(blocked)
                >
                    <span aria-hidden="true">{words::TAKE}</span>
                    <span class="visually-hidden">{words::take(name)}</span>
                </Button>
            </td>
        </tr>
    }
    .into_any()
}

/// What somebody may give here: not what the person has for the whole organization already.
fn giveable(page: Page, detail: &UserDetail) -> Vec<Role> {
    let held = page.held.get_value();
    let granter = Granter::Person(page.me, &held);
    let has = |role: Role| {
        let mut all = detail.user.roles.iter();
        all.any(|one| one.role == role && one.locations.is_none())
    };
    let may = |role: &Role| {
        let everywhere = may_grant(granter, *role, &Scope::Organization, target(detail));
        !has(*role) && everywhere.is_ok()
    };
    Role::ALL.iter().copied().filter(may).collect()
}

/// The form, or why there is none.
fn give(page: Page, detail: &UserDetail) -> AnyView {
    if detail.user.state != MemberState::Active {
        return ().into_any();
    }
    let roles = giveable(page, detail);
    if roles.is_empty() {
        let why = match page.me == detail.user.id {
            true => words::NOT_ONESELF,
            false => words::NOT_YOURS,
        };
        return view! { <p class="body muted small">{why}</p> }.into_any();
    }
    let limitable = roles.iter().any(|role| granting(*role).at_locations);
    let api = api_paths::organization(page.organization);
    let company = limitable.then(|| remote::<Organization>(move || Some(api.clone())));
    let giving = Giving {
        page,
        role: RwSignal::new(None),
        places: Places::new(),
        wrong: RwSignal::new(None),
    };
    giving.view(detail, &roles, company)
}

/// The role that somebody is about to give.
#[derive(Clone, Copy)]
struct Giving {
    page: Page,
    role: RwSignal<Option<Role>>,
    places: Places,
    wrong: RwSignal<Option<String>>,
}

impl Giving {
    fn view(
        self,
        detail: &UserDetail,
        roles: &[Role],
        company: Option<Remote<Organization>>,
    ) -> AnyView {
        let choices = roles.iter().map(|role| Choice {
            value: role.code().to_owned(),
            label: text::roles::role(*role).to_owned(),
        });
        let none = Choice {
            value: String::new(),
            label: words::CHOOSE.to_owned(),
        };
        let choices = std::iter::once(none).chain(choices).collect::<Vec<_>>();
        let value = Signal::derive(move || {
            let role = self.role.get();
            role.map_or_else(String::new, |role| role.code().to_owned())
        });
        let choose = Callback::new(move |code: String| {
            self.wrong.set(None);
            self.role.set(Role::from_code(&code));
        });
        let about = move || self.role.get().map(text::roles::about);
        let scope = move || {
            let role = self.role.get().filter(|role| granting(*role).at_locations);
            role.and(company).map(|company| self.places.view(company))
        };
        let (user, name) = (detail.user.id, detail.user.name.clone());
        let press = Callback::new(move |()| self.send(user, &name));
        view! {
            <div class="body stack medium">
                <h3>{words::GIVE}</h3>
                <Select
                    label=text::users::ROLE
                    choices=choices
                    value=value
                    on_change=choose
                    error=self.wrong
                />
                <p class="small muted">{about}</p>
                {scope}
                <div class="cluster">
                    <Button on_press=press busy=self.page.action.busy>{words::GIVE_IT}</Button>
                </div>
            </div>
        }
        .into_any()
    }

    fn send(self, user: membership_domain::id::UserId, name: &str) {
        let Some(role) = self.role.get_untracked() else {
            self.wrong.set(Some(words::CHOOSE.to_owned()));
            return;
        };
        let limited = self.places.chosen().filter(|_| granting(role).at_locations);
        let request = RoleRequest { locations: limited };
        let path = api_paths::user_role(self.page.organization, user, role);
        let said = words::gave(text::roles::role(role), name);
        self.page
            .send(Method::Put, path, Body::json(&request), said);
    }
}
