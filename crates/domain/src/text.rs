//! Text as people, spreadsheets and other systems write it: what can be seen of it, and when two
//! texts say the same.

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

/// Normal forms of Unicode, in which the same text is the same characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// NFD: letters and their marks apart.
    Canonical,
    /// NFKD: the same, and forms of letters as the letters.
    Compatible,
}

/// A host's own way to a normal form.
pub type Normalize = fn(&str, Form) -> String;

static HOST: OnceLock<Normalize> = OnceLock::new();

/// Has texts normalized by the host from now on. A browser can do it, and is spared our tables: on
/// wasm32 there are none, and texts other than ASCII stay as they are until this was called.
pub fn normalize_with(host: Normalize) {
    // Said twice, it is the same host.
    let _ = HOST.set(host);
}

/// A text without the space and the invisible characters around it.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter))
}

/// A name as it is compared: in canonical form (NFD, which makes the same texts equal as NFC does),
/// without case, and without outer and repeated space.
#[must_use]
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in trimmed(name).split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    folded(&key).replace('\u{df}', "ss")
}

/// An email address as it is compared: in canonical form, without case and outer space.
#[must_use]
pub fn address_key(address: &str) -> String {
    folded(trimmed(address))
}

/// A text in which words are looked for: in canonical form, without case.
#[must_use]
pub fn folded(text: &str) -> String {
    lower(&canonical(text))
}

/// A text in canonical form (NFD).
#[must_use]
pub fn canonical(text: &str) -> String {
    normalized(text, Form::Canonical)
}

/// A text in compatible form (NFKD).
#[must_use]
pub fn compatible(text: &str) -> String {
    normalized(text, Form::Compatible)
}

