//! One person of the organization: roles, and whether they may act.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_contract::users::UserDetail;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::member::MemberState;
use membership_domain::roles::{self as rules, Grant, Granter, Permission, Target, may_suspend};

use super::roles;
use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, Reply, action, remote};
use crate::form::{self, Proof};
use crate::shell::heading::lead;
use crate::text::users::person as words;
use crate::ui::{self, Button, Disclosure, LinkButton, Mark, Tone};
use crate::{format, paths, session, text};

/// What the cards of the page share.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub organization: OrganizationId,
    /// The caller.
    pub me: UserId,
    /// The caller's roles; who gives roles has them for the whole organization.
    pub held: StoredValue<Vec<Grant>>,
    pub detail: Remote<UserDetail>,
    pub action: Action,
    pub error: RwSignal<Option<ApiError>>,
    pub proof: Proof,
}

/// The page of the person in the address.
pub fn page(organization: SessionOrganization) -> AnyView {
    form::of_address(move |query| of(&organization, query.get(paths::ROW_ID)))
}

fn of(organization: &SessionOrganization, id: Option<String>) -> AnyView {
    let user = id.and_then(|id| id.parse::<UserId>().ok());
    let (Some(user), Some(me)) = (user, session::current().user()) else {
        return gone();
    };
    let api = api_paths::user(organization.id, user);
    let held = organization.roles.iter().copied().map(Grant::everywhere);
    let page = Page {
        organization: organization.id,
        me: me.id,
        held: StoredValue::new(held.collect()),
        detail: remote(move || Some(api.clone())),
        action: action(),
        error: RwSignal::new(None),
        proof: Proof::new("user-proof"),
    };
    let sees_audit = rules::may(&organization.roles, Permission::ViewAudit);
    ui::loaded(page.detail, move |detail| page.view(&detail, sees_audit))
}

fn gone() -> AnyView {
    view! {
        {lead(words::GONE.to_owned(), words::GONE_WHY, ())}
        <LinkButton href=paths::USERS.href()>{words::TO_LIST}</LinkButton>
    }
    .into_any()
}

impl Page {
    fn view(self, detail: &Arc<UserDetail>, sees_audit: bool) -> AnyView {
        let user = &detail.user;
        let given = user.roles.iter().filter(|one| one.comes_with.is_none());
        let names: Vec<&str> = given.map(|one| text::roles::role(one.role)).collect();
        let title = match (user.state, names.is_empty()) {
            (MemberState::Active, false) => words::is(&user.name, &format::list(&names)),
            (MemberState::Active, true) => words::is(&user.name, text::users::NO_ROLE),
            (state, _) => words::is(&user.name, en::user_state(state)),
        };
        let failed = move || {
            let error = self.error.get();
            error.map(|error| ui::note(Tone::Bad, error.detail()))
        };
        let crumbs = vec![(text::users::TITLE.to_owned(), paths::USERS.href())];
        view! {
            {ui::crumbs(crumbs)}
            {lead(title, user.email.clone(), ())}
            {failed}
            {self.proof.view()}
            <div class="columns">
                {roles::card(self, detail)} {self.account(detail, sees_audit)}
            </div>
        }
        .into_any()
    }

    /// Sends what may ask for a proof, and shows the person as they are then.
    pub fn send(self, method: Method, path: String, body: Body, said: String) {
        self.proof.attempt(move || {
            self.error.set(None);
            let said = said.clone();
            let done = move |_: Reply| {
                ui::live::say(&said);
                self.detail.reload();
            };
            let failed = move |error: ApiError| {
                if !self.proof.wants(&error) {
                    self.error.set(Some(error));
                }
            };
            let (done, failed) = (Box::new(done), Box::new(failed));
            let body = body.clone();
            (self.action).run_or(method, path.clone(), body, done, failed);
        });
    }

