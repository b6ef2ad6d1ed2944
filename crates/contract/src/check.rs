//! What a request's values may be: limits and messages, once. The server checks each body that it
//! reads, and a form checks what it would send.

use membership_domain::text::{is_invisible, shown, trimmed};

use crate::countries;
use crate::problem::FieldError;

/// A request whose values have limits that its types do not say.
pub trait Check {
    /// What is wrong, all of it; nothing if it can be used.
    fn check(&self) -> Vec<FieldError> {
        Vec::new()
    }
}

/// So many characters the longest email address has that there is.
pub const LONGEST_EMAIL: usize = 254;

/// So many bytes a password may have: hashing one of any length would be work for nothing.
pub const LONGEST_PASSWORD: usize = 1024;

/// The longest phone number with its signs: fifteen digits, as the numbering plan of the world has
/// them, with a plus and spaces.
const LONGEST_PHONE: usize = 20;

/// Gathers what is wrong with the values of a request.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    /// All of it.
    #[must_use]
    pub fn found(self) -> Vec<FieldError> {
        self.0
    }

    /// Adds one.
    pub fn add(&mut self, pointer: &str, code: &str, detail: impl Into<String>) {
        self.0.push(FieldError::new(pointer, code, detail));
    }

    /// A company's name or address: Western European characters, as the registries have them.
    pub fn text(&mut self, pointer: &str, text: &str, longest: usize) {
        let western =
            |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '‘'..='”' | '–' | '€');
        let length = trimmed(text).chars().count();
        let other = text.chars().find(|c| !western(*c) || is_invisible(*c));
        if length == 0 {
            self.add(pointer, "empty", "Enter a text.");
        } else if length > longest {
            let detail = format!("At most {longest} characters; this has {length}.");
            self.add(pointer, "too_long", detail);
        } else if let Some(other) = other {
            let detail = format!("Use Western European characters only, not {other:?}.");
            self.add(pointer, "characters", detail);
        }
    }

    /// A country's code.
    pub fn country(&mut self, pointer: &str, country: &str) {
        if country.is_empty() {
            self.add(pointer, "empty", "Choose the country or region.");
        } else if countries::name(country).is_none() {
            let country = shown(country);
            let detail = format!(
                "\u{201c}{country}\u{201d} isn't a country or region of ISO 3166-1. Write its two \
                 capital letters, such as PT."
            );
            self.add(pointer, "country", detail);
        }
    }

    /// An email address that mail can be sent to.
    pub fn email(&mut self, pointer: &str, email: &str) {
        let email = trimmed(email);
        let parts = email.split_once('@');
        let (local, domain) = parts.unwrap_or_default();
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '@' && !is_invisible(c);
        let labels = domain.split('.').all(|label| !label.is_empty());
        let ok = !local.is_empty() && domain.contains('.') && labels;
        if email.is_empty() {
            self.add(pointer, "empty", "Enter an email address.");
        } else if email.len() > LONGEST_EMAIL {
            self.add(pointer, "too_long", "The email is too long.");
        } else if !ok || !local.chars().chain(domain.chars()).all(plain) {
            let detail = "Write the email address as name@contoso.example.";
            self.add(pointer, "email", detail);
        }
    }

    /// A phone number.
    pub fn phone(&mut self, pointer: &str, phone: &str) {
        let phone = trimmed(phone);
        let sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '.' | '/');
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let number = phone.strip_prefix('+').unwrap_or(phone);
        if phone.chars().count() > LONGEST_PHONE {
            let detail = format!("At most {LONGEST_PHONE} digits, spaces and signs.");
            self.add(pointer, "too_long", detail);
        } else if digits < 4 || !number.chars().all(sign) {
            let detail = "Write the number with the country's code, as +351 21 000 0000.";
            self.add(pointer, "phone", detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: impl Fn(&mut Faults)) -> Vec<String> {
        let mut faults = Faults::default();
        check(&mut faults);
        faults.found().into_iter().map(|one| one.code).collect()
    }

    #[test]
    fn addresses_of_people_are_those_that_mail_reaches() {
        for (email, code) in [
            ("mara.lindqvist@contoso.example", ""),
            (" mara@mail.contoso.example ", ""),
            ("", "empty"),
            ("mara", "email"),
            ("mara@contoso", "email"),
            ("@contoso.example", "email"),
            ("mara@contoso..example", "email"),
            ("mara@contoso.example.", "email"),
            ("mara@@contoso.example", "email"),
            ("mara lindqvist@contoso.example", "email"),
            ("mara@con\u{200b}toso.example", "email"),
        ] {
            let found = codes(|faults| faults.email("/email", email)).join("");
            assert_eq!(found, code, "{email}");
        }
        let long = "m".repeat(250) + "@contoso.example";
        assert_eq!(codes(|faults| faults.email("/email", &long)), ["too_long"]);
    }

    #[test]
    fn countries_are_those_that_there_are() {
        for (country, code) in [
            ("PT", ""),
            ("US", ""),
            ("", "empty"),
            ("pt", "country"),
            ("XX", "country"),
            ("Portugal", "country"),
        ] {
            let found = codes(|faults| faults.country("/country", country)).join("");
            assert_eq!(found, code, "{country}");
        }
    }

    #[test]
    fn phone_numbers_are_digits_with_the_usual_signs() {
        for (phone, code) in [
            ("+351 21 000 0000", ""),
            ("(425) 555-0100", ""),
            ("", "phone"),
            ("123", "phone"),
            ("+1 425 555 O1OO", "phone"),
            ("1+425 5550100", "phone"),
            ("+1 425 555 0100 ext. 77", "too_long"),
        ] {
            let found = codes(|faults| faults.phone("/phone", phone)).join("");
            assert_eq!(found, code, "{phone}");
        }
    }
}
