//! What is made of sessions as they are read.

use membership_domain::purchase::attempt::GatewayStatus as G;
use serde_json::json;

use super::{begun, is_silent, order};
use crate::gateway::{Dispute, Gateway};
use crate::testing::Outcome;

#[tokio::test]
async fn what_does_not_fit_together_is_no_answer() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    for (pointer, value) in [
        ("/currency", json!("usd")),
        ("/payment_intent/currency", json!("usd")),
        ("/payment_intent/status", json!("requires_capture")),
        ("/payment_intent/amount_received", json!(null)),
        ("/payment_intent/amount_received", json!("473000")),
        ("/payment_intent", json!("pi_1")),
        ("/payment_status", json!("no_payment_required")),
        ("/status", json!("expired")),
        ("/status", json!(null)),
        ("/metadata/currency", json!("")),
        ("/metadata", json!(null)),
    ] {
        let session = stripe.start(&order(&clock)?).await?.reference;
        fake.pay(&session);
        fake.change(&session, |known| {
            if let Some(place) = known.pointer_mut(pointer) {
                *place = value.clone();
            }
        });
        let found = stripe.find(&session).await;
        assert!(is_silent(&found), "{pointer} {value}: {found:?}");
    }
    // Less than was asked for is told: the order says what follows.
    let session = stripe.start(&order(&clock)?).await?.reference;
    fake.pay(&session);
    fake.change(&session, |known| {
        known["payment_intent"]["amount_received"] = json!(1);
        let charge = &mut known["payment_intent"]["latest_charge"];
        charge["payment_method_details"]["card"]["last4"] = json!("4242424242424242");
    });
    let found = stripe.find(&session).await?;
    assert_eq!(
        (found.status, found.card),
        (G::Succeeded { captured: 1 }, None)
    );
    Ok(())
}

#[tokio::test]
async fn buyers_are_sent_to_no_address_without_tls() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let session = stripe.start(&order(&clock)?).await?.reference;
    for (url, safe) in [
        ("https://pay.contoso.example/c/1", true),
        ("http://pay.contoso.example/c/1", false),
        ("javascript:alert(1)", false),
        ("not an address", false),
    ] {
        fake.change(&session, |known| known["url"] = json!(url));
        let found = stripe.find(&session).await?;
        assert_eq!(found.redirect.is_some(), safe, "{url}");
    }
    Ok(())
}

#[tokio::test]
async fn disputes_are_read_where_a_charge_has_one() -> Outcome {
    let (fake, stripe, clock) = begun().await?;
    let session = stripe.start(&order(&clock)?).await?.reference;
    fake.pay(&session);
    fake.books().disputes = vec![json!({"status": "lost"})];
    assert_eq!(stripe.find(&session).await?.dispute, None, "not asked for");
    fake.change(&session, |known| {
        known["payment_intent"]["latest_charge"]["disputed"] = json!(true);
    });
    use Dispute as D;
    for (statuses, dispute) in [
        (&[][..], None),
        (&["warning_needs_response"], None),
        (&["warning_closed"], None),
        (&["needs_response"], Some(D::Open)),
        (&["under_review"], Some(D::Open)),
        (&["appeal_under_review"], Some(D::Open)),
        (&["something_new"], Some(D::Open)),
        (&["won"], Some(D::Won)),
        (&["lost"], Some(D::Lost)),
        (&["prevented"], Some(D::Lost)),
        (&["warning_closed", "won", "lost"], Some(D::Lost)),
        (&["won", "needs_response"], Some(D::Open)),
    ] {
        let disputes = statuses.iter().map(|status| json!({"status": status}));
        fake.books().disputes = disputes.collect();
        assert_eq!(
            stripe.find(&session).await?.dispute,
            dispute,
            "{statuses:?}"
        );
    }
    Ok(())
}
