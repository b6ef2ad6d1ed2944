//! Quotes of a table that the reader of cells would not see as such.

use std::borrow::Cow;
use std::ops::Range;

use membership_domain::text::is_invisible;

use crate::lines::Lines;

/// The text without the blanks before quotes with which a cell begins: exports with a space after
/// each separator have them, and the quotes would be read as part of the cell.
///
/// # Errors
/// The line on which quotes open that never close. Only at the beginning of a cell do they open
/// anything: 19" within a cell is inches.
pub(crate) fn tidy(text: &str, separator: char) -> Result<Cow<'_, str>, u64> {
    let (mut lines, mut opened, mut closed) = (Lines::new(), None, None);
    // Where the blanks begin with which a cell does, as long as there is nothing else in it.
    let mut begins = Some(0);
    let mut blanks: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if opened.is_some() => closed = opened.take(),
            // The second of two is a quote within the cell.
            '"' if closed.is_some() => opened = closed.take(),
            '"' => {
                if let Some(from) = begins {
                    opened = Some(lines.line());
                    blanks.push(from..at);
                }
            }
            _ => closed = None,
        }
        lines.pass(letter);
        if opened.is_none() && (letter == separator || matches!(letter, '\r' | '\n')) {
            begins = Some(at + letter.len_utf8());
        } else if !(letter.is_whitespace() || is_invisible(letter)) {
            begins = None;
        }
    }
    match opened {
        Some(line) => Err(line),
        None => Ok(without(text, &blanks)),
    }
}

fn without<'t>(text: &'t str, pieces: &[Range<usize>]) -> Cow<'t, str> {
    if pieces.iter().all(Range::is_empty) {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for piece in pieces {
        rest.push_str(text.get(from..piece.start).unwrap_or_default());
        from = piece.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(rest)
}

/// Whether a cell keeps quotes around it, which its file meant to be read as such.
pub(crate) fn are_left(cell: &str) -> bool {
    let mut letters = cell.chars();
    let (Some(first), Some(last)) = (letters.next(), letters.next_back()) else {
        return false;
    };
    QUOTES.contains(first) && QUOTES.contains(last)
}

/// What quotes begin and end with, as spreadsheets, texts and programs write them in any country.
const QUOTES: &str = "\"'`\u{b4}\u{2018}\u{2019}\u{201a}\u{201b}\u{201c}\u{201d}\u{201e}\u{201f}\
    \u{ab}\u{bb}\u{2039}\u{203a}\u{ff02}\u{ff07}\u{300c}\u{300d}<>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_before_quotes_go_and_nothing_else() {
        for (text, tidied) in [
            ("A, \"b, c\",\t\"d\"\n \"e\"", "A,\"b, c\",\"d\"\n\"e\""),
            ("A,\u{a0}\"b\",\u{feff}\"c\"", "A,\"b\",\"c\""),
            ("\"a, \"\"b\"\", c\", d\n", "\"a, \"\"b\"\", c\", d\n"),
            ("\"a\n, \"\"b\", c \"d\"", "\"a\n, \"\"b\", c \"d\""),
            ("a , b\" , c", "a , b\" , c"),
        ] {
            assert_eq!(tidy(text, ',').as_deref(), Ok(tidied), "{text:?}");
        }
        assert_eq!(tidy("a\t \"b\"", '\t').as_deref(), Ok("a\t\"b\""));
        assert_eq!(tidy("A,B\n3, \"4\n", ','), Err(2));
        assert!(matches!(tidy("a,\"b\"", ','), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn a_pair_around_a_cell_is_left() {
        for left in [
            "\"Ada\"",
            "'Ada'",
            "\u{201c}Ada\u{201d}",
            "\u{201e}Ada\u{201d}",
            "\u{bb}Ada\u{ab}",
            "\u{b4}Ada\u{b4}",
            "<Ada>",
            "\"\"",
        ] {
            assert!(are_left(left), "{left}");
        }
        for none in ["\"", "19\"", "Ada \"A\"", "'t Hooft", "\"A\" Ada", ""] {
            assert!(!are_left(none), "{none}");
        }
    }
}
