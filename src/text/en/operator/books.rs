//! The words of the books.

use membership_domain::purchase::ledger::Account;

pub const ABOUT: &str = "What is on each account, in each currency.";
pub const UNTIL: &str = "Up to and with";
pub const UNTIL_HINT: &str = "Today, if empty.";
pub const DOWNLOAD: &str = "Download journal";
pub const ACCOUNT: &str = "Account";
pub const DEBITS: &str = "Debits";
pub const CREDITS: &str = "Credits";
pub const BALANCE: &str = "Balance";
pub const TOTAL: &str = "Total";
pub const BALANCED: &str = "Balanced.";
pub const NOTHING: &str = "Nothing is booked up to this day";
pub const NOTHING_WHY: &str = "The first sale or payment appears here. Choose a later day to see \
    more.";
pub const OPEN_ITEMS: &str = "Open items";
pub const OPEN_ITEMS_ABOUT: &str = "Orders that owe something, or paid without owing it.";
pub const NO_OPEN_ITEMS: &str = "None. Every order that was billed is paid.";
pub const OWES: &str = "Owes";
pub const PAID_AHEAD: &str = "Paid without owing it";

pub fn unbalanced(currency: &str, difference: &str) -> String {
    format!(
        "Debits and credits in {currency} differ by {difference}. The books are wrong: stop \
         deciding, and tell the people who run the service."
    )
}

pub fn wrong(currencies: &str) -> String {
    format!("The books don't balance in {currencies}")
}

pub fn account(account: Account) -> &'static str {
    match account {
        Account::Receivable => "Owed by buyers",
        Account::CashCard => "At the payment provider",
        Account::CashWire => "In the bank",
        Account::Deferred => "Sold, not earned yet",
        Account::Tax => "Tax to pass on",
        Account::Parked => "Parked money",
        Account::Earned => "Memberships earned",
        Account::Refunds => "Returned to buyers",
        Account::Fees => "Fees",
    }
}
