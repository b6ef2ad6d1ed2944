//! The addresses of the operator's desk, which is a program of its own. None is an organization's.

use membership_domain::id::{BankEntryId, OrderId};

use super::{Page, with_query};

/// Bank entries that wait: where the desk begins.
pub const ENTRIES: Page = Page("/operator");
/// Files of a bank.
pub const STATEMENTS: Page = Page("/operator/statements");
/// Money that its orders did not take.
pub const PARKED: Page = Page("/operator/parked");
/// Orders of all organizations.
pub const ORDERS: Page = Page("/operator/orders");
/// The trial balance, and the journal.
pub const BOOKS: Page = Page("/operator/books");
/// By which rules prices and terms are made.
pub const CATALOG: Page = Page("/operator/catalog");
/// The operator's own account.
pub const ACCOUNT: Page = Page("/operator/account");

/// The parameter of the queue that names the entry that is open.
pub const ENTRY: &str = "entry";
/// The parameter that says in which state things are.
pub const STATE: &str = "state";
/// The parameter that says where a page of a list begins, as the API has it.
pub const CURSOR: &str = "cursor";
/// The parameter of the books: up to and with this day.
pub const UNTIL: &str = "until";

/// An entry of the queue, among those in a state from a place on.
pub fn entry(id: BankEntryId, state: &str, cursor: &str) -> String {
    let fields = [(STATE, state), (CURSOR, cursor), (ENTRY, &id.to_string())];
    with_query(&ENTRIES.href(), &fields)
}

/// An order, by its id.
pub fn order(id: OrderId) -> String {
    format!("{}/{id}", ORDERS.href())
}

/// The orders whose number begins like this.
pub fn orders_like(number: &str) -> String {
    with_query(&ORDERS.href(), &[("search", number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_asked_for_is_not_in_the_address() {
        let id = BankEntryId::nil();
        let nil = "00000000-0000-0000-0000-000000000000";
        assert_eq!(entry(id, "", ""), format!("/operator?entry={nil}"));
        let of_state = format!("/operator?state=to_return&entry={nil}");
        assert_eq!(entry(id, "to_return", ""), of_state);
        assert_eq!(orders_like("2023"), "/operator/orders?search=2023");
    }

    #[test]
    fn sign_in_leads_back_to_the_desk() {
        let orders = ORDERS.href();
        assert_eq!(super::super::inside(&orders), orders);
    }
}
