//! Who gets in, and what operators decide.

use membership_bank::statement::Direction;
use membership_bank::testing::Row;
use membership_contract::desk::{BankEntry, DeskOrder, DeskSummary, ParkedMoney, SuggestedBecause};
use membership_contract::paths;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use serde_json::json;

use super::testing::{balance, import, operator, paid, sheet, waiting};
use crate::testing::shop::Shop;
use crate::testing::{Outcome, TestApp};

#[tokio::test]
async fn the_desk_is_for_operators_with_two_step_sign_in_alone() -> Outcome {
    TestApp::each(async |app| {
        let partner = app.signed_in("global-admin@contoso.example").await?;
        let bare = operator(app, "bare@program.example", false).await?;
        let desk = operator(app, "desk@program.example", true).await?;
        for path in [paths::DESK_SUMMARY, paths::DESK_ORDERS, paths::DESK_JOURNAL] {
            assert_eq!(partner.get(path).await?.problem()?.status, 404, "{path}");
            let refused = bare.get(path).await?.problem()?;
            assert_eq!(
                (refused.status, refused.code.as_str()),
                (403, "second_factor_missing")
            );
            assert_eq!(app.browser().get(path).await?.problem()?.status, 401);
            assert_eq!(desk.get(path).await?.status, 200, "{path}");
        }
        // An operator is nobody's member, and sees no organization from inside.
        let contoso = app.organization("Contoso").await?;
        assert_eq!(desk.get(&paths::evidence(contoso)).await?.status, 404);
        let summary: DeskSummary = desk.get(paths::DESK_SUMMARY).await?.json()?;
        assert_eq!(summary.catalog, app.app.catalog.digest);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn too_little_waits_for_the_rest_and_too_much_is_parked() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let spaced = membership_bank::reference::spaced(&reference);
        import(
            &desk,
            &sheet(1, "2023-11-20", 0, vec![paid("B1", 30_000, &spaced)]),
        )
        .await?;
        let partly = shop.now(&order).await?;
        assert_eq!(
            (partly.state, partly.received),
            (OrderState::PartlyPaid, 30_000)
        );
        import(
            &desk,
            &sheet(2, "2023-11-21", 30_000, vec![paid("B2", 7_000, &spaced)]),
        )
        .await?;
        let full = shop.now(&order).await?;
        assert_eq!((full.state, full.received), (OrderState::Fulfilled, 36_500));
        // Money for what is paid is parked with the order named.
        import(
            &desk,
            &sheet(3, "2023-11-22", 37_000, vec![paid("B3", 36_500, &spaced)]),
        )
        .await?;
        let parked: Vec<ParkedMoney> = desk.get(paths::DESK_PARKED).await?.json()?;
        let amounts: Vec<i64> = parked.iter().map(|piece| piece.money.amount).collect();
        assert_eq!(amounts, [500, 36_500]);
        assert!(
            parked
                .iter()
                .all(|piece| Some(&piece.order_number) == order.number.as_ref())
        );

        // It goes back: first decided, then seen to leave.
        let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &parked[1].id.to_string());
        let left: Vec<ParkedMoney> = desk.post(&path, json!({})).await?.json()?;
        assert!(left[1].is_to_return);
        let out = Row {
            direction: Direction::Debit,
            ..paid("B4", 36_500, "return")
        };
        import(&desk, &sheet(4, "2023-11-23", 73_500, vec![out])).await?;
        let outgoing = waiting(&desk).await?;
        assert_eq!(outgoing[0].state, BankEntryState::Outgoing);
        let decision = paths::DESK_BANK_DECISION.replace("{entry}", &outgoing[0].id.to_string());
        let returned = desk
            .post(&decision, json!({"decision": "returned"}))
            .await?;
        assert_eq!(
            returned.json::<BankEntry>()?.state,
            BankEntryState::Returned
        );
        let left: Vec<ParkedMoney> = desk.get(paths::DESK_PARKED).await?.json()?;
        assert_eq!(left.len(), 1);
        balance(&desk).await?;
        Ok(())
    })
    .await
}

/// An amount that was paid in part is no reason to think of the whole one.
#[tokio::test]
async fn orders_are_suggested_by_what_is_still_due() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let rows = vec![
            paid("B1", 30_000, &reference),
            paid("B2", 36_500, "Action Pack"),
            paid("B3", 6_500, "Action Pack"),
        ];
        import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        let waits = waiting(&desk).await?;
        let why = |amount: i64| {
            let entry = waits.iter().find(|one| one.money.amount == amount);
            entry.map(|one| one.suggestions.iter().map(|one| one.because).collect())
        };
        let agrees = vec![SuggestedBecause::NameAndAmount];
        assert_eq!((why(36_500), why(6_500)), (Some(Vec::new()), Some(agrees)));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_operator_assigns_what_names_no_order() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let other = operator(app, "other@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let number = order.number.clone().ok_or("a number")?;
        let rows = vec![paid("B1", 36_500, "Action Pack")];
        import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        let entry = waiting(&desk).await?.remove(0);
        assert_eq!(entry.state, BankEntryState::Unmatched);
        assert_eq!(entry.suggestions[0].order_number, number);
        assert_eq!(
            entry.suggestions[0].because,
            SuggestedBecause::NameAndAmount
        );
        assert_eq!(shop.now(&order).await?.state, OrderState::AwaitingPayment);

        // Two operators: one is at it.
        let claim = paths::DESK_BANK_CLAIM.replace("{entry}", &entry.id.to_string());
        assert_eq!(desk.put(&claim, json!(null)).await?.status, 204);
        let decision = paths::DESK_BANK_DECISION.replace("{entry}", &entry.id.to_string());
        let assign = json!({"decision": "assign", "order_number": number});
        let refused = other.post(&decision, assign.clone()).await?.problem()?;
        assert!(
            refused.detail.contains("desk@program.example"),
            "{}",
            refused.detail
        );
        assert!(waiting(&other).await?[0].claimed_by.is_some());
        // Decided for return, taken back, and assigned.
        let back = json!({"decision": "return", "note": "Who is this?"});
        let marked: BankEntry = desk.post(&decision, back).await?.json()?;
        assert_eq!(marked.state, BankEntryState::ToReturn);
        let undone: BankEntry = desk.delete(&decision).await?.json()?;
        assert_eq!(undone.state, BankEntryState::Unmatched);
        let wrong = json!({"decision": "assign", "order_number": "20231115-000000"});
        assert_eq!(desk.post(&decision, wrong).await?.problem()?.status, 422);
        let (one, two) = tokio::join!(
            desk.post(&decision, assign.clone()),
            other.post(&decision, assign.clone()),
        );
        let mut statuses = [one?.status.as_u16(), two?.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "one of two operators");
        let now = shop.now(&order).await?;
        assert_eq!((now.state, now.payments.len()), (OrderState::Fulfilled, 1));
        assert!(balance(&desk).await?.open_items.is_empty());
        // The partner sees that an operator looked.
        let path = paths::DESK_ORDER.replace("{order}", &order.id.to_string());
        let seen: DeskOrder = desk.get(&path).await?.json()?;
        assert!(
            seen.history
                .iter()
                .any(|event| event.action == "order.place")
        );
        assert!(!seen.bookings.is_empty());
        assert_eq!(
            app.told("operator.read", 1).await?[0].organization,
            Some(shop.id)
        );
        Ok(())
    })
    .await
}
