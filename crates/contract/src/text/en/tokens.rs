//! Tokens for machines: how far they are, and why one is refused.

use membership_domain::roles::{TokenRefusal, TokenState};

use super::roles::permission;

/// How far a token is.
#[must_use]
pub fn token_state(state: TokenState) -> &'static str {
    match state {
        TokenState::Active => "Active",
        TokenState::Expired => "Expired",
        TokenState::Revoked => "Revoked",
    }
}

/// Why a token is not made, or does not do something.
#[must_use]
pub fn token_refused(why: TokenRefusal) -> String {
    match why {
        TokenRefusal::Unknown => "No API token is like this one. Check it for missing characters, \
                                  or create a new one under API tokens."
            .to_owned(),
        TokenRefusal::Ended(state) => {
            let ended = match state {
                TokenState::Revoked => "was revoked",
                TokenState::Expired | TokenState::Active => "has expired",
            };
            format!("This API token {ended}. Create a new one under API tokens.")
        }
        TokenRefusal::PeopleOnly => {
            "API tokens can't do this. Sign in and do it yourself.".to_owned()
        }
        TokenRefusal::Lacks(one) => format!(
            "This API token doesn't have the permission \u{201c}{}\u{201d}. Create one that has it.",
            permission(one)
        ),
        TokenRefusal::Elsewhere => "This API token is limited to other locations. Create one for \
                                    this location, or for the whole organization."
            .to_owned(),
        TokenRefusal::MakerBlocked => {
            "The person who created this API token can't act for the organization at the moment: \
             the account is disabled, or two-step sign-in isn't set up. It works again once that \
             is done."
                .to_owned()
        }
        TokenRefusal::NotAtLocations(one) => format!(
            "\u{201c}{}\u{201d} is about the whole organization, so a token for some locations \
             can't have it. Create the token for the whole organization, or without it.",
            permission(one)
        ),
        TokenRefusal::MakerMayNot(one) => format!(
            "The person who created this API token no longer has the permission \
             \u{201c}{}\u{201d}. Ask someone who has it to create a new token.",
            permission(one)
        ),
        TokenRefusal::NotHeld(one) => format!(
            "You don't have the permission \u{201c}{}\u{201d} there yourself, so you can't give it \
             to a token. See My access for who can help.",
            permission(one)
        ),
        TokenRefusal::TooMany(most) => format!(
            "Your organization has {most} active API tokens, the most it can have. Revoke one that \
             is no longer used."
        ),
    }
}
