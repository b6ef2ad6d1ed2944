//! Parts that several elements have: accounts, parties, balances, charges, exchanged amounts.

use membership_domain::{Currency, Money};

use crate::element::Element;
use crate::entry::{Charge, Exchanged, Party};
use crate::types::{AccountId, Balance};
use crate::unreadable::{Reason, Refusal, Result, quoted};
use crate::value::{code_at, day_of, direction, flag, money, money_at, text_at};

/// The account of a statement: an `Acct`.
pub(crate) fn account(element: &Element<'_>) -> Result<AccountId> {
    let iban = code_at(element, &["Id", "IBAN"])?.map(|iban| compact(&iban));
    let other = code_at(element, &["Id", "Othr", "Id"])?;
    if iban.is_none() && other.is_none() {
        return Err(element.missing("Id"));
    }
    let currency = element.only("Ccy")?.map(|found| {
        let value = found.value()?;
        value.parse::<Currency>().map_err(|_| {
            let value = quoted(value);
            Refusal::new(found.at, Reason::NoCurrency { value })
        })
    });
    Ok(AccountId {
        iban,
        other,
        currency: currency.transpose()?,
        owner: text_at(element, &["Ownr", "Nm"])?,
        bic: bic_at(element, &["Svcr", "FinInstnId"])?,
    })
}

/// A balance: a `Bal`.
pub(crate) fn balance(element: &Element<'_>) -> Result<Balance> {
    let Money { amount, currency } = money(element.need("Amt")?)?;
    let direction = direction(element.need("CdtDbtInd")?)?;
    Ok(Balance {
        amount: direction.signed(amount),
        currency,
        on: day_of(element.need("Dt")?)?,
    })
}

/// Who has a role in a transaction, `Dbtr` or `Cdtr`: each version has their name elsewhere.
pub(crate) fn party(details: &Element<'_>, role: &str) -> Result<Party> {
    let name_of = |role: &str| -> Result<Option<String>> {
        for path in [&["Pty", "Nm"][..], &["Nm"], &["Agt", "FinInstnId", "Nm"]] {
            let path = [&["RltdPties", role], path].concat();
            if let Some(name) = text_at(details, &path)? {
                return Ok(Some(name));
            }
        }
        Ok(None)
    };
    let account = format!("{role}Acct");
    let iban = code_at(details, &["RltdPties", &account, "Id", "IBAN"])?;
    let account = match iban.map(|iban| compact(&iban)) {
        Some(iban) => Some(iban),
        None => code_at(details, &["RltdPties", &account, "Id", "Othr", "Id"])?,
    };
    Ok(Party {
        name: name_of(role)?,
        ultimate_name: name_of(&format!("Ultmt{role}"))?,
        account,
        bic: bic_at(details, &["RltdAgts", &format!("{role}Agt"), "FinInstnId"])?,
    })
}

/// A BIC, which has another name in each version.
fn bic_at(element: &Element<'_>, path: &[&str]) -> Result<Option<String>> {
    let bic = code_at(element, &[path, &["BICFI"]].concat())?;
    match bic {
        Some(bic) => Ok(Some(bic)),
        None => code_at(element, &[path, &["BIC"]].concat()),
    }
}

/// An IBAN as it is compared: without spaces, in capitals.
pub(crate) fn compact(iban: &str) -> String {
    let letters = iban.chars().filter(|one| !one.is_whitespace());
    letters.map(|one| one.to_ascii_uppercase()).collect()
}

/// A transaction's code: of the standard's list, or the bank's own.
pub(crate) fn transaction_code(element: &Element<'_>) -> Result<Option<String>> {
    let steps = [
        &["Domn", "Cd"][..],
        &["Domn", "Fmly", "Cd"],
        &["Domn", "Fmly", "SubFmlyCd"],
    ];
    let mut parts = Vec::new();
    for step in steps {
        parts.extend(code_at(element, &[&["BkTxCd"], step].concat())?);
    }
    match parts.is_empty() {
        false => Ok(Some(parts.join("-"))),
        true => code_at(element, &["BkTxCd", "Prtry", "Cd"]),
    }
}

/// All charges of an entry or a transaction. Version 08 has them in records; where there is only
/// their sum, it is that.
pub(crate) fn charges(element: &Element<'_>) -> Result<Vec<Charge>> {
    let mut found = Vec::new();
    for charges in element.all("Chrgs") {
        let before = found.len();
        for record in charges.all("Rcrd").chain([charges]) {
            if let Some(amount) = money_at(record, &["Amt"])? {
                found.push(Charge {
                    amount,
                    direction: record.only("CdtDbtInd")?.map(direction).transpose()?,
                    included: record.only("ChrgInclInd")?.map(flag).transpose()?,
                });
            }
        }
        let sum = money_at(charges, &["TtlChrgsAndTaxAmt"])?;
        if let Some(amount) = sum.filter(|_| found.len() == before) {
            let (direction, included) = (None, None);
            found.push(Charge {
                amount,
                direction,
                included,
            });
        }
    }
    Ok(found)
}

/// Where an entry or a transaction has its amounts in several currencies.
const AMOUNTS: [&str; 3] = ["InstdAmt", "TxAmt", "CntrValAmt"];

/// The amount in another currency than the entry's, where there is one.
pub(crate) fn exchanged(element: &Element<'_>, currency: Currency) -> Result<Option<Exchanged>> {
    let (mut from, mut rate) = (None, None);
    for name in AMOUNTS {
        let amount = money_at(element, &["AmtDtls", name, "Amt"])?;
        from = from.or(amount.filter(|amount| amount.currency != currency));
        rate = match rate {
            None => code_at(element, &["AmtDtls", name, "CcyXchg", "XchgRate"])?,
            known => known,
        };
    }
    Ok(from.map(|from| Exchanged { from, rate }))
}
