//! The words of an order: its draft, its payment, and what comes of it.

pub const OFFERS: &str = "See all offers";
pub const ORDER: &str = "Order";
pub const SUMMARY: &str = "Order summary";
pub const DISCOUNT: &str = "Discount";
pub const TO_PAY: &str = "Total";
pub const ITEM: &str = "Item";
pub const AMOUNT: &str = "Amount";
pub const GONE: &str = "Order not found";
pub const GONE_WHY: &str = "The address may be mistyped, or the draft was discarded.";
pub const NO_ROLE: &str = "You can see orders, but not pay, change, or cancel them. A Global admin \
    or an MPN Partner admin can.";

/// A tax with its rate in hundredths of a percent.
pub fn tax(name: &str, rate: u32) -> String {
    if rate == 0 {
        return name.to_owned();
    }
    let percent = format!("{}.{:02}", rate / 100, rate % 100);
    let percent = percent.trim_end_matches('0').trim_end_matches('.');
    format!("{name} {percent}%")
}

/// The draft, before it is placed.
pub mod check {
    use crate::format;

    pub const TITLE: &str = "Check your answers";
    pub const ANSWERS: &str = "Your answers";
    pub const OFFER: &str = "Offer";
    pub const BENEFITS: &str = "Benefits";
    pub const SOLD_TO: &str = "Sold to";
    pub const BILL_TO: &str = "Bill to";
    pub const TAX_ID: &str = "Tax ID";
    pub const NO_TAX_ID: &str = "None";
    pub const METHOD: &str = "Payment";
    pub const NUMBER: &str = "Your own order number";
    pub const NO_NUMBER: &str = "None";
    pub const CHANGE: &str = "Change";
    pub const BEFORE: &str = "Before you order";
    pub const ACCEPT_FIRST: &str = "Accept the agreement first.";
    pub const LATER: &str = "Save for later";
    pub const DISCARD: &str = "Discard the draft";
    pub const DISCARDED: &str = "The draft is discarded.";
    pub const ENROLL: &str = "Enroll";
    pub const PRICE_CHANGED: &str = "Nothing was ordered";
    pub const FREE: &str = "It costs nothing and begins at once.";
    pub const FREE_CANCEL: &str = "You can cancel an order that isn't paid at any time.";
    pub const FURTHER: &str = "Areas you qualify for later cost nothing, and end with this term.";

    pub fn about(offer: &str, buyer: &str) -> String {
        format!("{offer} for {buyer}")
    }

    pub fn change(what: &str) -> String {
        format!("Change: {what}")
    }

    pub fn held(time: &str) -> String {
        format!("Price held until {time} UTC.")
    }

    pub fn place(total: &str) -> String {
        format!("Place order: {total}")
    }

    pub fn accept(buyer: &str, agreement: &str) -> String {
        format!("I may sign for {buyer}, and I accept the {agreement}.")
    }

    pub fn changed(total: &str) -> String {
        format!(
            "What you confirmed isn't current anymore: the price is no longer held, or it, the \
             agreement, or the billing profile changed. The total is now {total}. Check everything, \
             then order again."
        )
    }

    pub fn term(starts: &str, ends: &str) -> String {
        format!(
            "The term begins on the day the payment arrives. If you pay today, it runs from \
             {starts} to {ends}."
        )
    }

    pub fn open_term(starts: &str) -> String {
        format!("The term begins on {starts} and has no end date.")
    }

    pub fn addition(ends: &str) -> String {
        format!("It begins at once and ends with what you hold, on {ends}.")
    }

    pub fn renewal(old: &str, new: &str) -> String {
        format!("Anniversary {old}. If you pay today, the next one is {new}.")
    }

    pub fn benefits(day: &str) -> String {
        format!("Benefits end on {day} unless you renew.")
    }

    pub fn cancel(days: u32) -> String {
        let days = format::counted(i64::from(days), "day", "days");
        format!(
            "You can cancel within {days} of the purchase, as long as no benefit was activated or \
             used and no product key was viewed. Nothing is refunded later, and nothing in part."
        )
    }

    pub fn wire(days: u32) -> String {
        let days = format::counted(i64::from(days), "day", "days");
        format!("The order expires {days} after you place it, unless it's fully paid.")
    }
}

