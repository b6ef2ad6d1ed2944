//! Who gets through with a token.

use axum::extract::{RawPathParams, Request};
use membership_domain::roles::{Grant, TokenRefusal, token_may};
use membership_store::audit::Action;
use membership_store::tokens::Token;
use membership_store::{grants, users};
use serde_json::Map;

use super::{Asker, Member, Needs, lacks_second_factor, organization, place};
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::trail::{self, Cause, What};
use crate::{App, tokens};

/// Lets a request with a token through, or says why not. What it may do is asked anew each time:
/// of the token, and of the roles that who made it has now.
pub async fn admit(
    app: &App,
    needs: Needs,
    params: &RawPathParams,
    request: &mut Request,
    secret: &str,
) -> Answer<()> {
    let request_id = RequestId::of(request);
    let token = tokens::known(app, secret).await?;
    let told = |organization, subject: &str| {
        let what = What {
            action: Action::AccessRefuse,
            user: token.created_by,
            token: Some(token.id),
            organization,
            subject: subject.to_owned(),
        };
        let cause = Cause::stranger(&request_id);
        trail::tell_refusal(app, cause, what, Map::new());
    };
    let Needs::Permission(permission) = needs else {
        told(Some(token.organization), "people_only");
        return Err(TokenRefusal::PeopleOnly.into());
    };
    if organization(params)? != token.organization {
        told(None, "organization");
        return Err(ApiError::not_found());
    }
    let maker = maker(app, &token).await?;
    let may = maker
        .as_ref()
        .map_err(|why| *why)
        .and_then(|held| token_may(&token.grant, held.as_deref(), permission, place(params)));
    if let Err(why) = may {
        told(Some(token.organization), permission.code());
        return Err(why.into());
    }
    tokens::used(app, &token).await;
    request.extensions_mut().insert(Member {
        organization: token.organization,
        by: Asker::Token(token),
        grants: maker.ok().flatten().unwrap_or_default(),
        request_id,
    });
    Ok(())
}

/// The roles that who made the token has now, or why they may not act themselves. Nothing for a feed,
/// which nobody of the organization made.
pub async fn maker(app: &App, token: &Token) -> Answer<Result<Option<Vec<Grant>>, TokenRefusal>> {
    let Some(id) = token.created_by else {
        return Ok(Ok(None));
    };
    let db = app.store.db();
    let user = users::by_id(db, id).await?;
    if user.is_none_or(|user| user.disabled_at.is_some()) {
        return Ok(Err(TokenRefusal::MakerBlocked));
    }
    let held = grants::held(db, id, token.organization).await?;
    Ok(
        match lacks_second_factor(app, id, token.organization, &held).await? {
            true => Err(TokenRefusal::MakerBlocked),
            false => Ok(Some(held)),
        },
    )
}
