//! Proofs of transfers: what a buyer may upload, and who sees it.

use membership_contract::desk::DeskOrder;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_domain::purchase::proof::ProofKind;
use membership_store::audit::Action;

use super::testing::operator;
use crate::testing::shop::Shop;
use crate::testing::{Answer, Outcome, TestApp};

const PDF: &[u8] = b"%PDF-1.7 the bank's confirmation";
const SAID: &str = "paid_on=2023-11-15&account=GB29NWBK60161331926819&transaction=FT2331900042";

async fn upload(shop: &Shop, order: &Order, said: &str, file: &[u8]) -> Outcome<Answer> {
    let path = paths::of_order(shop.id, order.id, "proof");
    let kind = [("content-type", "application/octet-stream")];
    let path = format!("{path}?{said}");
    shop.browser
        .send_raw("PUT", &path, &kind, file.to_vec())
        .await
}

#[tokio::test]
async fn a_proof_of_a_transfer_is_seen_by_operators_and_pays_nothing() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let told = upload(&shop, &order, SAID, PDF).await?;
        assert_eq!(told.status, 200, "{}", told.text());
        let told: Order = told.json()?;
        assert_eq!(
            (told.state, told.received),
            (OrderState::AwaitingPayment, 0)
        );
        let proof = told.proof.ok_or("no proof")?;
        assert_eq!((proof.kind, proof.size), (ProofKind::Pdf, PDF.len() as u64));
        assert_eq!(proof.transaction, "FT2331900042");
        app.told(Action::ProofUpload.code(), 1).await?;

        let desk = operator(app, "desk@owner.example", true).await?;
        let path = paths::DESK_ORDER.replace("{order}", &order.id.to_string());
        let seen: DeskOrder = desk.get(&path).await?.json()?;
        assert!(seen.order.proof.is_some());
        let path = paths::DESK_PROOF.replace("{order}", &order.id.to_string());
        let file = desk.get(&path).await?;
        assert_eq!(file.text().as_bytes(), PDF);
        let saved = file.header("content-disposition");
        assert!(saved.starts_with("attachment; "), "{saved}");
        assert_eq!(shop.browser.get(&path).await?.status, 404);

        let second = upload(&shop, &order, SAID, b"\xff\xd8\xff\xe0").await?;
        let second: Order = second.json()?;
        let proof = second.proof.ok_or("no proof")?;
        assert_eq!((proof.kind, proof.size), (ProofKind::Jpeg, 4));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_proof_that_lacks_something_is_refused_at_its_place() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let large = [PDF, &vec![b' '; 5 * 1024 * 1024]].concat();
        let with = |from: &str, to: &str| SAID.replace(from, to);
        for (said, file, pointer, code) in [
            (String::new(), PDF, "/paid_on", "empty"),
            (
                with("2023-11-15", "2023-11-17"),
                PDF,
                "/paid_on",
                "too_late",
            ),
            (
                with("2023-11-15", "2023-11-13"),
                PDF,
                "/paid_on",
                "too_early",
            ),
            (
                with("2023-11-15", "yesterday"),
                PDF,
                "?paid_on",
                "unexpected",
            ),
            (with("GB29NWBK60161331926819", ""), PDF, "/account", "empty"),
            (with("FT2331900042", "%20"), PDF, "/transaction", "empty"),
            (
                with("FT2331900042", &"9".repeat(65)),
                PDF,
                "/transaction",
                "too_long",
            ),
            (SAID.to_owned(), &b""[..], "/file", "empty"),
            (SAID.to_owned(), b"<svg onload=alert(1)>", "/file", "kind"),
            (SAID.to_owned(), &large, "/file", "too_large"),
        ] {
            let refused = upload(&shop, &order, &said, file).await?;
            assert_eq!(refused.status, 422, "{said}: {}", refused.text());
            let problem = refused.problem()?;
            let found = problem.errors.iter();
            let found: Vec<_> = found.map(|one| (&*one.pointer, &*one.code)).collect();
            assert!(found.contains(&(pointer, code)), "{said}: {found:?}");
        }
        assert_eq!(shop.now(&order).await?.proof, None);
        let card = shop.order("action-pack", PaymentMethod::Card).await;
        assert!(card.is_err(), "one order of an offer is open");
        let path = paths::order(shop.id, order.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        let late = upload(&shop, &order, SAID, PDF).await?;
        assert_eq!(late.status, 409, "{}", late.text());
        let card = shop.order("action-pack", PaymentMethod::Card).await?;
        let by_card = upload(&shop, &card, SAID, PDF).await?;
        assert_eq!(by_card.status, 409, "{}", by_card.text());
        Ok(())
    })
    .await
}
