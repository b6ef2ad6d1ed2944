//! What the kind of a bill means for its numbers.

use membership_domain::purchase::bill::{Bill, BillKind};

/// What is taken back is written as less than nothing.
pub fn sign(kind: BillKind) -> i64 {
    if kind == BillKind::CreditNote { -1 } else { 1 }
}

/// Whether somebody should pay what is left.
pub fn is_due(bill: &Bill) -> bool {
    let asks = matches!(bill.kind, BillKind::Invoice | BillKind::OrderConfirmation);
    asks && bill.due() > 0 && bill.remittance.is_some()
}
