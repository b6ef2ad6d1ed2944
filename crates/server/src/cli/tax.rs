//! `membership-server tax`: companies that pay no tax, which the program owner notes once it has
//! seen their certificate.

use anyhow::bail;
use clap::{Args, Subcommand};
use membership_store::audit::{Action, FieldChange};
use membership_store::organizations::{self, Organization};
use membership_store::{Store, billing};

use super::of::Of;
use crate::change::Done;
use crate::clock::Clock;
use crate::write::{Tx, write};

/// What to do about taxes.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Charge an organization no tax from now on: it showed its exemption certificate
    Exempt(Of),
    /// Charge it tax again
    Charge(Of),
}

/// Does it, and says what was done.
pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    let (of, is_exempt) = match &command {
        Command::Exempt(of) => (of, true),
        Command::Charge(of) => (of, false),
    };
    let (store, organization) = of.open(&clock).await?;
    note(&store, &clock, &organization, is_exempt).await?;
    let name = organization.name;
    Ok(match is_exempt {
        true => format!("{name} is charged no tax on what it orders from now on."),
        false => format!("{name} is charged tax on what it orders from now on."),
    })
}

/// Notes it with the billing profile. Orders that were placed keep their tax.
async fn note(
    store: &Store,
    clock: &Clock,
    organization: &Organization,
    is_exempt: bool,
) -> anyhow::Result<()> {
    write(store, async |write: Tx| {
        organizations::lock(&write, organization.id).await?;
        let known = billing::of(write.tx(), organization.id).await?;
        let Some(known) = known else {
            bail!(
                "{} has no billing profile yet: one of its Global admins links it first",
                organization.name
            );
        };
        if known.is_exempt == is_exempt {
            return Ok(((), None));
        }
        billing::set_exempt(&write, organization.id, is_exempt, clock.now()).await?;
        let mut done = Done::of(Action::BillingExempt, organization.id);
        done.changes = vec![FieldChange::of("is_exempt", known.is_exempt, is_exempt)];
        Ok(((), Some(done.of_operator(clock, organization.id)?)))
    })
    .await
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;
    use membership_contract::purchase::Purchasing;
    use membership_domain::purchase::bill::PaymentMethod;

    use super::*;
    use crate::testing::shop::Shop;
    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn who_is_exempt_is_known_to_the_pages_and_what_was_ordered_stays() -> Outcome {
        TestApp::each(async |app| {
            let (store, clock) = (&app.app.store, &app.app.clock);
            let id = app.organization("Northwind").await?;
            let organization = organizations::by_id(store.db(), id).await?;
            let organization = organization.ok_or("an organization")?;
            let early = note(store, clock, &organization, true).await;
            assert!(early.is_err(), "there is no billing profile yet");

            let shop = Shop::of(app, "Northwind").await?;
            let first = shop.order("action-pack", PaymentMethod::Wire).await?;
            for is_exempt in [true, false] {
                note(store, clock, &organization, is_exempt).await?;
                // Again changes nothing, and tells nothing.
                note(store, clock, &organization, is_exempt).await?;
                let seen = shop.browser.get(&paths::purchasing(id)).await?;
                assert_eq!(seen.json::<Purchasing>()?.is_exempt, is_exempt);
                assert_eq!(shop.now(&first).await?.quote, first.quote);
            }
            app.told(Action::BillingExempt.code(), 2).await?;
            Ok(())
        })
        .await
    }
}
