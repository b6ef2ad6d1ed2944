//! What Stripe is asked for.

use membership_domain::money::Money;

use super::{begun, is_refused, is_silent, order};
use crate::gateway::Gateway;
use crate::testing::Outcome;

#[tokio::test]
async fn a_session_asks_for_the_order_and_names_the_attempt() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let asked = order(&clock)?;
    stripe.start(&asked).await?;
    let seen = fake.books().seen.pop().ok_or("a request")?;
    let attempt = asked.attempt.to_string();
    assert_eq!(seen.call, "POST /v1/checkout/sessions");
    assert_eq!(seen.key.as_deref(), Some(attempt.as_str()));
    let expires = (clock.real() + super::super::ask::LIFETIME).timestamp();
    let near = |at: &str| at.parse::<i64>().is_ok_and(|at| (at - expires).abs() < 5);
    for (name, value) in [
        ("mode", "payment"),
        ("allowed_payment_method_types[0]", "card"),
        ("adaptive_pricing[enabled]", "false"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "473000"),
        (
            "line_items[0][price_data][product_data][name]",
            "Solutions Partner",
        ),
        ("line_items[0][quantity]", "1"),
        ("client_reference_id", &attempt),
        ("metadata[attempt]", &attempt),
        ("metadata[order]", "MWO-2023-000001"),
        ("payment_intent_data[metadata][attempt]", &attempt),
        ("success_url", &asked.return_to),
        ("cancel_url", &asked.return_to),
        ("locale", "auto"),
    ] {
        assert_eq!(
            seen.form.get(name).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    assert!(seen.form.get("expires_at").is_some_and(|at| near(at)));
    Ok(())
}

/// Another server than the one that began it may retry, a release or a setting later.
#[tokio::test]
async fn a_key_that_was_used_for_other_words_gives_its_session() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let mut asked = order(&clock)?;
    let began = stripe.start(&asked).await?;
    asked.return_to = "https://elsewhere.example".to_owned();
    assert_eq!(stripe.start(&asked).await?.reference, began.reference);
    assert_eq!(fake.books().sessions.len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_amount_that_stripe_cannot_charge_is_refused_before_it_is_asked() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let mut asked = order(&clock)?;
    for (amount, code) in [(0, "EUR"), (-5, "EUR"), (5_124, "KWD"), (501, "MGA")] {
        asked.money = Money::new(amount, code.parse()?);
        assert!(is_refused(&stripe.start(&asked).await), "{amount} {code}");
    }
    assert!(fake.books().seen.is_empty());
    // 5,000 krónur are 500,000 there, and come back as 5,000.
    let mut asked = order(&clock)?;
    asked.money = Money::new(5_000, "ISK".parse()?);
    let session = stripe.start(&asked).await?.reference;
    assert_eq!(fake.books().sessions[0]["amount_total"], 500_000);
    fake.pay(&session);
    let captured = 5_000;
    let paid = stripe.find(&session).await?.status;
    assert_eq!(paid, super::G::Succeeded { captured });
    Ok(())
}

#[tokio::test]
async fn nobody_is_sent_to_pay_another_amount_than_was_ordered() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    // As if the account added taxes of its own.
    fake.books().tax = 1;
    let began = stripe.start(&order(&clock)?).await;
    assert!(is_silent(&began), "{began:?}");
    Ok(())
}
