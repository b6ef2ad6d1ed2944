//! The start of a preview without an account: from a file or a few numbers, and the way out with
//! what was entered.

mod kept;
mod numbers;

use leptos::prelude::*;
use membership_contract::clock::Clock;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::SessionOrganization;
use membership_domain::Catalog;

use crate::api::remote::Load;
use crate::api::{self, cache, remote};
use crate::groups::overview;
use crate::lazy::Group;
use crate::shell::heading::lead;
use crate::text::start as words;
use crate::ui::{self, Kind, LinkButton};
use crate::{paths, session};

/// The overview, or its start where nothing is known yet. That is far smaller, and so the code of
/// the overview is fetched only where there is one.
pub fn home(organization: SessionOrganization, overview: Group<overview::Which>) -> AnyView {
    let id = organization.id;
    let answer = api::existing(move || Some(api_paths::overview(id)));
    let nothing = move || {
        let error = answer.error();
        error.is_some_and(|error| error.is(code::NOT_FOUND))
    };
    let load = Signal::derive(move || answer.load());
    let retry = Callback::new(move |()| answer.reload());
    let organization = StoredValue::new(organization);
    let start = move || page(organization.get_value());
    let usual = move || {
        ui::when_ready(load, retry, move || {
            overview.page(overview::Page::Overview)(organization.get_value())
        })
    };
    ui::instead_while(nothing, start, usual)
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let path = api_paths::evidence(organization.id);
    let read = api_paths::packed_evidence(organization.id);
    let evidence = api::evidence(organization.id);
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let clock = remote::<Clock>(|| Some(api_paths::CLOCK.to_owned()));
    let load = Signal::derive(move || Load::all([evidence.load(), catalog.load(), clock.load()]));
    let retry = Callback::new(move |()| {
        evidence.reload();
        catalog.reload();
        clock.reload();
    });
    let session = session::current();
    // What is typed stays, whatever is read again.
    let form = numbers::Form::new();
    let forgotten = Callback::new(move |()| form.start_over());
    let content = ui::when_ready(load, retry, move || {
        let parts = (evidence.get(), catalog.get(), clock.get());
        let (Some(evidence), Some(catalog), Some(clock)) = parts else {
            return ().into_any();
        };
        let tag = cache::get(&read).and_then(cache::Known::etag);
        let known = kept::Known {
            path: StoredValue::new(path.clone()),
            tag: StoredValue::new(tag),
            session,
        };
        let kept = (!kept::is_nothing(&evidence)).then(|| kept::card(known, forgotten, &evidence));
        let replaces = kept.is_some();
        view! {
            {kept}
            {file()}
            {form.view(known, &catalog, clock.now.date_naive(), replaces)}
        }
        .into_any()
    });
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">{content}</div>
    }
    .into_any()
}

fn file() -> AnyView {
    let to = view! {
        <LinkButton kind=Kind::Primary href=paths::IMPORTS.href()>
            {words::CHOOSE_FILE}
        </LinkButton>
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::FILE}</h2>
            </header>
            <div class="body">
                <p class="muted">{words::FILE_ABOUT}</p>
                <div class="cluster">{to}</div>
            </div>
        </section>
    }
    .into_any()
}
