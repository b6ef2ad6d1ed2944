//! The beginning of an order: one question for each page, the benefits first where there are
//! several, then how it is paid. The answers make a draft, which the server keeps.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::purchase::{LONGEST_PURCHASE_ORDER, Order, Purchasing};
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::catalog::{BenefitsOption, Fee};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::quote::{OrderAnswers, options};

use super::{Known, Offered, checks};
use crate::api::{Body, Method, Reply, remote};
use crate::form::{Field, Form, Kind, Phase};
use crate::go::{Step, query, use_go};
use crate::shell::heading::lead;
use crate::text::offers::{self as all_words, begin as words};
use crate::ui::{self, LinkButton, Pick};
use crate::workspace;
use crate::{format, paths, text};

const OPTION: &str = "option";
const METHOD: &str = "method";
const NUMBER: &str = "purchase_order";

static BENEFITS: [Field; 1] = [Field::new(OPTION, words::BENEFITS_LABEL, Kind::Choice)];

static PAYMENT: [Field; 2] = [
    Field::new(METHOD, words::METHOD, Kind::Choice),
    Field::new(NUMBER, words::NUMBER, Kind::Text)
        .hint(words::NUMBER_HINT)
        .longest(LONGEST_PURCHASE_ORDER as u32),
];

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
        ui::loaded(purchasing, move |purchasing| {
            let (workspace, whose) = (workspace.clone(), whose.clone());
            (move || {
                let known = Known::of(&workspace, &whose, &purchasing);
                question(&known, &offer.get(), option.get().as_deref())
            })
            .into_any()
        })
    })
}

fn above() -> AnyView {
    ui::crumbs(vec![(
        text::shell::OFFERS.to_owned(),
        paths::OFFERS.href(),
    )])
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
        several => several.iter().find(|one| Some(one.id.as_str()) == option).copied(),
    };
    if !all.is_empty() && chosen.is_none() {
        return benefits(known, &one, &all);
    }
    payment(known, &one, chosen)
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

fn asked(
    known: &Known<'_>,
    one: &Offered<'_>,
    title: &'static str,
    form: AnyView,
) -> AnyView {
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
        let price = one.offer.price(Some(&option.id), known.currency, known.decision.day);
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
        <p class="small muted">{words::FIXED}</p>
        <div class="cluster">{form.submit(words::CONTINUE, Signal::stored(false))}</div>
    };
    asked(known, one, words::BENEFITS, form.view("form", enter, inside.into_any()))
}

/// The draft of this offer, if one is there: its answers are what the questions begin with.
fn draft<'k>(known: &'k Known<'_>, one: &Offered<'_>) -> Option<&'k Order> {
    let mut drafts = known.purchasing.drafts.iter();
    drafts.find(|draft| draft.answers.offer == one.offer.id)
}

/// The ways to pay; none where there is nothing to pay.
fn methods(known: &Known<'_>, one: &Offered<'_>) -> Vec<PaymentMethod> {
    let Some(money) = one.price.and_then(Fee::money).filter(|_| !one.is_free()) else {
        return Vec::new();
    };
    let billing = &known.workspace.catalog.billing;
    let seller = billing.seller_for(&known.purchasing.country);
    let takes = |method: &PaymentMethod| {
        let cards = *method != PaymentMethod::Card || known.purchasing.takes_cards;
        cards && seller.is_some_and(|seller| seller.takes(*method, money.currency))
    };
    PaymentMethod::ALL.iter().copied().filter(takes).collect()
}

fn payment(known: &Known<'_>, one: &Offered<'_>, option: Option<&BenefitsOption>) -> AnyView {
    let methods = methods(known, one);
    let form = Form::new("payment", &PAYMENT);
    let before = draft(known, one).map(|draft| &draft.answers);
    let method = match methods.as_slice() {
        [only] => Some(*only),
        several => before.map(|one| one.method).filter(|one| several.contains(one)),
    };
    form.signal(METHOD).set(method.map(|one| one.code().to_owned()).unwrap_or_default());
    let number = before.and_then(|answers| answers.purchase_order.clone());
    form.signal(NUMBER).set(number.unwrap_or_default());
    let days = known.workspace.catalog.limit("bank-match-business-days").unwrap_or(3);
    let pick = |method: &PaymentMethod| Pick {
        value: method.code().to_owned(),
        label: en::payment_method(*method).to_owned(),
        hint: match method {
            PaymentMethod::Card => words::CARD_HINT.to_owned(),
            PaymentMethod::Wire => words::wire_hint(u64::from(days)),
        },
    };
    let picks: Vec<Pick> = methods.iter().map(pick).collect();
    let (title, ways) = match picks.is_empty() {
        true => (words::REFERENCE, ().into_any()),
        false => (words::PAYMENT, form.pick(METHOD, picks)),
    };
    let answers = OrderAnswers {
        offer: one.offer.id.clone(),
        option: option.map(|option| option.id.clone()),
        // Nobody asks where there is nothing to pay.
        method: PaymentMethod::Wire,
        purchase_order: None,
    };
    let (pays, path) = (!methods.is_empty(), api_paths::orders(known.organization.id));
    let go = use_go(Step::On);
    let enter = Callback::new(move |()| {
        let method = PaymentMethod::from_code(&form.text(METHOD));
        if pays && method.is_none() {
            let wrong = FieldError::new("/method", code::INVALID, words::CHOOSE_METHOD);
            return form.refuse(&[wrong]);
        }
        let number = form.text(NUMBER).trim().to_owned();
        let answers = OrderAnswers {
            method: method.unwrap_or(answers.method),
            purchase_order: Some(number).filter(|number| !number.is_empty()),
            ..answers.clone()
        };
        let wrong = answers.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let go = go.clone();
        let done = move |reply: Reply| match reply.json::<Order>("") {
            Ok(draft) => go(&paths::check_order(draft.id)),
            Err(error) => form.failed(&error),
        };
        let request = (Method::Post, path.clone(), Body::json(&answers));
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error);
        });
    });
    let inside = view! {
        {ways}
        {form.control(NUMBER)}
        <div class="cluster">{form.submit(words::CONTINUE, Signal::stored(false))}</div>
    };
    asked(known, one, title, form.view("form", enter, inside.into_any()))
}
