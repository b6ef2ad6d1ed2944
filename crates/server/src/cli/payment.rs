//! Who takes payments by card at `serve`.

use anyhow::{Context as _, ensure};
use clap::Args;
use url::Url;

use crate::gateway::Choice;
use crate::gateway::stripe::account::{self, Account, Hidden, Mode};

/// As `serve` takes it. No value of a secret is checked while it is read, for what refuses one there
/// shows it.
#[derive(Debug, Args)]
pub struct Payments {
    /// Secret or restricted key of your account at Stripe; everyone on this machine can read a
    /// command line, so better name it in the environment [default: no payments by card]
    #[arg(
        long,
        env = "MEMBERSHIP_STRIPE_SECRET_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    stripe_secret_key: Option<Hidden>,
    /// Signing secret of the webhook endpoint at Stripe; can be repeated while one replaces another
    #[arg(
        long,
        env = "MEMBERSHIP_STRIPE_WEBHOOK_SECRETS",
        value_name = "SECRET",
        value_delimiter = ',',
        hide_env_values = true
    )]
    stripe_webhook_secret: Vec<Hidden>,
    /// Where Stripe is
    #[arg(
        long,
        env = "MEMBERSHIP_STRIPE_URL",
        value_name = "URL",
        default_value = account::URL,
        value_parser = address
    )]
    stripe_url: Url,
}

