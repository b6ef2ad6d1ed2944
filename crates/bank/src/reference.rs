//! Creditor references (ISO 11649): made, checked, and found in what people write.
//!
//! A reference is `RF`, two check digits and up to 21 letters or digits. Ours have digits only,
//! because letters after a reference in free text could be the next word.

/// The most letters or digits after the check digits.
const LONGEST: usize = 21;
/// So far a word is looked through that is glued to a reference: a text can have many.
const LONGEST_WORD: usize = 64;

/// A reference of up to 21 digits, such as an order's number: `RF18539007547034` of
/// `539007547034`. Nothing where there are none, too many, or anything else than digits.
#[must_use]
pub fn make(digits: &str) -> Option<String> {
    let is_right = (1..=LONGEST).contains(&digits.len());
    if !is_right || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rest = remainder(digits.bytes().chain(*b"RF00"))?;
    Some(format!("RF{:02}{digits}", 98 - rest))
}

/// Whether it is a reference with right check digits, as a machine writes it: in capitals and
/// without spaces. For what people write there is [`plain`].
#[must_use]
pub fn is_right(reference: &str) -> bool {
    let Some(rest) = reference.strip_prefix("RF") else {
        return false;
    };
    let Some((check, body)) = rest.split_at_checked(2) else {
        return false;
    };
    let is_body = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    check.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=LONGEST).contains(&body.len())
        && body.bytes().all(is_body)
        && remainder(body.bytes().chain(*b"RF").chain(check.bytes())) == Some(1)
}

/// A reference that is all of a text, as a machine writes it: without spaces and hyphens, in
/// capitals, with full-width letters and digits as usual ones. Nothing if it isn't one, or its
/// check digits are wrong.
#[must_use]
pub fn plain(text: &str) -> Option<String> {
    let letters = text.chars().map(narrow).filter(|one| !is_gap(*one));
    // What is longer is not looked at to its end.
    let plain: String = letters
        .take(LONGEST + 5)
        .map(|one| one.to_ascii_uppercase())
        .collect();
    is_right(&plain).then_some(plain)
}

/// A reference in groups of four, as it is printed: `RF18 5390 0754 7034`.
#[must_use]
pub fn spaced(reference: &str) -> String {
    let mut text = String::with_capacity(reference.len() * 5 / 4);
    for (index, one) in reference.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            text.push(' ');
        }
        text.push(one);
    }
    text
}

/// The references of digits in a free text, each once, as a machine writes them. Lines of one
/// text are joined by line breaks before, for banks cut them anywhere.
///
/// - Spaces, line breaks, hyphens and invisible characters between the digits don't matter, nor
///   do lower case and full-width characters.
/// - Words may be glued to it, as in `InvoiceRF18539007547034thanks`. But a run of characters in
///   which digits follow again, as in `RF18539007547034X2`, or come right before `RF`, is some
///   other code.
/// - Only right check digits count. They tell every digit that is off and any two neighbors that
///   are exchanged, and of other mistakes, such as a digit too many or too few, 96 of 97. A letter
///   O is never taken for a zero.
/// - Where numbers follow, as in `RF18 5390 0754 7034 2026`, nothing says where it ends. If all
///   digits together are right, it is that one; otherwise each beginning that ends at a gap and is
///   right, the longest first. One in 97 of the wrong ends looks right, so compare what is
///   found with the references that were given out.
#[must_use]
pub fn found_in(text: &str) -> Vec<String> {
    let text: Vec<char> = text
        .chars()
        .map(|one| narrow(one).to_ascii_uppercase())
        .collect();
    let mut found = Vec::new();
    for (index, two) in text.windows(2).enumerate() {
        let before = index.checked_sub(1).and_then(|before| text.get(before));
        if two.first() != Some(&'R') || before.is_some_and(char::is_ascii_digit) {
            continue;
        }
        let rest = text.get(index + 1..).unwrap_or_default();
        let breaks = rest
            .iter()
            .take_while(|one| matches!(one, '\n' | '\r'))
            .count();
        if rest.get(breaks) == Some(&'F') {
            found.extend(after_prefix(rest.get(breaks + 1..).unwrap_or_default()));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|one| seen.insert(one.clone()));
    found
}

/// The references whose digits begin here, after `RF`.
fn after_prefix(text: &[char]) -> Vec<String> {
    let mut reference = "RF".to_owned();
    // The lengths at which it may end.
    let mut ends = Vec::new();
    let mut is_whole = true;
    for (index, one) in text.iter().enumerate() {
        if one.is_ascii_digit() {
            if reference.len() == LONGEST + 4 {
                // Too long as a whole, so it can only have ended at a gap.
                is_whole = false;
                break;
            }
            reference.push(*one);
        } else if is_gap(*one) {
            if ends.last() != Some(&reference.len()) {
                ends.push(reference.len());
            }
        } else {
            let run = text.iter().skip(index).take(LONGEST_WORD);
            let mut run = run.take_while(|one| one.is_alphanumeric());
            is_whole = !run.any(|one| one.is_numeric());
            break;
        }
    }
    if is_whole && is_right(&reference) {
        return vec![reference];
    }
    let ends = ends.iter().rev().filter_map(|&end| reference.get(..end));
    ends.filter(|one| is_right(one))
        .map(str::to_owned)
        .collect()
}

/// A full-width character as a usual one.
fn narrow(one: char) -> char {
    match one {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(one) - 0xFF01 + 0x21).unwrap_or(one),
        _ => one,
    }
}

/// Whether it is something between the groups of a reference: a blank, a hyphen or dash, or a
/// character that nobody sees.
fn is_gap(one: char) -> bool {
    one.is_whitespace()
        || matches!(one, '-' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2010}'..='\u{2015}')
        || matches!(one, '\u{2060}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(one, '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FEFF}')
}

/// The remainder by 97 of digits and letters, where A is 10 and Z is 35; nothing for anything else.
fn remainder(text: impl Iterator<Item = u8>) -> Option<u32> {
    let mut rest = 0;
    for byte in text {
        let value = char::from(byte).to_digit(36)?;
        rest = match value {
            0..=9 => (rest * 10 + value) % 97,
            _ => (rest * 100 + value) % 97,
        };
    }
    Some(rest)
}
