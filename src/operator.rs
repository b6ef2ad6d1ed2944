//! The operator's desk: what the program owner's people see and decide. A program of its own below
//! the address /operator, which partners never load.
//!
//! Who may be here the server decides, by its answer to what waits ([`desk`]); until it has said so
//! nothing is shown of what there is.

mod account;
mod books;
mod catalog;
mod desk;
mod entries;
mod gate;
mod keys;
mod navigation;
mod order;
mod orders;
mod parked;
mod statements;
mod table;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::path;
use membership_domain::Money;

use crate::api::boot;
use crate::pages::{gate as doors, sign_in};
use crate::{format, shell, ui};

/// The frame of every page, with the pages inside.
pub fn frame(pages: fn() -> AnyView) -> AnyView {
    let desk = desk::provide();
    shell::desk::frame(pages, desk.is_open(), navigation::entries)
}

/// The page of the current address.
pub fn pages() -> AnyView {
    view! {
        <FlatRoutes fallback=elsewhere>
            <Route path=path!("/operator") view=|| gate::page(entries::page) />
            <Route path=path!("/operator/statements") view=|| gate::page(statements::page) />
            <Route path=path!("/operator/parked") view=|| gate::page(parked::page) />
            <Route path=path!("/operator/orders") view=|| gate::page(orders::page) />
            <Route path=path!("/operator/orders/:order") view=|| gate::page(order::page) />
            <Route path=path!("/operator/books") view=|| gate::page(books::page) />
            <Route path=path!("/operator/catalog") view=|| gate::page(catalog::page) />
            <Route path=path!("/operator/account") view=|| doors::own(Box::new(account::page)) />
            <Route path=path!("/operator/*rest") view=|| gate::page(gate::missing) />
            <Route path=path!("/sign-in") view=|| sign_in::page(sign_in::within()) />
        </FlatRoutes>
    }
    .into_any()
}

/// An address outside of the desk is another program's.
fn elsewhere() -> AnyView {
    let here = doors::here();
    boot::enter(&here);
    ui::skeleton(3)
}

/// "15 Nov 2023, 09:00 UTC".
fn at(instant: DateTime<Utc>) -> String {
    let day = format::short_day(instant.date_naive());
    format!("{day} {}", format::year_and_time(instant))
}

/// A code in groups of four, as it is printed.
fn grouped(code: &str) -> String {
    let mut grouped = String::new();
    for (place, letter) in code.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}

/// Money, with a true minus.
fn money(money: Money) -> String {
    format::money(money.amount, money.currency.code()).replace('-', "\u{2212}")
}
