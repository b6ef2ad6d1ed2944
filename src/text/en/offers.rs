//! The words of offers, and of the beginning of an order.

use crate::format;

pub const HELD: &str = "What you hold";
pub const OFFER: &str = "Offer";
pub const TERM: &str = "Term";
pub const PRICE: &str = "Price";
pub const CAN: &str = "Conditions";
pub const ACTION: &str = "Action";
pub const FREE: &str = "Free";
pub const NOT_PUBLISHED: &str = "Not published";
pub const OPEN_ENDED: &str = "Open-ended";
pub const BUY: &str = "Buy";
pub const RENEW: &str = "Renew";
pub const ENROLL: &str = "Enroll";
pub const ADD: &str = "Add for free";
pub const CONTINUE: &str = "Continue the order";
pub const NOT_FOR_YOU: &str = "Not for you";
pub const NONE_TODAY: &str = "Nothing can be ordered today.";
pub const UNVERIFIED: &str = "Nothing can be ordered until the account is verified.";

pub fn about(country: &str, currency: &str) -> String {
    format!("Prices for {country}, in {currency}, without tax.")
}

pub fn days(days: u32) -> String {
    format::counted(i64::from(days), "day", "days")
}

/// The last day of what is added.
pub fn until(day: &str) -> String {
    format!("Until {day}")
}

/// The headline where something can be renewed.
pub fn renew_by(offer: &str, price: &str, day: &str, left: i64) -> String {
    format!("Renew {offer} by {day}, {}: {price}.", within(left))
}

fn within(left: i64) -> String {
    match left {
        0 => "which is today".to_owned(),
        left => format!("in {}", format::counted(left, "day", "days")),
    }
}

pub fn qualified_to_buy(areas: &str, price: &str) -> String {
    format!("You qualify for {areas}: buy the designation for {price}.")
}

pub fn add_free(areas: &str) -> String {
    format!("You qualify for {areas}: add it to your designation for free.")
}

pub fn enroll_free(offer: &str) -> String {
    format!("You can enroll in {offer} for free.")
}

pub fn buy_for(offer: &str, price: &str) -> String {
    format!("You can buy {offer} for {price}.")
}

pub fn several(offers: &str) -> String {
    format!("You can order {offers} today.")
}

pub fn waiting(number: &str) -> String {
    format!("Order {number} is waiting for payment.")
}

pub fn runs(offer: &str, left: i64) -> String {
    let left = format::counted(left, "more day", "more days");
    format!("{offer} runs {left}; nothing can be ordered today.")
}

pub fn not_ready(offer: &str, closes: &str) -> String {
    format!("{offer} can be renewed until {closes}, but a condition isn't met yet.")
}

/// What is held, and how long.
pub mod held {
    use crate::format;

    pub const ACTIVE: &str = "Active";
    pub const DUE: &str = "Renewal due";
    pub const ENDED: &str = "Ended";

    pub fn term(since: &str, until: &str) -> String {
        format!("{since} to {until}")
    }

    pub fn since(since: &str) -> String {
        format!("Since {since}")
    }

    pub fn left(days: i64) -> String {
        format!("{} left", format::counted(days, "day", "days"))
    }

    pub fn left_to_renew(days: i64) -> String {
        match days {
            0 => "Last day to renew".to_owned(),
            days => format!("{} to renew", format::counted(days, "day", "days")),
        }
    }

    pub fn window(opens: &str, closes: &str) -> String {
        format!("Renewal window: {opens} to {closes}.")
    }

    pub fn benefits(day: &str) -> String {
        format!("Benefits end on {day} unless you renew.")
    }

    pub fn bar(used: i64, all: i64, window: i64) -> String {
        let all = format::counted(all, "day", "days");
        let window = match window {
            0 => String::new(),
            days => format!(", then {} to renew", format::counted(days, "day", "days")),
        };
        format!("{} of {all} used{window}", format::number(used))
    }
}

