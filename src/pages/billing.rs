//! The billing profile: linked and changed by a Global admin, and read by who sees orders.

mod fields;

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::access::Access;
use membership_contract::check::Check as _;
use membership_contract::countries;
use membership_contract::organization::Organization;
use membership_contract::paths as api_paths;
use membership_contract::purchase::check_tax_id;
use membership_contract::session::SessionOrganization;
use membership_domain::Catalog;
use membership_domain::purchase::profile::BillingProfile;
use membership_domain::roles::{Permission, Role, may};

use self::fields::{
    ADDRESS, BILL_TO, BILL_TO_ADDRESS, COUNTRY, EMAIL, NAME, SHAPE, TAX_ID, read, values,
};
use super::{company, selling};
use crate::api::remote::Load;
use crate::api::{Body, Method, cache, remote};
use crate::form::{self, Again, Editor, Filled, Page, Saved};
use crate::go::query;
use crate::shell::heading::lead;
use crate::text::{billing as words, shell};
use crate::ui::{self, Mark, Tone};
use crate::{drafts, paths};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    match may(&organization.roles, Permission::LinkBilling) {
        true => edit(&organization),
        false => look(&organization),
    }
}

/// As others see it, with who can change it.
fn look(organization: &SessionOrganization) -> AnyView {
    let id = organization.id;
    let profile = remote::<Option<BillingProfile>>(move || Some(api_paths::billing_profile(id)));
    let access = remote::<Access>(move || Some(api_paths::access(id)));
    let who = move |access: &Access| {
        let admins = access.admins.iter();
        let admins = admins.filter(|one| one.roles.contains(&Role::GlobalAdmin));
        let names: Vec<String> = admins.map(|one| one.name.clone()).collect();
        let says = match names.is_empty() {
            true => words::NO_ADMIN.to_owned(),
            false => words::who_can(&names),
        };
        ui::note(Tone::Info, says)
    };
    view! {
        {lead(shell::BILLING.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {ui::loaded(access, move |access| who(&access))}
            {ui::loaded(profile, |profile| match &*profile {
                Some(profile) => facts(profile),
                None => ui::empty(
                    words::NOT_LINKED.to_owned(),
                    words::NOT_LINKED_WHY.to_owned(),
                    None,
                ),
            })}
        </div>
    }
    .into_any()
}

fn facts(profile: &BillingProfile) -> AnyView {
    let text = |text: String| text.into_any();
    let mut facts = vec![(words::SOLD_TO, text(company::in_one_line(&profile.sold_to)))];
    if let Some(to) = &profile.bill_to {
        let country = countries::name(&to.country).unwrap_or(&to.country);
        let whole = format!(
            "{}, {}, {country}",
            to.name,
            company::in_one_line(&to.address)
        );
        facts.push((words::BILL_TO, text(whole)));
    }
    let id = profile.tax_id.clone();
    facts.push((
        words::TAX_ID,
        text(id.unwrap_or_else(|| words::NO_TAX_ID.to_owned())),
    ));
    facts.push((words::EMAIL, text(profile.email.clone())));
    view! {
        <section class="card">
            <header>
                <h2>{shell::BILLING}</h2>
                {ui::status(Mark::Normal, words::LINKED)}
            </header>
            <div class="body">{ui::facts(facts)}</div>
        </section>
    }
    .into_any()
}

fn edit(organization: &SessionOrganization) -> AnyView {
    let id = organization.id;
    let path = api_paths::billing_profile(id);
    // It may have been changed since, also from here.
    cache::forget(&path);
    let profile = {
        let path = path.clone();
        remote::<Option<BillingProfile>>(move || Some(path.clone()))
    };
    let company = remote::<Organization>(move || Some(api_paths::organization(id)));
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let query = query();
    let offer = query.with_untracked(|query| query.get(paths::OFFER));
    let page = Page {
        load: Signal::derive(move || {
            let sold = selling::load(catalog.get().as_deref());
            Load::all([profile.load(), company.load(), catalog.load(), sold])
        }),
        retry: Callback::new(move |()| {
            profile.reload();
            company.reload();
            catalog.reload();
        }),
        gone: Signal::stored(false),
        instead: Arc::new(|| ().into_any()),
    };
    form::page(page, move || {
        let now = untrack(|| profile.get()).and_then(|profile| (*profile).clone());
        let company = untrack(|| company.get());
        let company = company.map(|company| (*company).clone());
        let known = values(now.as_ref(), company.as_ref());
        let fill = company.clone();
        let again = Again {
            tag: None,
            row: Some(path.clone()),
            fill: Arc::new(move |reply| {
                let theirs = reply.json::<Option<BillingProfile>>("").ok()?;
                Some(values(theirs.as_ref(), fill.as_ref()))
            }),
        };
        let tag = cache::get(&path).and_then(cache::Known::etag);
        let editor = Editor::new(&SHAPE, drafts::here(id), known).over(tag, again);
        let entry = Entry {
            editor,
            linked: now.is_some(),
            country: StoredValue::new(company.map(|one| one.country).unwrap_or_default()),
            catalog: StoredValue::new(untrack(|| catalog.get())),
            path: StoredValue::new(path.clone()),
            offer: StoredValue::new(offer.clone()),
        };
        let filled: Filled = Arc::new(move || entry.view());
        filled
    })
}

/// A profile that is entered.
#[derive(Clone, Copy)]
struct Entry {
    editor: Editor,
    linked: bool,
    country: StoredValue<String>,
    catalog: StoredValue<Option<Arc<Catalog>>>,
    path: StoredValue<String>,
    /// The offer that is ordered next.
    offer: StoredValue<Option<String>>,
}

impl Entry {
    fn view(self) -> AnyView {
        let form = self.editor.form;
        let control = |name| form.control(name);
        let country = self.country.get_value();
        let named = countries::name(&country).unwrap_or(&country);
        let tax_id = self.catalog.with_value(|catalog| {
            let format = catalog.as_ref()?.billing.tax_id_format(&country)?;
            Some(words::tax_id(&format.name, &format.example))
        });
        let tax_id = tax_id.unwrap_or_else(|| words::TAX_ID_LABEL.to_owned());
        let other = form.signal(BILL_TO);
        let bill_to = move || {
            other.with(|other| !other.is_empty()).then(|| {
                view! {
                    <div class="form">
                        {form.control(NAME)}
                        {BILL_TO_ADDRESS.map(|name| form.control(name)).collect_view()}
                        {form.choose(COUNTRY, company::countries())}
                    </div>
                }
            })
        };
        let enter = Callback::new(move |()| self.save());
        let cancel = move |_| self.editor.forget();
        let inside = view! {
            <div>
                <h2>{words::SOLD_TO}</h2>
                <p class="muted">{words::country(named)}</p>
            </div>
            {ADDRESS.map(control).collect_view()}
            {form.labeled(TAX_ID, tax_id)}
            <h2>{words::BILL_TO}</h2>
            {control(BILL_TO)}
            {bill_to}
            {control(EMAIL)}
            <div class="cluster">
                {form.submit(words::SAVE, Signal::stored(false))}
                <a href=paths::OFFERS.href() on:click=cancel>{words::CANCEL}</a>
            </div>
        };
        let state = match self.linked {
            true => ui::status(Mark::Normal, words::LINKED),
            false => ui::status(Mark::Warn, words::NOT_LINKED),
        };
        view! {
            {lead(shell::BILLING.to_owned(), words::ABOUT, state)}
            <div class="card">
                <div class="body">{self.editor.view(enter, inside.into_any())}</div>
            </div>
        }
        .into_any()
    }

    fn save(self) {
        let profile = read(&self.editor.typed());
        let mut errors = profile.check();
        self.catalog.with_value(|catalog| {
            if let Some(catalog) = catalog {
                let country = self.country.get_value();
                errors.extend(check_tax_id(&profile, &catalog.billing, &country));
            }
        });
        if !errors.is_empty() {
            return self.editor.form.refuse(&errors);
        }
        let attempt = Callback::new(move |()| self.save());
        let request = (Method::Put, self.path.get_value(), Body::json(&profile));
        let to = match self.offer.get_value() {
            Some(offer) => paths::begin_order(&offer),
            None => paths::OFFERS.href(),
        };
        self.editor.save(attempt, request, move |_| {
            Ok(Saved {
                say: words::SAVED.to_owned(),
                to,
            })
        });
    }
}
