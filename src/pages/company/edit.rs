//! Company data, changed: checked, told what the change causes, and then saved.

mod fields;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::organization::{Organization, OrganizationChange};
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::company::Effects;

use self::fields::{ADDRESS, CONTACT, SHAPE, read, values};
use crate::api::{Body, Method, Reply, cache, remote};
use crate::form::{self, Again, Editor, Filled, Page, Phase, Saved};
use crate::shell::heading::lead;
use crate::text::company as words;
use crate::ui::{self, Button, Tone};
use crate::workspace::Browser;
use crate::{drafts, paths, session};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let path = api_paths::organization(organization.id);
    // It may have been changed since, also from here.
    cache::forget(&path);
    let company = {
        let path = path.clone();
        remote::<Organization>(move || Some(path.clone()))
    };
    let page = Page {
        load: Signal::derive(move || company.load()),
        retry: Callback::new(move |()| company.reload()),
        gone: Signal::stored(false),
        instead: Arc::new(|| ().into_any()),
    };
    form::page(page, move || {
        let now = untrack(|| company.get());
        let known = now.as_deref().map(values).unwrap_or_default();
        let again = Again {
            tag: None,
            row: Some(path.clone()),
            fill: Arc::new(|reply| Some(values(&reply.json::<Organization>("").ok()?))),
        };
        let tag = cache::get(&path).and_then(cache::Known::etag);
        let editor = Editor::new(&SHAPE, drafts::here(organization.id), known).over(tag, again);
        let change = Change {
            editor,
            now: StoredValue::new(now.map(|now| (*now).clone())),
            path: StoredValue::new(path.clone()),
            preview: StoredValue::new(api_paths::change_preview(organization.id)),
            told: RwSignal::new(None),
            session: session::current(),
        };
        let filled: Filled = Arc::new(move || change.view());
        filled
    })
}

/// A change that is entered.
#[derive(Clone, Copy)]
struct Change {
    editor: Editor,
    now: StoredValue<Option<Organization>>,
    path: StoredValue<String>,
    /// Where it is asked what it causes.
    preview: StoredValue<String>,
    /// What is told that the change causes, and of what.
    told: RwSignal<Option<(OrganizationChange, Effects)>>,
    session: session::Current,
}

impl Change {
    fn view(self) -> AnyView {
        let form = self.editor.form;
        let control = |name| form.control(name);
        let enter = Callback::new(move |()| self.check());
        let inside = view! {
            {control("name")}
            {form.choose("country", super::countries())}
            <h2>{words::ADDRESS}</h2>
            {ADDRESS.map(control).collect_view()}
            <div>
                <h2>{words::CONTACT}</h2>
                <p class="muted">{words::CONTACT_ABOUT}</p>
            </div>
            {CONTACT.map(control).collect_view()}
            {self.causes()}
            {self.buttons()}
        };
        view! {
            {ui::crumbs(vec![(words::TITLE.to_owned(), paths::COMPANY.href())])}
            {lead(words::EDIT.to_owned(), words::EDIT_ABOUT, ())}
            <div class="card">
                <div class="body">{self.editor.view(enter, inside.into_any())}</div>
            </div>
        }
        .into_any()
    }

    /// What is typed now, if it differs from what is known.
    fn request(self) -> OrganizationChange {
        read(&self.editor.values(), &self.editor.known())
    }

    /// What was told, while it is about what is typed. Tracks.
    fn told(self) -> Option<Effects> {
        let (of, effects) = self.told.get()?;
        (of == self.request()).then_some(effects)
    }

    /// Checks what is typed, and asks what it causes; saves at once where it causes nothing.
    fn check(self) {
        if untrack(|| self.told()).is_some() {
            return self.save();
        }
        let request = untrack(|| self.request());
        let mut errors = request.check();
        if let Some(now) = self.now.get_value().filter(|_| errors.is_empty()) {
            errors.extend(request.check_against(&now));
        }
        if request == OrganizationChange::default() {
            errors.push(FieldError::new("", code::INVALID, words::UNCHANGED));
        }
        if !errors.is_empty() {
            return self.editor.form.refuse(&errors);
        }
        let (path, body) = (self.preview.get_value(), Body::json(&request));
        let form = self.editor.form;
        let done = move |reply: Reply| match reply.json::<Effects>("") {
            Ok(effects) if effects.verifies.is_empty() && !effects.stops_buying => self.save(),
            Ok(effects) => drop(self.told.try_set(Some((request, effects)))),
            Err(error) => form.failed(&error),
        };
        let request = (Method::Post, path, body);
        form.send(Phase::Checking, request, done, move |error| {
            form.failed(&error)
        });
    }

    fn save(self) {
        let body = Body::json(&untrack(|| self.request()));
        let attempt = Callback::new(move |()| self.save());
        let request = (Method::Patch, self.path.get_value(), body);
        self.editor.save(attempt, request, move |_| {
            // The name is in the bar too.
            self.session.ask();
            Ok(Saved {
                say: words::SAVED.to_owned(),
                to: paths::COMPANY.href(),
            })
        });
    }

    /// What the change causes, once that is asked.
    fn causes(self) -> AnyView {
        let told = Memo::new(move |_| self.told());
        let place = NodeRef::<html::Section>::new();
        Effect::new(move |_| {
            if let Some(place) = place.get().filter(|_| told.get().is_some()) {
                let _ = place.focus();
            }
        });
        (move || {
            let effects = told.get()?;
            let says = en::company_effects(&effects, &Browser).into_iter();
            let says = says.map(|says| view! { <p>{says}</p> }).collect_view();
            let says = view! {
                <h2>{words::CAUSES}</h2>
                {says}
            };
            Some(view! {
                <section tabindex="-1" aria-label=words::CAUSES node_ref=place>
                    {ui::note(Tone::Warn, says)}
                </section>
            })
        })
        .into_any()
    }

    fn buttons(self) -> AnyView {
        let told = Memo::new(move |_| self.told().is_some());
        let cancel = move |_| self.editor.forget();
        let list = paths::COMPANY.href();
        let back = Callback::new(move |()| self.told.set(None));
        let no = Signal::stored(false);
        let buttons = move || {
            let label = if told.get() {
                words::SAVE_AND_VERIFY
            } else {
                words::SAVE
            };
            let back = told
                .get()
                .then(|| view! { <Button on_press=back>{words::BACK}</Button> });
            view! {
                {self.editor.form.submit(label, no)}
                {back}
            }
        };
        view! {
            <div class="cluster">
                {buttons}
                <a href=list on:click=cancel>{words::CANCEL}</a>
            </div>
        }
        .into_any()
    }
}
