//! How EN 16931 says what is taxed: categories, the sum of each, and the totals.

use en16931::invoice::{Code, DocumentTotals, VatBreakdown};
use en16931::{InvoiceAmount, Percentage};
use membership_domain::money::Currency;
use membership_domain::purchase::bill::Bill;
use membership_domain::purchase::sale::{Party, Sale, Tax, TaxCategory};
use rust_decimal::Decimal;

use super::fault::UblError;
use crate::countries;
use crate::shown::clean;
use crate::words;

/// A sale's one category, with what its rules say of it.
pub struct Vat {
    /// Of UNCL 5305.
    pub category: &'static str,
    /// In hundredths of a percent; none where the sale is not subject to the tax.
    pub rate: Option<u32>,
    reason: Option<String>,
    reason_code: Option<&'static str>,
}

impl Vat {
    /// The category of a sale. `G` is for those who are registered for VAT: exports of others are
    /// not subject to it. A standard rate of zero is `Z`.
    pub fn of(sale: &Sale) -> Self {
        let Tax { category, rate, .. } = sale.tax;
        let registered = vat_id(&sale.seller).is_some();
        let (code, reason_code) = match category {
            TaxCategory::Standard if rate == 0 => ("Z", None),
            TaxCategory::Standard => ("S", None),
            TaxCategory::ReverseCharge => ("AE", Some("VATEX-EU-AE")),
            TaxCategory::Exempt => ("E", None),
            TaxCategory::Export if registered => ("G", Some("VATEX-EU-G")),
            TaxCategory::Export | TaxCategory::NotCalculated => ("O", Some("VATEX-EU-O")),
        };
        let note = sale.tax.note.as_deref().map(clean);
        let note = note.filter(|note| !note.is_empty());
        let reason = words::reason(category).map(|words| note.unwrap_or_else(|| words.to_owned()));
        Self {
            category: code,
            rate: (code != "O").then_some(rate),
            reason,
            reason_code,
        }
    }

    /// Whether ids for VAT may be given.
    pub fn is_subject(&self) -> bool {
        self.category != "O"
    }

    /// A buyer's tax id that has no place: it is no id for VAT, or may not be given as one, and
    /// where it could be is a number in a register.
    pub fn unplaced(&self, buyer: &Party) -> Option<String> {
        let placed = self.is_subject() && vat_id(buyer).is_some();
        let id = buyer.tax_id.as_deref().map(clean);
        id.filter(|id| !placed && !id.is_empty() && buyer.register.is_some())
    }

    /// The rate as EN 16931 has it.
    pub fn percentage(&self) -> Option<Percentage> {
        self.rate
            .map(|rate| Percentage::new(Decimal::new(i64::from(rate), 2).normalize()))
    }
}

/// A party's tax id, where it is one for VAT: it begins with a country.
pub fn vat_id(party: &Party) -> Option<String> {
    let id = party.tax_id.as_deref().map(clean)?;
    let prefix = id.get(..2)?;
    let known = countries::name(prefix).is_some() || matches!(prefix, "EL" | "XI");
    (known && id.len() > 2).then_some(id)
}

/// The sum of the one category.
pub fn breakdown(sale: &Sale, vat: &Vat) -> Result<VatBreakdown, UblError> {
    Ok(VatBreakdown {
        taxable_amount: amount(sale.net(), sale.currency)?,
        tax_amount: amount(sale.tax_amount(), sale.currency)?,
        category: Code::new(vat.category),
        rate: vat.percentage(),
        exemption_reason: vat.reason.clone(),
        exemption_reason_code: vat.reason_code.map(Code::new),
    })
}

/// The sums of a bill.
pub fn totals(bill: &Bill) -> Result<DocumentTotals, UblError> {
    let sale = &bill.sale;
    let of = |minor: i64| amount(minor, sale.currency);
    let paid = (!bill.payments.is_empty()).then(|| of(bill.paid()));
    Ok(DocumentTotals {
        line_total: of(sale.net())?,
        taxable_total: of(sale.net())?,
        vat_total: Some(of(sale.tax_amount())?),
        gross_total: of(sale.total().amount)?,
        paid: paid.transpose()?,
        due: of(bill.due())?,
        ..DocumentTotals::default()
    })
}

/// Minor units as EN 16931 has amounts: with two decimals.
pub fn amount(minor: i64, currency: Currency) -> Result<InvoiceAmount, UblError> {
    let cents = match currency.decimals() {
        0 => minor.checked_mul(100).ok_or(UblError::Range("an amount"))?,
        3 if minor % 10 == 0 => minor / 10,
        3 => return Err(UblError::Decimals),
        _ => minor,
    };
    Ok(InvoiceAmount::from_minor_units(cents))
}
