//! By what the same money is recognized, in whichever file it comes.

use std::fmt::Write as _;

use crate::entry::{Direction, Entry, Place};
use crate::types::AccountId;

/// Said first, so that another way to tell entries apart can be told apart too.
const VERSION: &str = "1";

impl AccountId {
    /// By what it is recognized: its IBAN or other number. Its currency is not in it, for a bank
    /// may give that in one file and leave it out in another.
    #[must_use]
    pub fn key(&self) -> &str {
        (self.iban.as_deref())
            .or(self.other.as_deref())
            .unwrap_or_default()
    }
}

impl Entry {
    /// A text that is the same for the same money, whichever file tells of it: the same file again,
    /// a statement that overlaps, or a notification before the statement. It is made of account,
    /// bank's reference, booking date, amount, direction, and place in the batch; without a
    /// reference of the bank also of what the payer wrote and who it is. Two entries of a statement
    /// that are alike in all of that differ in their [ordinal](Self::ordinal). Numbers of
    /// statements are not in it: banks use them again each year.
    ///
    /// Only booked entries are money. What is pending has the identity that it will have once it is
    /// booked, as far as the bank knows it already.
    ///
    /// Each part is written with its length before it, so no two entries make the same text.
    #[must_use]
    pub fn identity(&self, account: &AccountId) -> String {
        let mut text = self.unnumbered(account);
        part(&mut text, Some(&self.ordinal.to_string()));
        text
    }

    /// The [identity](Self::identity) that the whole batch has where a file tells of it without its
    /// parts, as a statement may after a notification with all of them. What was recorded by one of
    /// the two must not be recorded by the other. Nothing for an entry by itself, and without a
    /// reference of the bank for the batch.
    #[must_use]
    pub fn batch_identity(&self, account: &AccountId) -> Option<String> {
        let mut text = self.unnumbered_batch(account)?;
        part(&mut text, Some(&self.batch?.ordinal.to_string()));
        Some(text)
    }

    /// The identity without the ordinal.
    pub(crate) fn unnumbered(&self, account: &AccountId) -> String {
        let reference = self
            .bank_reference
            .as_ref()
            .or(self.detail_reference.as_ref());
        let money = (self.amount, self.direction);
        let mut text = self.common(account, reference, money, self.place);
        if reference.is_none() {
            part(&mut text, self.end_to_end_id.as_deref());
            part(&mut text, self.counterparty.name.as_deref());
            part(&mut text, self.counterparty.account.as_deref());
            for lines in [&self.structured_references, &self.text] {
                part(&mut text, Some(&lines.len().to_string()));
                lines.iter().for_each(|line| part(&mut text, Some(line)));
            }
        }
        text
    }

    /// The identity of the batch without the ordinal.
    pub(crate) fn unnumbered_batch(&self, account: &AccountId) -> Option<String> {
        let (batch, reference) = (self.batch?, self.bank_reference.as_ref()?);
        let place = Place { index: 1, count: 1 };
        Some(self.common(
            account,
            Some(reference),
            (batch.amount, batch.direction),
            place,
        ))
    }

    fn common(
        &self,
        account: &AccountId,
        reference: Option<&String>,
        (amount, direction): (i64, Direction),
        place: Place,
    ) -> String {
        let day = self.booked_on.or(self.value_on).map(|day| day.to_string());
        let mut text = String::new();
        for one in [
            Some(VERSION),
            Some(account.key()),
            reference.map(String::as_str),
            day.as_deref(),
            Some(self.currency.code()),
            Some(&amount.to_string()),
            Some(direction.code()),
            Some(&place.index.to_string()),
            Some(&place.count.to_string()),
        ] {
            part(&mut text, one);
        }
        text
    }
}

/// Writes a part: its length and itself, or a hyphen for one that is not there.
fn part(text: &mut String, part: Option<&str>) {
    // Writing into a text does not fail.
    let _ = match part {
        Some(part) => write!(text, "{}:{part},", part.len()),
        None => write!(text, "-,"),
    };
}
