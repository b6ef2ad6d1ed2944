//! `membership-server account add`: lets somebody sign in, the first one above all.

use clap::Args;
use membership_contract::text::{Plain, Words, en};
use membership_domain::roles::Role;
use membership_store::Store;

use super::typed;
use crate::accounts::{self, Added, Wanted};
use crate::clock::Clock;

/// Who, where and as what.
#[derive(Debug, Args)]
pub struct Add {
    /// Email that the account signs in with
    #[arg(long, value_parser = typed::email)]
    email: String,
    /// The person's name
    #[arg(long, value_parser = typed::name)]
    name: String,
    /// Legal name of the organization; created if it doesn't exist
    #[arg(long, value_parser = typed::organization)]
    organization: String,
    /// Role there; may be repeated
    #[arg(long, required = true, value_name = "CODE", value_parser = typed::roles())]
    role: Vec<Role>,
    /// Country of a new organization, as in ISO 3166-1 [default: US]
    #[arg(long, value_parser = typed::country)]
    country: Option<String>,
    /// PartnerID of a new organization [default: random]; or which of several with the same name
    #[arg(long, value_parser = typed::partner_id)]
    partner_id: Option<String>,
}

/// Adds the account, or what it does not have yet, and says what was done.
pub async fn add(store: &Store, clock: &Clock, options: Add) -> anyhow::Result<String> {
    let email = options.email.clone();
    let wanted = Wanted {
        email: options.email,
        name: options.name,
        organization: options.organization,
        country: options.country,
        partner_id: options.partner_id,
        roles: options.role,
    };
    let added = accounts::add(store, clock, wanted, typed::ask).await?;
    Ok(told(&email, &added))
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
            "The account {email} exists; its name and password stay the same. \
             Added its roles at {at}: {roles}."
        ),
        (false, true) => {
            format!("The account {email} already has these roles at {at}. Nothing was changed.")
        }
    }
}
