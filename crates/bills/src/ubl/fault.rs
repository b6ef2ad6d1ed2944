//! Why there is no e-invoice, and days as one has them.

use chrono::NaiveDate;
use en16931::Date;

/// Why there is no e-invoice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UblError {
    /// Order confirmations and receipts are no invoices.
    #[error("a document of this kind has no e-invoice")]
    Kind,
    /// EN 16931 has two decimals for amounts, and the currency has three that are used.
    #[error("an amount has more than two decimals")]
    Decimals,
    /// An amount or a day is beyond what EN 16931 can say.
    #[error("{0} is beyond what an e-invoice can say")]
    Range(&'static str),
    /// Rules of EN 16931 that it would break: `BR-AE-02: ...`.
    #[error("the e-invoice would break rules: {}", .0.join("; "))]
    Rules(Vec<String>),
}

/// A day as EN 16931 has it.
pub fn date(day: NaiveDate) -> Result<Date, UblError> {
    Date::try_from(day).map_err(|_| UblError::Range("a day"))
}