/// The headline, by how far the order is.
pub mod headline {
    pub fn transfer(number: &str, amount: &str) -> String {
        format!("Order {number} is placed. Now transfer {amount}.")
    }

    pub fn by_card(number: &str, amount: &str) -> String {
        format!("Order {number} is placed. Now pay {amount} by card.")
    }

    pub fn paying(number: &str) -> String {
        format!("Order {number}: a card payment is open.")
    }

    pub fn unknown(number: &str) -> String {
        format!("Order {number}: the payment is being checked.")
    }

    pub fn partly(number: &str, due: &str) -> String {
        format!("Order {number} is partly paid: {due} is still due.")
    }

    pub fn paid(number: &str) -> String {
        format!("Order {number} is paid.")
    }

    pub fn enrolled(offer: &str) -> String {
        format!("You're enrolled: {offer}.")
    }

    pub fn expired(number: &str) -> String {
        format!("Order {number} expired.")
    }

    pub fn canceled(number: &str) -> String {
        format!("Order {number} is canceled.")
    }

    pub fn refunded(number: &str) -> String {
        format!("Order {number} was refunded.")
    }

    pub fn disputed(number: &str) -> String {
        format!("The payment of order {number} is disputed.")
    }
}

/// The proof of a transfer.
pub mod proof {
    pub const SENT_ALREADY: &str = "Already sent? Upload the proof of payment";
    pub const AGAIN: &str = "Upload another proof of payment";
    pub const ABOUT: &str = "It helps us find your money if the bank loses the reference. The order is paid when the \
         money arrives.";
    pub const PAID_ON: &str = "Day of the transfer";
    pub const ACCOUNT: &str = "Account that you paid to";
    pub const TRANSACTION: &str = "Bank's reference of the transfer";
    pub const TRANSACTION_HINT: &str = "As your bank's confirmation shows it.";
    pub const FILE: &str = "Bank's confirmation";
    pub const UPLOAD: &str = "Upload";
    pub const DONE: &str = "The proof of payment is uploaded.";

    pub fn file_hint(megabytes: usize) -> String {
        format!("A PDF, JPEG, or PNG file of at most {megabytes} MB.")
    }

    pub fn uploaded(day: &str, transaction: &str) -> String {
        format!("Proof of payment uploaded on {day}, for the transfer {transaction}.")
    }
}

/// An order that was placed.
pub mod placed {
    use crate::format;

    pub const PRINT: &str = "Print";
    pub const TRANSFER: &str = "Transfer";
    pub const CARD: &str = "Pay by card";
    pub const AMOUNT: &str = "Amount";
    pub const REFERENCE: &str = "Reference";
    pub const REFERENCE_WHY: &str = "Without it, we can't match the money.";
    pub const TO: &str = "To";
    pub const ACCOUNT: &str = "Account";
    pub const BANK: &str = "Bank";
    pub const BIC: &str = "BIC";
    pub const SAMPLE_ACCOUNT: &str = "Sample account";
    pub const SAMPLE_WHY: &str = "This account is made up. Don't transfer money to it.";
    pub const COPY: &str = "Copy";
    pub const COPIED: &str = "Copied.";
    pub const NOT_COPIED: &str = "Your browser didn't allow copying. Select the text and copy it.";
    pub const EXACT: &str = "Send exactly this amount; you pay your bank's fees.";
    pub const NO_ACCOUNT: &str = "No account is published for this currency. Ask support.";
    pub const CARD_ABOUT: &str = "You pay on the payment provider's page and come back here.";
    pub const CONTINUE: &str = "Continue to payment";
    pub const GIVE_UP: &str = "Give up this payment";
    pub const GIVEN_UP: &str = "The payment is given up. Nothing was charged.";
    pub const OPEN: &str = "A card payment is open. Continue it, or give it up to pay another way.";
    pub const LEFT: &str = "The last card payment was given up. Nothing was charged.";
    pub const CHECKING: &str = "Asking the payment provider\u{2026}";
    pub const UNKNOWN: &str = "The payment provider hasn't said yet whether the card was charged. \
        Don't pay again. This page asks every few seconds.";
    pub const STILL_UNKNOWN: &str = "The payment provider still hasn't answered. Don't pay again. \
        You can leave this page: the order is settled as soon as the answer comes.";
    pub const CHECK_AGAIN: &str = "Check again";
    pub const DISPUTED: &str = "The card's owner disputes the payment with the bank. The term goes \
        on until the bank decides.";
    pub const NEXT: &str = "What happens next";
    pub const OTHERWISE: &str = "Change or cancel";
    pub const GIVE_UP_FIRST: &str = "Give up the open card payment first.";
    pub const BEING_CHECKED: &str = "Wait until it's known whether the card was charged.";
    pub const MONEY_IS_HERE: &str = "Some of the money is here already.";
    pub const CANCEL: &str = "Cancel the order";
    pub const CANCELED: &str = "The order is canceled.";
    pub const KEEP: &str = "Keep the order";
    pub const PAYMENTS: &str = "Payments received";
    pub const DAY: &str = "Day";
    pub const HOW: &str = "How";
    pub const DOCUMENTS: &str = "Documents";
    pub const NO_DOCUMENTS: &str = "There are no documents, because nothing is paid.";
    pub const DOCUMENTS_COME: &str = "The invoice and the receipt are here once the order is paid.";
    pub const DOCUMENT: &str = "Document";
    pub const NUMBER: &str = "Number";
    pub const FILES: &str = "Files";
    pub const NUMBERED: &str = "Being numbered";
    pub const MAKING: &str = "The file is being made. It's here in a moment.";
    pub const NO_DOWNLOAD: &str = "A Global admin or an MPN Partner admin can download it.";
    pub const AGAIN: &str = "Order again";
    pub const FACTS: &str = "This order";
    pub const PLACED: &str = "Placed";
    pub const TERM: &str = "Term";
    pub const OWN_NUMBER: &str = "Your number";

