//! What was asked for: mine, and what waits for me; and asking.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;
use membership_contract::requests::{
    AccessRequest, AccessRequests, LONGEST_REASON, NewRequest, RequestDecision,
};
use membership_contract::text::en;
use membership_domain::id::OrganizationId;
use membership_domain::request::RequestState;
use membership_domain::roles::Role;

use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, action, remote};
use crate::form::{Field, Form, Phase, Proof};
use crate::text::access::requests as words;
use crate::ui::{self, Button, Kind, Mark, Tone};
use crate::{format, text};

const REASON: &str = "reason";
const NOTE: &str = "note";

static ASK: [Field; 1] = [Field::words(REASON, words::REASON).longest(LONGEST_REASON as u32)];
static DECIDE: [Field; 1] = [Field::words(NOTE, words::NOTE)
    .hint(words::NOTE_HINT)
    .longest(LONGEST_REASON as u32)];

/// The requests, as their cards share them.
#[derive(Clone, Copy)]
pub struct Requests {
    organization: OrganizationId,
    all: Remote<AccessRequests>,
    /// The role that is about to be asked for.
    wanted: RwSignal<Option<Role>>,
    asking: Form,
    action: Action,
    error: RwSignal<Option<ApiError>>,
    proof: Proof,
    deciding: Form,
}

/// The requests of an organization that the person may see.
pub fn of(organization: OrganizationId) -> Requests {
    Requests {
        organization,
        all: remote(move || Some(api_paths::requests(organization))),
        wanted: RwSignal::new(None),
        asking: Form::new("ask", &ASK),
        action: action(),
        error: RwSignal::new(None),
        proof: Proof::new("requests-proof"),
        deciding: Form::new("decide", &DECIDE),
    }
}

impl Requests {
    /// Begins to ask for a role.
    pub fn ask(self) -> Callback<Role> {
        Callback::new(move |role| self.wanted.set(Some(role)))
    }

    /// The card of what waits for the person; nothing where nothing does.
    pub fn waiting(self) -> AnyView {
        let shown = move || {
            let all = self.all.get()?;
            let yours: Vec<_> = all.items.iter().filter(|one| one.is_yours).collect();
            (!yours.is_empty()).then(|| {
                let cards = yours
                    .into_iter()
                    .map(|one| self.decision(one))
                    .collect_view();
                view! {
                    <section class="card">
                        <header>
                            <h2>{words::WAITING}</h2>
                        </header>
                        <ul class="rows">{cards}</ul>
                        {move || {
                            self.error.get().map(|error| ui::note(Tone::Bad, error.detail()))
                        }}
                        {self.proof.view()}
                    </section>
                }
            })
        };
        shown.into_any()
    }

    /// The card of what the person asked for, and the question while there is one.
    pub fn mine(self) -> AnyView {
        let question = move || self.wanted.get().map(|role| self.question(role));
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
        view! { {question} {list} }.into_any()
    }

    /// Asks for the role, with a reason.
    fn question(self, role: Role) -> AnyView {
        let name = text::roles::role(role);
        let enter = Callback::new(move |()| self.send(role));
        let cancel = Callback::new(move |()| self.wanted.set(None));
        let card = NodeRef::<leptos::html::Section>::new();
        Effect::new(move |_| {
            if let Some(card) = card.get() {
                ui::focus_first(&card, "textarea");
            }
        });
        let inside = view! {
            {self.asking.control(REASON)}
            <div class="cluster">
                {self.asking.submit(words::SEND, Signal::stored(false))}
                <Button kind=Kind::Subtle on_press=cancel>{text::account::CANCEL}</Button>
            </div>
        };
        view! {
            <section class="card" node_ref=card>
                <div class="body">
                    <h2>{words::ask(name)}</h2>
                    {self.asking.view("form", enter, inside.into_any())}
                </div>
            </section>
        }
        .into_any()
    }

    fn send(self, role: Role) {
        let request = NewRequest {
            role: Some(role),
            location: None,
            reason: self.asking.text(REASON),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return self.asking.refuse(&wrong);
        }
        let done = move |_| {
            self.asking.signal(REASON).set(String::new());
            self.wanted.set(None);
            ui::live::say(&words::asked(text::roles::role(role)));
            self.all.reload();
        };
        let path = api_paths::requests(self.organization);
        let request = (Method::Post, path, Body::json(&request));
        let failed = move |error: ApiError| self.asking.failed(&error);
        self.asking.send(Phase::Sending, request, done, failed);
    }

    fn row(self, one: &AccessRequest) -> AnyView {
        let mark = match one.state {
            RequestState::Pending | RequestState::Approved => Mark::Open,
            RequestState::CarriedOut => Mark::Normal,
            RequestState::Failed | RequestState::Refused => Mark::Warn,
            RequestState::Withdrawn => Mark::None,
        };
        let what = what(one);
        let day = format::day_and_year(one.asked_at.date_naive());
        let note = (!one.note.is_empty()).then(|| {
            let by = one.decided_by.clone().unwrap_or_default();
            view! { <p>{words::said(&by, &one.note)}</p> }
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
                <p class="muted">{one.reason.clone()} " · " <span class="num">{day}</span></p>
                {note}
                {withdraw}
            </li>
        }
        .into_any()
    }

    /// A request that waits for the person: one press gives the role.
    fn decision(self, one: &AccessRequest) -> AnyView {
        let id = one.id;
        let title = words::asks(&one.asked_by_name, &what(one));
        let yes = Callback::new(move |()| self.decide(id, true));
        let no = Callback::new(move |()| self.decide(id, false));
        view! {
            <li class="stack tight">
                <h3>{title}</h3>
                <p class="muted">{one.reason.clone()}</p>
                <div class="cluster">
                    <Button kind=Kind::Primary on_press=yes busy=self.action.busy>
                        {words::GIVE}
                    </Button>
                </div>
                <ui::Disclosure summary=words::REFUSE>
                    <div class="stack medium">
                        {self.deciding.control(NOTE)}
                        <Button on_press=no busy=self.action.busy>{words::REFUSE_IT}</Button>
                    </div>
                </ui::Disclosure>
            </li>
        }
        .into_any()
    }

    fn decide(self, id: membership_domain::id::RequestId, approve: bool) {
        let request = RequestDecision {
            approve,
            note: if approve {
                String::new()
            } else {
                self.deciding.text(NOTE)
            },
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return self.deciding.refuse(&wrong);
        }
        let path = api_paths::request_decision(self.organization, id);
        self.proof.attempt(move || {
            self.error.set(None);
            let done = move |_| {
                self.deciding.signal(NOTE).set(String::new());
                ui::live::say(if approve {
                    words::GIVEN
                } else {
                    words::REFUSED
                });
                self.all.reload();
            };
            let failed = move |error: ApiError| {
                if !self.proof.wants(&error) {
                    self.error.set(Some(error));
                }
            };
            let (done, failed) = (Box::new(done), Box::new(failed));
            let body = Body::json(&request);
            (self.action).run_or(Method::Post, path.clone(), body, done, failed);
        });
    }
}

/// What is asked for, in words.
fn what(one: &AccessRequest) -> String {
    match one.role {
        Some(role) => text::roles::role(role).to_owned(),
        None => words::LOCATION.to_owned(),
    }
}
