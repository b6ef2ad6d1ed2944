//! A request to look at what is known, or at what was made of it.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use utoipa::IntoParams;

use super::Snapshot;
use crate::App;
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::params::Params;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::openapi::takes::{Taken, Takes};
use crate::turns::Watch;

/// Who looks, and what they ask for with the parameters of `P`.
#[derive(Debug)]
pub struct Look<P> {
    /// See [`App`].
    pub app: App,
    /// Who asks, and for which organization.
    pub member: Member,
    /// How they take answers.
    pub accepts: Accepts,
    /// What they ask for.
    pub query: Pairs,
    parameters: PhantomData<P>,
}

impl<P: IntoParams> FromRequestParts<App> for Look<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let Ok(accepts) = Accepts::from_request_parts(parts, app).await;
        Ok(Self {
            app: app.clone(),
            member: Member::from_request_parts(parts, app).await?,
            accepts,
            query: Params::<P>::from_request_parts(parts, app).await?.pairs,
            parameters: PhantomData,
        })
    }
}

impl<P: IntoParams> Takes for Look<P> {
    fn add(taken: &mut Taken) {
        Params::<P>::add(taken);
    }
}

/// Makes something of evidence. That is in memory in its turn only.
pub async fn looked<T: Send + 'static>(
    app: &App,
    member: &Member,
    make: impl FnOnce(Snapshot, &Watch) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let looks = &app.turns.looks;
    let turn = looks.turn(looks.place(member.organization).await?).await?;
    let known = Snapshot::read(app, member).await?;
    turn.run(move |watch| make(known, watch)).await?.1
}
