//! The controls of a form, each made in one place, so that many of them are little code.

use leptos::prelude::*;

use super::Sheet;
use crate::ui::{self, Choice, Select, TextField};

impl Sheet {
    /// An input, by its id, or by an empty one inside a line; `hint` may be empty too.
    pub fn text(
        self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
        kind: &'static str,
        value: RwSignal<String>,
    ) -> AnyView {
        let error = self.error(id);
        let id = own(id);
        if hint.is_empty() {
            view! { <TextField id=id label=label value=value kind=kind longest=200 error=error /> }
                .into_any()
        } else {
            view! { <TextField id=id label=label hint=hint value=value kind=kind longest=200 error=error /> }
            .into_any()
        }
    }

    /// A choice, by its id like an input.
    pub fn choose(
        id: &'static str,
        label: &'static str,
        choices: Vec<Choice>,
        value: RwSignal<String>,
    ) -> AnyView {
        let choose = Callback::new(move |chosen| value.set(chosen));
        view! { <Select id=own(id) label=label choices=choices value=value on_change=choose /> }
            .into_any()
    }
}

fn own(id: &'static str) -> String {
    if id.is_empty() {
        ui::id::unique("line")
    } else {
        id.to_owned()
    }
}
