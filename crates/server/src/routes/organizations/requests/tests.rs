//! Requests over the API.

use membership_contract::paths;
use membership_contract::requests::{AccessRequest, AccessRequests};
use membership_domain::request::RequestState;
use membership_domain::roles::Role;
use membership_store::audit::Action;
use membership_store::mails;
use membership_store::requests::{self, Request};
use serde_json::json;

use crate::app::Settings;
use crate::testing::{Outcome, TestApp};
use crate::write::{Tx, write};
use crate::{random, trail};

const GLOBAL: &str = "global-admin@contoso.example";
const ACCOUNT: &str = "account-admin@contoso.example";
const BILLING: &str = "billing-admin@contoso.example";

#[tokio::test]
async fn a_role_is_asked_for_given_with_one_press_and_works_at_once() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let org = one.organization("Contoso").await?;
        let (person, admin) = (
            one.signed_in(BILLING).await?,
            other.signed_in(ACCOUNT).await?,
        );
        let body = json!({"role": "mpn_partner_admin", "reason": " I plan our renewal. "});
        let asked: AccessRequest = person
            .post(&paths::requests(org), body.clone())
            .await?
            .json()?;
        assert_eq!(asked.reason, "I plan our renewal.");
        assert!(!asked.is_yours, "nobody decides their own");
        let again: AccessRequest = person.post(&paths::requests(org), body).await?.json()?;
        assert_eq!(again.id, asked.id, "asked once");
        for email in [GLOBAL, ACCOUNT] {
            let mails = mails::to_recipient(one.app.store.db(), org, email, 9).await?;
            assert_eq!(mails.len(), 1, "{email}");
        }
        let all: AccessRequests = admin.get(&paths::requests(org)).await?.json()?;
        assert!(all.items[0].is_yours);
        let at = paths::request_decision(org, asked.id);
        assert_eq!(
            person.post(&at, json!({"approve": true})).await?.status,
            403
        );
        let decided: AccessRequest = admin.post(&at, json!({"approve": true})).await?.json()?;
        assert_eq!(decided.state, RequestState::CarriedOut);
        assert_eq!(person.get(&paths::overview(org)).await?.status, 200);
        let told = one.told("request.approve", 1).await?;
        let role = told[0].changes.iter().find(|one| one.field == "role");
        assert_eq!(
            role.map(|one| one.after.clone()),
            Some(json!("mpn_partner_admin"))
        );
        assert_eq!(admin.post(&at, json!({"approve": true})).await?.status, 409);
        let held = json!({"role": "mpn_partner_admin", "reason": "Again."});
        assert_eq!(person.post(&paths::requests(org), held).await?.status, 409);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_request_is_refused_with_a_reason_or_withdrawn() -> Outcome {
    TestApp::each(async |app| {
        let org = app.organization("Contoso").await?;
        let (person, admin) = (app.signed_in(BILLING).await?, app.signed_in(ACCOUNT).await?);
        let ask = async |role: Role| -> Outcome<AccessRequest> {
            let body = json!({"role": role, "reason": "Please."});
            person.post(&paths::requests(org), body).await?.json()
        };
        let one = ask(Role::ReportViewer).await?;
        let at = paths::request_decision(org, one.id);
        assert_eq!(
            admin.post(&at, json!({"approve": false})).await?.status,
            422
        );
        let no = json!({"approve": false, "note": "Not this year."});
        let refused: AccessRequest = admin.post(&at, no).await?.json()?;
        assert_eq!(
            (refused.state, refused.note.as_str()),
            (RequestState::Refused, "Not this year.")
        );
        let two = ask(Role::ReferralsUser).await?;
        let at = paths::request(org, two.id);
        assert_eq!(admin.delete(&at).await?.status, 404, "only who asked");
        let withdrawn: AccessRequest = person.delete(&at).await?.json()?;
        assert_eq!(withdrawn.state, RequestState::Withdrawn);
        let at = paths::request_decision(org, two.id);
        assert_eq!(admin.post(&at, json!({"approve": true})).await?.status, 409);
        let mine: AccessRequests = person.get(&paths::requests(org)).await?.json()?;
        assert_eq!(mine.items.len(), 2);
        // An Account admin sees nothing of what is a Global admin's to give.
        ask(Role::GlobalAdmin).await?;
        let seen: AccessRequests = admin.get(&paths::requests(org)).await?.json()?;
        assert!(
            seen.items
                .iter()
                .all(|one| one.role != Some(Role::GlobalAdmin))
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn many_requests_of_others_hide_none_that_the_caller_decides() -> Outcome {
    TestApp::each(async |app| {
        let org = app.organization("Contoso").await?;
        let (person, admin) = (app.signed_in(BILLING).await?, app.signed_in(ACCOUNT).await?);
        let body = json!({"role": "report_viewer", "reason": "Please."});
        let old: AccessRequest = person.post(&paths::requests(org), body).await?.json()?;
        let db = app.app.store.db();
        let known = requests::by_id(db, org, old.id).await?.ok_or("none")?;
        let others: Vec<Request> = (0..250)
            .map(|_| {
                Ok(Request {
                    id: random::id(app.app.clock.real())?,
                    subject: Role::GlobalAdmin.code().to_owned(),
                    state: RequestState::Withdrawn,
                    ..known.clone()
                })
            })
            .collect::<Outcome<_>>()?;
        let write = write(&app.app.store, async |write: Tx| {
            for one in &others {
                requests::insert(&write, one.clone()).await?;
            }
            let entry = trail::entry(&app.app.clock, Action::ClockSet, "a test")?;
            anyhow::Ok(((), Some(entry)))
        });
        write.await?;
        let seen: AccessRequests = admin.get(&paths::requests(org)).await?.json()?;
        let seen: Vec<_> = seen.items.iter().map(|one| one.id).collect();
        assert_eq!(seen, [old.id]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_location_goes_only_by_request_and_the_last_one_never() -> Outcome {
    TestApp::each(async |app| {
        let org = app.organization("Contoso").await?;
        let admin = app.signed_in(ACCOUNT).await?;
        let company: membership_contract::organization::Organization =
            admin.get(&paths::organization(org)).await?.json()?;
        let abroad = company.locations.iter().find(|one| one.country != "US");
        let location = abroad.ok_or("no location abroad")?.id;
        let body = json!({"location": location, "reason": "We closed it."});
        let asked: AccessRequest = admin
            .post(&paths::requests(org), body.clone())
            .await?
            .json()?;
        assert_eq!((asked.location, asked.is_yours), (Some(location), false));
        let billing = app.signed_in(BILLING).await?;
        assert_eq!(billing.post(&paths::requests(org), body).await?.status, 403);
        // It waits for the program owner: nobody here decides it.
        let at = paths::request_decision(org, asked.id);
        assert_eq!(admin.post(&at, json!({"approve": true})).await?.status, 404);
        for body in [
            json!({"location": location, "role": "owner", "reason": "Both."}),
            json!({"reason": "Neither."}),
            json!({"role": "owner", "reason": " "}),
            json!({"role": "root", "reason": "Please."}),
        ] {
            let answer = admin.post(&paths::requests(org), body.clone()).await?;
            assert_eq!(answer.status, 422, "{body}");
        }
        Ok(())
    })
    .await
}
