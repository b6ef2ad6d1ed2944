//! Who may open a page, and what everybody else sees instead.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::session::SessionOrganization;
use membership_domain::roles::{self, Permission};

use super::{access, no_permission};
use crate::api::ApiError;
use crate::go::{Step, goer};
use crate::lazy::Show;
use crate::session::{self, After, Who};
use crate::shell::heading::lead;
use crate::{paths, text, ui};

/// A page for everybody. It waits for the session all the same: the navigation comes with it,
/// and would push the page aside under somebody's pointer.
pub fn open(page: fn() -> AnyView) -> AnyView {
    let current = session::current();
    let waiting = Memo::new(move |_| current.who.get() == Who::Unknown);
    (move || {
        if waiting.get() {
            ui::skeleton(1)
        } else {
            page()
        }
    })
    .into_any()
}

/// A page for everybody who is signed in and belongs to an organization.
pub fn member(page: Show) -> AnyView {
    behind(None, page)
}

/// A page of the membership workspace: for Global admins and MPN Partner admins.
pub fn workspace(page: Show) -> AnyView {
    behind(Some(Permission::SeeWorkspace), page)
}

/// A page that changes evidence.
pub fn editor(page: Show) -> AnyView {
    behind(Some(Permission::EditEvidence), page)
}

/// What the gate decides. A page is built anew only when this changes.
#[derive(Clone, PartialEq)]
enum Verdict {
    Wait,
    Failed(ApiError),
    SignIn(After),
    Homeless,
    Denied(SessionOrganization),
    Enter(SessionOrganization),
}

fn behind(needed: Option<Permission>, page: Show) -> AnyView {
    let current = session::current();
    let verdict = Memo::new(move |_| match current.who.get() {
        Who::Unknown => Verdict::Wait,
        Who::Failed(error) => Verdict::Failed(error),
        Who::Nobody(after) => Verdict::SignIn(after),
        Who::Somebody(_) => match current.organization() {
            None => Verdict::Homeless,
            Some(one) if needed.is_none_or(|needed| roles::may(&one.roles, needed)) => {
                Verdict::Enter(one)
            }
            Some(one) => Verdict::Denied(one),
        },
    });
    let retry = Callback::new(move |()| current.ask());
    (move || match verdict.get() {
        Verdict::Wait => ui::skeleton(3),
        Verdict::Failed(error) => failed(&error, retry),
        Verdict::SignIn(after) => {
            to_sign_in(after);
            ui::skeleton(3)
        }
        Verdict::Homeless => access::without_organization(),
        Verdict::Denied(organization) => no_permission::page(organization),
        Verdict::Enter(organization) => page(organization),
    })
    .into_any()
}

/// In place of every page, when not even the session could be asked for.
pub fn failed(error: &ApiError, retry: Callback<()>) -> AnyView {
    view! {
        {lead(error.title(), error.detail_of_reading(), ())}
        <ui::Button on_press=retry icon_name="retry">{text::errors::RETRY}</ui::Button>
    }
    .into_any()
}

/// Goes to sign-in, which leads back here afterwards; but not after signing out, when the next
/// person may be another one.
pub fn to_sign_in(after: After) {
    let here = match after {
        After::SignOut => paths::OVERVIEW.href(),
        After::Arriving | After::Expiry => here(),
    };
    let go = goer(Step::Instead);
    // Not while this view is being built: the router is in the middle of its own work then.
    request_animation_frame(move || go(&paths::sign_in(&here)));
}

/// The address of the page, within the app.
pub fn here() -> String {
    let location = use_location();
    let (path, search) = (
        location.pathname.get_untracked(),
        location.search.get_untracked(),
    );
    if search.is_empty() {
        path
    } else {
        format!("{path}?{search}")
    }
}
