//! Authorization: what a route needs, and who gets through. A route without a guard is none.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::problem::code;
use membership_contract::text::{Plain, Words, en};
use membership_domain::roles::{self, Permission, Role};
use membership_store::grants;
use serde_json::Map;
use uuid::Uuid;

use crate::App;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::sessions::{self, Caller};
use crate::trail::{self, What};

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anyone may ask.
    Nothing,
    /// Somebody is signed in.
    SignedIn,
    /// A role in the `{organization}` of the path that allows this.
    Permission(Permission),
}

/// The caller as a member of the path's organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who asks.
    pub caller: Caller,
    /// For which organization.
    pub organization: Uuid,
    /// With which roles there: never empty.
    pub roles: Vec<Role>,
}

/// The guard of one route.
pub async fn guard(
    State((app, needs)): State<(App, Needs)>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
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
    let caller = sessions::caller(app, request.headers()).await?;
    if let Needs::Permission(permission) = needs {
        let organization = params
            .iter()
            .find_map(|(name, value)| (name == "organization").then(|| Uuid::parse_str(value)))
            .and_then(Result::ok)
            .ok_or_else(Refused::not_found)?;
        let held = grants::roles(app.store.read(), caller.user.id, organization).await?;
        let told = |organization, subject: String| {
            let what = What {
                action: "access.refuse",
                user: Some(caller.user.id),
                organization,
                subject,
            };
            let request_id = request.extensions().get::<RequestId>();
            let request_id = request_id.cloned().unwrap_or_default();
            trail::tell_refusal(app, &request_id, what, Map::new());
        };
        if held.is_empty() {
            // Not 403: a stranger does not learn which organizations exist.
            told(None, "organization".to_owned());
            return Err(Refused::not_found());
        }
        if !roles::may(&held, permission) {
            told(Some(organization), permission.code().to_owned());
            return Err(not_permitted(&held, permission));
        }
        let caller = caller.clone();
        request.extensions_mut().insert(Member {
            caller,
            organization,
            roles: held,
        });
    }
    request.extensions_mut().insert(caller);
    Ok(())
}

/// 403: what was asked for, which roles allow it, and which the caller has in their place.
fn not_permitted(held: &[Role], permission: Permission) -> Refused {
    let named = |role: &Role| en::role(*role).to_owned();
    let enough = Role::ALL.iter().filter(|role| role.may(permission));
    let detail = format!(
        "\u{201c}{}\u{201d} takes the role {}; you have {} here. Nothing was changed. \
         Whom to ask is under My access.",
        en::permission(permission),
        Plain.choice(&enough.map(named).collect::<Vec<_>>()),
        Plain.list(&held.iter().map(named).collect::<Vec<_>>()),
    );
    Refused::new(StatusCode::FORBIDDEN, code::NOT_PERMITTED, detail)
}

/// Reads what the guard left; a handler that asks for more than its route needs is a bug.
macro_rules! from_guard {
    ($type:ty) => {
        impl<S: Sync> FromRequestParts<S> for $type {
            type Rejection = Refused;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
                let found = parts.extensions.get::<Self>().cloned();
                found.ok_or_else(|| Refused::internal("the route's guard does not provide this"))
            }
        }
    };
}
from_guard!(Caller);
from_guard!(Member);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn a_refusal_names_roles_as_people_know_them() -> Outcome {
        TestApp::each(async |app| {
            let id = app.organization("Contoso").await?;
            let browser = app.signed_in("billing-admin@contoso.example").await?;
            let problem = browser.get(&paths::evidence(id)).await?.problem()?;
            assert_eq!(problem.code, "not_permitted");
            assert_eq!(
                problem.detail,
                "\u{201c}Open the membership workspace\u{201d} takes the role Global admin or MPN \
                 Partner admin; you have Billing admin here. Nothing was changed. Whom to ask is \
                 under My access."
            );
            Ok(())
        })
        .await
    }
}
