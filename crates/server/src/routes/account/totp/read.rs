//! `GET /api/v1/account/totp`: whether two-step sign-in is on.

use axum::Json;
use axum::extract::State;
use membership_contract::account::Totp;
use membership_contract::paths;
use membership_domain::roles::Role;
use membership_domain::second_factor::{self, Person};
use membership_store::{grants, organizations, second_factors, sign_in_policy};

use crate::App;
use crate::http::problem::Answer;
use crate::sessions::Caller;

/// Whether the caller has two-step sign-in, and who asks for it.
#[utoipa::path(
    get, path = paths::TOTP, tag = "account", operation_id = "get_totp",
    responses((status = 200, body = Totp)),
)]
pub async fn get_totp(State(app): State<App>, caller: Caller) -> Answer<Json<Totp>> {
    let (db, user) = (app.store.db(), caller.user.id);
    let factor = second_factors::confirmed(db, user).await?;
    let mut asking = Vec::new();
    for (organization, held) in grants::of_user(db, user).await? {
        let roles: Vec<Role> = held.iter().map(|grant| grant.role).collect();
        let person = Person::Member {
            roles: &roles,
            admins_need_it: sign_in_policy::admins_need_second_factor(db, organization).await?,
        };
        if second_factor::needed(person) {
            asking.push(organization);
        }
    }
    let asking = organizations::by_ids(db, &asking).await?;
    Ok(Json(Totp {
        since: factor.and_then(|factor| factor.confirmed_at),
        recovery_codes: second_factors::recovery_codes_left(db, user).await?,
        asked_by: asking.into_iter().map(|one| one.name).collect(),
    }))
}
