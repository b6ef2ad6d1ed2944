//! Names that look like each other: what a looser comparison takes for one name is asked and never
//! merged.

use membership_domain::text::{canonical, name_key};

/// What is left of a name without case, space, punctuation, marks and script: nothing where it has
/// neither letters nor digits, and so resembles no other.
pub(crate) fn look(name: &str) -> Option<String> {
    let letters = canonical(name).chars().map(half_width).collect::<String>();
    let letters = letters.chars().flat_map(char::to_lowercase);
    let look: String = (letters.filter(|letter| letter.is_alphanumeric()))
        .map(latin)
        .collect();
    (!look.is_empty()).then_some(look)
}

/// Whether somebody or something that an id or an address names already is called this: signs and
/// marks in the name make no other one then.
pub(crate) fn is_called(known: &str, name: &str) -> bool {
    let looks_like = || look(known).is_some() && look(known) == look(name);
    known == name || name_key(known) == name_key(name) || looks_like()
}

/// Full-width forms as the plain ones.
fn half_width(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
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
        ] {
            assert_eq!(look(one), look(other), "{one}");
        }
        for (one, other) in [("Contoso 1", "Contoso 2"), ("Fabrikam", "Northwind")] {
            assert_ne!(look(one), look(other), "{one}");
        }
        assert_eq!(look("??? !!!"), None);
    }
}
