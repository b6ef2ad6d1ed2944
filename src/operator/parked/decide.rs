//! What becomes of a piece of parked money.

use leptos::prelude::*;
use membership_contract::desk::{ParkedDecision, ParkedMoney};
use membership_contract::paths as api_paths;
use membership_contract::problem::FieldError;
use membership_domain::id::ReceiptId;
use membership_domain::purchase::bill::PaymentMethod;

use super::Place;
use crate::api::{Body, Method};
use crate::form::{Field, Form, Kind, Phase};
use crate::operator::desk::{self, Desk};
use crate::operator::money;
use crate::text::operator::{self as shared, parked as words};
use crate::ui::{self, Pick, Tone};

const NUMBER: &str = "order_number";
/// What is chosen: no field of the request, which has a number or says that it stays.
const WHAT: &str = "what";
const ASSIGN: &str = "assign";
const RETURN: &str = "return";
const KEEP: &str = "keep";
const REFUNDED: &str = "refunded";

static FIELDS: [Field; 2] = [
    Field::new(WHAT, words::WHAT, Kind::Choice),
    Field::new(NUMBER, shared::ORDER_NUMBER, Kind::Short)
        .hint(shared::ORDER_NUMBER_HINT)
        .longest(40),
];

/// The form, and what was decided last.
#[derive(Clone, Copy)]
pub struct Decide {
    form: Form,
    last: RwSignal<Option<String>>,
    desk: Desk,
}

impl Decide {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            form: Form::new("parked", &FIELDS),
            last: RwSignal::new(None),
            desk: desk::current(),
        }
    }

    /// What was decided last, in words.
    pub fn said(self) -> AnyView {
        (move || {
            let last = self.last.get();
            last.map(|said| view! { <div class="done">{ui::note(Tone::Good, said)}</div> })
        })
        .into_any()
    }

    /// Leads to the decision about a piece.
    pub fn open(self, place: Place, id: ReceiptId) {
        place.chosen.set(Some(id));
        for name in [WHAT, NUMBER] {
            self.form.signal(name).set(String::new());
        }
        self.form.problems.set(Vec::new());
        self.last.set(None);
        ui::after_paint(|| {
            if let Some(title) = document().get_element_by_id(TITLE) {
                ui::focus_first(&title, "none");
            }
        });
    }

    fn enter(self, place: Place) {
        let Some(piece) = untrack(|| place.piece()) else {
            return;
        };
        let number = self.form.text(NUMBER).trim().to_owned();
        let amount = money(piece.money);
        let (request, said) = match self.form.text(WHAT).as_str() {
            ASSIGN if number.is_empty() => {
                let why = words::NO_NUMBER;
                return self
                    .form
                    .refuse(&[FieldError::new("/order_number", "empty", why)]);
            }
            ASSIGN => {
                let said = words::assigned(&amount, &number);
                let order_number = Some(number);
                (
                    ParkedDecision {
                        order_number,
                        ..ParkedDecision::default()
                    },
                    said,
                )
            }
            RETURN => {
                let said = words::to_return(&amount, piece.method == PaymentMethod::Card);
                (ParkedDecision::default(), said)
            }
            KEEP => {
                let keep = ParkedDecision {
                    keep: true,
                    ..ParkedDecision::default()
                };
                (keep, words::kept(&amount))
            }
            REFUNDED => {
                let refunded = ParkedDecision {
                    refunded: true,
                    ..ParkedDecision::default()
                };
                (refunded, words::refunded(&amount))
            }
            _ => {
                let why = words::NO_CHOICE;
                return self.form.refuse(&[FieldError::new("/what", "empty", why)]);
            }
        };
        let path = api_paths::DESK_PARKED_DECISION.replace("{receipt}", &piece.id.to_string());
        let done = move |_| {
            // The page may be gone by now, and another piece may be chosen.
            let chosen = place.chosen;
            if chosen.is_disposed() {
                return;
            }
            if chosen.get_untracked() == Some(piece.id) {
                chosen.set(None);
            }
            ui::live::say(&said);
            self.last.set(Some(said));
            place.all.reload();
            self.desk.changed();
        };
        let request = (Method::Post, path, Body::json(&request));
        self.form.send(Phase::Sending, request, done, move |error| {
            self.form.failed(&error);
            place.all.reload();
        });
    }
}

const TITLE: &str = "parked-title";

/// The card beside the table.
pub fn card(place: Place) -> AnyView {
    // As long as the same piece is chosen the form stays, whatever is read meanwhile.
    let piece = Memo::new(move |_| place.piece());
    let title = move || match piece.get() {
        Some(piece) => words::of(&money(piece.money), &piece.buyer),
        None => words::DECISION.to_owned(),
    };
    let is_chosen = Memo::new(move |_| piece.with(Option::is_some));
    let inside = move || match is_chosen.get() {
        true => form(place, piece),
        false => view! { <p class="muted">{words::CHOOSE}</p> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby=TITLE>
            <header>
                <h2 id=TITLE tabindex="-1">
                    {title}
                </h2>
            </header>
            <div class="body">{inside}</div>
        </section>
    }
    .into_any()
}

fn form(place: Place, piece: Memo<Option<ParkedMoney>>) -> AnyView {
    let form = place.decide.form;
    let enter = Callback::new(move |()| place.decide.enter(place));
    let number = move || (form.signal(WHAT).get() == ASSIGN).then(|| form.control(NUMBER));
    let picks = move || {
        let is_to_return = piece.with(|one| one.as_ref().is_some_and(|one| one.is_to_return));
        let keep = is_to_return || piece.with(Option::is_none);
        let by_card = |one: &ParkedMoney| one.method == PaymentMethod::Card;
        let by_card = is_to_return && piece.with(|one| one.as_ref().is_some_and(by_card));
        let all = [
            (ASSIGN, words::ASSIGN, words::ASSIGN_HINT, !is_to_return),
            (RETURN, words::RETURN, words::RETURN_HINT, !is_to_return),
            (REFUNDED, words::REFUNDED, words::REFUNDED_HINT, by_card),
            (KEEP, words::KEEP, words::KEEP_HINT, keep),
        ];
        let all = all.into_iter().filter(|(.., is_possible)| *is_possible);
        let picks = all.map(|(value, label, hint, _)| Pick {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
        });
        form.pick(WHAT, picks.collect())
    };
    let inside = view! {
        {picks}
        {number}
        <div class="cluster">{form.submit(words::SUBMIT, Signal::stored(false))}</div>
    };
    form.view("form", enter, inside.into_any())
}
