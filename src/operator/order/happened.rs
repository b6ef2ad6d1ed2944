//! What happened to an order, as the audit log calls it.

use leptos::prelude::*;
use membership_contract::desk::DeskEvent;
use membership_contract::text::en;

use crate::operator::{at, table};
use crate::text::operator::orders as words;

/// The card, the oldest first.
pub fn card(history: &[DeskEvent]) -> AnyView {
    if history.is_empty() {
        return table::card(words::HISTORY, (), table::nothing(words::NO_HISTORY));
    }
    let events = history.iter().map(event).collect_view();
    table::card(
        words::HISTORY,
        (),
        view! { <ol class="rows plain">{events}</ol> },
    )
}

fn event(one: &DeskEvent) -> AnyView {
    let said = format!("{} \u{b7} {}", words::who(&one.who), at(one.at));
    view! {
        <li>
            <p>{name(&one.action)}</p>
            <p class="small muted num">{said}</p>
        </li>
    }
    .into_any()
}

/// An action by its code; one of a later version is told as it is.
fn name(action: &str) -> String {
    let known = en::audit_actions().find(|(code, _)| *code == action);
    known.map_or_else(
        || action.replace(['.', '_'], " "),
        |(_, name)| name.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn what_happened_has_the_name_that_the_log_gives_it() {
        assert_eq!(name("order.place"), "Order placed");
        assert_eq!(name("order.split_up"), "order split up");
    }
}
