//! Creating a token, and showing it once.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::invitations::LONGEST_NAME;
use membership_contract::organization::Organization;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_contract::tokens::{NewToken, Token, TokenRequest};
use membership_domain::id::OrganizationId;
use membership_domain::roles::{AT_LOCATIONS, FOR_TOKENS, Permission, may};

use crate::api::{ApiError, Body, Method, Reply, boot, remote};
use crate::clipboard;
use crate::form::{Field, Form, Kind, Phase, Proof};
use crate::pages::users::places::Places;
use crate::text::tokens::{self as all_words, create as words};
use crate::ui::{self, Button, Choice, Tone};

const NAME: &str = "name";
const DAYS: &str = "days";

static FIELDS: [Field; 2] = [
    Field::new(NAME, all_words::NAME, Kind::Text)
        .hint(words::NAME_HINT)
        .longest(LONGEST_NAME as u32),
    Field::new(DAYS, words::DAYS, Kind::Choice),
];

/// How long a token can work.
const TERMS: [u32; 4] = [30, 90, 180, 365];

/// The form, and what came of it. It lasts as long as the page, so that nothing typed is lost where
/// it is closed and opened again.
#[derive(Clone, Copy)]
pub struct Creating {
    organization: StoredValue<SessionOrganization>,
    open: RwSignal<bool>,
    reload: Callback<()>,
    form: Form,
    chosen: RwSignal<BTreeSet<Permission>>,
    places: Places,
    made: RwSignal<Option<NewToken>>,
    proof: Proof,
}

impl Creating {
    /// An empty form; `reload` is called when there is a token more.
    pub fn new(
        organization: SessionOrganization,
        open: RwSignal<bool>,
        reload: Callback<()>,
    ) -> Self {
        let form = Form::new("token", &FIELDS);
        form.signal(DAYS).set("90".to_owned());
        Self {
            organization: StoredValue::new(organization),
            open,
            reload,
            form,
            chosen: RwSignal::new(BTreeSet::new()),
            places: Places::new(),
            made: RwSignal::new(None),
            proof: Proof::new("token-proof"),
        }
    }

    /// The card.
    pub fn view(self) -> AnyView {
        let shown = move || match self.made.get() {
            Some(made) => self.outcome(made),
            None => self.ask(),
        };
        view! {
            <section class="card">
                <header>
                    <h2>{all_words::CREATE}</h2>
                </header>
                <div class="body">{shown}</div>
            </section>
            {self.proof.view()}
        }
        .into_any()
    }

    fn ask(self) -> AnyView {
        let enter = Callback::new(move |()| self.send());
        let cancel = Callback::new(move |()| self.open.set(false));
        let terms = TERMS.map(|days| Choice {
            value: days.to_string(),
            label: words::days(days),
        });
        let sees_locations = self
            .organization
            .with_value(|one| may(&one.roles, Permission::ViewProfiles));
        let api = self
            .organization
            .with_value(|one| api_paths::organization(one.id));
        let limitable = Memo::new(move |_| self.chosen.with(are_limitable));
        let company = sees_locations.then(|| remote::<Organization>(move || Some(api.clone())));
        let places = move || {
            let company = company.filter(|_| limitable.get())?;
            Some(self.places.view(company))
        };
        let inside = view! {
            {self.form.control(NAME)}
            {self.permissions()}
            {places}
            {self.form.choose(DAYS, terms.to_vec())}
            <div class="cluster">
                {self.form.submit(all_words::CREATE, Signal::stored(false))}
                <Button kind=ui::Kind::Subtle on_press=cancel>
                    {words::CANCEL}
                </Button>
            </div>
        };
        self.form.view("form", enter, inside.into_any())
    }

    /// What the person may do, and may let a program do.
    fn permissions(self) -> AnyView {
        let roles = self.organization.with_value(|one| one.roles.clone());
        let own: Vec<Permission> = FOR_TOKENS
            .iter()
            .copied()
            .filter(|one| may(&roles, *one))
            .collect();
        if own.is_empty() {
            return ui::note(Tone::Info, words::NOTHING_TO_GIVE);
        }
        let one = |permission| ui::among(self.chosen, permission, en::permission(permission));
        view! {
            <fieldset class="field">
                <legend>{words::MAY}</legend>
                <p class="hint">{words::MAY_HINT}</p>
                {own.into_iter().map(one).collect_view()}
            </fieldset>
        }
        .into_any()
    }

