//! `membership-server account add`: lets somebody sign in, the first one above all.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use membership_contract::text::{Plain, Words, en};
use membership_domain::roles::Role;
use membership_store::{Store, users};

use crate::accounts::{self, Added, Wanted};
use crate::clock::Clock;
use crate::passwords::{LONGEST, SHORTEST};
use crate::routes::organizations::{check_country, check_text};

/// What to do with accounts.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, or roles to one that is there; the password is the first line of standard
    /// input
    Add(Add),
}

#[derive(Debug, Args)]
struct Add {
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Signs in with it
    #[arg(long, value_parser = email)]
    email: String,
    /// The person's name
    #[arg(long, value_parser = name)]
    name: String,
    /// Legal name of the organization; created if there is none of that name
    #[arg(long, value_parser = organization)]
    organization: String,
    /// Role there; may be repeated
    #[arg(long, required = true, value_name = "CODE", value_parser = roles())]
    role: Vec<Role>,
    /// Country of a new organization, as in ISO 3166-1 [default: US]
    #[arg(long, value_parser = country)]
    country: Option<String>,
    /// PartnerID of a new organization, else drawn; or which of several with the same name
    #[arg(long, value_parser = partner_id)]
    partner_id: Option<String>,
}

fn email(text: &str) -> Result<String, String> {
    let email = users::normalize(text);
    let parts: Vec<_> = email.split('@').collect();
    let whole = matches!(parts.as_slice(), [local, host] if !local.is_empty() && !host.is_empty());
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !whole || email.contains(odd) || email.len() > 254 {
        return Err("write it as name@example.com".to_owned());
    }
    Ok(email)
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 200 || name.contains(char::is_control) {
        return Err("1 to 200 characters, on one line".to_owned());
    }
    Ok(name.to_owned())
}

/// As the API has it for a change of the name.
fn organization(text: &str) -> Result<String, String> {
    let mut errors = Vec::new();
    check_text("", text, 200, &mut errors);
    let refusal = errors.pop().map(|error| error.detail);
    refusal.map_or_else(|| Ok(text.trim().to_owned()), Err)
}

fn country(text: &str) -> Result<String, String> {
    let mut errors = Vec::new();
    check_country("", text, &mut errors);
    let refusal = errors.pop().map(|error| error.detail);
    refusal.map_or_else(|| Ok(text.to_owned()), Err)
}

fn partner_id(text: &str) -> Result<String, String> {
    let digits = text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.starts_with('0') {
        return Err("seven digits, the first not zero".to_owned());
    }
    Ok(text.to_owned())
}

/// Lists the roles, in the help and in the refusal of another.
fn roles() -> impl TypedValueParser<Value = Role> {
    let listed = |role: &Role| PossibleValue::new(role.code()).help(en::role(*role));
    PossibleValuesParser::new(Role::ALL.iter().map(listed))
        .try_map(|code| Role::from_code(&code).ok_or("no such role"))
}

pub fn run(options: Options) -> anyhow::Result<()> {
    let Command::Add(options) = options.command;
    tokio::runtime::Runtime::new()?.block_on(add(options))
}

async fn add(options: Add) -> anyhow::Result<()> {
    let store = Store::connect(&options.database_url)
        .await
        .context("--database-url")?;
    store
        .migrate()
        .await
        .context("the tables of --database-url")?;
    let email = options.email.clone();
    let wanted = Wanted {
        email: options.email,
        name: options.name,
        organization: options.organization,
        country: options.country,
        partner_id: options.partner_id,
        roles: options.role,
    };
    let added = accounts::add(&store, &Clock::system(), wanted, ask).await?;
    println!("{}", told(&email, &added));
    Ok(())
}

/// The password, from the person at the terminal or from the program that pipes it.
fn ask() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return first_line(input.lock());
    }
    eprint!("Password, at least {SHORTEST} characters: ");
    let password = rpassword::read_password().context("the password")?;
    // It cannot be seen, so it is typed twice: nobody could sign in with a mistyped one.
    eprint!("The same again: ");
    if rpassword::read_password().context("the password")? != password {
        bail!("the two passwords differ");
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
        bail!("no password: give it as the first line of standard input");
    }
    Ok(line.to_owned())
}

fn told(email: &str, added: &Added) -> String {
    let organization = &added.organization;
    let new = if added.new_organization {
        "the new organization "
    } else {
        ""
    };
    let at = format!(
        "{new}{}, PartnerID {}",
        organization.name, organization.partner_id
    );
    let names: Vec<_> = added
        .roles
        .iter()
        .map(|role| en::role(*role).to_owned())
        .collect();
    let roles = Plain.list(&names);
    match (added.new_account, names.is_empty()) {
        (true, _) => format!("Added the account {email} at {at}: {roles}."),
        (false, false) => format!(
            "There is an account {email} already: its name and password stay. \
             Added its roles at {at}: {roles}."
        ),
        (false, true) => format!(
            "There is an account {email} already, with these roles at {at}. Nothing was changed."
        ),
    }
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
