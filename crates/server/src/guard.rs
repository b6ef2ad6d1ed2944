//! Authorization: what a route needs, and who gets through. A route without a guard is none.

mod bank;
mod member;
mod operator;
pub mod token;

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::refusal::Refusal;
use membership_domain::id::{LocationId, OrganizationId, UserId};
use membership_domain::roles::{self, Grant, Permission, Place, Role};
use membership_domain::second_factor::{self, Person};
use membership_store::audit::Action;
use membership_store::{grants, second_factors, sign_in_policy};
use serde_json::Map;

use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::sessions::{self, Caller};
use crate::trail::{self, Cause, What};
use crate::{App, demo, tokens};
pub use bank::BankSender;
pub use member::{Asker, Member};
pub use operator::Operator;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anyone may ask.
    Nothing,
    /// Somebody is signed in.
    SignedIn,
    /// A role in the `{organization}` of the path that allows this.
    Permission(Permission),
    /// The program owner's people, who have two-step sign-in.
    Operator,
    /// The same, or a program with a token for a bank's files.
    BankFiles,
}

/// The guard of one route. What it lets through sees a demo's clock as it is for all servers.
pub async fn guard(
    State((app, needs)): State<(App, Needs)>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    demo::clock::follow(&app).await;
    match admit(&app, needs, &params, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

async fn admit(
    app: &App,
    needs: Needs,
    params: &RawPathParams,
    request: &mut Request,
) -> Answer<()> {
    if needs == Needs::Nothing {
        return Ok(());
    }
    // Whoever sends a token is that token, whatever cookies come with it.
    if let Some(secret) = tokens::presented(request.headers()) {
        let secret = secret.to_owned();
        return match needs == Needs::BankFiles && tokens::is_bank_feed(&secret) {
            true => bank::admit(app, request, &secret).await,
            false => token::admit(app, needs, params, request, &secret).await,
        };
    }
    let caller = sessions::caller(app, request.headers()).await?;
    if matches!(needs, Needs::Operator | Needs::BankFiles) {
        let operator = operator::admitted(app, &caller, RequestId::of(request)).await?;
        let sender = BankSender::Operator(Box::new(operator.clone()));
        request.extensions_mut().insert(operator);
        request.extensions_mut().insert(sender);
    }
    if let Needs::Permission(permission) = needs {
        let organization = organization(params)?;
        let held = grants::held(app.store.db(), caller.user.id, organization).await?;
        let request_id = RequestId::of(request);
        let told = |organization, subject: &str| {
            let what = What {
                action: Action::AccessRefuse,
                user: Some(caller.user.id),
                token: None,
                organization,
                subject: subject.to_owned(),
            };
            let cause = Cause::person(&caller.session, &request_id);
            trail::tell_refusal(app, cause, what, Map::new());
        };
        if held.is_empty() {
            // Not 403: a stranger does not learn which organizations exist.
            told(None, "organization");
            return Err(ApiError::not_found());
        }
        if !roles::may_at(&held, permission, place(params)) {
            told(Some(organization), permission.code());
            let held = held.iter().map(|grant| grant.role).collect();
            return Err(Refusal::NotPermitted { permission, held }.into());
        }
        if lacks_second_factor(app, caller.user.id, organization, &held).await? {
            told(Some(organization), "second_factor");
            return Err(Refusal::SecondFactorMissing.into());
        }
        let caller = caller.clone();
        request.extensions_mut().insert(Member {
            by: Asker::Person(caller),
            organization,
            grants: held,
            request_id,
        });
    }
    request.extensions_mut().insert(caller);
    Ok(())
}

/// Whether the organization asks somebody with these roles for a second factor, and there is none.
pub async fn lacks_second_factor(
    app: &App,
    user: UserId,
    organization: OrganizationId,
    held: &[Grant],
) -> Answer<bool> {
    let roles: Vec<Role> = held.iter().map(|grant| grant.role).collect();
    let needed = |admins_need_it| {
        second_factor::needed(Person::Member {
            roles: &roles,
            admins_need_it,
        })
    };
    // Most people are no admins, and the database is not asked about them.
    if !needed(true) {
        return Ok(false);
    }
    let db = app.store.db();
    let asked = sign_in_policy::admins_need_second_factor(db, organization).await?;
    Ok(needed(asked) && second_factors::confirmed(db, user).await?.is_none())
}

/// The organization of the address.
fn organization(params: &RawPathParams) -> Answer<OrganizationId> {
    let named = params.iter().find(|(name, _)| *name == "organization");
    let id = named.and_then(|(_, value)| value.parse().ok());
    id.ok_or_else(ApiError::not_found)
}

/// What the route is about: the location of its address, or the organization. Where the address has
/// no location that there can be, the handler says so to those who may know.
fn place(params: &RawPathParams) -> Place {
    let location = params.iter().find(|(name, _)| *name == "location");
    let id = location.and_then(|(_, id)| id.parse::<LocationId>().ok());
    id.map_or(Place::Organization, Place::Location)
}

/// The roles that hold for the whole organization.
pub fn everywhere(grants: &[Grant]) -> Vec<Role> {
    let whole = |grant: &&Grant| grant.scope.covers(Place::Organization);
    grants
        .iter()
        .filter(whole)
        .map(|grant| grant.role)
        .collect()
}

/// Reads what the guard left; a handler that asks for more than its route needs is a bug.
macro_rules! from_guard {
    ($type:ty) => {
        impl<S: Sync> FromRequestParts<S> for $type {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
                let found = parts.extensions.get::<Self>().cloned();
                found.ok_or_else(|| ApiError::internal("the route's guard does not provide this"))
            }
        }
    };
}
from_guard!(Caller);
from_guard!(Member);
from_guard!(Operator);
from_guard!(BankSender);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn refusals_are_told_and_a_thousand_of_them_are_few_entries() -> Outcome {
        TestApp::each(async |app| {
            let [home, other] = [
                app.organization("Contoso").await?,
                app.organization("Northwind").await?,
            ];
            let browser = app.signed_in("billing-admin@contoso.example").await?;
            let answer = browser.get(&paths::evidence(home)).await?;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            let told = app.told("access.refuse", 1).await?;
            assert_eq!(told[0].organization, Some(home));
            assert_eq!(told[0].subject, "see_workspace");
            assert_eq!(told[0].request_id, answer.header("x-request-id"));
            assert!(told[0].user.is_some() && told[0].detail["count"] == 1);

            let answer = browser.get(&paths::evidence(other)).await?;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            let told = app.told("access.refuse", 2).await?;
            let foreign = told.iter().find(|entry| entry.subject == "organization");
            assert_eq!(foreign.map(|entry| entry.organization), Some(None));

            let evil = [("origin", "https://evil.example")];
            for _ in 0..1_000 {
                browser.get(&paths::evidence(home)).await?;
                browser.send("PUT", paths::CLOCK, &evil, None).await?;
            }
            // The first ten, and the 16th to the 512th, of each; and the one elsewhere.
            let told = app.told("access.refuse", 2 * 16 + 1).await?;
            assert_eq!(told.len(), 33);
            let nobodys = told.iter().filter(|entry| entry.subject == "cross_site");
            assert_eq!(nobodys.filter(|entry| entry.user.is_none()).count(), 16);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn a_refusal_names_roles_as_people_know_them() -> Outcome {
        TestApp::each(async |app| {
            let id = app.organization("Contoso").await?;
            let browser = app.signed_in("billing-admin@contoso.example").await?;
            let problem = browser.get(&paths::evidence(id)).await?.problem()?;
            assert_eq!(problem.code, "not_permitted");
            assert_eq!(
                problem.detail,
                "\u{201c}Open the membership workspace\u{201d} requires the role Global admin or MPN \
                 Partner admin; you have Billing admin here. Nothing was changed. See My access \
                 for who can help."
            );
            Ok(())
        })
        .await
    }
}
