//! Evidence in little space, for programs that need all of it: [`pack`] and [`unpack`].
//!
//! As JSON, ten thousand people and two years of what two thousand customers used are 31 MB, and a
//! browser reads them for half a second. Here people, certificates, customers and usage are rows
//! of small numbers (postcard's varints): days and months are counted from 1970, and what stands
//! in many rows is written once and numbered. The few records beside them stay JSON. Nothing is
//! left out: what is unpacked is what was packed.

mod records;
mod rows;
mod texts;

use membership_domain::Evidence;
use serde::{Deserialize, Serialize};

pub use self::records::Records;
use self::rows::{CustomerRow, PersonRow, UsageRow};
use self::texts::Texts;

/// What the API calls this form.
pub const MEDIA_TYPE: &str = "application/vnd.membership.evidence";

/// Stands first. Another one means that rows are written in another way.
const FORM: u8 = 3;

/// What stands before the rows: people, then customers, then usage.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    /// [`Records`] as JSON.
    records: String,
    /// What rows refer to, by place.
    #[serde(borrow)]
    texts: Vec<&'a str>,
    people: usize,
    customers: usize,
    usage: usize,
}

/// Writes evidence.
///
/// # Errors
/// A sentence, where there is no memory for it.
pub fn pack(evidence: &Evidence) -> Result<Vec<u8>, String> {
    let mut texts = Texts::default();
    let mut rows = Vec::new();
    for person in &evidence.people {
        rows = append(rows, &PersonRow::of(person, &mut texts))?;
    }
    for customer in &evidence.customers {
        rows = append(rows, &CustomerRow::of(customer, &mut texts))?;
    }
    for usage in &evidence.usage {
        rows = append(rows, &UsageRow::of(usage, &mut texts))?;
    }
    let texts = texts.into_list();
    let head = Head {
        records: serde_json::to_string(&Records::of(evidence))
            .map_err(|error| error.to_string())?,
        texts,
        people: evidence.people.len(),
        customers: evidence.customers.len(),
        usage: evidence.usage.len(),
    };
    let mut packed = append(vec![FORM], &head)?;
    packed.append(&mut rows);
    Ok(packed)
}

fn append(to: Vec<u8>, value: &impl Serialize) -> Result<Vec<u8>, String> {
    postcard::to_extend(value, to).map_err(|error| error.to_string())
}

/// Reads what [`pack`] wrote; `json` reads the records, with the parser that the program has.
///
/// # Errors
/// Why it cannot be read: another form, or damage on the way.
pub fn unpack(
    packed: &[u8],
    json: impl Fn(&str) -> Result<Records, String>,
) -> Result<Evidence, String> {
    let Some((&FORM, mut rest)) = packed.split_first() else {
        return Err("it is in a form of another version; reload the page".to_owned());
    };
    let head: Head<'_> = take(&mut rest)?;
    let mut evidence = json(&head.records)?.evidence();
    // No row is shorter than a byte, so this much memory is never too much for what came.
    let most = rest.len();
    evidence.people.reserve_exact(head.people.min(most));
    for _ in 0..head.people {
        let row: PersonRow<'_> = take(&mut rest)?;
        evidence
            .people
            .push(row.person(&head.texts).ok_or(DAMAGED)?);
    }
    evidence.customers.reserve_exact(head.customers.min(most));
    for _ in 0..head.customers {
        let row: CustomerRow<'_> = take(&mut rest)?;
        let customer = row.customer(&head.texts).ok_or(DAMAGED)?;
        evidence.customers.push(customer);
    }
    evidence.usage.reserve_exact(head.usage.min(most));
    for _ in 0..head.usage {
        let row: UsageRow = take(&mut rest)?;
        evidence.usage.push(row.usage(&head.texts).ok_or(DAMAGED)?);
    }
    match rest {
        [] => Ok(evidence),
        _ => Err(DAMAGED.to_owned()),
    }
}

const DAMAGED: &str = "it was damaged on the way";

fn take<'a, T: Deserialize<'a>>(rest: &mut &'a [u8]) -> Result<T, String> {
    let (value, after) = postcard::take_from_bytes(rest).map_err(|_| DAMAGED.to_owned())?;
    *rest = after;
    Ok(value)
}

#[cfg(test)]
mod tests;
