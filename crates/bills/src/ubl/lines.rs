//! The lines, each with its price and what is taken off.

use en16931::invoice::{Code, Item, LineAllowanceCharge, PriceDetails};
use en16931::{InvoiceLine, Quantity, UnitPriceAmount};
use membership_domain::purchase::sale::{Sale, SaleLine};
use rust_decimal::Decimal;

use super::fault::UblError;
use super::tax::{Vat, amount};
use crate::shown::clean;
use crate::words;

/// Something that is counted (UN/ECE Recommendation 20).
const ONE: &str = "C62";
/// A discount (UNCL 5189).
const DISCOUNT: &str = "95";

/// All lines of a sale.
pub fn lines(sale: &Sale, vat: &Vat) -> Result<Vec<InvoiceLine>, UblError> {
    let lines = sale.lines.iter().enumerate();
    lines
        .map(|(index, one)| line(index + 1, one, sale, vat))
        .collect()
}

fn line(number: usize, one: &SaleLine, sale: &Sale, vat: &Vat) -> Result<InvoiceLine, UblError> {
    let currency = sale.currency;
    let name = clean(&one.description);
    let mut line = InvoiceLine::new(
        number.to_string(),
        name.clone(),
        Quantity::new(Decimal::from(one.quantity)),
        ONE,
        amount(one.net(), currency)?,
        vat.category,
        vat.percentage(),
    );
    line.price = PriceDetails {
        net_price: UnitPriceAmount::new(Decimal::new(one.unit_price, currency.decimals())),
        ..PriceDetails::default()
    };
    let detail = one.detail.as_deref().map(clean);
    line.item = Item {
        name: Some(name),
        description: detail.filter(|detail| !detail.is_empty()),
        ..Item::default()
    };
    if one.discount != 0 {
        line.allowances = vec![LineAllowanceCharge {
            amount: amount(one.discount, currency)?,
            base_amount: None,
            percentage: None,
            reason: Some(words::DISCOUNT.to_owned()),
            reason_code: Some(Code::new(DISCOUNT)),
        }];
    }
    Ok(line)
}
