//! Two operators, on two servers, at one case.

use membership_contract::desk::BankEntry;
use membership_contract::paths;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use serde_json::{Value, json};

use super::{PACK, neighbor, parked, parked_is_what_waits, reference};
use crate::app::Settings;
use crate::routes::operator::testing::{import, operator, paid, sheet, structured, waiting};
use crate::testing::shop::Shop;
use crate::testing::{Answer, Browser, Outcome, TestApp, rounds};

fn decision(entry: &BankEntry) -> String {
    paths::DESK_BANK_DECISION.replace("{entry}", &entry.id.to_string())
}

/// What two say at once: the statuses, the lower one first.
async fn at_once(
    (one, first): (&Browser, Value),
    (two, second): (&Browser, Value),
    path: &str,
) -> Outcome<[u16; 2]> {
    let (first, second) = tokio::join!(one.post(path, first), two.post(path, second));
    let code = |answer: Answer| answer.status.as_u16();
    let mut statuses = [code(first?), code(second?)];
    statuses.sort_unstable();
    Ok(statuses)
}

/// One decided, and the other one was told that somebody had, or can ask again.
fn one_of_both(statuses: [u16; 2]) {
    assert!(
        statuses[0] == 200 && [409, 503].contains(&statuses[1]),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn of_two_operators_on_two_servers_one_decides_about_an_entry() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let here = operator(one, "here@program.example", true).await?;
        let there = operator(two, "there@program.example", true).await?;
        let (shop, other) = (Shop::of(one, "Northwind").await?, neighbor(one).await?);
        for round in 0..rounds(4) {
            let number = round as u64 + 1;
            let mine = shop.order(PACK, PaymentMethod::Wire).await?;
            let theirs = other.order(PACK, PaymentMethod::Wire).await?;
            let rows = vec![
                paid(&format!("A{round}"), 10_000, "which of both?"),
                paid(&format!("B{round}"), 10_000, "whose?"),
            ];
            import(&here, &sheet(number, "2023-11-20", 0, rows)).await?;
            let entries = waiting(&here).await?;
            let assign =
                |number: &Option<String>| json!({"decision": "assign", "order_number": number});
            let back = json!({"decision": "return"});

            let both = at_once(
                (&here, assign(&mine.number)),
                (&there, assign(&theirs.number)),
                &decision(&entries[0]),
            )
            .await?;
            one_of_both(both);
            let both = at_once(
                (&here, assign(&mine.number)),
                (&there, back),
                &decision(&entries[1]),
            )
            .await?;
            // What is marked for return can still be given to an order.
            assert!(
                both[0] == 200 && [200, 409, 503].contains(&both[1]),
                "{both:?}"
            );
            let (mine, theirs) = (shop.now(&mine).await?, other.now(&theirs).await?);
            let payments = mine.payments.len() + theirs.payments.len();
            let left = waiting(&here).await?;
            let second = left.iter().find(|entry| entry.id == entries[1].id);
            assert_eq!(payments, if second.is_some() { 1 } else { 2 });
            assert!(second.is_none_or(|entry| entry.state == BankEntryState::ToReturn));
            parked_is_what_waits(&here).await?;
            for entry in left {
                let to = assign(&mine.number);
                assert_eq!(here.post(&decision(&entry), to).await?.status, 200);
            }
            for (shop, order) in [(&shop, &mine), (&other, &theirs)] {
                let path = paths::order(shop.id, order.id);
                assert_eq!(shop.browser.delete(&path).await?.status, 200);
            }
            parked_is_what_waits(&here).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_operators_one_books_a_fee_and_one_a_return() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let here = operator(one, "here@program.example", true).await?;
        let there = operator(two, "there@program.example", true).await?;
        for round in 0..rounds(4) {
            let number = round as u64 + 1;
            let out = membership_bank::testing::Row {
                direction: membership_bank::statement::Direction::Debit,
                ..paid(&format!("D{round}"), 1_200, "charges")
            };
            let rows = vec![paid(&format!("C{round}"), 1_200, "who?"), out];
            import(&here, &sheet(number, "2023-11-20", 0, rows)).await?;
            let entries = waiting(&here).await?;
            let [came, left] = entries.as_slice() else {
                return Err(format!("two entries: {entries:?}").into());
            };
            let back = json!({"decision": "return"});
            assert_eq!(here.post(&decision(came), back).await?.status, 200);
            let both = at_once(
                (&here, json!({"decision": "fee"})),
                (&there, json!({"decision": "returned"})),
                &decision(left),
            )
            .await?;
            one_of_both(both);
            parked_is_what_waits(&here).await?;
            for entry in waiting(&here).await? {
                // It was booked as a fee: what came in still waits.
                assert_eq!(entry.id, came.id);
                let shop = Shop::of(one, "Northwind").await?;
                let order = shop.order(PACK, PaymentMethod::Wire).await?;
                let to = json!({"decision": "assign", "order_number": order.number});
                assert_eq!(here.post(&decision(&entry), to).await?.status, 200);
                let path = paths::order(shop.id, order.id);
                assert_eq!(shop.browser.delete(&path).await?.status, 200);
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_payment_is_taken_back_by_one_of_two_that_left() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let here = operator(one, "here@program.example", true).await?;
        let there = operator(two, "there@program.example", true).await?;
        let shop = Shop::of(one, "Northwind").await?;
        let canceled = shop.order(PACK, PaymentMethod::Wire).await?;
        let path = paths::order(shop.id, canceled.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        for round in 0..rounds(4) {
            // What is to go back named a canceled order, or nobody's.
            let came = match round % 2 {
                0 => structured(&format!("C{round}"), 1_200, &reference(&canceled)?),
                _ => paid(&format!("C{round}"), 1_200, "who?"),
            };
            let out = |bank: &str| membership_bank::testing::Row {
                direction: membership_bank::statement::Direction::Debit,
                ..paid(&format!("{bank}{round}"), 1_200, "back")
            };
            let rows = vec![came, out("D"), out("E")];
            import(&here, &sheet(round as u64 + 1, "2023-11-20", 0, rows)).await?;
            for piece in parked(&here).await? {
                let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &piece.id.to_string());
                assert_eq!(here.post(&path, json!({})).await?.status, 200);
            }
            let entries = waiting(&here).await?;
            for entry in entries.iter().filter(|entry| entry.is_credit) {
                let back = json!({"decision": "return"});
                assert_eq!(here.post(&decision(entry), back).await?.status, 200);
            }
            let left: Vec<_> = entries.iter().filter(|entry| !entry.is_credit).collect();
            let returned = json!({"decision": "returned"});
            let (first, second) = (decision(left[0]), decision(left[1]));
            let (first, second) = tokio::join!(
                here.post(&first, returned.clone()),
                there.post(&second, returned.clone())
            );
            let mut both = [first?.status.as_u16(), second?.status.as_u16()];
            both.sort_unstable();
            assert_eq!(both, [200, 422]);
            parked_is_what_waits(&here).await?;
            let rest = waiting(&here).await?.remove(0);
            let fee = json!({"decision": "fee"});
            assert_eq!(here.post(&decision(&rest), fee).await?.status, 200);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_came_in_is_returned_by_money_that_left_alone() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Wire).await?;
        let path = paths::order(shop.id, order.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        // The same amount twice: one names a canceled order, the other one nobody.
        let rows = vec![
            structured("B1", 36_500, &reference(&order)?),
            paid("B2", 36_500, "whose?"),
        ];
        import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        let piece = parked(&desk).await?.remove(0);
        let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &piece.id.to_string());
        assert_eq!(desk.post(&path, json!({})).await?.status, 200);
        let entry = waiting(&desk).await?.remove(0);
        let back = json!({"decision": "return"});
        assert_eq!(desk.post(&decision(&entry), back).await?.status, 200);
        let returned = json!({"decision": "returned"});
        let refused = desk.post(&decision(&entry), returned).await?;
        assert_eq!(refused.problem()?.status, 409);
        assert_eq!(waiting(&desk).await?.len(), 1);
        parked_is_what_waits(&desk).await
    })
    .await
}

#[tokio::test]
async fn of_two_operators_one_decides_about_parked_money() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let here = operator(one, "here@program.example", true).await?;
        let there = operator(two, "there@program.example", true).await?;
        let (shop, other) = (Shop::of(one, "Northwind").await?, neighbor(one).await?);
        let canceled = shop.order(PACK, PaymentMethod::Wire).await?;
        let path = paths::order(shop.id, canceled.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        for round in 0..rounds(4) {
            let row = structured(&format!("B{round}"), 10_000, &reference(&canceled)?);
            import(&here, &sheet(round as u64 + 1, "2023-11-20", 0, vec![row])).await?;
            let known = parked(&here).await?;
            let piece = known.last().ok_or("a piece")?;
            let mine = shop.order(PACK, PaymentMethod::Wire).await?;
            let theirs = other.order(PACK, PaymentMethod::Wire).await?;
            let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &piece.id.to_string());
            let both = at_once(
                (&here, json!({"order_number": mine.number})),
                (&there, json!({"order_number": theirs.number})),
                &path,
            )
            .await?;
            one_of_both(both);
            let (mine, theirs) = (shop.now(&mine).await?, other.now(&theirs).await?);
            assert_eq!(mine.received + theirs.received, 10_000);
            assert!(
                [&mine, &theirs]
                    .iter()
                    .any(|one| one.state == OrderState::PartlyPaid)
            );
            parked_is_what_waits(&here).await?;
            for (shop, order) in [(&shop, &mine), (&other, &theirs)] {
                let path = paths::order(shop.id, order.id);
                assert_eq!(shop.browser.delete(&path).await?.status, 200);
            }
            parked_is_what_waits(&here).await?;
        }
        Ok(())
    })
    .await
}
