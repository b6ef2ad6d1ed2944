//! Events as they come in: whose they are, and what is shown of the secrets.

use axum::http::HeaderMap;
use chrono::Duration;
use membership_contract::refusal::Refusal;
use serde_json::json;

use super::super::Stripe;
use super::super::event::SIGNATURE;
use super::super::fake::{KEY, SECRET, Trouble, event, signed};
use super::{begun, order};
use crate::gateway::Gateway;
use crate::testing::Outcome;

fn headers(value: &str) -> Outcome<HeaderMap> {
    Ok([(SIGNATURE.parse()?, value.parse()?)].into_iter().collect())
}

#[tokio::test]
async fn only_what_stripe_signed_a_moment_ago_is_taken() -> Outcome {
    let (_, stripe, clock) = begun().await?;
    let now = clock.real();
    let body = event(
        "evt_1",
        "checkout.session.completed",
        &json!({"object": "checkout.session",
        "id": "cs_1"}),
    );
    let taken = |header: &str, body: &str| -> Outcome<_> {
        Ok(stripe.event(&headers(header)?, body.as_bytes(), now))
    };
    let told = taken(&signed(&body, SECRET, now), &body)?;
    assert_eq!(
        told.ok().and_then(|told| told.payment).as_deref(),
        Some("cs_1")
    );
    for (header, body) in [
        (
            signed(&body, SECRET, now - Duration::seconds(301)),
            body.clone(),
        ),
        (
            signed(&body, SECRET, now + Duration::seconds(301)),
            body.clone(),
        ),
        (signed(&body, "whsec_other", now), body.clone()),
        (signed(&body, SECRET, now), body.replace("cs_1", "cs_2")),
        // The same JSON, in other bytes.
        (signed(&body, SECRET, now), format!("{body} ")),
        (
            signed(&body, SECRET, now).replace("v1=", "v0="),
            body.clone(),
        ),
        (signed("not JSON", SECRET, now), "not JSON".to_owned()),
        (signed("{}", SECRET, now), "{}".to_owned()),
        (String::new(), body.clone()),
    ] {
        let refused = matches!(taken(&header, &body)?, Err(Refusal::Forged));
        assert!(refused, "{header} {body}");
    }
    let bare = stripe.event(&HeaderMap::new(), body.as_bytes(), now);
    assert!(matches!(bare, Err(Refusal::Forged)));
    Ok(())
}

#[tokio::test]
async fn while_a_secret_is_replaced_both_sign_and_the_old_one_ends_with_the_setting() -> Outcome {
    let (fake, _, clock) = begun().await?;
    let now = clock.real();
    let body = event("evt_1", "checkout.session.completed", &json!({}));
    let mut account = fake.account();
    account.webhook_secrets = vec!["whsec_new".parse()?, SECRET.parse()?];
    let both = Stripe::new(&account, clock.clone())?;
    account.webhook_secrets.pop();
    let new = Stripe::new(&account, clock)?;
    let takes = |stripe: &Stripe, secret: &str| -> Outcome<bool> {
        let headers = headers(&signed(&body, secret, now))?;
        Ok(stripe.event(&headers, body.as_bytes(), now).is_ok())
    };
    assert!(takes(&both, SECRET)? && takes(&both, "whsec_new")?);
    assert!(!takes(&new, SECRET)? && takes(&new, "whsec_new")?);
    // Stripe signs with both for a day after a secret was rolled.
    let header = format!("{},v1=00", signed(&body, "whsec_new", now));
    assert!(new.event(&headers(&header)?, body.as_bytes(), now).is_ok());
    Ok(())
}

#[tokio::test]
async fn the_session_behind_a_payment_is_asked_for() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let session = stripe.start(&order(&clock)?).await?.reference;
    fake.pay(&session);
    let intent = session.replace("cs_", "pi_");
    assert_eq!(stripe.payment_behind(&intent).await?, Some(session));
    assert_eq!(stripe.payment_behind("pi_unknown").await?, None);
    fake.trouble(Trouble::Refuses(500, "api_error"));
    assert!(stripe.payment_behind(&intent).await.is_err());
    Ok(())
}

#[tokio::test]
async fn secrets_are_in_no_error_and_not_shown() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let mut said = format!(
        "{stripe:?} {:?}",
        crate::gateway::Choice::Stripe(fake.account())
    );
    for trouble in [
        Trouble::Stalls,
        Trouble::Breaks,
        Trouble::Garbles,
        Trouble::Refuses(401, "invalid_request_error"),
        Trouble::Refuses(500, "api_error"),
    ] {
        fake.trouble(trouble);
        said += &format!("{:?}", stripe.start(&order(&clock)?).await);
    }
    let mut account = fake.account();
    account.key = format!("{KEY}\u{7}").parse()?;
    let wrong = Stripe::new(&account, clock).map(|_| ());
    said += &format!("{wrong:?}");
    assert!(wrong.is_err());
    for secret in [KEY, SECRET, "planted"] {
        assert!(!said.contains(secret), "{said}");
    }
    Ok(())
}
