//! The page of a row that is entered, as every form for evidence draws it.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::catalog::{AssociationKind, Catalog};

use super::kept::{KEPT, Kept};
use super::{Enter, Entry};
use crate::shell::heading::lead;
use crate::text::by_hand as text;
use crate::ui::{self, Button, Choice, Disclosure};

impl Entry {
    /// The same for a row that is known, or is not.
    pub fn known(mut self, known: bool) -> Self {
        self.new = !known;
        self
    }

    /// The page: the way here, the heading with what else can be done, and the form. `removal` is
    /// what there is to choose before the row is removed.
    pub fn view(
        self,
        above: Vec<(String, String)>,
        (title, actions): (String, AnyView),
        enter: Enter,
        fields: Vec<AnyView>,
        (removal, kept): (AnyView, Kept),
    ) -> AnyView {
        let save = Callback::new(move |()| self.send(enter, false));
        let removal = (!self.new).then(|| self.removal(&title, enter, (removal, kept.row)));
        let list = self.part.list.href();
        let cancel = move |_| self.editor.forget();
        let none = Signal::stored(false);
        let submit = match kept.whole {
            None => self.editor.form.submit(text::SAVE, none),
            Some(why) => {
                let why = Signal::stored(Some(why.to_owned()));
                view! {
                    <Button submit=true kind=ui::Kind::Primary blocked=why reason_id=KEPT>
                        {text::SAVE}
                    </Button>
                }
                .into_any()
            }
        };
        let inside = view! {
            {fields}
            <div class="cluster">
                {submit}
                <a href=list on:click=cancel>{text::CANCEL}</a>
            </div>
            {removal}
        };
        view! {
            {ui::crumbs(above)}
            {lead(title, text::ABOUT, actions)}
            <div class="card">
                <div class="body">{self.editor.view(save, inside.into_any())}</div>
            </div>
        }
        .into_any()
    }

    /// What removes the row, asked once more.
    fn removal(
        self,
        name: &str,
        enter: Enter,
        (inside, kept): (AnyView, Option<&'static str>),
    ) -> AnyView {
        let press = Callback::new(move |()| self.send(enter, true));
        let sure = text::sure(name);
        let busy = Signal::derive(move || self.editor.form.busy());
        let kept = Signal::stored(kept.map(str::to_owned));
        view! {
            <Disclosure summary=text::remove(name)>
                <div class="stack">
                    <p class="muted">{text::REMOVE_ABOUT}</p>
                    {inside}
                    <Button on_press=press busy=busy blocked=kept>
                        {sure}
                    </Button>
                </div>
            </Disclosure>
        }
        .into_any()
    }
}

/// All workloads.
pub fn workloads(catalog: &Catalog, first: &str) -> Vec<Choice> {
    let all = catalog.workloads.iter();
    ui::choices(
        first,
        all.map(|known| (known.id.clone(), known.name.clone())),
    )
}

/// All kinds of associations.
pub fn associations() -> Vec<Choice> {
    let all = AssociationKind::ALL.into_iter();
    let named = all.map(|kind| (kind.code().to_owned(), en::association(kind).to_owned()));
    ui::choices(text::CHOOSE, named)
}