fn normalized(text: &str, form: Form) -> String {
    match HOST.get() {
        _ if text.is_ascii() => text.to_owned(),
        Some(host) => host(text, form),
        None => by_tables(text, form),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn by_tables(text: &str, form: Form) -> String {
    use unicode_normalization::UnicodeNormalization;
    match form {
        Form::Canonical => text.nfd().collect(),
        Form::Compatible => text.nfkd().collect(),
    }
}

#[cfg(target_arch = "wasm32")]
fn by_tables(text: &str, _: Form) -> String {
    text.to_owned()
}

/// A title or the name of a column as it is compared: letters and digits alone, without case:
/// `Training Completion_Date` is `trainingcompletiondate`. Never for the names of people and
/// customers, which can differ in nothing but signs.
#[must_use]
pub fn letters(title: &str) -> String {
    let letters = title.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Without case; both forms of the Greek sigma are one.
fn lower(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase);
    letters
        .map(|letter| if letter == 'ς' { 'σ' } else { letter })
        .collect()
}

/// The first character of an id or an address that nobody can see there: an invisible one, or
/// space other than the plain kind.
#[must_use]
pub fn hidden_in_id(text: &str) -> Option<char> {
    text.chars().find(|letter| is_hidden(*letter))
}

fn is_hidden(letter: char) -> bool {
    is_invisible(letter) || (letter.is_whitespace() && letter != ' ')
}

/// The first invisible character of a name, other than those that some scripts and symbols need
/// between their letters.
#[must_use]
pub fn hidden_in_name(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.find(|letter| is_invisible(*letter) && !joins(*letter))
}

/// A name as an id: without the characters that an id cannot have.
#[must_use]
pub fn id_of_name(name: &str) -> String {
    let words: Vec<String> = (trimmed(name).split_whitespace())
        .map(|word| word.chars().filter(|letter| !joins(*letter)).collect())
        .collect();
    words.join(" ")
}

/// The most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// What a message repeats of a value: its beginning, or the place around what is hidden in it,
/// which is written as its code point: `ada[U+200B]`.
#[must_use]
pub fn shown(text: &str) -> String {
    let hidden = |letter: &char| is_hidden(*letter);
    let from = match text.chars().position(|letter| hidden(&letter)) {
        Some(place) if place >= SHOWN => place + 1 - SHOWN / 2,
        _ => 0,
    };
    let mut shown = String::new();
    for letter in text.chars().skip(from).take(SHOWN) {
        if hidden(&letter) {
            shown.push_str(&format!("[{}]", code_point(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// The name of a character that cannot be shown: `U+200B`.
#[must_use]
pub fn code_point(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// Reads a text without what is around it.
///
/// # Errors
/// Those of the reader.
pub fn read_trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(without_ends)
}

/// The same for a text that may be left out.
///
/// # Errors
/// Those of the reader.
pub fn read_optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.map(without_ends))
}

fn without_ends(text: String) -> String {
    let rest = trimmed(&text);
    if rest.len() == text.len() {
        text
    } else {
        rest.to_owned()
    }
}

/// Whether a character is one that cannot be seen and is no space: format characters (Cf),
/// characters that programs may ignore, control characters and blank letters. A test compares the
/// list with the Unicode database.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_control() && !letter.is_whitespace();
    }
    let code = u32::from(letter);
    let after = INVISIBLE.partition_point(|(first, _)| *first <= code);
    let range = after.checked_sub(1).and_then(|at| INVISIBLE.get(at));
    range.is_some_and(|(_, last)| code <= *last)
}

/// Joiners and variation selectors, which names in some scripts and with symbols have.
fn joins(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// First and last, in order.
const INVISIBLE: [(u32, u32); 31] = [
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1_10BD, 0x1_10BD),
    (0x1_10CD, 0x1_10CD),
    (0x1_3430, 0x1_343F),
    (0x1_BCA0, 0x1_BCA3),
    (0x1_D159, 0x1_D159),
    (0x1_D173, 0x1_D17A),
    (0xE_0000, 0xE_00FF),
    (0xE_0100, 0xE_01EF),
    (0xE_01F0, 0xE_0FFF),
];

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn every_format_and_control_character_is_invisible() {
        let letters = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for letter in letters.filter(|letter| !letter.is_whitespace()) {
            let category = letter.general_category();
            let must = matches!(category, GeneralCategory::Format | GeneralCategory::Control);
            assert!(!must || is_invisible(letter), "{}", code_point(letter));
            let visible = letter.is_alphanumeric()
                && !matches!(letter, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}');
            assert!(
                !(visible && is_invisible(letter)),
                "{} is a letter",
                code_point(letter)
            );
        }
        assert!(INVISIBLE.is_sorted());
    }

    #[test]
    fn names_are_the_same_without_case_and_space_and_in_both_forms() {
        for (one, other) in [
            ("Müller Fabrikam", "Mu\u{0308}ller  FABRIKAM "),
            (
                "Caf\u{e9} Northwind",
                "\u{200B}CAFE\u{0301}\u{a0}Northwind\u{feff}",
            ),
            ("\u{212B}sa", "\u{c5}sa"),
            ("\u{1E69}", "s\u{0307}\u{0323}"),
            ("ΟΔΟΣ", "οδος"),
            ("Groß Fabrikam", "GROSS FABRIKAM"),
            ("한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
        }
        for (one, other) in [
            ("C++ Contoso", "C# Contoso"),
            ("Contoso A+", "Contoso A"),
            ("Cafe", "Café"),
            ("???", "!!!"),
            ("Contoso, Ltd.", "Contoso Ltd"),
            ("Conto so", "Contoso"),
            ("Con\u{200B}toso", "Contoso"),
        ] {
            assert_ne!(name_key(one), name_key(other), "{one}");
        }
        assert_eq!(
            address_key("J\u{fc}rgen@Contoso.example"),
            address_key("ju\u{308}rgen@contoso.example ")
        );
    }

    #[test]
    fn what_is_hidden_is_found_and_shown() {
        for text in [
            "a\u{200B}b",
            "a\u{ad}b",
            "a\u{2800}b",
            "a\u{3164}b",
            "a\u{7}b",
        ] {
            assert!(
                hidden_in_id(text).is_some() && hidden_in_name(text).is_some(),
                "{text:?}"
            );
        }
        assert_eq!(hidden_in_id("a b"), None);
        assert_eq!(hidden_in_id("a\u{a0}b"), Some('\u{a0}'));
        assert_eq!(hidden_in_name("a\u{a0}b"), None);
        assert_eq!(hidden_in_name("می\u{200C}خواهم"), None);
        assert_eq!(id_of_name(" می\u{200C}خواهم\u{a0} x"), "میخواهم x");
        assert_eq!(
            shown("ada\u{200B}@contoso.example"),
            "ada[U+200B]@contoso.example"
        );
        let long = "x".repeat(100) + "\u{200B}" + &"y".repeat(100);
        assert!(shown(&long).contains("x[U+200B]y"), "{}", shown(&long));
        assert_eq!(shown(&"x".repeat(100)).len(), 60);
    }

    #[test]
    fn what_is_around_goes() {
        assert_eq!(
            trimmed("\u{feff} \u{200B}Ada\u{a0}Berg\u{2060}\t"),
            "Ada\u{a0}Berg"
        );
        assert_eq!(trimmed("\u{200B} \u{ad}"), "");
    }
}
