//! Bank entries that wait: the queue, the case of the one that is open, and the decision about it.

mod case;
mod claim;
mod decision;
mod done;
mod queue;

use std::time::Duration;

use leptos::prelude::*;
use membership_contract::desk::BankEntry;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_domain::id::BankEntryId;

use self::claim::Claim;
use self::decision::Decision;
use self::done::Last;
use super::desk::{self, Desk};
use super::keys::{Keys, Press};
use super::money;
use crate::api::{Remote, remote};
use crate::go::{Go, Step, query, use_go};
use crate::paths::desk as paths;
use crate::paths::with_query;
use crate::shell::heading::lead;
use crate::text::operator::entries as words;
use crate::ui::{self, LinkButton};

/// So often it is looked at who else is at what.
const LOOK: Duration = Duration::from_secs(30);

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct Place {
    entries: Remote<Page<BankEntry>>,
    /// What the address asks for: a state, where the page begins, and the entry that is open.
    asked: Memo<[String; 3]>,
    /// What is looked for in the queue.
    find: RwSignal<String>,
    /// What the queue shows.
    shown: Memo<Vec<BankEntry>>,
    /// The entry that is open.
    open: Memo<Option<BankEntry>>,
    decision: Decision,
    claim: Claim,
    last: RwSignal<Option<Last>>,
    keys: Keys,
    desk: Desk,
    go: StoredValue<Go, LocalStorage>,
}

/// The page.
pub fn page() -> AnyView {
    let place = Place::new();
    let title = move || words::waiting(place.desk.summary.get().map_or(0, |one| one.bank_entries));
    let actions = view! {
        {place.keys.panel()}
        <LinkButton href=paths::STATEMENTS.href()>{words::IMPORT}</LinkButton>
    };
    view! {
        {lead(Signal::derive(title), words::ABOUT, actions)}
        {done::bar(place)}
        <div class="desk">
            {queue::card(place)}
            {case::card(place)}
            {decision::card(place)}
        </div>
    }
    .into_any()
}

impl Place {
    fn new() -> Self {
        let query = query();
        let asked = Memo::new(move |_| {
            [paths::STATE, paths::CURSOR, paths::ENTRY]
                .map(|name| query.with(|query| query.get(name)).unwrap_or_default())
        });
        let address = Memo::new(move |_| {
            asked.with(|[state, cursor, _]| {
                let fields = [
                    (paths::STATE, state.as_str()),
                    (paths::CURSOR, cursor.as_str()),
                ];
                with_query(api_paths::DESK_BANK_ENTRIES, &fields)
            })
        });
        let entries = remote::<Page<BankEntry>>(move || Some(address.get()));
        let find = RwSignal::new(String::new());
        let shown = Memo::new(move |_| {
            let all = entries.get().map(|page| page.items.clone());
            let mut all = all.unwrap_or_default();
            find.with(|find| all.retain(|entry| queue::fits(entry, find)));
            all
        });
        let open = Memo::new(move |_| {
            let wanted = asked.with(|[_, _, entry]| entry.parse::<BankEntryId>().ok());
            shown.with(|shown| {
                let found = shown.iter().find(|entry| Some(entry.id) == wanted);
                found.or_else(|| shown.first()).cloned()
            })
        });
        let place = Self {
            entries,
            asked,
            find,
            shown,
            open,
            decision: Decision::new(),
            claim: Claim::new(),
            last: RwSignal::new(None),
            keys: Keys::remembered(),
            desk: desk::current(),
            go: StoredValue::new_local(Box::new(use_go(Step::Here))),
        };
        place.claim.follow(place);
        place.decision.follow(place);
        place.keys.listen(move |press| place.press(press));
        place.keep_looking();
        place
    }

    /// Reads the queue again from time to time: others are at it too.
    fn keep_looking(self) {
        let look = move || {
            if !document().hidden() {
                self.entries.reload();
            }
        };
        if let Ok(looking) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || looking.clear());
        }
    }

    /// What a key does; whether it did something.
    fn press(self, press: Press) -> bool {
        let key = match press {
            Press::Decide => return self.decision.decide(self),
            Press::Key(key) => key,
        };
        match key.as_str() {
            "J" => self.step(1),
            "K" => self.step(-1),
            "A" => self.decision.accept_first(self),
            "U" => done::undo(self),
            "/" => queue::focus(),
            key => self.decision.choose_by(self, key),
        }
    }

    /// Opens the entry so many places further on.
    fn step(self, by: isize) -> bool {
        let Some(next) = self.beside(by) else {
            return false;
        };
        self.open(&next);
        true
    }

    /// The entry so many places after the one that is open.
    fn beside(self, by: isize) -> Option<BankEntry> {
        let open = self.open.get_untracked()?.id;
        self.shown.with_untracked(|shown| {
            let here = shown.iter().position(|entry| entry.id == open)?;
            shown.get(here.checked_add_signed(by)?).cloned()
        })
    }

    /// Opens an entry, and says which.
    fn open(self, entry: &BankEntry) {
        let to = self.href(entry.id);
        self.go.with_value(|go| go(&to));
        ui::live::say(&said(entry));
        queue::show(entry.id);
    }

    /// The address at which an entry is open.
    fn href(self, id: BankEntryId) -> String {
        self.asked
            .with_untracked(|[state, cursor, _]| paths::entry(id, state, cursor))
    }

    /// Something was decided, or somebody else did.
    fn changed(self) {
        self.entries.reload();
        self.desk.changed();
    }
}

/// Whom the money is from, or to.
fn party(entry: &BankEntry) -> String {
    let name = entry.counterparty.as_deref().unwrap_or(words::NO_PAYER);
    match entry.is_credit {
        true => words::from(name),
        false => words::to(name),
    }
}

/// An entry in a few words.
fn said(entry: &BankEntry) -> String {
    words::opened(&money(entry.money), &party(entry))
}
