//! All fixed words of bills, in English.

use membership_domain::purchase::bill::BillKind;
use membership_domain::purchase::sale::TaxCategory;

/// What a document is called.
pub const fn title(kind: BillKind) -> &'static str {
    match kind {
        BillKind::OrderConfirmation => "Order confirmation",
        BillKind::Invoice => "Invoice",
        BillKind::Receipt => "Receipt",
        BillKind::CreditNote => "Credit note",
    }
}

/// What the table of lines is called, for those who cannot see it.
pub const fn lines_of(kind: BillKind) -> &'static str {
    match kind {
        BillKind::OrderConfirmation => "Order lines",
        BillKind::Invoice => "Invoice lines",
        BillKind::Receipt => "Receipt lines",
        BillKind::CreditNote => "Credit note lines",
    }
}

pub const SAMPLE: &str = "sample";
/// The same where there is no place for a mark.
pub const SAMPLE_NOTE: &str = "Sample: the seller and its accounts are made up.";

pub const SOLD_TO: &str = "Sold to";
pub const BILL_TO: &str = "Bill to";
/// What a tax id is called where the tax has no ids of its own name.
pub const TAX_ID: &str = "Tax ID";
/// Taxes whose ids are known by the tax's name.
pub const TAXES_WITH_IDS: [&str; 3] = ["VAT", "GST", "ABN"];

pub const DATE: &str = "Date";
pub const ORDER: &str = "Order";
pub const YOUR_ORDER: &str = "Your order";
pub const SUPPLIED: &str = "Supplied";
pub const TERMS: &str = "Terms";
pub const PREPAID: &str = "Prepaid";
pub const FOR_INVOICE: &str = "For invoice";
pub const REASON: &str = "Reason";

pub const DESCRIPTION: &str = "Description";
pub const QUANTITY: &str = "Quantity";
pub const UNIT_PRICE: &str = "Unit price";
pub const DISCOUNT: &str = "Discount";
pub const TAX: &str = "Tax";
pub const NET: &str = "Net";
pub const SUBTOTAL: &str = "Subtotal";
pub const TOTALS: &str = "Totals";
pub const TOTAL: &str = "Total";
pub const TOTAL_CREDITED: &str = "Total credited";
pub const PAID: &str = "Paid";
pub const REFUNDED: &str = "Refunded";
pub const TO_PAY: &str = "To pay";
pub const TO_REFUND: &str = "Left to refund";
pub const OVERPAID: &str = "Overpaid";
pub const NOTHING_DUE: &str = "No payment is due.";
/// The terms where something is due and no day was set.
pub const DUE_NOW: &str = "Due on receipt";

pub const PAYMENT: &str = "Payment";
pub const PLEASE_TRANSFER: &str = "Please transfer";
pub const REFERENCE: &str = "Reference";
pub const TO: &str = "To";
pub const BIC: &str = "BIC";

/// What each line's tax column has where no rate is known.
pub const NO_RATE: &str = "–";
/// Leads from the tax to its note.
pub const MARK: &str = "¹";

/// What kind of tax it is that is not charged, within a line; nothing where it is charged.
pub const fn untaxed(category: TaxCategory) -> Option<&'static str> {
    match category {
        TaxCategory::Standard => None,
        TaxCategory::ReverseCharge => Some("reverse charge"),
        TaxCategory::Exempt => Some("exempt"),
        TaxCategory::Export => Some("export"),
        TaxCategory::NotCalculated => Some("not calculated"),
    }
}

/// The same as the beginning of a note.
pub const fn reason(category: TaxCategory) -> Option<&'static str> {
    match category {
        TaxCategory::Standard => None,
        TaxCategory::ReverseCharge => Some("Reverse charge"),
        TaxCategory::Exempt => Some("Exempt"),
        TaxCategory::Export => Some("Export"),
        TaxCategory::NotCalculated => Some("Tax not calculated"),
    }
}

/// The terms of what is to be paid: within how many days, and by which.
pub fn by(days: i64, day: &str) -> String {
    match days {
        ..1 => format!("By {day}"),
        1 => format!("1 day, by {day}"),
        _ => format!("{days} days, by {day}"),
    }
}

pub fn due_by(day: &str) -> String {
    format!("by {day}")
}

pub fn from(day: &str) -> String {
    format!("From {day}")
}

pub fn until(day: &str) -> String {
    format!("Until {day}")
}

/// An invoice with its day.
pub fn of(number: &str, day: &str) -> String {
    format!("{number} of {day}")
}

pub fn paid_by_card(digits: Option<&str>) -> String {
    match digits {
        Some(digits) => format!("Paid by card ending in {digits}."),
        None => "Paid by card.".to_owned(),
    }
}

pub fn paid_by_wire(reference: Option<&str>) -> String {
    match reference {
        Some(reference) => format!("Paid by transfer, reference {reference}."),
        None => "Paid by transfer.".to_owned(),
    }
}

/// What a credit note does to its invoice, in amounts above zero.
pub fn credits(invoice: &str, net: &str, tax: &str, total: &str) -> String {
    format!("This credit note credits invoice {invoice}: net {net}, {tax}, total {total}.")
}

pub fn partner_id(id: &str) -> String {
    format!("PartnerID {id}")
}

pub fn page(number: usize, of: usize) -> String {
    format!("Page {number} of {of}")
}
