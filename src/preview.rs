//! Previews: what if. The hypothesis is in the address, is computed here, and is never saved.

mod controls;
mod outcome;
mod panel;

pub use outcome::delta;
pub use panel::{for_program, for_score};

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_domain::assess::{Assessment, Basis};
use membership_domain::hypothesis::{Hypothesis, Misread};

use crate::counted::{Counted, Differs};
use crate::go::{Step, query, use_go};
use crate::workspace::Workspace;
use crate::{paths, ui};

/// A page's hypothesis, and what it makes of today.
#[derive(Clone, Copy)]
pub struct Preview {
    /// What the page is made from.
    pub workspace: StoredValue<Workspace>,
    /// What is counted without a hypothesis.
    pub counted: Counted,
    /// What is counted: with a hypothesis, what was entered, for nothing is decided by trying out.
    pub basis: Memo<Basis>,
    /// Without the hypothesis, on the same basis.
    pub today: Memo<Arc<Assessment>>,
    /// What is tried out.
    pub hypothesis: Memo<Hypothesis>,
    /// Parts of the address that make no sense.
    pub misread: Memo<Vec<Misread>>,
    /// With the hypothesis.
    pub shown: Memo<Arc<Assessment>>,
    change: Callback<Hypothesis>,
}

impl Preview {
    /// Reads the hypothesis of the page's address, now and whenever it changes.
    pub fn of(workspace: &Workspace) -> Self {
        ui::Opened::provide();
        let counted = Counted::of(workspace);
        let workspace = StoredValue::new(workspace.clone());
        let query = query();
        let read = Memo::new(move |_| {
            query.with(|query| {
                let pairs: Vec<(String, String)> = ["day", "people", "measures", "met"]
                    .into_iter()
                    .filter_map(|name| Some((name.to_owned(), query.get(name)?)))
                    .collect();
                let pairs = pairs
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()));
                workspace.with_value(|workspace| Hypothesis::read(&workspace.catalog, pairs))
            })
        });
        let hypothesis = Memo::new(move |_| read.with(|(hypothesis, _)| hypothesis.clone()));
        let misread = Memo::new(move |_| read.with(|(_, misread)| misread.clone()));
        let basis = Memo::new(move |_| {
            if hypothesis.with(Hypothesis::is_empty) {
                counted.asked.get()
            } else {
                Basis::Entered
            }
        });
        let today = Memo::new_with_compare(move |_| counted.today(basis.get()), |_, _| true);
        let assessed = move |_: Option<&Arc<Assessment>>| {
            let today = today.get();
            hypothesis.with(|hypothesis| {
                if hypothesis.is_empty() {
                    return today;
                }
                let workspace = workspace.with_value(|known| known.on(Basis::Entered));
                Arc::new(workspace.assess(hypothesis))
            })
        };
        // Another hypothesis gives another assessment: comparing the two trees would tell nothing.
        let shown = Memo::new_with_compare(assessed, |_, _| true);
        Self {
            workspace,
            counted,
            basis,
            today,
            hypothesis,
            misread,
            shown,
            change: to_address(),
        }
    }

    /// Tries something else out: the address follows, and with it everything on the page.
    pub fn change(self, change: impl FnOnce(&mut Hypothesis)) {
        let mut hypothesis = self.hypothesis.get_untracked();
        change(&mut hypothesis);
        self.change.run(hypothesis);
    }

    /// Back to the truth.
    pub fn reset(self) {
        self.change.run(Hypothesis::default());
    }

    /// The hypothesis, a moment later: for what may follow once the new score is on the screen.
    pub fn settled(self) -> ReadSignal<Hypothesis> {
        let hypothesis = self.hypothesis;
        let (settled, set_settled) = signal(hypothesis.get_untracked());
        Effect::new(move |before: Option<()>| {
            hypothesis.track();
            if before.is_some() {
                ui::after_paint(move || {
                    if let Some(now) = hypothesis.try_get_untracked() {
                        set_settled.try_set(now);
                    }
                });
            }
        });
        settled
    }

    /// Shows and switches whose entries are counted; not while anything is tried out.
    pub fn provenance(self, differs: Differs) -> AnyView {
        let previewed = Signal::derive(move || self.is_active());
        self.counted.control(differs, previewed)
    }

    /// The line over the page while anything is tried out.
    pub fn banner(self) -> AnyView {
        let back = Callback::new(move |()| self.reset());
        let active = Memo::new(move |_| self.is_active());
        (move || active.get().then(|| ui::banner(back))).into_any()
    }

    /// Whether anything is tried out. Tracks.
    pub fn is_active(self) -> bool {
        self.hypothesis.with(|hypothesis| !hypothesis.is_empty())
    }
}

/// Writes a hypothesis into the page's address, beside what else is in it.
fn to_address() -> Callback<Hypothesis> {
    let location = use_location();
    let query = query();
    let named = move |name| {
        query
            .with_untracked(|query| query.get(name))
            .unwrap_or_default()
    };
    // Every press of a stepper would otherwise be a step of the way back.
    let go = use_go(Step::Here);
    Callback::new(move |hypothesis: Hypothesis| {
        let kept = [paths::TRACK, paths::BASIS].map(|name| (name, named(name)));
        let changes = hypothesis.query();
        let mut fields: Vec<_> = kept.iter().map(|(name, value)| (*name, &**value)).collect();
        fields.extend(changes.iter().map(|(name, value)| (*name, value.as_str())));
        let address = paths::with_query(&location.pathname.get_untracked(), &fields);
        go(&address);
    })
}
