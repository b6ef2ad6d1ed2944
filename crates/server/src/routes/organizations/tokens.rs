//! Tokens for machines.

pub mod create;
pub mod list;
pub mod revoke;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use membership_contract::tokens::Token as Told;
use membership_domain::id::UserId;
use membership_domain::roles::{Grant, Permission, TokenGrant, TokenRefusal, may_make};
use membership_store::Connection;
use membership_store::members;
use membership_store::tokens::Token;

use crate::App;
use crate::conversions::person;
use crate::guard::token::maker;
use crate::http::path_id::PathId;
use crate::http::problem::Answer;

/// The token of the address.
pub type Named = PathId<membership_domain::id::Token>;

/// As the organization sees them, in the same order.
async fn told(app: &App, db: &impl Connection, all: Vec<Token>) -> Answer<Vec<Told>> {
    let makers: Vec<UserId> = all.iter().filter_map(|one| one.created_by).collect();
    let organization = all.first().map(|one| one.organization);
    let names = match organization {
        Some(id) => members::names(db, id, &makers).await?,
        None => HashMap::new(),
    };
    let mut held: HashMap<UserId, Vec<Grant>> = HashMap::new();
    for token in &all {
        if let Some(id) = token.created_by
            && !held.contains_key(&id)
        {
            let now = maker(app, token).await?.unwrap_or_default();
            held.insert(id, now.unwrap_or_default());
        }
    }
    let now = app.clock.real();
    let told = |one: Token| {
        let suspended = match one.created_by.and_then(|maker| held.get(&maker)) {
            None => Vec::new(),
            Some(held) => lost(&one, held),
        };
        Told {
            id: one.id,
            state: one.state(now),
            is_feed: one.is_feed(),
            permissions: one.grant.permissions.iter().copied().collect(),
            locations: one.grant.scope.locations().cloned(),
            created_by: one.created_by.map(|id| person(names.get(&id))),
            created_at: one.created_at,
            expires_at: one.expires_at,
            used_at: one.used_at,
            suspended,
            name: one.name,
            hint: one.hint,
        }
    };
    Ok(all.into_iter().map(told).collect())
}

/// What a token was given that who made it may not do any more.
fn lost(token: &Token, held: &[Grant]) -> Vec<Permission> {
    let alone = |permission: &Permission| TokenGrant {
        permissions: [*permission].into(),
        scope: token.grant.scope.clone(),
    };
    let all = token.grant.permissions.iter().copied();
    let is_lost =
        |one: &Permission| matches!(may_make(held, &alone(one)), Err(TokenRefusal::NotHeld(_)));
    all.filter(is_lost).collect()
}
