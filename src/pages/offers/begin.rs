//! The beginning of an order: one question for each page, the benefits first where there are
//! several, then how it is paid. The answers make a draft, which the server keeps.

mod payment;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::purchase::{Order, Purchasing};
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::{BenefitsOption, Fee};
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::quote::options;

use super::{Known, Offered, checks, selling};
use crate::api::remote;
use crate::form::{Field, Form, Kind};
use crate::go::{Step, query, use_go};
use crate::shell::heading::lead;
use crate::text::offers::{self as all_words, begin as words};
use crate::ui::{self, LinkButton, Pick};
use crate::workspace;
use crate::{format, paths, text};

const OPTION: &str = "option";

static BENEFITS: [Field; 1] = [Field::new(OPTION, words::BENEFITS_LABEL, Kind::Choice)];

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = organization.id;
    let params = use_params_map();
    let offer = Memo::new(move |_| params.with(|all| all.get("offer")).unwrap_or_default());
    let query = query();
    let option = Memo::new(move |_| query.with(|query| query.get(paths::OPTION)));
    let purchasing = remote::<Purchasing>(move || Some(api_paths::purchasing(id)));
    let whose = organization.clone();
    workspace::with(&organization, move |workspace| {
        let whose = whose.clone();
        let sold = selling::load(Some(&workspace.catalog));
        super::with(sold, purchasing, move |purchasing| {
            let (workspace, whose) = (workspace.clone(), whose.clone());
            let purchasing = purchasing.clone();
            (move || {
                let known = Known::of(&workspace, &whose, &purchasing);
                question(&known, &offer.get(), option.get().as_deref())
            })
            .into_any()
        })
    })
}

fn above() -> AnyView {
    ui::crumbs(vec![(text::shell::OFFERS.to_owned(), paths::OFFERS.href())])
}

fn question(known: &Known<'_>, offer: &str, option: Option<&str>) -> AnyView {
    let Some(offer) = known.workspace.catalog.offer(offer) else {
        return view! {
            {above()}
            {lead(words::UNKNOWN.to_owned(), words::UNKNOWN_WHY, ())}
            <LinkButton href=paths::OFFERS.href()>{words::TO_OFFERS}</LinkButton>
        }
        .into_any();
    };
    let one = known.offered(offer);
    if !one.standing.is_possible() {
        return refused(known, &one);
    }
    let all: Vec<&BenefitsOption> = match one.standing.kind {
        Some(OrderKind::Addition) => Vec::new(),
        _ => options(offer, known.workspace.evidence()).collect(),
    };
    let chosen = match all.as_slice() {
        [only] => Some(*only),
        several => several
            .iter()
            .find(|one| Some(one.id.as_str()) == option)
            .copied(),
    };
    if !all.is_empty() && chosen.is_none() {
        return benefits(known, &one, &all);
    }
    payment::ask(known, &one, chosen)
}

/// In place of the questions: what must be so first.
fn refused(known: &Known<'_>, one: &Offered<'_>) -> AnyView {
    let name = &one.offer.name;
    view! {
        {above()}
        {lead(words::no(name), one.offer.summary.clone(), ())}
        <section class="card">
            <div class="body">
                {checks::view(known, one)}
                <div class="cluster">
                    <LinkButton href=paths::OFFERS.href()>{words::TO_OFFERS}</LinkButton>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn asked(known: &Known<'_>, one: &Offered<'_>, title: &'static str, form: AnyView) -> AnyView {
    let about = words::about(&one.offer.name, &known.purchasing.name);
    view! {
        {above()}
        {lead(title.to_owned(), about, ())}
        <div class="card">
            <div class="body">{form}</div>
        </div>
    }
    .into_any()
}

/// Which benefits: the answer is in the address of the next question.
fn benefits(known: &Known<'_>, one: &Offered<'_>, all: &[&BenefitsOption]) -> AnyView {
    let form = Form::new("benefits", &BENEFITS);
    let draft = draft(known, one);
    let before = draft.and_then(|draft| draft.answers.option.clone());
    form.signal(OPTION).set(before.unwrap_or_default());
    let price = |option: &BenefitsOption| {
        let price = one
            .offer
            .price(Some(&option.id), known.currency, known.decision.day);
        match price.and_then(Fee::money) {
            Some(money) => format::money(money.amount, money.currency.code()),
            None => all_words::NOT_PUBLISHED.to_owned(),
        }
    };
    let picks = all.iter().map(|option| Pick {
        value: option.id.clone(),
        label: option.name.clone(),
        hint: words::option_price(&option.summary, &price(option)),
    });
    let go = use_go(Step::On);
    let here = paths::begin_order(&one.offer.id);
    let enter = Callback::new(move |()| {
        let chosen = form.text(OPTION);
        if chosen.is_empty() {
            let wrong = FieldError::new("/option", code::INVALID, words::CHOOSE_BENEFITS);
            return form.refuse(&[wrong]);
        }
        go(&paths::with_query(&here, &[(paths::OPTION, &chosen)]));
    });
    let inside = view! {
        {form.pick(OPTION, picks.collect())}
        <div class="cluster">{form.submit(words::CONTINUE, Signal::stored(false))}</div>
    };
    asked(
        known,
        one,
        words::BENEFITS,
        form.view("form", enter, inside.into_any()),
    )
}

/// The draft of this offer, if one is there: its answers are what the questions begin with.
fn draft<'k>(known: &'k Known<'_>, one: &Offered<'_>) -> Option<&'k Order> {
    let mut drafts = known.purchasing.drafts.iter();
    drafts.find(|draft| draft.answers.offer == one.offer.id)
}
