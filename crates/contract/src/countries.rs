//! Countries and regions, as ISO 3166-1 has them: one list for what can be chosen and for what is
//! taken.

/// A line for each: its code of two letters, a space, and its name in English, by which they are
/// sorted.
const LIST: &str = include_str!("../../../catalog/countries.txt");

/// All of them, by name: code and name in English.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once(' '))
}

/// The name of the one with this code, if there is one.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    all()
        .find(|(known, _)| *known == code)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_is_there_once_with_code_and_name() {
        let codes: BTreeSet<&str> = all().map(|(code, _)| code).collect();
        let names: BTreeSet<&str> = all().map(|(_, name)| name).collect();
        // So many has the standard.
        let counts = (LIST.lines().count(), codes.len(), names.len());
        assert_eq!(counts, (249, 249, 249));
        let letters = |code: &&str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        assert!(codes.iter().all(letters));
        assert!(
            names
                .iter()
                .all(|name| name.trim() == *name && !name.is_empty())
        );
    }

    #[test]
    fn a_code_is_taken_as_it_is_written() {
        assert_eq!(name("PT"), Some("Portugal"));
        for no in ["pt", "", "P", "XX", "Portugal", "PT "] {
            assert_eq!(name(no), None, "{no}");
        }
    }
}
