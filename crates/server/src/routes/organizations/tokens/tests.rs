//! Tokens over the API.

use chrono::Duration;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::tokens::{NewToken, Token as Told};
use membership_domain::id::OrganizationId;
use membership_domain::roles::{Permission, Role, TokenState};
use membership_store::tokens::{self, Token};
use membership_store::{organizations, sessions, users};
use serde_json::{Value, json};

use crate::app::Settings;
use crate::testing::{Browser, Outcome, TestApp};
use crate::write::{Tx, write};
use crate::{random, trail};

const GLOBAL: &str = "global-admin@contoso.example";
const ACCOUNT: &str = "account-admin@contoso.example";
const PARTNER: &str = "mpn-partner-admin@contoso.example";

fn wanted(permissions: &[Permission]) -> Value {
    json!({"name": "HR export", "permissions": permissions, "days": 30})
}

async fn contoso(app: &TestApp) -> Outcome<OrganizationId> {
    app.organization("Contoso").await
}

/// A token that somebody makes.
async fn made(browser: &Browser, org: OrganizationId, request: Value) -> Outcome<(Told, String)> {
    let answer = browser.post(&paths::tokens(org), request).await?;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let new: NewToken = answer.json()?;
    Ok((new.token, new.secret.ok_or("no secret")?))
}

