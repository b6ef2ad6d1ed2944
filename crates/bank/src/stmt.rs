//! Reads a statement: `Stmt` of camt.053, `Ntfctn` of camt.054.

use crate::element::Element;
use crate::ntry::{self, Limit};
use crate::parts::{account, balance};
use crate::source::{Source, Tag};
use crate::types::{AccountId, Balance, Statement, StatementKind};
use crate::unreadable::{Reason, Refusal, Result, quoted};
use crate::value::{code_at, day, number_at};

/// Parts of a statement that say nothing about its money, in all versions of both messages.
const PASSED_OVER: [&str; 9] = [
    "RptgSeq",
    "CpyDplctInd",
    "RptgSrc",
    "RltdAcct",
    "Intrst",
    "TxsSummry",
    "AddtlStmtInf",
    "AddtlNtfctnInf",
    "SplmtryData",
];

/// Reads one that was just opened.
pub(crate) fn read<'a>(
    source: &mut Source<'a>,
    tag: &Tag<'a>,
    kind: StatementKind,
    limit: &mut Limit,
) -> Result<Statement> {
    let mut head = Element::empty(tag.at, tag.name);
    let mut owner: Option<AccountId> = None;
    let mut balances = Balances::default();
    let mut entries = Vec::new();
    source.renew();
    while let Some(tag) = source.child()? {
        match tag.name {
            "Acct" => {
                head.children.push(source.element(tag)?);
                owner = head.only("Acct")?.map(account).transpose()?;
            }
            name @ ("Id" | "StmtPgntn" | "NtfctnPgntn" | "ElctrncSeqNb" | "LglSeqNb"
            | "CreDtTm" | "FrToDt") => {
                head.children.push(source.element(tag)?);
                head.only(name)?;
            }
            "Bal" => {
                source.renew();
                balances.take(&source.element(tag)?)?;
            }
            "Ntry" => {
                // The format has the account first, and a counterparty isn't its owner.
                let owner = owner.as_ref().ok_or_else(|| head.missing("Acct"))?;
                entries.extend(ntry::read(source, &tag, owner, limit)?);
            }
            name if PASSED_OVER.contains(&name) => source.skip()?,
            // An entry by a name that nobody knows would be money that nobody sees.
            name => {
                let name = quoted(name);
                return Err(Refusal::new(tag.at, Reason::Unexpected { name }));
            }
        }
    }
    let period = |end| head.find(&["FrToDt", end])?.map(day).transpose();
    let page = match number_at(&head, &["StmtPgntn", "PgNb"])? {
        Some(page) => Some(page),
        None => number_at(&head, &["NtfctnPgntn", "PgNb"])?,
    };
    Ok(Statement {
        kind,
        id: code_at(&head, &["Id"])?.ok_or_else(|| head.missing("Id"))?,
        electronic_number: number_at(&head, &["ElctrncSeqNb"])?,
        legal_number: number_at(&head, &["LglSeqNb"])?,
        page,
        created_at: code_at(&head, &["CreDtTm"])?,
        from: period("FrDtTm")?,
        to: period("ToDtTm")?,
        account: owner.ok_or_else(|| head.missing("Acct"))?,
        opening: balances.opening.or(balances.before),
        closing: balances.closing,
        entries,
    })
}

/// The balances that matter. A statement of several days can have those of each day.
#[derive(Default)]
struct Balances {
    opening: Option<Balance>,
    /// The closing balance of the statement before, which some banks give in place of an opening.
    before: Option<Balance>,
    closing: Option<Balance>,
}

impl Balances {
    fn take(&mut self, element: &Element<'_>) -> Result<()> {
        let Some(code) = code_at(element, &["Tp", "CdOrPrtry", "Cd"])? else {
            return Ok(());
        };
        let (kept, is_opening) = match code.as_str() {
            "OPBD" => (&mut self.opening, true),
            "PRCD" => (&mut self.before, true),
            "CLBD" => (&mut self.closing, false),
            _ => return Ok(()),
        };
        let balance = balance(element)?;
        let is_kept = kept.is_some_and(|kept| match is_opening {
            true => kept.on <= balance.on,
            false => kept.on > balance.on,
        });
        if !is_kept {
            *kept = Some(balance);
        }
        Ok(())
    }
}
