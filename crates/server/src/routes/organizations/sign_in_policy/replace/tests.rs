use membership_contract::account::{RecoveryCodes, SignInPolicy, Totp, TotpSetup};
use membership_contract::paths;
use serde_json::json;

use crate::second_factor::shown;
use crate::testing::{Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";

#[tokio::test]
async fn an_admin_without_a_second_factor_sees_nothing_of_an_organization_that_asks() -> Outcome {
    TestApp::each(async |app| {
        let id = app.organization("Contoso").await?;
        let policy = paths::sign_in_policy(id);
        let admin = app.signed_in(ADMIN).await?;
        let (other, viewer, advisor) = (
            app.signed_in("mpn-partner-admin@contoso.example").await?,
            app.signed_in("report-viewer@contoso.example").await?,
            app.signed_in("advisor@fabrikam.example").await?,
        );
        let ask = json!({"admins_need_second_factor": true});
        let refused = admin.put(&policy, ask.clone()).await?.problem()?;
        assert_eq!(refused.status, 409, "it has none itself");
        let asked: SignInPolicy = admin.get(&policy).await?.json()?;
        assert!(!asked.admins_need_second_factor, "nothing was changed");

        let setup: TotpSetup = admin.post(paths::TOTP, json!({})).await?.json()?;
        let code = json!({"code": shown(&setup.secret, app.app.clock.real())});
        admin
            .put(paths::TOTP, code)
            .await?
            .json::<RecoveryCodes>()?;
        for _ in 0..2 {
            let set = admin.put(&policy, ask.clone()).await?;
            assert!(set.json::<SignInPolicy>()?.admins_need_second_factor);
        }
        let told = app.told("sign_in_policy.change", 1).await?;
        assert_eq!((told.len(), told[0].organization), (1, Some(id)));

        // With the next request of every open session, in this organization alone.
        let refused = other.get(&paths::organization(id)).await?.problem()?;
        assert_eq!(
            (refused.status, &*refused.code),
            (403, "second_factor_missing")
        );
        let elsewhere = app.organization("Northwind").await?;
        assert_eq!(advisor.get(&paths::organization(id)).await?.status, 403);
        assert_eq!(
            advisor.get(&paths::organization(elsewhere)).await?.status,
            200
        );
        assert_eq!(admin.get(&paths::organization(id)).await?.status, 200);
        assert_eq!(
            viewer.get(&paths::access(id)).await?.status,
            200,
            "no admin"
        );

        // What it takes to get back in stays open.
        let totp: Totp = other.get(paths::TOTP).await?.json()?;
        assert_eq!(
            (totp.since, totp.asked_by),
            (None, vec!["Contoso".to_owned()])
        );
        let setup: TotpSetup = other.post(paths::TOTP, json!({})).await?.json()?;
        let code = json!({"code": shown(&setup.secret, app.app.clock.real())});
        other
            .put(paths::TOTP, code)
            .await?
            .json::<RecoveryCodes>()?;
        assert_eq!(other.get(&paths::organization(id)).await?.status, 200);
        Ok(())
    })
    .await
}