    pub fn about(offer: &str, buyer: &str) -> String {
        format!("{offer} for {buyer}")
    }

    pub fn copy(what: &str) -> String {
        format!("Copy: {what}")
    }

    pub fn until(day: &str) -> String {
        format!("Valid until {day}")
    }

    pub fn pay(amount: &str) -> String {
        format!("Pay {amount} by card")
    }

    pub fn switch(method: &str) -> String {
        format!("Pay by {} instead", method.to_lowercase())
    }

    pub fn switched(method: &str) -> String {
        format!("You now pay by {}.", method.to_lowercase())
    }

    pub fn sure(number: &str) -> String {
        format!("Cancel order {number}")
    }

    pub fn sure_about(received: Option<&str>) -> String {
        match received {
            None => {
                "The order ends at once, and nothing is owed. You can order again at the price \
                     of that day."
                    .to_owned()
            }
            Some(received) => format!(
                "The order ends at once. {received} was received and goes back to where it came \
                 from. You can order again at the price of that day."
            ),
        }
    }

    pub fn card(digits: &str) -> String {
        format!("Card ending in {digits}")
    }

    pub fn too_much(amount: &str) -> String {
        format!("{amount} more than was due")
    }

    pub fn download(kind: &str, bill: &str) -> String {
        format!("{kind} of {bill}")
    }

    pub fn by_day(day: &str) -> String {
        format!("by {day}; otherwise the order expires")
    }

    pub fn ended(day: &str) -> String {
        format!("It ended on {day}.")
    }

    pub fn term(starts: &str, ends: &str) -> String {
        format!("{starts} to {ends}")
    }

    pub fn from(starts: &str) -> String {
        format!("From {starts}, without an end date")
    }

    /// The steps: who, what they do, and when.
    pub fn steps(wire: bool, amount: &str, day: &str, days: u32) -> Vec<[String; 3]> {
        let days = format::counted(i64::from(days), "business day", "business days");
        let step = |who: &str, what: &str, when: String| [who.to_owned(), what.to_owned(), when];
        let term = step(
            "The term",
            "begins",
            "on the day the money arrives".to_owned(),
        );
        let bills = "as soon as the order is paid".to_owned();
        let bills = step("The invoice", "and the receipt are here", bills);
        match wire {
            true => vec![
                step("You", &format!("transfer {amount}"), by_day(day)),
                step(
                    "We",
                    "match it with this order",
                    format!("within {days} of its arrival"),
                ),
                term,
                bills,
            ],
            false => vec![
                step("You", &format!("pay {amount} by card"), by_day(day)),
                term,
                bills,
            ],
        }
    }
}
