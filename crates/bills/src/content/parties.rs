//! Who sells, who buys, who gets the bill.

use membership_domain::purchase::sale::{Party, Sale};

use crate::shown::{address, clean, join};
use crate::words;

/// One side of the sale.
#[derive(Debug, PartialEq, Eq)]
pub struct Side {
    pub name: String,
    /// Address and ids.
    pub lines: Vec<String>,
}

/// One side with what it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub label: &'static str,
    pub side: Side,
}

/// The seller: its address and its ids in a line each.
pub fn seller(sale: &Sale) -> Side {
    let party = &sale.seller;
    let [street, city, country] = address(&party.address, &party.country);
    let ids = [
        tax_id(party, &sale.tax.name),
        party.register.clone().unwrap_or_default(),
    ];
    let lines = [
        join(&[&street, &city, &country], ", "),
        join(&[&ids[0], &ids[1]], " · "),
    ];
    Side {
        name: clean(&party.name),
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
    }
}

/// Sold to, and bill to where that is somebody else.
pub fn buyers(sale: &Sale) -> Vec<Named> {
    let tax = &sale.tax.name;
    let mut all = vec![Named {
        label: words::SOLD_TO,
        side: side(&sale.buyer, tax),
    }];
    if let Some(other) = sale.bill_to.as_ref().filter(|other| **other != sale.buyer) {
        let side = side(other, tax);
        let label = words::BILL_TO;
        all.push(Named { label, side });
    }
    all
}

fn side(party: &Party, tax: &str) -> Side {
    let [street, city, country] = address(&party.address, &party.country);
    let register = party.register.as_deref().map(clean).unwrap_or_default();
    let lines = [
        street,
        join(&[&city, &country], ", "),
        tax_id(party, tax),
        register,
    ];
    Side {
        name: clean(&party.name),
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
    }
}

/// A tax id with what it is called: by the tax, where ids are known by it.
fn tax_id(party: &Party, tax: &str) -> String {
    let id = party.tax_id.as_deref().map(clean).unwrap_or_default();
    let name = match words::TAXES_WITH_IDS.contains(&tax) {
        true => tax,
        false => words::TAX_ID,
    };
    match id.is_empty() {
        true => id,
        false => format!("{name} {id}"),
    }
}
