//! The words of the page of orders and bills.

use crate::format;

pub const NOTHING_DUE: &str = "Nothing is due.";
pub const ORDERS: &str = "Orders";
pub const NO_ORDERS: &str = "No orders yet. Everything you order is listed here.";
pub const BILLS: &str = "Bills";
pub const NO_BILLS: &str = "No bills yet. The invoice of an order is here as soon as it's paid.";
pub const NONE_FITS: &str = "No bill of this year and kind.";
pub const PAYMENTS: &str = "Payments received";
pub const NUMBER: &str = "Number";
pub const DAY: &str = "Day";
pub const FOR: &str = "For";
pub const KIND: &str = "Kind";
pub const TOTAL: &str = "With tax";
pub const STATUS: &str = "Status";
pub const ORDER: &str = "Order";
pub const REFERENCE: &str = "Reference";
pub const AMOUNT: &str = "Amount";
pub const ACTION: &str = "Action";
pub const HOW_TO_PAY: &str = "How to pay";
pub const YEAR: &str = "Year";
pub const ALL_YEARS: &str = "All years";
pub const ALL_KINDS: &str = "All kinds";
pub const OLDER: &str = "Show older";
pub const SHOW_ALL: &str = "Show all";
pub const CURRENCY: &str = "Currency";
pub const MATCHED: &str = "Matched";

/// `left` days from now, or as many days ago.
pub fn due_on(amount: &str, day: &str, left: i64) -> String {
    let when = match left {
        ..0 => return format!("{amount} was due on {day}."),
        0 => "today".to_owned(),
        left => format!("in {}", format::counted(left, "day", "days")),
    };
    format!("{amount} is due on {day}, {when}.")
}

pub fn due_in_orders(orders: usize, day: &str) -> String {
    format!("{orders} orders are waiting for payment; the first is due on {day}.")
}

pub fn about(open: usize, bills: usize) -> String {
    let open = match open {
        0 => "No open orders".to_owned(),
        open => format::counted(open as i64, "open order", "open orders"),
    };
    let bills = format::counted(bills as i64, "bill", "bills");
    format!("{open}, {bills}.")
}

pub fn csv(count: usize) -> String {
    format!("CSV of {count}")
}

pub fn pay_by(day: &str) -> String {
    format!("Pay by {day}")
}

pub fn action_about(action: &str, number: &str) -> String {
    format!("{action}: {number}")
}

pub fn paid(credit: bool) -> &'static str {
    if credit { "Credited" } else { "Paid" }
}
