//! Inviting people: one or many, all with the same roles, each with a result of its own.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::invitations::{
    InvitationOutcome, InvitationRequest, InvitationResults, InvitedRole,
};
use membership_contract::organization::Organization;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_domain::roles::{
    Grant, Granter, Permission, Role, Scope, Target, granting, may, may_grant,
};

use super::places::Places;
use crate::api::{ApiError, Body, Method, Reply, remote};
use crate::form::{Field, Form, Phase, Proof};
use crate::shell::heading::lead;
use crate::text::users::invite as words;
use crate::ui::{self, Button, LinkButton, Mark, Table};
use crate::{paths, session, text};

const EMAILS: &str = "emails";

static FIELDS: [Field; 1] = [Field::words(EMAILS, words::EMAILS)
    .hint(words::EMAILS_HINT)
    .longest(40_000)];

/// The page as its parts share it.
#[derive(Clone, Copy)]
struct Page {
    organization: StoredValue<SessionOrganization>,
    form: Form,
    chosen: RwSignal<BTreeSet<Role>>,
    places: Places,
    results: RwSignal<Option<InvitationResults>>,
    proof: Proof,
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let page = Page {
        organization: StoredValue::new(organization),
        form: Form::new("invite", &FIELDS),
        chosen: RwSignal::new(BTreeSet::new()),
        places: Places::new(),
        results: RwSignal::new(None),
        proof: Proof::new("invite-proof"),
    };
    let crumbs = vec![(text::users::TITLE.to_owned(), paths::USERS.href())];
    let shown = move || match page.results.get() {
        Some(results) => page.outcome(&results),
        None => page.ask(),
    };
    view! {
        {ui::crumbs(crumbs)}
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        {shown}
        {page.proof.view()}
    }
    .into_any()
}

/// The addresses in what was typed: one on each line, or separated by commas, semicolons or spaces;
/// of `Ada <ada@contoso.example>` what is between the signs.
fn addresses(typed: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"');
    let words = typed.split(['\n', ',', ';']).map(|line| {
        let parts: Vec<&str> = line.split(apart).filter(|part| !part.is_empty()).collect();
        let address = parts.iter().find(|part| part.contains('@'));
        match address {
            Some(address) => (*address).to_owned(),
            None => parts.join(" "),
        }
    });
    words.filter(|word| !word.is_empty()).collect()
}

impl Page {
    fn ask(self) -> AnyView {
        let enter = Callback::new(move |()| self.send());
        let inside = view! {
            {self.form.control(EMAILS)}
            {self.roles()}
            {self.limits()}
            <div class="cluster">
                {self.form.submit(words::SEND, Signal::stored(false))}
                <a href=paths::USERS.href()>{text::account::CANCEL}</a>
            </div>
        };
        view! {
            <div class="card">
                <div class="body">{self.form.view("form", enter, inside.into_any())}</div>
            </div>
        }
        .into_any()
    }

    /// The roles that the person may give.
    fn roles(self) -> AnyView {
        let held = self.organization.with_value(|one| one.roles.clone());
        let held: Vec<Grant> = held.into_iter().map(Grant::everywhere).collect();
        let me = session::current()
            .user()
            .map(|user| user.id)
            .unwrap_or(membership_domain::Id::nil());
        let target = Target {
            person: None,
            is_guest: false,
        };
        let may = |role: &&Role| {
            let granter = Granter::Person(me, &held);
            may_grant(granter, **role, &Scope::Organization, target).is_ok()
        };
        let one = |role| ui::among(self.chosen, role, text::roles::role(role));
        let all = Role::ALL
            .iter()
            .filter(may)
            .filter(|role| **role != Role::DefaultUser);
        view! {
            <fieldset class="field">
                <legend>{words::ROLES}</legend>
                <p class="hint">{words::ROLES_HINT}</p>
                <div class="choices">{all.map(|role| one(*role)).collect_view()}</div>
            </fieldset>
        }
        .into_any()
    }

    /// Where the roles hold, while all of them can be limited.
    fn limits(self) -> AnyView {
        let sees_locations = self
            .organization
            .with_value(|one| may(&one.roles, Permission::ViewProfiles));
        if !sees_locations {
            return ().into_any();
        }
        let api = api_paths::organization(self.organization.with_value(|one| one.id));
        let company = remote::<Organization>(move || Some(api.clone()));
        let limitable = Memo::new(move |_| self.chosen.with(are_limitable));
        (move || limitable.get().then(|| self.places.view(company))).into_any()
    }

    fn send(self) {
        let limitable = self.chosen.with_untracked(are_limitable);
        let locations = self.places.chosen().filter(|_| limitable);
        let roles = self.chosen.get_untracked().into_iter();
        let request = InvitationRequest {
            emails: addresses(&self.form.text(EMAILS)),
            roles: roles
                .map(|role| InvitedRole {
                    role,
                    locations: locations.clone(),
                })
                .collect(),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return self.form.refuse(&wrong);
        }
        let path = api_paths::invitations(self.organization.with_value(|one| one.id));
        self.proof.attempt(move || {
            let done = move |reply: Reply| match reply.json::<InvitationResults>("") {
                Ok(results) => {
                    ui::live::say(&words::invited(invited(&results)));
                    self.results.set(Some(results));
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

    /// What came of it; who was not invited can be typed again.
    fn outcome(self, results: &InvitationResults) -> AnyView {
        let more = Callback::new(move |()| {
            self.form.signal(EMAILS).set(String::new());
            self.results.set(None);
        });
        let head = || {
            let names = [words::ADDRESS, words::RESULT];
            names
                .map(|name| view! { <th scope="col">{name}</th> })
                .collect_view()
        };
        let row = |one: &membership_contract::invitations::InvitationResult| {
            let mark = match one.outcome {
                InvitationOutcome::Invited => Mark::Good,
                InvitationOutcome::Unusable => Mark::Warn,
                _ => Mark::None,
            };
            view! {
                <tr>
                    <td data-label=words::ADDRESS>{one.email.clone()}</td>
                    <td data-label=words::RESULT>{ui::status(mark, one.detail.clone())}</td>
                </tr>
            }
        };
        let rows = results.results.iter().map(row).collect_view();
        view! {
            <section class="card">
                <header>
                    <h2>{words::invited(invited(results))}</h2>
                </header>
                <Table caption=words::RESULTS head=head>
                    {rows}
                </Table>
                <div class="body cluster">
                    <LinkButton href=paths::USERS.href()>{text::users::person::TO_LIST}</LinkButton>
                    <Button on_press=more>{words::MORE}</Button>
                </div>
            </section>
        }
        .into_any()
    }
}

/// Whether there are roles, and each of them can be limited to locations.
fn are_limitable(roles: &BTreeSet<Role>) -> bool {
    !roles.is_empty() && roles.iter().all(|role| granting(*role).at_locations)
}

fn invited(results: &InvitationResults) -> usize {
    let all = results.results.iter();
    all.filter(|one| one.outcome == InvitationOutcome::Invited)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_addresses_are_told_apart_however_they_are_separated() {
        let typed = " ada@contoso.example,\nBen Okafor <ben@contoso.example>; \"Cem\" \
                     <cem@contoso.example>\n\n not an address \n";
        let all = [
            "ada@contoso.example",
            "ben@contoso.example",
            "cem@contoso.example",
            "not an address",
        ];
        assert_eq!(addresses(typed), all);
        assert!(addresses(" \n,;").is_empty());
    }
}
