//! The navigation of the desk, with what waits beside each page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::desk::DeskSummary;

use super::desk;
use crate::paths::Page;
use crate::paths::desk as paths;
use crate::text::operator as words;
use crate::{format, ui};

struct Entry {
    label: &'static str,
    page: Page,
    icon: &'static str,
    /// What waits there; nothing is shown where that is nothing.
    waits: fn(&DeskSummary) -> u64,
}

const DESK: &[Entry] = &[
    Entry {
        label: words::BANK_ENTRIES,
        page: paths::ENTRIES,
        icon: "organization",
        waits: |summary| summary.bank_entries,
    },
    Entry {
        label: words::PARKED,
        page: paths::PARKED,
        icon: "clock",
        waits: |summary| summary.parked,
    },
    Entry {
        label: words::ORDERS,
        page: paths::ORDERS,
        icon: "offer",
        waits: |summary| summary.open_orders,
    },
];

const MONEY: &[Entry] = &[
    Entry {
        label: words::STATEMENTS,
        page: paths::STATEMENTS,
        icon: "download",
        waits: |summary| summary.gaps.len() as u64,
    },
    Entry {
        label: words::BOOKS,
        page: paths::BOOKS,
        icon: "programs",
        waits: |_| 0,
    },
];

const RULES: &[Entry] = &[Entry {
    label: words::CATALOG,
    page: paths::CATALOG,
    icon: "certificate",
    waits: |_| 0,
}];

/// All of them, in groups.
pub fn entries() -> AnyView {
    view! {
        {group(words::DESK, DESK)}
        {group(words::MONEY, MONEY)}
        {group(words::RULES, RULES)}
    }
    .into_any()
}

fn group(label: &'static str, entries: &'static [Entry]) -> AnyView {
    view! {
        <h2>{label}</h2>
        <ul>{entries.iter().map(link).collect_view()}</ul>
    }
    .into_any()
}

fn link(entry: &'static Entry) -> AnyView {
    let here = use_location().pathname;
    let target = entry.page.href();
    let current = {
        let target = target.clone();
        move || here.with(|here| relation(&target, here))
    };
    let summary = desk::current().summary;
    let count = move || {
        let waits = summary.get().map_or(0, |summary| (entry.waits)(&summary));
        (waits > 0).then(|| {
            let number = format::number(i64::try_from(waits).unwrap_or(i64::MAX));
            view! { <span class="count num">{number}</span> }
        })
    };
    view! {
        <li>
            <a href=target aria-current=current>
                {ui::icon(entry.icon)}
                {entry.label}
                {count}
            </a>
        </li>
    }
    .into_any()
}

/// How an entry relates to the page that is shown. The desk's own address is above all others, and
/// is only current itself.
fn relation(entry: &str, here: &str) -> Option<&'static str> {
    if here == entry {
        return Some("page");
    }
    let is_below = here
        .strip_prefix(entry)
        .is_some_and(|rest| rest.starts_with('/'));
    (is_below && entry != paths::ENTRIES.href()).then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_below_orders_and_not_below_the_queue() {
        let order = "/operator/orders/1";
        assert_eq!(relation("/operator/orders", order), Some("true"));
        assert_eq!(relation("/operator", order), None);
        assert_eq!(relation("/operator", "/operator"), Some("page"));
    }
}
