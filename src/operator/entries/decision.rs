//! The decision about the entry that is open. Keys choose; what decides is one button, which says
//! what it does with how much, for most of it can't be undone.

mod column;

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::desk::{BankDecision, BankDecisionKind, BankEntry, LONGEST_NOTE};
use membership_contract::paths as api_paths;
use membership_domain::purchase::bank::BankEntryState;

pub use self::column::card;
use super::done::Last;
use super::{Place, case, money, party, said};
use crate::api::action::Action;
use crate::api::{Body, Method, action};
use crate::form::{Field, Form, Kind, Phase};
use crate::text::operator::{self as shared, entries as words};
use crate::ui;

const NUMBER: &str = "order_number";
const NOTE: &str = "note";

static FIELDS: [Field; 2] = [
    Field::new(NUMBER, shared::ORDER_NUMBER, Kind::Short)
        .hint(shared::ORDER_NUMBER_HINT)
        .longest(40),
    Field::words(NOTE, words::NOTE_LABEL)
        .hint(words::NOTE_HINT)
        .longest(LONGEST_NOTE as u32),
];

/// What can be decided in a state, each with its key.
fn choices(state: BankEntryState) -> &'static [(BankDecisionKind, &'static str)] {
    use BankDecisionKind as D;
    match state {
        BankEntryState::Unmatched => &[(D::Assign, "O"), (D::Return, "R")],
        BankEntryState::ToReturn => &[(D::Assign, "O")],
        BankEntryState::Outgoing => &[(D::Returned, "B"), (D::Fee, "F")],
        _ => &[],
    }
}

/// What is chosen and typed.
#[derive(Clone, Copy)]
pub struct Decision {
    /// Number and note.
    pub form: Form,
    kind: RwSignal<Option<BankDecisionKind>>,
    /// A decision that is taken back.
    pub undoing: Action,
}

impl Decision {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            form: Form::new("decision", &FIELDS),
            kind: RwSignal::new(None),
            undoing: action(),
        }
    }

    /// Begins anew with each entry.
    pub fn follow(self, place: Place) {
        let id = Memo::new(move |_| place.open.with(|open| open.as_ref().map(|one| one.id)));
        Effect::new(move |_| {
            id.track();
            self.kind.set(None);
            for name in [NUMBER, NOTE] {
                self.form.signal(name).set(String::new());
            }
            self.form.problems.set(Vec::new());
        });
    }

    fn choose(self, entry: &BankEntry, kind: BankDecisionKind) {
        self.kind.set(Some(kind));
        self.form.problems.set(Vec::new());
        let number = self.form.signal(NUMBER);
        let likeliest = entry.suggestions.first();
        if let Some(one) = likeliest.filter(|_| number.with_untracked(String::is_empty)) {
            number.set(one.order_number.clone());
        }
    }

    /// Chooses what a key stands for, and leads to what is next; whether there is such a choice.
    pub fn choose_by(self, place: Place, key: &str) -> bool {
        let Some(entry) = place.open.get_untracked() else {
            return false;
        };
        let found = choices(entry.state).iter().find(|(_, own)| *own == key);
        let Some((kind, _)) = found else {
            return false;
        };
        self.choose(&entry, *kind);
        let is_typed = *kind == BankDecisionKind::Assign;
        let next = if is_typed {
            "#decision-order_number"
        } else {
            SUBMIT
        };
        ui::after_paint(move || focus(next));
        true
    }

    /// Chooses the first suggestion; whether there is one.
    pub fn accept_first(self, place: Place) -> bool {
        let open = place.open.get_untracked();
        let first = open.and_then(|entry| entry.suggestions.first().cloned());
        first.is_some_and(|first| self.accept(place, &first.order_number))
    }

    /// Chooses an order, and leads to what assigns it.
    pub fn accept(self, place: Place, number: &str) -> bool {
        let Some(entry) = place.open.get_untracked() else {
            return false;
        };
        self.form.signal(NUMBER).set(number.to_owned());
        self.choose(&entry, BankDecisionKind::Assign);
        ui::after_paint(|| focus(SUBMIT));
        true
    }

    /// Why nothing can be decided now. Tracks.
    fn blocked(self, place: Place) -> Option<String> {
        let other = place.open.with(|open| open.as_ref()?.claimed_by.clone());
        let taken = other.map(|other| words::taken(&other));
        let unsure = || {
            self.kind
                .get()
                .is_none()
                .then(|| words::CHOOSE_DECISION.to_owned())
        };
        taken.or_else(unsure)
    }

    /// Decides what is chosen; whether there was something to decide.
    pub fn decide(self, place: Place) -> bool {
        let Some(entry) = place.open.get_untracked() else {
            return false;
        };
        if let Some(why) = untrack(|| self.blocked(place)) {
            ui::live::say(&why);
            return true;
        }
        let Some(kind) = self.kind.get_untracked() else {
            return false;
        };
        let number = self.form.text(NUMBER).trim().to_owned();
        let is_for_order = kind == BankDecisionKind::Assign && !number.is_empty();
        let request = BankDecision {
            decision: kind,
            order_number: is_for_order.then_some(number),
            note: self.form.text(NOTE).trim().to_owned(),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            self.form.refuse(&wrong);
            return true;
        }
        self.send(place, &entry, &request);
        true
    }

    fn send(self, place: Place, entry: &BankEntry, request: &BankDecision) {
        let id = entry.id;
        let path = api_paths::DESK_BANK_DECISION.replace("{entry}", &id.to_string());
        let next = place.beside(1).or_else(|| place.beside(-1));
        let (amount, party) = (money(entry.money), party(entry));
        let number = request.order_number.as_deref();
        let last = Last {
            id,
            said: words::done(request.decision, &amount, &party, number),
            can_undo: request.decision == BankDecisionKind::Return,
        };
        let done = move |_| {
            // The page may be gone by now.
            if place.last.try_set(Some(last.clone())).is_some() {
                return;
            }
            let mut told = vec![last.said];
            if let Some(next) = &next {
                place.open(next);
                told.push(said(next));
            }
            ui::live::say(&told.join(" "));
            place.changed();
            ui::after_paint(case::focus);
        };
        let request = (Method::Post, path, Body::json(request));
        self.form.send(Phase::Sending, request, done, move |error| {
            self.form.failed(&error);
            // Somebody else may have been faster.
            place.changed();
        });
    }
}

/// What decides.
const SUBMIT: &str = ".decision .button.primary";

fn focus(selector: &str) {
    if let Ok(Some(control)) = document().query_selector(selector) {
        ui::focus_first(&control, "none");
    }
}
