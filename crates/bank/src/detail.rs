//! Reads what is known of one transaction of an entry: `TxDtls`.

use membership_domain::{Currency, Money};

use crate::element::Element;
use crate::entry::{Charge, Direction, Exchanged, Party, ReturnReason, TransactionIds};
use crate::parts::{charges, exchanged, party, transaction_code};
use crate::types::AccountId;
use crate::unreadable::Result;
use crate::value::{choice_at, direction, money_at, reference_at, text, text_at};

/// What is known of one transaction.
#[derive(Default)]
pub(crate) struct Detail {
    /// In minor units of the entry's currency, where it says so of the transaction itself.
    pub amount: Option<i64>,
    /// What was ordered, in that currency: charges may be taken off on the way.
    pub ordered: Option<i64>,
    pub direction: Option<Direction>,
    pub reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub ids: TransactionIds,
    pub returned: Option<ReturnReason>,
    pub counterparty: Party,
    pub structured_references: Vec<String>,
    pub text: Vec<String>,
    pub code: Option<String>,
    pub info: Option<String>,
    pub exchanged: Option<Exchanged>,
    pub charges: Vec<Charge>,
}

/// What the entry around it says.
pub(crate) struct Around<'a> {
    pub account: &'a AccountId,
    pub currency: Currency,
    pub direction: Direction,
    pub reversal: bool,
}

pub(crate) fn read(element: &Element<'_>, around: &Around<'_>) -> Result<Detail> {
    let own = |money: Option<Money>| {
        let own = money.filter(|money| money.currency == around.currency);
        own.map(|money| money.amount)
    };
    let direct = money_at(element, &["Amt"])?;
    let transaction = money_at(element, &["AmtDtls", "TxAmt", "Amt"])?;
    let ordered = money_at(element, &["AmtDtls", "InstdAmt", "Amt"])?;
    let foreign = direct.filter(|money| money.currency != around.currency);
    let exchanged = exchanged(element, around.currency)?;
    let exchanged = exchanged.or(foreign.map(|from| Exchanged { from, rate: None }));
    let direction = element.only("CdtDbtInd")?.map(direction).transpose()?;
    let returned = returned(element)?;
    let is_back = returned.is_some() || around.reversal;
    let (structured_references, text) = remittance(element)?;
    Ok(Detail {
        amount: own(direct).or(own(transaction)),
        ordered: own(ordered),
        direction,
        reference: reference_at(element, &["Refs", "AcctSvcrRef"])?,
        end_to_end_id: reference_at(element, &["Refs", "EndToEndId"])?,
        ids: TransactionIds {
            transaction: reference_at(element, &["Refs", "TxId"])?,
            instruction: reference_at(element, &["Refs", "InstrId"])?,
            uetr: reference_at(element, &["Refs", "UETR"])?,
            payment: reference_at(element, &["Refs", "PmtInfId"])?,
            mandate: reference_at(element, &["Refs", "MndtId"])?,
        },
        returned,
        counterparty: counterparty(
            element,
            direction.unwrap_or(around.direction),
            is_back,
            around.account,
        )?,
        structured_references,
        text,
        code: transaction_code(element)?,
        info: text_at(element, &["AddtlTxInf"])?,
        exchanged,
        charges: charges(element)?,
    })
}

fn returned(element: &Element<'_>) -> Result<Option<ReturnReason>> {
    let Some(found) = element.only("RtrInf")? else {
        return Ok(None);
    };
    let mut lines = Vec::new();
    for line in found.all("AddtlInf") {
        lines.extend(text(line)?);
    }
    Ok(Some(ReturnReason {
        code: choice_at(found, &["Rsn"])?,
        text: (!lines.is_empty()).then(|| lines.join(" ")),
    }))
}

/// Structured references and free text.
fn remittance(element: &Element<'_>) -> Result<(Vec<String>, Vec<String>)> {
    let (mut references, mut lines) = (Vec::new(), Vec::new());
    let Some(found) = element.only("RmtInf")? else {
        return Ok((references, lines));
    };
    for line in found.all("Ustrd") {
        lines.extend(text(line)?);
    }
    for structured in found.all("Strd") {
        references.extend(text_at(structured, &["CdtrRefInf", "Ref"])?);
        // Free text that comes beside a structured reference.
        for line in structured.all("AddtlRmtInf") {
            lines.extend(text(line)?);
        }
    }
    Ok((references, lines))
}

/// Who is at the other end. What came back keeps the roles of the payment that it takes back, by
/// the standard; some banks turn them, so the owner of the account itself is never taken.
fn counterparty(
    element: &Element<'_>,
    direction: Direction,
    is_back: bool,
    account: &AccountId,
) -> Result<Party> {
    let (mut first, mut second) = match direction {
        Direction::Credit => (party(element, "Dbtr")?, party(element, "Cdtr")?),
        Direction::Debit => (party(element, "Cdtr")?, party(element, "Dbtr")?),
    };
    if !is_back {
        return Ok(first);
    }
    std::mem::swap(&mut first, &mut second);
    let is_own = |party: &Party| match &party.account {
        Some(number) => [&account.iban, &account.other].contains(&&Some(number.clone())),
        None => party.name.is_some() && party.name == account.owner,
    };
    let is_unknown = |party: &Party| *party == Party::default();
    let is_first = !is_own(&first) && !is_unknown(&first);
    Ok(if is_first || is_own(&second) {
        first
    } else {
        second
    })
}
