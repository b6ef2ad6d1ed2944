//! Seller and buyer with their ids, each where EN 16931 has a place for it.

use en16931::Identifier;
use en16931::invoice::{Code, Party as Model, PostalAddress};
use membership_domain::purchase::bill::Bill;
use membership_domain::purchase::sale::{Party, Sale};

use super::tax::{Vat, vat_id};
use crate::shown::clean;

/// The seller. A tax id that is none for VAT, or may not be given as one, is a tax registration.
pub fn seller(sale: &Sale, vat: &Vat) -> Model {
    let party = &sale.seller;
    let mut model = model(party);
    match vat_id(party).filter(|_| vat.is_subject()) {
        Some(id) => model.vat_identifier = Some(id),
        None => model.tax_registration = text(party.tax_id.as_deref()),
    }
    // A seller must be known by one of these.
    if model.vat_identifier.is_none() && model.legal_registration.is_none() {
        model.identifiers = vec![Identifier::new(clean(&sale.seller_id))];
    }
    model
}

/// The buyer. A tax id that is none for VAT stands where the register's number would.
pub fn buyer(bill: &Bill, vat: &Vat) -> Model {
    let party = &bill.sale.buyer;
    let mut model = model(party);
    model.identifiers = vec![Identifier::new(clean(&bill.partner_id))];
    match vat_id(party).filter(|_| vat.is_subject()) {
        Some(id) => model.vat_identifier = Some(id),
        None if model.legal_registration.is_none() => {
            model.legal_registration = text(party.tax_id.as_deref()).map(Identifier::new);
        }
        None => {}
    }
    model
}

fn model(party: &Party) -> Model {
    let address = &party.address;
    let address = PostalAddress {
        line1: text(Some(&address.street)),
        city: text(Some(&address.city)),
        post_code: text(address.postal_code.as_deref()),
        subdivision: text(address.region.as_deref()),
        country: Some(Code::new(clean(&party.country))),
        ..PostalAddress::default()
    };
    let mut model = Model::new(clean(&party.name), address);
    model.legal_registration = text(party.register.as_deref()).map(Identifier::new);
    model
}

/// A text that says something.
fn text(text: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty())
}
