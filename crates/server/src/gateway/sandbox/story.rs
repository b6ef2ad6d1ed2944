//! The test cards, and what happens with each.

use chrono::Duration;
use membership_domain::purchase::attempt::DeclineReason;

membership_domain::codes! {
    /// A test card.
    Story {
        /// Paid, and told at once.
        Success = "success",
        /// The bank refuses.
        Declined = "declined",
        /// Not enough money.
        Funds = "insufficient_funds",
        /// The bank asks who it is, and believes it.
        Authenticated = "authentication_passed",
        /// The bank asks who it is, and does not believe it.
        NotAuthenticated = "authentication_failed",
        /// Paid; then the provider gives no answer for a while.
        Timeout = "timeout_after_charge",
        /// Paid; the provider gives no answer for longer.
        Unknown = "unknown_for_a_while",
        /// Paid, and told a minute late.
        Late = "event_late",
        /// Paid, and told twice.
        Twice = "event_twice",
        /// Paid, and never told.
        Never = "event_never",
        /// Paid; what is told first is what came last.
        Reordered = "events_out_of_order",
        /// Paid, and disputed afterwards.
        Disputed = "dispute",
    }
}

/// What a story comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Why it is declined; none where it is paid.
    pub declined: Option<DeclineReason>,
    /// So often the provider is silent when it is asked.
    pub silent: i32,
    /// After how long each event is sent.
    pub events: Vec<Duration>,
    /// Whether it is disputed later.
    pub disputed: bool,
}

impl Story {
    /// What the page calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Declined => "Declined by the bank",
            Self::Funds => "Insufficient funds",
            Self::Authenticated => "3-D Secure: confirmed",
            Self::NotAuthenticated => "3-D Secure: failed",
            Self::Timeout => "Charged, then no answer",
            Self::Unknown => "Unknown for a while, then charged",
            Self::Late => "Charged, event a minute late",
            Self::Twice => "Charged, event sent twice",
            Self::Never => "Charged, event never sent",
            Self::Reordered => "Charged, events out of order",
            Self::Disputed => "Charged, then disputed",
        }
    }

    /// The last digits of the card.
    #[must_use]
    pub fn digits(self) -> &'static str {
        match self {
            Self::Success => "4242",
            Self::Declined => "0002",
            Self::Funds => "9995",
            Self::Authenticated => "3220",
            Self::NotAuthenticated => "3063",
            Self::Timeout => "0119",
            Self::Unknown => "0127",
            Self::Late => "0135",
            Self::Twice => "0143",
            Self::Never => "0150",
            Self::Reordered => "0168",
            Self::Disputed => "0259",
        }
    }

    /// What it comes to.
    #[must_use]
    pub fn course(self) -> Course {
        let declined = match self {
            Self::Declined => Some(DeclineReason::Declined),
            Self::Funds => Some(DeclineReason::Funds),
            Self::NotAuthenticated => Some(DeclineReason::Authentication),
            _ => None,
        };
        Course {
            declined,
            silent: match self {
                Self::Timeout => 1,
                Self::Unknown => 3,
                _ => 0,
            },
            events: match self {
                Self::Never | Self::Timeout | Self::Unknown => Vec::new(),
                Self::Late => vec![Duration::seconds(60)],
                Self::Twice | Self::Reordered => vec![Duration::zero(), Duration::seconds(2)],
                _ => vec![Duration::zero()],
            },
            disputed: self == Self::Disputed,
        }
    }
}
