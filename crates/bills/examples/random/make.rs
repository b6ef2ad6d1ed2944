//! A random bill: any seller, currency and tax, few lines or many, paid or not.

use chrono::{Days, NaiveDate};
use membership_domain::company::Address;
use membership_domain::purchase::bill::{
    BankAccount, Bill, BillKind, BillPayment, CreditOf, Issued, PaymentMethod, Remittance,
};
use membership_domain::purchase::sale::{Party, Sale, SaleLine, Tax, TaxCategory};

use crate::dice::Dice;
use crate::lists::{CATEGORIES, CURRENCIES, GOODS, NAMES, PLACES, RATES};

/// The bill of a number.
pub fn bill(dice: &mut Dice, number: u64) -> (Bill, Issued) {
    let on = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default() + days(dice, 1_500);
    let credit = dice.once_in(4);
    let mut sale = sale(dice);
    if dice.once_in(6) {
        sale.bill_to = Some(party(dice));
    }
    let kind = if credit {
        BillKind::CreditNote
    } else {
        BillKind::Invoice
    };
    let mut bill = Bill {
        kind,
        sale,
        partner_id: format!("{}", 4_200_000 + number),
        order_number: format!("{}-{number:04}", on.format("%Y%m%d")),
        purchase_order: (dice.once_in(2)).then(|| format!("PO/{number} ‹жён› № 注文")),
        supplied_from: (!dice.once_in(4)).then_some(on),
        supplied_until: None,
        payments: Vec::new(),
        remittance: None,
        credit_of: None,
        sample: dice.once_in(2),
    };
    if bill.supplied_from.is_some() && !dice.once_in(5) {
        bill.supplied_until = Some(on + Days::new(364));
    }
    if credit {
        bill.credit_of = Some(CreditOf {
            number: format!("MW-{}-{number:06}", on.format("%Y")),
            issued_on: on - days(dice, 30),
            reason: "Ordered twice, canceled in time".to_owned(),
        });
    } else {
        paid(dice, &mut bill, on);
    }
    let prefix = if credit { "CN" } else { "MW" };
    let number = format!("{prefix}-{}-{number:06}", on.format("%Y"));
    (bill, Issued { number, on })
}

fn days(dice: &mut Dice, most: u64) -> Days {
    Days::new(dice.below(most))
}

fn sale(dice: &mut Dice) -> Sale {
    let mut tax = Tax {
        category: *dice.one(&CATEGORIES),
        name: (*dice.one(&["VAT", "VAT", "GST", "Sales tax"])).to_owned(),
        rate: 0,
        note: (dice.once_in(2)).then(|| "Article 196 of Directive 2006/112/EC".to_owned()),
    };
    let code = *dice.one(&CURRENCIES);
    let currency: membership_domain::money::Currency = code.parse().unwrap_or(USD);
    if tax.category == TaxCategory::Standard {
        tax.rate = *dice.one(&RATES);
        tax.note = None;
        // The tax would have more decimals than an e-invoice.
        if currency.decimals() == 3 {
            tax.rate = 0;
        }
    }
    let (mut seller, mut buyer) = (party(dice), party(dice));
    // Who charges a tax has a number of it, and so has who owes it.
    if !matches!(
        tax.category,
        TaxCategory::NotCalculated | TaxCategory::Export
    ) {
        seller
            .tax_id
            .get_or_insert_with(|| "IE1234567FA".to_owned());
    }
    if tax.category == TaxCategory::ReverseCharge {
        buyer.tax_id.get_or_insert_with(|| "HRB 17".to_owned());
    }
    let count = if dice.once_in(10) {
        dice.between(1, 100)
    } else {
        dice.between(1, 4)
    };
    Sale {
        seller_id: seller.country.to_lowercase(),
        seller,
        buyer,
        bill_to: None,
        currency,
        lines: (0..count)
            .map(|_| line(dice, currency.decimals()))
            .collect(),
        tax,
    }
}

const USD: membership_domain::money::Currency = membership_domain::money::Currency::USD;

fn line(dice: &mut Dice, decimals: u32) -> SaleLine {
    // The third decimal of an amount must be a zero.
    let step = if decimals == 3 { 10 } else { 1 };
    let unit_price = match dice.below(20) {
        0 => 0,
        1 => dice.between(1, 99),
        2 => dice.between(1, 99_999_999),
        _ => dice.between(100, 999_999),
    };
    let quantity = if dice.once_in(3) {
        dice.between(2, 500)
    } else {
        1
    };
    let quantity = u32::try_from(quantity).unwrap_or(1);
    let gross = unit_price * i64::from(quantity);
    let discount = if dice.once_in(3) {
        dice.between(0, gross)
    } else {
        0
    };
    SaleLine {
        description: (*dice.one(&GOODS)).to_owned(),
        detail: (!dice.once_in(3)).then(|| "Modern Work · from the day of payment".to_owned()),
        quantity,
        unit_price: unit_price * step,
        discount: discount * step,
    }
}

fn party(dice: &mut Dice) -> Party {
    let (country, city, tax_id) = *dice.one(&PLACES);
    Party {
        name: (*dice.one(&NAMES)).to_owned(),
        address: Address {
            street: "Lindenstraße 5".to_owned(),
            city: city.to_owned(),
            postal_code: (!dice.once_in(5)).then(|| "10969".to_owned()),
            region: (dice.once_in(5)).then(|| "Region".to_owned()),
        },
        country: country.to_owned(),
        tax_id: (!tax_id.is_empty() && !dice.once_in(5)).then(|| tax_id.to_owned()),
        register: (dice.once_in(2)).then(|| "HRB 12345".to_owned()),
    }
}

/// Paid at once or twice, in part, or not at all.
fn paid(dice: &mut Dice, bill: &mut Bill, on: NaiveDate) {
    let total = bill.sale.total().amount;
    // With the step of three decimals.
    let half = total / 20 * 10;
    let amounts: &[i64] = match dice.below(5) {
        0 => &[],
        1 => &[half],
        2 => &[half, total - half],
        3 => &[total + 10],
        _ => &[total],
    };
    for amount in amounts {
        let card = dice.once_in(2);
        let reference = if card { "4242" } else { "RF18539007547034" };
        bill.payments.push(BillPayment {
            on,
            amount: *amount,
            method: if card {
                PaymentMethod::Card
            } else {
                PaymentMethod::Wire
            },
            reference: (!dice.once_in(4)).then(|| reference.to_owned()),
        });
    }
    if bill.due() > 0 && !dice.once_in(8) {
        let iban = dice.once_in(2);
        let account = if iban {
            "DE02 1203 0000 0000 2020 51"
        } else {
            "000123456789"
        };
        bill.remittance = Some(Remittance {
            to: BankAccount {
                holder: bill.sale.seller.name.clone(),
                bank: "First Example Bank".to_owned(),
                account: account.to_owned(),
                bic: if dice.once_in(5) {
                    String::new()
                } else {
                    "BYLADEM1001".to_owned()
                },
            },
            reference: "RF52539007547101".to_owned(),
            due_on: on + days(dice, 45),
        });
    }
}
