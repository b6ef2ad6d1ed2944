//! What is made of each answer that Stripe can give.

mod asked;
mod events;
mod read;
mod shop;

use std::sync::Arc;

use chrono::Duration;
use membership_domain::id::AttemptId;
use membership_domain::money::Money;
use membership_domain::purchase::attempt::GatewayStatus as G;
use serde_json::json;

use super::Stripe;
use super::fake::{Fake, Trouble};
use crate::clock::Clock;
use crate::demo;
use crate::gateway::{Asked, Gateway, GatewayError, Payment};
use crate::testing::Outcome;

/// One at a fake, with a clock that stands still.
async fn begun() -> Outcome<(Fake, Stripe, Arc<Clock>)> {
    let (fake, clock) = (Fake::start().await?, Arc::new(Clock::still(demo::CLOCK)));
    let stripe = Stripe::new(&fake.account(), Arc::clone(&clock))?;
    Ok((fake, stripe, clock))
}

/// An order with an attempt that is kept now. Ids of the server itself are later than all that any
/// test was given, whatever its clock shows.
fn order(clock: &Clock) -> Outcome<Asked> {
    let millis = u64::try_from(clock.real().timestamp_millis())?;
    let mut chance = [0; 10];
    getrandom::fill(&mut chance)?;
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid();
    Ok(Asked {
        attempt: AttemptId::of(id),
        money: Money::new(473_000, "EUR".parse()?),
        order_number: "MWO-2023-000001".to_owned(),
        description: "Solutions Partner".to_owned(),
        return_to: "https://app.contoso.example/1/orders/2?returned".to_owned(),
    })
}

fn is_silent(answer: &Result<Payment, GatewayError>) -> bool {
    matches!(answer, Err(GatewayError::NoAnswer(_)))
}

fn is_refused(answer: &Result<Payment, GatewayError>) -> bool {
    matches!(answer, Err(GatewayError::Refused(_)))
}

#[tokio::test]
async fn a_session_is_open_paid_or_expired() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let open = stripe.start(&order(&clock)?).await?;
    let page = format!("https://checkout.stripe.com/c/pay/{}", open.reference);
    assert_eq!((&open.status, open.redirect), (&G::Open, Some(page)));

    fake.change(&open.reference, |session| {
        session["status"] = json!("complete")
    });
    let worked_on = stripe.find(&open.reference).await?;
    assert_eq!(worked_on.status, G::Open);

    fake.pay(&open.reference);
    let paid = stripe.find(&open.reference).await?;
    let captured = 473_000;
    assert_eq!(paid.status, G::Succeeded { captured });
    assert_eq!((paid.card.as_deref(), paid.redirect), (Some("4242"), None));
    assert_eq!(paid.dispute, None);

    let another = stripe.start(&order(&clock)?).await?;
    let ended = stripe.cancel(&another.reference).await?;
    assert_eq!((ended.status, ended.redirect), (G::Canceled, None));
    Ok(())
}

#[tokio::test]
async fn what_was_paid_while_it_was_canceled_is_paid() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let open = stripe.start(&order(&clock)?).await?;
    fake.pay(&open.reference);
    let paid = stripe.cancel(&open.reference).await?;
    assert!(matches!(paid.status, G::Succeeded { .. }));
    // It is ended, and the answer is lost: nobody knows until it is asked again.
    let open = stripe.start(&order(&clock)?).await?;
    fake.trouble(Trouble::Breaks);
    assert!(is_silent(&stripe.cancel(&open.reference).await));
    assert_eq!(stripe.cancel(&open.reference).await?.status, G::Canceled);
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_no_answer_and_the_same_key_gives_the_first_session() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    for trouble in [Trouble::Stalls, Trouble::Breaks, Trouble::Garbles] {
        let asked = order(&clock)?;
        fake.trouble(trouble);
        let lost = stripe.start(&asked).await;
        assert!(is_silent(&lost), "{trouble:?}: {lost:?}");
        let session = fake.newest();
        fake.pay(&session);
        let before = fake.books().sessions.len();
        // Stripe gives its first answer again; how it is now has to be read.
        let again = stripe.start(&asked).await?;
        assert_eq!((&again.reference, &again.status), (&session, &G::Open));
        assert!(matches!(
            stripe.find(&session).await?.status,
            G::Succeeded { .. }
        ));
        let books = fake.books();
        assert_eq!(books.sessions.len(), before, "one session for an attempt");
        let key = Some(asked.attempt.to_string());
        let sent: Vec<_> = books.seen.iter().filter(|seen| seen.key == key).collect();
        assert!(
            sent.len() == 2 && sent[0] == sent[1],
            "the same request twice"
        );
    }
    let nobody = Fake::start().await?;
    let mut account = nobody.account();
    account.url = "http://127.0.0.1:9".parse()?;
    let stripe = Stripe::new(&account, Arc::clone(&clock))?;
    assert!(
        is_silent(&stripe.start(&order(&clock)?).await),
        "no connection"
    );
    Ok(())
}

#[tokio::test]
async fn only_the_beginning_can_be_refused() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let open = stripe.start(&order(&clock)?).await?.reference;
    for (status, kind, refused) in [
        (400, "invalid_request_error", true),
        (402, "card_error", true),
        (401, "invalid_request_error", false),
        (403, "invalid_request_error", false),
        (404, "invalid_request_error", false),
        (400, "api_error", false),
        (409, "idempotency_error", false),
        (429, "invalid_request_error", false),
        (500, "api_error", false),
        (503, "", false),
    ] {
        fake.trouble(Trouble::Refuses(status, kind));
        let began = stripe.start(&order(&clock)?).await;
        assert_eq!(is_refused(&began), refused, "{status} {kind}: {began:?}");
        assert_eq!(is_silent(&began), !refused, "{status} {kind}: {began:?}");
        fake.trouble(Trouble::Refuses(status, kind));
        let found = stripe.find(&open).await;
        assert!(is_silent(&found), "{status} {kind}: {found:?}");
        if (status, kind) != (400, "invalid_request_error") {
            fake.trouble(Trouble::Refuses(status, kind));
            assert!(is_silent(&stripe.cancel(&open).await), "{status} {kind}");
        }
    }
    assert!(is_silent(&stripe.find("cs_test_unknown").await));
    assert!(
        is_refused(&stripe.find("sbx_1").await),
        "of another provider"
    );
    assert_eq!(stripe.find(&open).await?.status, G::Open);
    Ok(())
}

#[tokio::test]
async fn an_attempt_that_is_old_is_looked_for_and_not_begun_again() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let (asked, never) = (order(&clock)?, order(&clock)?);
    fake.trouble(Trouble::Stalls);
    assert!(is_silent(&stripe.start(&asked).await));
    let session = fake.newest();
    for _ in 0..4 {
        stripe.start(&order(&clock)?).await?;
    }
    fake.pay(&session);
    let posts = |fake: &Fake| {
        fake.books()
            .seen
            .iter()
            .filter(|seen| seen.key.is_some())
            .count()
    };
    let before = posts(&fake);
    clock.wait(Duration::minutes(145));
    let found = stripe.start(&asked).await?;
    assert_eq!(found.reference, session);
    assert!(matches!(found.status, G::Succeeded { .. }), "two pages on");
    // What may still be on its way is not given up.
    assert!(is_silent(&stripe.start(&never).await));
    clock.wait(Duration::days(2));
    assert!(is_refused(&stripe.start(&never).await));
    assert_eq!(stripe.start(&asked).await?.reference, session);
    assert_eq!(posts(&fake), before);
    Ok(())
}
