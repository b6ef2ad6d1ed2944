//! Reads an entry with its transactions: `Ntry`.

use chrono::NaiveDate;
use membership_domain::Money;

use crate::batch::{self, Group, Whole};
use crate::detail::{self, Around};
use crate::element::Element;
use crate::entry::Entry;
use crate::parts::{charges, exchanged, transaction_code};
use crate::source::{Source, Tag};
use crate::types::AccountId;
use crate::unreadable::{Reason, Refusal, Result, quoted};
use crate::value::{
    day_of, direction, flag, money, money_at, number_at, reference_at, status, text_at,
};

/// The most entries of a file, counting each transaction of a batch.
pub const MOST_ENTRIES: usize = 200_000;

/// The one part of an entry that comes after its transactions.
const LAST: &str = "AddtlNtryInf";

/// How many entries and transactions a file had so far.
#[derive(Default)]
pub(crate) struct Limit(usize);

impl Limit {
    fn count(&mut self, at: usize) -> Result<()> {
        self.0 += 1;
        match self.0 > MOST_ENTRIES {
            true => Err(Refusal::new(
                at,
                Reason::TooManyEntries { most: MOST_ENTRIES },
            )),
            false => Ok(()),
        }
    }
}

/// Reads an entry that was just opened.
pub(crate) fn read<'a>(
    source: &mut Source<'a>,
    tag: &Tag<'a>,
    account: &AccountId,
    limit: &mut Limit,
) -> Result<Vec<Entry>> {
    let mut head = Element::empty(tag.at, tag.name);
    let mut groups = Vec::new();
    let mut known: Option<Whole> = None;
    let before = limit.0;
    source.renew();
    while let Some(tag) = source.child()? {
        match tag.name {
            "NtryDtls" => {
                // All else comes first in the format, and each transaction needs it.
                let whole = match known.take() {
                    Some(whole) => whole,
                    None => whole(&head)?,
                };
                let group = group(source, account, &whole, limit)?;
                groups.extend(Some(group).filter(Group::says_something));
                known = Some(whole);
            }
            "SplmtryData" => source.skip()?,
            name if known.is_some() && name != LAST => {
                let name = quoted(name);
                return Err(Refusal::new(tag.at, Reason::Unexpected { name }));
            }
            LAST => {
                source.renew();
                head.children.push(source.element(tag)?);
                head.only(LAST)?;
            }
            _ => head.children.push(source.element(tag)?),
        }
    }
    if limit.0 == before {
        limit.count(tag.at)?;
    }
    let mut whole = match known {
        Some(whole) => whole,
        None => whole(&head)?,
    };
    whole.info = text_at(&head, &[LAST])?;
    Ok(batch::entries(whole, groups))
}

fn whole(head: &Element<'_>) -> Result<Whole> {
    let Money { amount, currency } = money(head.need("Amt")?)?;
    let day = |name| -> Result<Option<NaiveDate>> { head.only(name)?.map(day_of).transpose() };
    Ok(Whole {
        amount,
        currency,
        direction: direction(head.need("CdtDbtInd")?)?,
        reversal: (head.only("RvslInd")?.map(flag).transpose()?).unwrap_or_default(),
        status: status(head.need("Sts")?)?,
        booked_on: day("BookgDt")?,
        value_on: day("ValDt")?,
        reference: reference_at(head, &["AcctSvcrRef"])?,
        code: transaction_code(head)?,
        info: None,
        exchanged: exchanged(head, currency)?,
        charges: charges(head)?,
    })
}

/// Reads a group of transactions that was just opened: `NtryDtls`.
fn group(
    source: &mut Source<'_>,
    account: &AccountId,
    whole: &Whole,
    limit: &mut Limit,
) -> Result<Group> {
    let around = Around {
        account,
        currency: whole.currency,
        direction: whole.direction,
        reversal: whole.reversal,
    };
    let mut group = Group::default();
    while let Some(tag) = source.child()? {
        match tag.name {
            "TxDtls" => {
                limit.count(tag.at)?;
                source.renew();
                let details = source.element(tag)?;
                group.details.push(detail::read(&details, &around)?);
            }
            "Btch" => {
                let batch = source.element(tag)?;
                group.count = number_at(&batch, &["NbOfTxs"])?;
                group.total = money_at(&batch, &["TtlAmt"])?;
            }
            name => {
                let name = quoted(name);
                return Err(Refusal::new(tag.at, Reason::Unexpected { name }));
            }
        }
    }
    Ok(group)
}