fn address(text: &str) -> Result<Url, String> {
    const FORM: &str = "write scheme, host and port only: https://api.stripe.com";
    let url = Url::parse(text).map_err(|_| FORM.to_owned())?;
    let has_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
    if has_more || !url.username().is_empty() || url.password().is_some() {
        return Err(FORM.to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if account::is_local(&url) => Ok(url),
        "http" => Err("others could read the key on its way: use https".to_owned()),
        _ => Err(FORM.to_owned()),
    }
}

impl Payments {
    /// Who takes payments: in a demo nobody who moves money. `comes_back` where buyers are known to
    /// find the way back from the page of the provider.
    pub fn choice(self, is_demo: bool, comes_back: bool) -> anyhow::Result<Choice> {
        let Some(key) = self.stripe_secret_key else {
            ensure!(
                self.stripe_webhook_secret.is_empty(),
                "--stripe-webhook-secret needs --stripe-secret-key: name both, or neither"
            );
            return Ok(match is_demo {
                true => Choice::Sandbox,
                false => Choice::Nobody,
            });
        };
        let mode = Mode::of(&key).context(
            "--stripe-secret-key must begin with sk_live_, rk_live_, sk_test_ or rk_test_. Copy a \
             secret key from https://dashboard.stripe.com/apikeys; keys with pk_ are for pages",
        )?;
        ensure!(
            !is_demo || mode == Mode::Test,
            "--stripe-secret-key moves money, and this is a demo, whose clock and prices anybody can \
             change. Use a key that begins with sk_test_, or leave out --demo"
        );
        ensure!(
            !self.stripe_webhook_secret.is_empty(),
            "--stripe-secret-key needs --stripe-webhook-secret: add an endpoint for \
             /api/v1/gateways/stripe/events at https://dashboard.stripe.com/webhooks and copy its \
             signing secret (docs/PAYMENTS.md)"
        );
        let is_secret = |secret: &Hidden| secret.as_ref().starts_with("whsec_");
        ensure!(
            self.stripe_webhook_secret.iter().all(is_secret),
            "--stripe-webhook-secret must begin with whsec_: copy the signing secret of the endpoint \
             from https://dashboard.stripe.com/webhooks"
        );
        ensure!(
            comes_back,
            "--stripe-secret-key needs --public-url: where do buyers come back to after they paid?"
        );
        if mode == Mode::Test && !is_demo {
            tracing::warn!(
                "--stripe-secret-key is a test key: orders are fulfilled and no card is charged"
            );
        }
        let secrets = self.stripe_webhook_secret;
        Ok(Choice::Stripe(Account::new(self.stripe_url, key, secrets)))
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser};

    use super::*;

    #[derive(Debug, Parser)]
    struct Serve {
        #[command(flatten)]
        payments: Payments,
    }

    fn read(line: &str) -> Result<Payments, String> {
        let read = Serve::try_parse_from(["serve"].into_iter().chain(line.split_whitespace()));
        read.map(|read| read.payments)
            .map_err(|error| error.to_string())
    }

    fn refusal(line: &str, is_demo: bool) -> String {
        let chosen = read(line).and_then(|read| {
            let chosen = read.choice(is_demo, !line.contains("nowhere.example"));
            chosen.map_err(|error| error.to_string())
        });
        chosen.expect_err(line)
    }

    const LIVE: &str = "--stripe-secret-key sk_live_x1 --stripe-webhook-secret whsec_x2";
    const TEST: &str = "--stripe-secret-key rk_test_x1 --stripe-webhook-secret whsec_x2,whsec_x3";

    #[test]
    fn money_moves_at_a_real_server_alone() {
        let chosen = |line: &str, is_demo| {
            let chosen = read(line).map(|read| read.choice(is_demo, true));
            chosen.expect(line).expect(line)
        };
        assert!(matches!(chosen("", true), Choice::Sandbox));
        assert!(matches!(chosen("", false), Choice::Nobody));
        assert!(matches!(chosen(LIVE, false), Choice::Stripe(_)));
        for is_demo in [false, true] {
            let Choice::Stripe(account) = chosen(TEST, is_demo) else {
                panic!("not Stripe")
            };
            assert_eq!(account.webhook_secrets.len(), 2);
            assert_eq!(account.url.as_str(), "https://api.stripe.com/");
        }
        let local = format!("{LIVE} --stripe-url http://127.0.0.1:8420");
        for line in [LIVE, &local] {
            assert!(refusal(line, true).contains("this is a demo"), "{line}");
        }
    }

    #[test]
    fn refusals_say_what_to_do_and_show_no_secret() {
        let with = |more: &str| format!("{LIVE} {more}");
        for (line, said) in [
            ("--stripe-secret-key sk_live_x1", "add an endpoint"),
            ("--stripe-webhook-secret whsec_x2", "name both, or neither"),
            (
                "--stripe-secret-key pk_live_x1",
                "dashboard.stripe.com/apikeys",
            ),
            (
                "--stripe-secret-key sk_live_x1 --stripe-webhook-secret x2",
                "begin with whsec_",
            ),
            (&with("--stripe-url http://10.0.0.1"), "use https"),
            (
                &with("--stripe-url ftp://127.0.0.1"),
                "scheme, host and port only",
            ),
            (
                &with("--stripe-url https://a:b@api.stripe.com"),
                "scheme, host and port only",
            ),
            (
                &with("--stripe-url https://api.stripe.com/v1"),
                "scheme, host and port only",
            ),
            (
                &with("--stripe-url https://nowhere.example"),
                "needs --public-url",
            ),
        ] {
            let refused = refusal(line, false);
            assert!(refused.contains(said), "{line}: {refused}");
            assert!(
                !refused.contains("x1") && !refused.contains("x2"),
                "{refused}"
            );
        }
        let shown = format!("{:?}", read(LIVE));
        assert!(!shown.contains("x1") && !shown.contains("x2"), "{shown}");
        let mut command = Serve::command();
        let options = ["stripe_secret_key", "stripe_webhook_secret"];
        for option in options {
            let named = command.get_arguments().find(|one| one.get_id() == option);
            assert!(
                named.is_some_and(clap::Arg::is_hide_env_values_set),
                "{option}"
            );
        }
        assert!(
            command
                .render_long_help()
                .to_string()
                .contains("MEMBERSHIP_STRIPE_SECRET_KEY")
        );
    }
}
