//! Passwords that are tried first: what many people choose, and what is known of the account.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Composed, in lower case; lines with # are comments.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("common.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// The service's own names.
const OURS: [&str; 2] = ["membership", "workspace"];

/// A single letter of a name is in every word.
const LEAST_OF_A_NAME: usize = 2;

/// With a name in it, a password has so many letters of its own beside names, digits and signs.
const OWN_LETTERS: usize = 6;

/// A text that repeats after so many characters or fewer is that text alone.
const LONGEST_REPEATED: usize = 6;

/// Whether it is one of those that many people choose, however it is written.
pub fn is_common(password: &str) -> bool {
    let folded = folded(password);
    let plain: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = [&folded, &plain];
    known.into_iter().any(|text| COMMON.contains(text.as_str())) || repeats(&folded) || runs(&plain)
}

/// Whether little is left of it without the service's names and these: of the person, of the
/// address, of the company.
pub fn is_of_names<T: AsRef<str>>(password: &str, names: &[T]) -> bool {
    let folded = folded(password);
    let given = names.iter().flat_map(|name| parts(name.as_ref()));
    let mut all: Vec<String> = given.chain(OURS.map(str::to_owned)).collect();
    // The longest first: what is a part of another name is gone with it.
    all.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let left = all
        .iter()
        .fold(folded.clone(), |left, name| left.replace(name, " "));
    left != folded && left.chars().filter(|c| c.is_alphabetic()).count() < OWN_LETTERS
}

/// The words of a name or an address.
fn parts(name: &str) -> Vec<String> {
    let name = folded(name);
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() >= LEAST_OF_A_NAME);
    words.map(str::to_owned).collect()
}

/// One form for what looks the same.
fn folded(text: &str) -> String {
    text.nfc()
        .collect::<String>()
        .to_lowercase()
        .nfc()
        .collect()
}

/// `aaaaaaaaaaaa`, `abcabcabcabc`.
fn repeats(text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    (1..=LONGEST_REPEATED).any(|step| {
        let later = text.iter().skip(step);
        text.len() >= 2 * step && later.zip(&text).all(|(later, earlier)| later == earlier)
    })
}

/// `123456789012`, `abcdefghijkl`, and the same backward: each the next or the one before.
fn runs(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    // After 9 comes 0.
    let step = |pair: &[i64]| (pair[1] - pair[0] + 10) % 10;
    let steps: Vec<i64> = codes.windows(2).map(step).collect();
    steps.len() > 1 && (steps.iter().all(|step| *step == 1) || steps.iter().all(|step| *step == 9))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passwords::SHORTEST;

    #[test]
    fn the_list_has_what_it_says() {
        let text = include_str!("common.txt");
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 1_000);
        assert_eq!(COMMON.len(), lines.len(), "none twice");
        for line in lines {
            assert!(
                folded(line) == line && line.chars().count() >= SHORTEST,
                "{line}"
            );
        }
    }

    #[test]
    fn what_many_choose_is_known_however_it_is_written() {
        for common in [
            "password1234",
            "PassWord1234",
            "password-1234",
            "qwertyuiop123",
            "Contrasen\u{303}a123",
            "correct horse battery staple",
            "CorrectHorse-BatteryStaple",
            "111111111111",
            "abcabcabcabc",
            "abababababab",
            "hello1hello1",
            "1234567890123",
            "3210987654321",
            "abcdefghijklm",
            crate::demo::PASSPHRASE,
        ] {
            assert!(is_common(common), "{common}");
        }
        for own in [
            "a lantern in the fog",
            "twelve chars",
            "837261940583",
            "名前名前名前は長い",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn names_alone_are_no_password() {
        let names = ["Mara Lindqvist", "mara.lind@contoso.example", "Contoso"];
        for named in [
            "Contoso2026!!",
            "mara-lindqvist-1",
            "MembershipContoso",
            "workspace-1234",
            "Contoso-admin",
            "lindcontoso-example",
        ] {
            assert!(is_of_names(named, &names), "{named}");
        }
        for own in [
            "marathon in the fog",
            "contoso lantern harbor",
            "837261940583",
        ] {
            assert!(!is_of_names(own, &names), "{own}");
        }
        assert!(!is_of_names("Contoso lantern", &["Northwind"]));
        assert!(
            is_of_names("liwu12345678", &["Li Wu"]) && is_of_names("名前名前名前123456", &["名前"])
        );
    }
}
