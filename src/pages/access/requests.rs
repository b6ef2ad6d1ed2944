//! What I asked for, and asking for a role.
//!
//! Without the one form: this page is for those who may do little, and is loaded by itself.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;
use membership_contract::requests::{AccessRequest, AccessRequests, LONGEST_REASON, NewRequest};
use membership_contract::text::en;
use membership_domain::id::OrganizationId;
use membership_domain::request::RequestState;
use membership_domain::roles::Role;

use crate::api::action::Action;
use crate::api::{Body, Method, Remote, action, remote};
use crate::text;
use crate::text::access::requests as words;
use crate::ui::{self, Button, Kind, Mark, Tone};

/// The requests, as the cards share them.
#[derive(Clone, Copy)]
pub(super) struct Requests {
    organization: OrganizationId,
    all: Remote<AccessRequests>,
    /// The role that is about to be asked for.
    wanted: RwSignal<Option<Role>>,
    reason: RwSignal<String>,
    /// What is wrong with the reason.
    wrong: RwSignal<Option<String>>,
    action: Action,
}

/// The requests of the person.
pub(super) fn of(organization: OrganizationId) -> Requests {
    Requests {
        organization,
        all: remote(move || Some(api_paths::requests(organization))),
        wanted: RwSignal::new(None),
        reason: RwSignal::new(String::new()),
        wrong: RwSignal::new(None),
        action: action(),
    }
}

impl Requests {
    /// Begins to ask for a role.
    pub fn ask(self, role: Role) {
        self.wanted.set(Some(role));
    }

    /// Whether the person asked for a role and nobody decided yet.
    pub fn waits_for(self, role: Role) -> bool {
        let waits = |one: &AccessRequest| {
            one.role == Some(role) && one.state == RequestState::Pending && !one.is_yours
        };
        self.all
            .get()
            .is_some_and(|all| all.items.iter().any(waits))
    }

    /// What the person asked for, and the question while there is one.
    pub fn view(self) -> AnyView {
        let question = move || self.wanted.get().map(|role| self.question(role));
        let failed = move || {
            let error = self.action.error.get();
            error.map(|error| ui::note(Tone::Bad, error.detail()))
        };
        let list = move || {
            let all = self.all.get()?;
            let own: Vec<_> = all.items.iter().filter(|one| !one.is_yours).collect();
            (!own.is_empty()).then(|| {
                let rows = own.into_iter().map(|one| self.row(one)).collect_view();
                view! {
                    <section class="card">
                        <header>
                            <h2>{words::MINE}</h2>
                        </header>
                        <ul class="rows">{rows}</ul>
                    </section>
                }
            })
        };
        view! { {question} {failed} {list} }.into_any()
    }

    /// Asks for the role, with a reason.
    fn question(self, role: Role) -> AnyView {
        let name = text::roles::role(role);
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            self.send(role);
        };
        let cancel = Callback::new(move |()| self.wanted.set(None));
        let card = NodeRef::<leptos::html::Section>::new();
        Effect::new(move |_| {
            if let Some(card) = card.get() {
                ui::focus_first(&card, "textarea");
            }
        });
        let field = ui::text_area(
            ui::id::unique("reason"),
            (words::REASON, ""),
            self.reason,
            LONGEST_REASON as u32,
            self.wrong.into(),
        );
        view! {
            <section class="card" node_ref=card>
                <div class="body">
                    <h2>{words::ask(name)}</h2>
                    <form class="form" novalidate on:submit=submit>
                        {field}
                        <div class="cluster">
                            <Button kind=Kind::Primary submit=true busy=self.action.busy>
                                {words::SEND}
                            </Button>
                            <Button kind=Kind::Subtle on_press=cancel>{text::account::CANCEL}</Button>
                        </div>
                    </form>
                </div>
            </section>
        }
        .into_any()
    }

    fn send(self, role: Role) {
        let request = NewRequest {
            role: Some(role),
            location: None,
            reason: self.reason.get_untracked(),
        };
        let wrong = request.check().into_iter().next().map(|error| error.detail);
        if let Some(wrong) = &wrong {
            ui::live::say(wrong);
        }
        self.wrong.set(wrong);
        if self.wrong.with_untracked(Option::is_some) {
            return;
        }
        let done = move |_| {
            self.reason.set(String::new());
            self.wanted.set(None);
            ui::live::say(&words::asked(text::roles::role(role)));
            self.all.reload();
        };
        let path = api_paths::requests(self.organization);
        self.action
            .run(Method::Post, path, Body::json(&request), done);
    }

    fn row(self, one: &AccessRequest) -> AnyView {
        let mark = match one.state {
            RequestState::Pending | RequestState::Approved => Mark::Open,
            RequestState::CarriedOut => Mark::Normal,
            RequestState::Failed | RequestState::Refused => Mark::Warn,
            RequestState::Withdrawn => Mark::None,
        };
        let what = what(one);
        let note = (!one.note.is_empty()).then(|| {
            let by = one.decided_by.as_deref().unwrap_or(words::OWNER);
            view! { <p>{words::said(by, &one.note)}</p> }
        });
        let (id, organization) = (one.id, self.organization);
        let withdraw = (one.state == RequestState::Pending).then(|| {
            let press = Callback::new(move |()| {
                let done = move |_| self.all.reload();
                let path = api_paths::request(organization, id);
                self.action.run(Method::Delete, path, Body::default(), done);
            });
            view! {
                <Button kind=Kind::Subtle on_press=press busy=self.action.busy>
                    {words::WITHDRAW}
                </Button>
            }
        });
        view! {
            <li class="stack tight">
                <div class="cluster between">
                    <h3>{what}</h3>
                    {ui::status(mark, en::request_state(one.state))}
                </div>
                <p class="muted">{one.reason.clone()}</p>
                {note}
                {withdraw}
            </li>
        }
        .into_any()
    }
}

/// What is asked for, in words.
pub fn what(one: &AccessRequest) -> String {
    match one.role {
        Some(role) => text::roles::role(role).to_owned(),
        None => one
            .location_name
            .as_deref()
            .map_or_else(|| words::LOCATION.to_owned(), words::location),
    }
}