#[tokio::test]
async fn a_token_works_is_shown_once_and_is_never_stored() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(PARTNER).await?, contoso(app).await?);
        let key = [("idempotency-key", "once")];
        let body = wanted(&[Permission::SeeWorkspace, Permission::EditEvidence]);
        let send = async || {
            let path = paths::tokens(org);
            admin.send("POST", &path, &key, Some(body.clone())).await
        };
        let new: NewToken = send().await?.json()?;
        let secret = new.secret.ok_or("no secret")?;
        assert!(secret.starts_with("mwt_") && secret.starts_with(&new.token.hint));
        assert_eq!(new.token.hint.len(), 10);

        let machine = app.machine(&secret);
        let read = machine.get(&paths::evidence_part(org, "people")).await?;
        assert_eq!(read.status, 200, "{}", read.text());
        let tag = read.header("etag").to_owned();
        let people = read.json::<Value>()?;
        let mut more = people.clone();
        let rows = more.as_array_mut().ok_or("no rows")?;
        rows.push(json!({"id": "token-01", "name": "Kim"}));
        let path = paths::evidence_part(org, "people");
        let written = machine.put_tagged(&path, &tag, more).await?;
        assert_eq!(written.status, 200, "{}", written.text());

        // Who loses the answer gets it again without the secret, and makes another one.
        let again = send().await?;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert!(!again.text().contains(&secret));
        let again: NewToken = again.json()?;
        assert_eq!((again.token.id, again.secret), (new.token.id, None));

        let page = admin.get(&paths::tokens(org)).await?;
        assert!(!page.text().contains(&secret));
        let listed: Page<Told> = page.json()?;
        assert_eq!(listed.items.len(), 1);
        assert_eq!(listed.items[0].state, TokenState::Active);
        assert!(listed.items[0].used_at.is_some() && listed.items[0].suspended.is_empty());
        let stored = tokens::active(app.app.store.db(), org, app.app.clock.real()).await?;
        assert!(!stored[0].token_hash.contains(&secret[10..]));

        // Who, through what, for whom.
        let told = app.told("evidence.replace", 1).await?;
        let told = told.iter().find(|one| one.by.is_some()).ok_or("no entry")?;
        assert_eq!(told.by.as_deref(), Some(new.token.id.to_string().as_str()));
        assert!(told.user.is_some() && told.session.is_none());
        let admin = app.signed_in(GLOBAL).await?;
        let log = admin.get(&paths::audit(org)).await?.text();
        assert!(log.contains("Token HR export of "), "{log}");
        assert!(log.contains("created the API token HR export"), "{log}");
        assert!(!log.contains(&secret));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_gives_a_token_more_than_they_have() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(ACCOUNT).await?, contoso(app).await?);
        let problem = async |browser: &Browser, body: Value| {
            let answer = browser.post(&paths::tokens(org), body).await?;
            Outcome::Ok((answer.status.as_u16(), answer.problem()?.detail))
        };
        let more = wanted(&[Permission::ViewAudit, Permission::SeeWorkspace]);
        let (status, said) = problem(&admin, more).await?;
        assert_eq!(status, 403);
        assert!(
            said.contains("don\u{2019}t") || said.contains("don't"),
            "{said}"
        );
        for permission in [
            Permission::GrantRoles,
            Permission::ManageTokens,
            Permission::ConfirmEvidence,
            Permission::CreateUsers,
        ] {
            let (status, said) = problem(&admin, wanted(&[permission])).await?;
            assert_eq!(status, 403, "{permission:?}: {said}");
        }
        let mut forever = wanted(&[Permission::ViewAudit]);
        forever["days"] = json!(366);
        assert_eq!(problem(&admin, forever).await?.0, 422);
        let mut foreign = wanted(&[Permission::ChangeLegalData]);
        foreign["locations"] = json!([random::id::<()>(app.app.clock.real())?.to_string()]);
        assert_eq!(problem(&admin, foreign).await?.0, 404);

        // An old session proves first who it is.
        let user = users::by_email(app.app.store.db(), ACCOUNT).await?;
        let user = user.ok_or("no account")?;
        let session = sessions::of_user(app.app.store.db(), user.id).await?;
        let hash = session[0].token_hash.clone();
        let long_ago = app.app.clock.real() - Duration::hours(2);
        write(&app.app.store, async |write: Tx| {
            sessions::set_proved(&write, &hash, long_ago).await?;
            let action = membership_store::audit::Action::SessionProve;
            anyhow::Ok(((), Some(trail::entry(&app.app.clock, action, user.id)?)))
        })
        .await?;
        let body = wanted(&[Permission::ViewAudit]);
        let answer = admin.post(&paths::tokens(org), body).await?;
        assert_eq!(answer.problem()?.code, "proof_required");
        let there = tokens::active(app.app.store.db(), org, app.app.clock.real()).await?;
        assert!(there.is_empty());
        assert!(app.told("token.create", 0).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_loses_what_its_maker_loses_at_the_next_request_everywhere() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (one.signed_in(GLOBAL).await?, contoso(one).await?);
        let partner = one.signed_in(PARTNER).await?;
        let (_, secret) = made(&partner, org, wanted(&[Permission::SeeWorkspace])).await?;
        let machine = other.machine(&secret);
        assert_eq!(machine.get(&paths::overview(org)).await?.status, 200);
        let maker = users::by_email(one.app.store.db(), PARTNER).await?;
        let maker = maker.ok_or("no account")?.id;
        let role = paths::user_role(org, maker, Role::MpnPartnerAdmin);
        assert_eq!(admin.delete(&role).await?.status, 200);
        let refused = machine.get(&paths::overview(org)).await?;
        assert_eq!(refused.status, 403);
        assert!(refused.problem()?.detail.contains("no longer has"));
        let told = other.told("access.refuse", 1).await?;
        assert!(told[0].by.is_some() && told[0].subject == "see_workspace");
        let listed: Page<Told> = admin.get(&paths::tokens(org)).await?.json()?;
        assert_eq!(listed.items[0].suspended, [Permission::SeeWorkspace]);
        assert_eq!(admin.put(&role, json!({})).await?.status, 200);
        assert_eq!(machine.get(&paths::overview(org)).await?.status, 200);
        // Deactivated, nobody's token goes on.
        let off = paths::user_deactivation(org, maker);
        assert_eq!(admin.post(&off, json!({})).await?.status, 200);
        assert_eq!(machine.get(&paths::overview(org)).await?.status, 403);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn revoked_expired_and_unknown_tokens_are_told_apart_to_who_has_them() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (one.signed_in(GLOBAL).await?, contoso(one).await?);
        let (token, secret) = made(&admin, org, wanted(&[Permission::ViewProfiles])).await?;
        let machine = other.machine(&secret);
        assert_eq!(machine.get(&paths::organization(org)).await?.status, 200);
        let path = paths::token(org, token.id);
        let revoked: Told = admin.delete(&path).await?.json()?;
        assert_eq!(revoked.state, TokenState::Revoked);
        let answer = machine.get(&paths::organization(org)).await?;
        assert_eq!(answer.status, 401);
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        let problem = answer.problem()?;
        assert_eq!(problem.code, "token_ended");
        assert!(problem.detail.contains("was revoked"), "{}", problem.detail);
        // Twice is once.
        assert_eq!(admin.delete(&path).await?.status, 200);
        assert_eq!(one.told("token.revoke", 1).await?.len(), 1);

        let yesterday = one.app.clock.real() - Duration::days(1);
        let expired = one.token(org, |token| Token {
            expires_at: yesterday,
            ..token
        });
        for (secret, said) in [
            (expired.await?, "has expired"),
            (secret[..46].to_owned(), "No API token"),
            (String::new(), "No API token"),
        ] {
            let answer = other.machine(&secret).get(&paths::evidence(org)).await?;
            assert_eq!(answer.status, 401);
            let detail = answer.problem()?.detail;
            assert!(detail.contains(said), "{detail}");
        }
        // Another organization's is not there.
        let fabrikam = one.signed_in("global-admin@northwind.example").await?;
        let foreign = one.organization("Northwind").await?;
        let answer = fabrikam.delete(&paths::token(foreign, token.id)).await?;
        assert_eq!(answer.status, 404);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_is_of_one_organization_and_does_nothing_that_people_do() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let all = membership_domain::roles::FOR_TOKENS;
        let (_, secret) = made(&admin, org, wanted(all)).await?;
        let mut machine = app.machine(&secret);
        let other = app.organization("Northwind").await?;
        assert_eq!(machine.get(&paths::overview(other)).await?.status, 404);
        let user = users::by_email(app.app.store.db(), ACCOUNT).await?;
        let user = user.ok_or("no account")?.id;
        for cookie in [None, admin.cookie.clone()] {
            // The session of an admin beside it gives it nothing.
            machine.cookie = cookie;
            let role = paths::user_role(org, user, Role::GlobalAdmin);
            for answer in [
                machine.put(&role, json!({})).await?,
                machine.get(paths::ORGANIZATIONS).await?,
                machine.get(paths::SESSIONS).await?,
                machine.get(&paths::tokens(org)).await?,
                machine.get(&paths::access(org)).await?,
                machine.post(&paths::tokens(org), wanted(all)).await?,
                machine
                    .put(paths::PASSWORD, json!({"old": "a", "new": "b"}))
                    .await?,
            ] {
                assert_eq!(answer.status, 403, "{}", answer.text());
                let detail = answer.problem()?.detail;
                assert!(detail.starts_with("API tokens can't"), "{detail}");
            }
            // With a token that does not work the cookie is no way in either.
            let mut broken = app.machine("mwt_x");
            broken.cookie = machine.cookie.clone();
            assert_eq!(broken.get(&paths::overview(org)).await?.status, 401);
        }
        assert!(app.told("role.grant", 0).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_of_a_location_changes_that_one() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let places = organizations::locations(app.app.store.db(), org).await?;
        let (here, there) = (places[0].id, places[1].id);
        let mut useless = wanted(&[Permission::ViewAudit]);
        useless["locations"] = json!([here]);
        let refused = admin.post(&paths::tokens(org), useless).await?;
        assert_eq!(refused.status, 409);
        assert!(refused.problem()?.detail.contains("whole organization"));
        let mut request = wanted(&[Permission::ChangeLegalData]);
        request["locations"] = json!([here]);
        let (token, secret) = made(&admin, org, request).await?;
        assert_eq!(token.locations, Some([here].into()));
        let machine = app.machine(&secret);
        let tag = admin.get(&paths::organization(org)).await?;
        let tag = tag.header("etag").to_owned();
        let change = json!({"address": "Pier 4"});
        let answer = machine
            .patch(&paths::location(org, there), &tag, change.clone())
            .await?;
        assert_eq!(answer.status, 403);
        assert!(answer.problem()?.detail.contains("other locations"));
        let answer = machine
            .patch(&paths::organization(org), &tag, json!({"name": "X"}))
            .await?;
        assert_eq!(answer.status, 403);
        let answer = machine
            .patch(&paths::location(org, here), &tag, change)
            .await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_feed_of_the_program_owner_sends_is_confirmed() -> Outcome {
    TestApp::each(async |app| {
        let org = contoso(app).await?;
        let feed = app.machine(&app.token(org, |token| token).await?);
        let partner = app.signed_in(PARTNER).await?;
        let (_, secret) = made(&partner, org, wanted(&[Permission::EditEvidence])).await?;
        let import = format!("{}?name=feed.json", paths::imports(org));
        let rows = |id: &str| json!({"people": [{"id": id, "name": "Kim"}]});
        let tag = feed.get(&paths::evidence(org)).await?;
        let tag = [("if-match", tag.header("etag"))];
        let sent = feed.send("POST", &import, &tag, Some(rows("k-1"))).await?;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let tag = feed.get(&paths::evidence(org)).await?;
        let tag = [("if-match", tag.header("etag"))];
        let own = app.machine(&secret);
        let sent = own.send("POST", &import, &tag, Some(rows("k-2"))).await?;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let people = feed.get(&paths::evidence_part(org, "people")).await?;
        let people: Vec<Value> = people.json()?;
        let authority = |id: &str| {
            let one = people.iter().find(|one| one["id"] == id);
            one.map(|one| one["authority"].clone()).unwrap_or_default()
        };
        assert_eq!(authority("k-1"), "confirmed");
        assert_eq!(authority("k-2"), "claimed");
        // By its name in the history; and the partner can't undo it.
        let history = partner.get(&paths::imports(org)).await?.text();
        assert!(
            history.contains("\"imported_by\":\"Program owner\""),
            "{history}"
        );
        assert!(
            history.contains("\"imported_by\":\"HR export\""),
            "{history}"
        );
        // It is for evidence and nothing else.
        assert_eq!(feed.get(&paths::audit(org)).await?.status, 403);
        // The partner can end it all the same.
        let listed: Page<Told> = partner.get(&paths::tokens(org)).await?.json()?;
        let theirs = listed.items.iter().find(|one| one.is_feed);
        let theirs = theirs.ok_or("no feed")?;
        assert_eq!(theirs.created_by, None);
        let path = paths::token(org, theirs.id);
        assert_eq!(partner.delete(&path).await?.status, 200);
        assert_eq!(feed.get(&paths::evidence(org)).await?.status, 401);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_stops_with_its_maker_and_says_what_lifts_it() -> Outcome {
    TestApp::each(async |app| {
        let (partner, org) = (app.signed_in(PARTNER).await?, contoso(app).await?);
        let (_, secret) = made(&partner, org, wanted(&[Permission::SeeWorkspace])).await?;
        let machine = app.machine(&secret);
        let maker = users::by_email(app.app.store.db(), PARTNER).await?;
        let maker = maker.ok_or("no account")?.id;
        let disabled = async |since| {
            write(&app.app.store, async |write: Tx| {
                users::set_disabled(&write, maker, since).await?;
                let action = membership_store::audit::Action::AccountDisable;
                anyhow::Ok(((), Some(trail::entry(&app.app.clock, action, maker)?)))
            })
            .await
        };
        disabled(Some(app.app.clock.now())).await?;
        let refused = machine.get(&paths::overview(org)).await?;
        assert_eq!(refused.status, 403);
        let detail = refused.problem()?.detail;
        assert!(detail.contains("account is disabled"), "{detail}");
        let admin = app.signed_in(GLOBAL).await?;
        let listed: Page<Told> = admin.get(&paths::tokens(org)).await?.json()?;
        assert_eq!(listed.items[0].suspended, [Permission::SeeWorkspace]);
        disabled(None).await?;
        assert_eq!(machine.get(&paths::overview(org)).await?.status, 200);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_token_exports_hides_nothing_of_what_its_maker_does() -> Outcome {
    TestApp::each(async |app| {
        let (partner, org) = (app.signed_in(PARTNER).await?, contoso(app).await?);
        let (_, secret) = made(&partner, org, wanted(&[Permission::SeeWorkspace])).await?;
        let machine = app.machine(&secret);
        let table = paths::list(org, "people") + "?format=csv";
        for _ in 0..20 {
            assert_eq!(machine.get(&table).await?.status, 200);
        }
        assert_eq!(partner.get(&table).await?.status, 200);
        let told = app.told("evidence.export", 2).await?;
        assert_eq!(told.iter().filter(|one| one.by.is_none()).count(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn those_that_work_come_first_however_many_ended() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let (old, _) = made(&admin, org, wanted(&[Permission::ViewAudit])).await?;
        let long_ago = app.app.clock.real() - Duration::days(1);
        for _ in 0..60 {
            app.token(org, |token| Token {
                revoked_at: Some(long_ago),
                ..token
            })
            .await?;
        }
        let page: Page<Told> = admin.get(&paths::tokens(org)).await?.json()?;
        assert_eq!((page.items.len(), page.items[0].id), (51, old.id));
        let next = page.next.ok_or("one page")?;
        let path = format!("{}?cursor={next}", paths::tokens(org));
        let page: Page<Told> = admin.get(&path).await?.json()?;
        assert_eq!((page.items.len(), page.next), (10, None));
        Ok(())
    })
    .await
}
