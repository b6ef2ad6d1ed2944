//! Asking for the removal of a location. The program owner decides: until then it stays.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::organization::{Location, Organization};
use membership_contract::paths as api_paths;
use membership_contract::requests::{AccessRequest, AccessRequests, LONGEST_REASON, NewRequest};
use membership_domain::id::{LocationId, OrganizationId};
use membership_domain::request::RequestState;

use crate::api::{ApiError, Body, Method, Remote, remote};
use crate::form::{Field, Form, Phase};
use crate::text::company::{self as words, removal};
use crate::ui::{self, Button, Disclosure, Need, Tone};
use crate::{paths, session, text};

const REASON: &str = "reason";

static FIELDS: [Field; 1] = [Field::words(REASON, removal::REASON).longest(LONGEST_REASON as u32)];

#[derive(Clone, Copy)]
struct Removal {
    organization: OrganizationId,
    location: LocationId,
    all: Remote<AccessRequests>,
    form: Form,
    failed: RwSignal<Option<ApiError>>,
}

/// What asks for it; where that was asked already, that, with the way back.
pub(super) fn view(
    organization: OrganizationId,
    company: Option<Organization>,
    known: Location,
) -> AnyView {
    let it = Removal {
        organization,
        location: known.id,
        all: remote(move || Some(api_paths::requests(organization))),
        form: Form::new("removal", &FIELDS),
        failed: RwSignal::new(None),
    };
    let waiting = Memo::new(move |_| {
        let all = it.all.get()?;
        let waits = |one: &&AccessRequest| {
            one.location == Some(it.location) && one.state == RequestState::Pending
        };
        all.items.iter().find(waits).cloned()
    });
    let company = StoredValue::new(company);
    let known = StoredValue::new(known);
    let shown = move || match waiting.get() {
        Some(one) => it.waits(&one),
        None => {
            let known = known.get_value();
            it.ask(&known, needs(company.get_value(), &known))
        }
    };
    let failed = move || {
        let error = it.failed.get();
        error.map(|error| ui::note(Tone::Bad, error.detail()))
    };
    view! { {shown} {failed} }.into_any()
}

impl Removal {
    fn ask(self, known: &Location, needs: Vec<Need>) -> AnyView {
        let stays = needs.iter().any(|need| !need.met);
        let blocked = stays.then(|| words::STAYS.to_owned());
        let name = known.name.clone();
        let press = Callback::new(move |()| self.send(&name));
        let busy = Signal::derive(move || self.form.busy());
        let about = words::remove_about(&known.partner_id);
        view! {
            <Disclosure summary=removal::ask(&known.name)>
                <div class="stack medium">
                    <p class="muted">{about} " " {removal::DECIDED}</p>
                    {stays.then(|| ui::needs(needs))}
                    {self.form.control(REASON)}
                    <div class="cluster">
                        <Button on_press=press busy=busy blocked=Signal::stored(blocked)>
                            {text::access::requests::SEND}
                        </Button>
                    </div>
                </div>
            </Disclosure>
        }
        .into_any()
    }

    fn waits(self, one: &AccessRequest) -> AnyView {
        let said = removal::waits(&one.asked_by_name);
        let mine = session::current()
            .user()
            .is_some_and(|user| user.id == one.asked_by);
        let path = api_paths::request(self.organization, one.id);
        let press = Callback::new(move |()| {
            self.sent(
                (Method::Delete, path.clone(), Body::default()),
                removal::WITHDRAWN.to_owned(),
            );
        });
        let busy = Signal::derive(move || self.form.busy());
        view! {
            {ui::note(Tone::Info, said)}
            {mine
                .then(|| {
                    view! {
                        <div class="cluster">
                            <Button on_press=press busy=busy>
                                {removal::WITHDRAW}
                            </Button>
                        </div>
                    }
                })}
        }
        .into_any()
    }

    fn send(self, name: &str) {
        let request = NewRequest {
            role: None,
            location: Some(self.location),
            reason: self.form.text(REASON),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return self.form.refuse(&wrong);
        }
        let path = api_paths::requests(self.organization);
        self.sent(
            (Method::Post, path, Body::json(&request)),
            removal::asked(name),
        );
    }

    fn sent(self, request: (Method, String, Body), said: String) {
        self.failed.set(None);
        let done = move |_| {
            ui::live::say(&said);
            self.form.signal(REASON).set(String::new());
            self.all.reload();
        };
        let failed = move |error: ApiError| self.failed.set(Some(error));
        self.form.send(Phase::Sending, request, done, failed);
    }
}

/// What must be so before it can go. What figures and roles say, the server alone knows.
fn needs(company: Option<Organization>, known: &Location) -> Vec<Need> {
    let (home, all) = company.map_or_else(
        || (String::new(), Vec::new()),
        |company| (company.country, company.locations),
    );
    let mut others = all.iter().filter(|one| one.id != known.id);
    let at_home = known.country != home || others.clone().any(|one| one.country == home);
    let need = |met: bool, says: String| Need {
        met,
        says,
        way: Some((words::ADD_LOCATION.to_owned(), paths::LOCATION.href())),
    };
    vec![
        need(others.next().is_some(), words::ANOTHER.to_owned()),
        need(at_home, words::another_in(&super::country(&home))),
    ]
}
