//! Where something holds: everywhere, or at some of the locations.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_contract::organization::Organization;
use membership_domain::id::LocationId;

use crate::api::Remote;
use crate::text::users::places as words;
use crate::ui::{self, Check};

/// The choice.
#[derive(Clone, Copy)]
pub struct Places {
    limited: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<LocationId>>,
}

impl Places {
    /// Everywhere.
    pub fn new() -> Self {
        Self {
            limited: RwSignal::new(false),
            chosen: RwSignal::new(BTreeSet::new()),
        }
    }

    /// The locations; nothing for the whole organization.
    pub fn chosen(self) -> Option<BTreeSet<LocationId>> {
        (self.limited.get_untracked()).then(|| self.chosen.get_untracked())
    }

    /// Everywhere again.
    pub fn clear(self) {
        self.limited.set(false);
        self.chosen.set(BTreeSet::new());
    }

    /// Its controls.
    pub fn view(self, company: Remote<Organization>) -> AnyView {
        let limit = Callback::new(move |on| self.limited.set(on));
        let places = move || {
            self.limited.get().then(|| {
                ui::loaded(company, move |company| {
                    let all = company.locations.iter();
                    all.map(|place| ui::among(self.chosen, place.id, place.name.clone()))
                        .collect_view()
                        .into_any()
                })
            })
        };
        view! {
            <fieldset class="field">
                <legend>{words::SCOPE}</legend>
                <Check label=words::SOME checked=self.limited on_change=limit />
                {places}
            </fieldset>
        }
        .into_any()
    }
}
