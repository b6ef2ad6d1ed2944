//! Who may open a page, and what everybody else sees instead.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use leptos_router::location::Location;
use membership_contract::session::SessionOrganization;
use membership_domain::roles::{self, Permission};

use super::{access, no_permission, not_own};
use crate::api::ApiError;
use crate::go::{Step, use_go};
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

/// A page of the person alone, whether an organization has added them or not.
pub fn own(page: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let current = session::current();
    // The page stays as it is while what the server says of the person changes.
    let verdict = Memo::new(move |_| match current.who.get() {
        Who::Unknown => Verdict::Wait,
        Who::Failed(error) => Verdict::Failed(error),
        Who::Nobody(after) => Verdict::SignIn(after),
        Who::Somebody(_) => Verdict::Own,
    });
    shown(verdict, move |_| page())
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

/// A page about the company's data.
pub fn profiles(page: Show) -> AnyView {
    behind(Some(Permission::ViewProfiles), page)
}

/// A page that changes the company's data.
pub fn legal(page: Show) -> AnyView {
    behind(Some(Permission::ChangeLegalData), page)
}

/// A page about who can act for the organization.
pub fn viewer(page: Show) -> AnyView {
    behind(Some(Permission::ViewUsers), page)
}

/// A page that invites people.
pub fn inviter(page: Show) -> AnyView {
    behind(Some(Permission::CreateUsers), page)
}

/// A page about tokens for machines.
pub fn keeper(page: Show) -> AnyView {
    behind(Some(Permission::ManageTokens), page)
}

/// A page about orders and bills.
pub fn payer(page: Show) -> AnyView {
    behind(Some(Permission::ViewOrders), page)
}

/// A page that orders.
pub fn buyer(page: Show) -> AnyView {
    behind(Some(Permission::BuyOffers), page)
}

/// A page about who did what.
pub fn auditor(page: Show) -> AnyView {
    behind(Some(Permission::ViewAudit), page)
}

/// In place of an address that names no organization, as all did once: leads to the same page of
/// the organization that was shown last.
pub fn unnamed() -> AnyView {
    let here = use_location().pathname;
    let named = Memo::new(move |_| here.with(|path| paths::named(path).map(str::to_owned)));
    judged(
        named,
        None,
        Box::new(|_| {
            let (current, location) = (session::current(), use_location());
            let go = use_go(Step::Instead);
            Effect::new(move |_| {
                let path = location.pathname.get();
                let Some(organization) = current.organization() else {
                    return;
                };
                let whole = paths::within(&organization.partner_id, &path);
                if whole != path {
                    go(&(whole + &behind_path(&location)));
                }
            });
            ui::skeleton(3)
        }),
    )
}

/// What the gate decides. A page is built anew only when this changes.
#[derive(Clone, PartialEq)]
enum Verdict {
    Wait,
    Failed(ApiError),
    SignIn(After),
    Homeless,
    NotOwn,
    Own,
    SecondFactor(SessionOrganization),
    Denied(SessionOrganization, Option<Permission>),
    Enter(SessionOrganization),
}

/// A page of the organization that its route names.
fn behind(needed: Option<Permission>, page: Show) -> AnyView {
    let route = use_params_map();
    let named = Memo::new(move |_| route.with(|route| route.get(paths::PARTNER_ID)));
    judged(named, needed, page)
}

fn judged(named: Memo<Option<String>>, needed: Option<Permission>, page: Show) -> AnyView {
    let current = session::current();
    let verdict = Memo::new(move |_| match current.who.get() {
        Who::Unknown => Verdict::Wait,
        Who::Failed(error) => Verdict::Failed(error),
        Who::Nobody(after) => Verdict::SignIn(after),
        Who::Somebody(session) => {
            let all = &session.organizations;
            let found = named.with(|named| session::asked(&session, named.as_deref()));
            match found.and_then(|place| all.get(place).cloned()) {
                None if all.is_empty() => Verdict::Homeless,
                None => Verdict::NotOwn,
                Some(one) if one.second_factor_missing => Verdict::SecondFactor(one),
                Some(one) if needed.is_none_or(|needed| roles::may(&one.roles, needed)) => {
                    Verdict::Enter(one)
                }
                Some(one) => Verdict::Denied(one, needed),
            }
        }
    });
    shown(verdict, move |organization| {
        organization.map_or_else(|| ().into_any(), &page)
    })
}

/// What the gate decided, or the page.
fn shown(
    verdict: Memo<Verdict>,
    page: impl Fn(Option<SessionOrganization>) -> AnyView + Send + 'static,
) -> AnyView {
    let current = session::current();
    let retry = Callback::new(move |()| current.ask());
    (move || match verdict.get() {
        Verdict::Wait => ui::skeleton(3),
        Verdict::Failed(error) => failed(&error, retry),
        Verdict::SignIn(after) => {
            to_sign_in(after);
            ui::skeleton(3)
        }
        Verdict::Homeless => access::without_organization(),
        Verdict::NotOwn => not_own::page(),
        Verdict::Denied(organization, needed) => no_permission::page(organization, needed),
        Verdict::SecondFactor(organization) => second_factor(&organization),
        Verdict::Own => page(None),
        Verdict::Enter(organization) => page(Some(organization)),
    })
    .into_any()
}

/// In place of every page of an organization that asks its admins for two-step sign-in.
fn second_factor(organization: &SessionOrganization) -> AnyView {
    view! {
        {lead(text::access::SECOND_STEP, text::access::second_step_why(&organization.name), ())}
        <ui::LinkButton kind=ui::Kind::Primary href=paths::ACCOUNT.href()>
            {text::access::SET_UP}
        </ui::LinkButton>
    }
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
    let go = use_go(Step::Instead);
    // Not while this view is being built: the router is in the middle of its own work then.
    request_animation_frame(move || go(&paths::sign_in(&here)));
}

/// The address of the page, within the app.
pub fn here() -> String {
    let location = use_location();
    location.pathname.get_untracked() + &behind_path(&location)
}

/// What an address has behind its path.
fn behind_path(location: &Location) -> String {
    let (search, hash) = (
        location.search.get_untracked(),
        location.hash.get_untracked(),
    );
    let search = if search.is_empty() {
        search
    } else {
        format!("?{search}")
    };
    search + &hash
}
