//! Names that look like each other: what a looser comparison takes for one name is asked and never
//! merged.

use membership_domain::text::{canonical, compatible, name_key};

/// What is left of a name without case, space, punctuation, marks, forms and script: nothing where
/// it has neither letters nor digits, and so resembles no other.
pub(crate) fn look(name: &str) -> Option<String> {
    let look: String = (plain_forms(name).chars())
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    (!look.is_empty()).then_some(look)
}

/// What an address looks like: its forms and scripts are one, its marks and signs are its own.
pub(crate) fn look_of_address(address: &str) -> String {
    plain_forms(address)
}

/// Without case, in plain forms, with the Latin letters that others look like.
fn plain_forms(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let text: String = (text.chars())
        .filter(|letter| !MARKS_OF_TRADE.contains(*letter))
        .collect();
    let mut plain = String::with_capacity(text.len());
    for letter in compatible(&text).chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{df}' => plain.push_str("ss"),
            letter => plain.push(latin(letter)),
        }
    }
    plain
}

/// Signs that would otherwise be read as the letters that they are made of.
const MARKS_OF_TRADE: &str = "\u{2122}\u{2120}\u{ae}\u{a9}";

/// Whether somebody or something that an id or an address names already is called this: marks and
/// the signs between words make no other one then, and other signs do.
pub(crate) fn is_called(known: &str, name: &str) -> bool {
    known == name || name_key(known) == name_key(name) || unsigned(known) == unsigned(name)
}

fn unsigned(name: &str) -> String {
    let between_words = |letter: char| {
        letter.is_whitespace()
            || ".,'\"()-_/\u{2018}\u{2019}\u{201c}\u{201d}\u{2013}".contains(letter)
    };
    let key = canonical(&name_key(name));
    let kept = key.chars();
    kept.filter(|letter| !between_words(*letter) && !is_mark(*letter))
        .filter(|letter| !MARKS_OF_TRADE.contains(*letter))
        .collect()
}

/// The marks that are written over, under and around letters of any script.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// The Latin letter or the digit that a small letter of another script looks like, small or as a
/// capital.
fn latin(letter: char) -> char {
    let found = LOOKALIKES.iter().find(|(_, all)| all.contains(letter));
    found.map_or(letter, |(plain, _)| *plain)
}

/// By Latin letter, the Cyrillic, Greek, Armenian and phonetic ones that are drawn like it. Digits
/// stay apart from letters: names differ in nothing else ("Contoso 1" and "Contoso I").
const LOOKALIKES: [(char, &str); 24] = [
    ('a', "\u{430}\u{3b1}\u{251}"),
    ('b', "\u{432}\u{3b2}\u{44c}"),
    ('c', "\u{441}\u{3f2}"),
    ('d', "\u{501}"),
    ('e', "\u{435}\u{3b5}\u{454}"),
    ('g', "\u{261}\u{581}"),
    ('h', "\u{43d}\u{4bb}\u{3b7}\u{570}"),
    ('i', "\u{456}\u{3b9}\u{131}\u{4cf}"),
    ('j', "\u{458}\u{3f3}"),
    ('k', "\u{43a}\u{3ba}"),
    ('l', "\u{4c0}"),
    ('m', "\u{43c}\u{3bc}"),
    ('n', "\u{3bd}\u{578}"),
    ('o', "\u{43e}\u{3bf}\u{585}\u{3c3}"),
    ('p', "\u{440}\u{3c1}"),
    ('q', "\u{51b}"),
    ('r', "\u{433}"),
    ('s', "\u{455}"),
    ('t', "\u{442}\u{3c4}"),
    ('u', "\u{57d}\u{3c5}"),
    ('w', "\u{51d}\u{461}"),
    ('x', "\u{445}\u{3c7}"),
    ('y', "\u{443}\u{3b3}\u{4af}"),
    ('z', "\u{3b6}"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_found() {
        for (one, other) in [
            ("C++ Contoso Labs", "C# Contoso Labs"),
            ("Contoso A+", "Contoso A"),
            ("Contoso, Ltd.", "CONTOSO LTD"),
            ("Cafe\u{301} Northwind", "Cafe Northwind"),
            ("Conto\u{200B}so", "Contoso"),
            ("\u{421}\u{43e}nt\u{43e}s\u{43e}", "Contoso"),
            ("\u{39a}\u{391}\u{3a4}E", "KATE"),
            ("\u{ff23}\u{ff4f}ntoso", "Contoso"),
            ("Gra\u{fb01}k", "Grafik"),
            ("\u{1d5d6}ontoso", "Contoso"),
            ("Contoso\u{b2}", "Contoso 2"),
            ("Gro\u{df} Fabrikam", "GROSS FABRIKAM"),
        ] {
            assert_eq!(look(one), look(other), "{one}");
        }
        for (one, other) in [("Contoso 1", "Contoso 2"), ("Fabrikam", "Northwind")] {
            assert_ne!(look(one), look(other), "{one}");
        }
        assert_eq!(look("??? !!!"), None);
        let cyrillic = "\u{440}riya@contoso.example";
        assert_eq!(
            look_of_address(cyrillic),
            look_of_address("Priya@contoso.example")
        );
        assert_ne!(
            look_of_address("a.b@x.example"),
            look_of_address("ab@x.example")
        );
    }

    #[test]
    fn signs_between_words_make_no_other_name_of_one_id() {
        for (one, other) in [
            ("Fabrikam, Inc.", "Fabrikam Inc"),
            ("Ann-Marie", "Ann Marie"),
            ("Caf\u{e9}", "Cafe"),
        ] {
            assert!(is_called(one, other), "{one}");
        }
        for (one, other) in [
            ("C++ Labs", "C# Labs"),
            ("Contoso A+", "Contoso A"),
            ("???", "!!!"),
        ] {
            assert!(!is_called(one, other), "{one}");
        }
    }
}