/// The conditions of an order.
pub mod checks {
    pub const ROLE: &str = "Your roles allow ordering";
    pub const MY_ACCESS: &str = "See my access";
    pub const BILLING: &str = "Billing profile linked";
    pub const LINK_IT: &str = "Link it";
    pub const HELD: &str = "Held without an end date, so there's nothing to renew";
    pub const NO_PRICE: &str = "No price is published";
    pub const CLOSE_GAP: &str = "Close the gap";
    pub const SEE_COMPANY: &str = "See the company";
    pub const SEE_PROGRAM: &str = "See the program";
    pub const SEE_ORDER: &str = "See the order";
    pub const NOT_QUALIFIED: &str = "Qualified in an area";

    pub fn met(count: usize) -> String {
        match count {
            1 => "1 condition is met".to_owned(),
            more => format!("{more} conditions are met"),
        }
    }

    pub fn all_met(count: usize) -> String {
        format!("All {count} conditions are met")
    }

    pub fn finding(title: &str, found: &str) -> String {
        format!("{title}: {found}")
    }

    pub fn qualified(areas: &str) -> String {
        format!("Qualified in {areas}")
    }

    pub fn nearest(area: &str, short: &str) -> String {
        format!("Qualified in an area: {area} is {short} short")
    }

    pub fn nearest_else(area: &str) -> String {
        format!("Qualified in an area: {area} has the points, but not every requirement")
    }

    pub fn billing_by(admins: &str) -> String {
        format!("Billing profile linked: {admins} can link it")
    }

    pub fn window(opens: &str, closes: &str) -> String {
        format!("Renewal window open: it opens on {opens} and closes on {closes}")
    }

    pub fn open_order(number: &str) -> String {
        format!("No open order: {number} is waiting for payment")
    }

    /// Where the partner's own entries would meet it.
    pub fn with_entries(says: &str) -> String {
        format!("{says}. It counts with your own entries, once they're confirmed")
    }

    /// Beside a button that cannot be pressed.
    pub fn missing(count: usize) -> String {
        match count {
            1 => "1 condition isn't met.".to_owned(),
            more => format!("{more} conditions aren't met."),
        }
    }
}

/// A renewal, before it is paid.
pub fn renewal(old: &str, new: &str) -> String {
    format!("Anniversary {old}; if you pay today, the next one is {new}.")
}

pub fn about_action(action: &str, offer: &str) -> String {
    format!("{action}: {offer}")
}

/// The beginning of an order.
pub mod begin {
    pub const BENEFITS: &str = "Which benefits do you want?";
    pub const BENEFITS_LABEL: &str = "Benefits";
    pub const PAYMENT: &str = "How will you pay?";
    pub const METHOD: &str = "Payment method";
    pub const REFERENCE: &str = "Do you have an order number of your own?";
    pub const NUMBER: &str = "Your own order number (optional)";
    pub const NUMBER_HINT: &str = "It's shown with the order and on any invoice.";
    pub const CONTINUE: &str = "Continue";
    pub const CHOOSE_BENEFITS: &str = "Choose the benefits.";
    pub const CHOOSE_METHOD: &str = "Choose how you will pay.";
    pub const CARD_HINT: &str = "You pay on the payment provider's page. The term begins at once.";
    pub const UNKNOWN: &str = "Offer not found";
    pub const UNKNOWN_WHY: &str = "No offer exists at this address.";
    pub const TO_OFFERS: &str = "See all offers";

    pub fn wire_hint(days: u64) -> String {
        format!(
            "You get an account and a reference. The term begins on the day the money arrives, \
             which takes up to {days} business days to match."
        )
    }

    pub fn about(offer: &str, organization: &str) -> String {
        format!("{offer} for {organization}")
    }

    pub fn no(offer: &str) -> String {
        format!("You can't order {offer} now")
    }

    pub fn option_price(summary: &str, price: &str) -> String {
        format!("{price}. {summary}")
    }
}