    fn send(self) {
        let limitable = self.chosen.with_untracked(are_limitable);
        let request = TokenRequest {
            name: self.form.text(NAME),
            permissions: self.chosen.get_untracked().into_iter().collect(),
            locations: self.places.chosen().filter(|_| limitable),
            days: self.form.text(DAYS).parse().unwrap_or_default(),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return self.form.refuse(&wrong);
        }
        let path = api_paths::tokens(self.organization.with_value(|one| one.id));
        self.proof.attempt(move || {
            let done = move |reply: Reply| match reply.json::<NewToken>("") {
                Ok(made) => {
                    ui::live::say(&words::created(&made.token.name));
                    self.made.set(Some(made));
                    self.reload.run(());
                }
                Err(error) => self.form.failed(&error),
            };
            let failed = move |error: ApiError| {
                if !self.proof.wants(&error) {
                    self.form.failed(&error);
                }
            };
            let send = (Method::Post, path.clone(), Body::json(&request));
            self.form.send(Phase::Sending, send, done, failed);
        });
    }

    /// The token, this once.
    fn outcome(self, made: NewToken) -> AnyView {
        let close = Callback::new(move |()| {
            self.made.set(None);
            self.form.signal(NAME).set(String::new());
            self.chosen.set(BTreeSet::new());
            self.places.clear();
            self.open.set(false);
        });
        let Some(secret) = made.secret else {
            return view! {
                {ui::note(Tone::Warn, words::LOST)}
                <Button on_press=close>{words::CANCEL}</Button>
            }
            .into_any();
        };
        let organization = self.organization.with_value(|one| one.id);
        let example = example(&made.token, organization).map(|path| {
            let command = format!(
                "curl -H \"Authorization: Bearer {secret}\" {}{path}",
                server()
            );
            view! {
                <p class="stack tight">
                    <span class="small muted">{words::TRY}</span>
                    <code>{command}</code>
                </p>
            }
        });
        let copied = secret.clone();
        let copy = Callback::new(move |()| {
            clipboard::copy(copied.clone(), words::COPIED, words::NOT_COPIED);
        });
        // What was pressed is gone: whoever pressed it is led to what follows.
        let card = NodeRef::<leptos::html::Div>::new();
        Effect::new(move |_| {
            if let Some(card) = card.get() {
                ui::focus_first(&card, "button");
            }
        });
        view! {
            <div class="stack medium" node_ref=card>
                <h3>{words::created(&made.token.name)}</h3>
                <p class="muted">{words::ONCE}</p>
                <p class="stack tight">
                    <span class="small muted">{words::SECRET}</span>
                    <code>{secret}</code>
                </p>
                {example}
                <div class="cluster">
                    <Button kind=ui::Kind::Primary on_press=copy>
                        {words::COPY}
                    </Button>
                    <Button on_press=close>{words::DONE}</Button>
                </div>
            </div>
        }
        .into_any()
    }
}

/// Whether there are permissions, and each of them can be limited to locations.
fn are_limitable(permissions: &BTreeSet<Permission>) -> bool {
    !permissions.is_empty() && permissions.iter().all(|one| AT_LOCATIONS.contains(one))
}

/// Where the API is: its own host, or that of the page.
fn server() -> String {
    let elsewhere = boot::api_base();
    let here = || window().location().origin().unwrap_or_default();
    if elsewhere.is_empty() {
        here()
    } else {
        elsewhere
    }
}

/// An address that the token can read.
fn example(token: &Token, organization: OrganizationId) -> Option<String> {
    if token.locations.is_some() {
        return None;
    }
    let reads = [
        (Permission::SeeWorkspace, api_paths::overview(organization)),
        (
            Permission::ViewProfiles,
            api_paths::organization(organization),
        ),
        (Permission::ViewUsers, api_paths::users(organization)),
        (Permission::ViewAudit, api_paths::audit(organization)),
    ];
    let mut reads = reads.into_iter();
    let read = reads.find(|(needed, _)| token.permissions.contains(needed));
    read.map(|(_, path)| path)
}