    fn account(self, detail: &UserDetail, sees_audit: bool) -> AnyView {
        let user = &detail.user;
        let day = |at: chrono::DateTime<chrono::Utc>| format::day_and_year(at.date_naive());
        let seen = user.signed_in_at.map(day);
        let second = match user.has_second_factor {
            true => ui::status(Mark::Normal, text::users::ON),
            false => ui::status(Mark::None, text::users::OFF),
        };
        let seen = seen.unwrap_or_else(|| text::users::NEVER.to_owned());
        let facts = vec![
            (words::MEMBER_SINCE, day(detail.joined_at).into_any()),
            (text::users::LAST_HERE, seen.into_any()),
            (
                words::SESSIONS,
                words::browsers(detail.open_sessions).into_any(),
            ),
            (text::users::SECOND_FACTOR, second),
        ];
        let since = detail.deactivated_at.map(|at| {
            let by = detail.deactivated_by.clone().unwrap_or_default();
            ui::note(Tone::Warn, words::since(&by, &day(at)))
        });
        let refused = detail.mail_refused.as_deref();
        let refused = refused.map(|why| ui::note(Tone::Warn, words::refused(why)));
        let id = user.id.to_string();
        let audit = sees_audit.then(|| {
            view! {
                <p class="cluster">
                    <a href=paths::audit_of(&id, true)>{words::DID}</a>
                    <a href=paths::audit_of(&id, false)>{words::ABOUT_THEM}</a>
                </p>
            }
        });
        view! {
            <section class="card">
                <header>
                    <h2>{words::ACCOUNT}</h2>
                </header>
                <div class="body">
                    {since} {refused} {ui::facts(facts)} {audit} {self.membership(detail)}
                </div>
            </section>
        }
        .into_any()
    }

    /// Deactivating, reactivating, removing; why not, where that is so.
    fn membership(self, detail: &UserDetail) -> AnyView {
        let user = &detail.user;
        if user.state == MemberState::Removed {
            return ().into_any();
        }
        let grants: Vec<Grant> = user.roles.iter().map(|one| one.grant()).collect();
        let target = Target {
            person: Some(user.id),
            is_guest: false,
        };
        let held = self.held.get_value();
        let may = may_suspend(Granter::Person(self.me, &held), target, &grants);
        let only = detail.only_holder_of.first().copied();
        let only = only.map(|role| words::only(text::roles::role(role)));
        let refused = may.err().map(en::grant_refused).or_else(|| only.clone());
        let turn = self.turn(detail, refused.clone());
        let own = user.id == self.me;
        let (summary, blocked) = match own {
            true => (words::LEAVE, only),
            false => (words::REMOVE, refused),
        };
        let (path, name) = (
            api_paths::user(self.organization, user.id),
            user.name.clone(),
        );
        let (sure, days) = (words::sure(&name), detail.erased_after_days);
        let remove = Callback::new(move |()| {
            let said = words::removed(&name);
            self.send(Method::Delete, path.clone(), Body::default(), said);
        });
        view! {
            {turn}
            <Disclosure summary=summary>
                <div class="stack medium">
                    <p class="muted">{words::remove_about(days)}</p>
                    <Button
                        on_press=remove
                        busy=self.action.busy
                        blocked=Signal::stored(blocked)
                    >
                        {sure}
                    </Button>
                </div>
            </Disclosure>
        }
        .into_any()
    }

    fn turn(self, detail: &UserDetail, refused: Option<String>) -> AnyView {
        let user = &detail.user;
        let path = api_paths::user_deactivation(self.organization, user.id);
        let name = &user.name;
        let (method, label, about, said) = match user.state {
            MemberState::Deactivated => {
                let said = words::reactivated(name);
                (Method::Delete, words::REACTIVATE, "", said)
            }
            _ => {
                let said = words::deactivated(name);
                (
                    Method::Post,
                    words::DEACTIVATE,
                    words::DEACTIVATE_ABOUT,
                    said,
                )
            }
        };
        let press = Callback::new(move |()| {
            self.send(method, path.clone(), Body::default(), said.clone());
        });
        view! {
            <div class="stack tight">
                <Button on_press=press busy=self.action.busy blocked=Signal::stored(refused)>
                    {label}
                </Button>
                <p class="small muted">{about}</p>
            </div>
        }
        .into_any()
    }
}
