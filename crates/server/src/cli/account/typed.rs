//! What is typed on the command line about an account, and the password, which is not.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use membership_contract::check::Check;
use membership_contract::organization::OrganizationChange;
use membership_contract::text::en;
use membership_domain::roles::Role;
use membership_domain::text::{code_point, hidden_in_name, is_invisible, trimmed};
use membership_store::users;

use crate::passwords::{LONGEST, SHORTEST};

/// An email address in the form in which it is stored.
pub fn email(text: &str) -> Result<String, String> {
    let email = users::normalize(text);
    let parts: Vec<_> = email.split('@').collect();
    let whole = matches!(parts.as_slice(), [local, host] if !local.is_empty() && !host.is_empty());
    let odd = |c: char| c.is_whitespace() || is_invisible(c);
    if !whole || email.contains(odd) || email.len() > 254 {
        return Err("write it as name@example.com".to_owned());
    }
    Ok(email)
}

/// A person's name.
pub fn name(text: &str) -> Result<String, String> {
    let name = trimmed(text);
    if name.is_empty() || name.chars().count() > 200 || name.contains(char::is_control) {
        return Err("1 to 200 characters, on one line".to_owned());
    }
    if let Some(hidden) = hidden_in_name(name) {
        return Err(format!(
            "remove the invisible character {}",
            code_point(hidden)
        ));
    }
    Ok(name.to_owned())
}

/// The name of an organization, as the API has it for a change of the name.
pub fn organization(text: &str) -> Result<String, String> {
    let name = Some(text.to_owned());
    checked(&OrganizationChange {
        name,
        ..OrganizationChange::default()
    })?;
    Ok(trimmed(text).to_owned())
}

/// A country's code, as the API has it.
pub fn country(text: &str) -> Result<String, String> {
    let country = Some(text.to_owned());
    checked(&OrganizationChange {
        country,
        ..OrganizationChange::default()
    })?;
    Ok(text.to_owned())
}

fn checked(change: &OrganizationChange) -> Result<(), String> {
    let refusal = change.check().pop().map(|error| error.detail);
    refusal.map_or(Ok(()), Err)
}

/// A PartnerID.
pub fn partner_id(text: &str) -> Result<String, String> {
    let digits = text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.starts_with('0') {
        return Err("seven digits, the first not zero".to_owned());
    }
    Ok(text.to_owned())
}

/// Lists the roles, in the help and in the refusal of another.
pub fn roles() -> impl TypedValueParser<Value = Role> {
    let listed = |role: &Role| PossibleValue::new(role.code()).help(en::role(*role));
    PossibleValuesParser::new(Role::ALL.iter().map(listed))
        .try_map(|code| Role::from_code(&code).ok_or("unknown role"))
}

/// The password, from the person at the terminal or from the program that pipes it.
pub fn ask() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return first_line(input.lock());
    }
    eprint!("Password, at least {SHORTEST} characters: ");
    let password = rpassword::read_password().context("the password")?;
    // It cannot be seen, so it is typed twice: nobody could sign in with a mistyped one.
    eprint!("Repeat the password: ");
    if rpassword::read_password().context("the password")? != password {
        bail!("the passwords don't match");
    }
    Ok(password)
}

fn first_line(input: impl BufRead) -> anyhow::Result<String> {
    let mut line = String::new();
    // A little more than a password can be, so that a longer one is seen to be too long.
    let most = LONGEST as u64 + 3;
    input
        .take(most)
        .read_line(&mut line)
        .context("the password on standard input")?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        bail!("the password is missing: give it as the first line of standard input");
    }
    Ok(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_the_first_line_without_its_end() -> anyhow::Result<()> {
        for text in ["a b c", "a b c\n", "a b c\r\nnext\n"] {
            assert_eq!(first_line(text.as_bytes())?, "a b c");
        }
        assert_eq!(
            first_line(" a \n".as_bytes())?,
            " a ",
            "blanks are part of it"
        );
        let endless = std::io::BufReader::new(std::io::repeat(b'x'));
        assert!(first_line(endless)?.len() > LONGEST);
        for unusable in [b"".as_slice(), b"\n", b"\xff\xfe\n"] {
            assert!(first_line(unusable).is_err(), "{unusable:?}");
        }
        Ok(())
    }

    #[test]
    fn addresses_and_numbers_have_their_form() {
        assert_eq!(
            email(" Admin@Contoso.example"),
            Ok("admin@contoso.example".to_owned())
        );
        let around = "\u{feff}admin@contoso.example\u{200b}";
        assert_eq!(email(around), Ok("admin@contoso.example".to_owned()));
        assert!(email("ad\u{200b}min@contoso.example").is_err());
        assert_eq!(name("\u{200b}Ada\u{a0}"), Ok("Ada".to_owned()));
        assert!(name("A\u{200b}da").is_err_and(|told| told.contains("U+200B")));
        for text in [
            "",
            "admin",
            "@contoso.example",
            "a@",
            "a@b@c",
            "a b@contoso.example",
        ] {
            assert!(email(text).is_err(), "{text}");
        }
        assert!(partner_id("4200001").is_ok());
        for text in ["0200001", "420000", "42000011", "420000x"] {
            assert!(partner_id(text).is_err(), "{text}");
        }
        assert!(name(" \t").is_err() && name("A\nB").is_err() && name("名前").is_ok());
    }
}
