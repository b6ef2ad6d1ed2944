//! The words of orders on the desk.

use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::ledger::BookingKind;

pub const ABOUT: &str = "Orders of all partners, newest first.";
pub const STATE: &str = "Status";
pub const ANY: &str = "Any status";
pub const NONE: &str = "No order found";
pub const NONE_WHY: &str = "No order has this number and status. A search finds how numbers begin.";
pub const NONE_YET: &str = "No order yet";
pub const NONE_YET_WHY: &str = "Orders appear here as soon as a partner places one.";
pub const SHOW_ALL: &str = "Show all orders";
pub const OFFER: &str = "Offer";
pub const TOTAL: &str = "Total";
pub const RECEIVED: &str = "Received";
pub const PLACED: &str = "Placed";

pub const GONE: &str = "Order not found";
pub const GONE_WHY: &str = "No placed order has this address. It may be mistyped.";

pub const COST: &str = "What it costs";
pub const ITEM: &str = "Item";
pub const QUANTITY: &str = "Quantity";
pub const PRICE: &str = "Price";
pub const DISCOUNT: &str = "Discount";
pub const NET: &str = "Net";

pub const PAYMENTS: &str = "Payments";
pub const NO_PAYMENTS: &str = "No money was received.";
pub const ON: &str = "Day";
pub const METHOD: &str = "Method";
pub const DETAIL: &str = "Reference";
pub const PARKED: &str = "Parked";
pub const ATTEMPT: &str = "Last card payment";

pub const BILLS: &str = "Bills";
pub const NO_BILLS: &str = "No bill was issued.";
pub const BILL: &str = "Number";
pub const DUE: &str = "Due";
pub const FILES: &str = "Files";
pub const READY: &str = "Ready";
pub const COMING: &str = "Being made";
pub const NOT_NUMBERED: &str = "Not numbered yet";

pub const FACTS: &str = "Facts";
pub const PROOF: &str = "Proof of payment";
pub const PROOF_SENT: &str = "Sent";
pub const PROOF_ACCOUNT: &str = "To the account";
pub const PROOF_TRANSACTION: &str = "Bank's reference";
pub const PROOF_UPLOADED: &str = "Uploaded";
pub const PROOF_SAVE: &str = "Save the file";
pub const PARTNER_ID: &str = "PartnerID";
pub const TAX_ID: &str = "Tax ID";
pub const SELLER: &str = "Seller";
pub const REFERENCE: &str = "Payment reference";
pub const PAY_BY: &str = "Pay by";
pub const ENDED: &str = "Ended";
pub const TERM: &str = "Term";
pub const PURCHASE_ORDER: &str = "Buyer's number";
pub const RULES: &str = "Catalog";
pub const STILL_DUE: &str = "Still due";

pub const HISTORY: &str = "History";
pub const NO_HISTORY: &str = "Nothing happened yet.";

pub const BOOKINGS: &str = "Bookings";
pub const NO_BOOKINGS: &str = "Nothing was booked yet.";
pub const BOOKED_FOR: &str = "For";
pub const ACCOUNT: &str = "Account";
pub const DEBIT: &str = "Debit";
pub const CREDIT: &str = "Credit";

pub fn title(number: &str, state: &str) -> String {
    format!("Order {number}: {state}")
}

pub fn about(offer: &str, buyer: &str) -> String {
    format!("{offer}, {buyer}")
}

pub fn tax(name: &str, rate: &str) -> String {
    format!("{name} {rate}%")
}

pub fn term(from: &str, until: &str) -> String {
    format!("{from} to {until}")
}

pub fn attempt(state: AttemptState) -> &'static str {
    match state {
        AttemptState::Created => "Not sent to the payment provider yet",
        AttemptState::Open => "The buyer is paying",
        AttemptState::Unknown => "The result isn't known yet",
        AttemptState::Succeeded => "Paid",
        AttemptState::Declined => "Declined",
        AttemptState::Canceled => "Canceled",
    }
}

/// What did something, where no person did.
pub fn who(name: &str) -> &str {
    match name {
        "token" => "A token",
        "operator" => "Command line",
        "job" | "server" => "Automatic",
        name => name,
    }
}

pub fn booking(kind: BookingKind) -> &'static str {
    match kind {
        BookingKind::Invoice => "Sale",
        BookingKind::Receipt => "Money received",
        BookingKind::Parking => "Money parked",
        BookingKind::Unparking => "Parked money moved",
        BookingKind::Earning => "Month earned",
        BookingKind::Refund => "Money returned",
        BookingKind::Fee => "Fee",
    }
}
