//! Requests that wait for the person: one press gives the role that somebody asks for.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;
use membership_contract::requests::{
    AccessRequest, AccessRequests, LONGEST_REASON, RequestDecision,
};
use membership_domain::id::{OrganizationId, RequestId};

use super::super::access::requests::what;
use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, action, remote};
use crate::form::{Field, Form, Proof};
use crate::text::access::requests as words;
use crate::ui::{self, Button, Kind, Tone};

const NOTE: &str = "note";

static DECIDE: [Field; 1] = [Field::words(NOTE, words::NOTE)
    .hint(words::NOTE_HINT)
    .longest(LONGEST_REASON as u32)];

/// The requests, as the card shares them with its rows.
#[derive(Clone, Copy)]
struct Waiting {
    organization: OrganizationId,
    all: Remote<AccessRequests>,
    action: Action,
    error: RwSignal<Option<ApiError>>,
    proof: Proof,
    deciding: Form,
    /// What a decision changes, too.
    then: Callback<()>,
}

/// The card; nothing where nothing waits. `then` is told of each decision.
pub(super) fn card(organization: OrganizationId, then: Callback<()>) -> AnyView {
    let waiting = Waiting {
        organization,
        all: remote(move || Some(api_paths::requests(organization))),
        action: action(),
        error: RwSignal::new(None),
        proof: Proof::new("requests-proof"),
        deciding: Form::new("decide", &DECIDE),
        then,
    };
    waiting.view()
}

impl Waiting {
    fn view(self) -> AnyView {
        let shown = move || {
            let all = self.all.get()?;
            let yours: Vec<_> = all.items.iter().filter(|one| one.is_yours).collect();
            (!yours.is_empty()).then(|| {
                let cards = yours
                    .into_iter()
                    .map(|one| self.decision(one))
                    .collect_view();
                let failed = move || {
                    let error = self.error.get();
                    error.map(|error| ui::note(Tone::Bad, error.detail()))
                };
                view! {
                    <section class="card">
                        <header>
                            <h2>{words::WAITING}</h2>
                        </header>
                        <ul class="rows">{cards}</ul>
                        {failed}
                        {self.proof.view()}
                    </section>
                }
            })
        };
        shown.into_any()
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

    fn decide(self, id: RequestId, approve: bool) {
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
                self.then.run(());
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
