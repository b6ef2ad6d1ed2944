//! The last question: how an order is paid.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::purchase::{LONGEST_PURCHASE_ORDER, Order};
use membership_contract::text::en;
use membership_domain::catalog::{BenefitsOption, Fee};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::quote::OrderAnswers;

use super::{asked, draft};
use crate::api::{Body, Method, Reply};
use crate::form::{Field, Form, Kind, Phase};
use crate::go::{Step, use_go};
use crate::pages::offers::{Known, Offered};
use crate::paths;
use crate::text::offers::begin as words;
use crate::ui::Pick;

const METHOD: &str = "method";
const NUMBER: &str = "purchase_order";

static PAYMENT: [Field; 2] = [
    Field::new(METHOD, words::METHOD, Kind::Choice),
    Field::new(NUMBER, words::NUMBER, Kind::Text)
        .hint(words::NUMBER_HINT)
        .longest(LONGEST_PURCHASE_ORDER as u32),
];

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

/// How it is paid, and the buyer's own number; the answers make the draft.
pub fn ask(known: &Known<'_>, one: &Offered<'_>, option: Option<&BenefitsOption>) -> AnyView {
    let methods = methods(known, one);
    let form = Form::new("payment", &PAYMENT);
    let before = draft(known, one).map(|draft| &draft.answers);
    let method = match methods.as_slice() {
        [only] => Some(*only),
        several => before
            .map(|one| one.method)
            .filter(|one| several.contains(one)),
    };
    form.signal(METHOD)
        .set(method.map(|one| one.code().to_owned()).unwrap_or_default());
    let number = before.and_then(|answers| answers.purchase_order.clone());
    form.signal(NUMBER).set(number.unwrap_or_default());
    let days = known
        .workspace
        .catalog
        .limit("bank-match-business-days")
        .unwrap_or(3);
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
    let (pays, path) = (
        !methods.is_empty(),
        api_paths::orders(known.organization.id),
    );
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
    asked(
        known,
        one,
        title,
        form.view("form", enter, inside.into_any()),
    )
}
