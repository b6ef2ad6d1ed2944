//! One's own account: password, sessions, two-step sign-in.

pub mod data;
pub mod password;
pub mod password_reset;
pub mod sessions;
pub mod totp;

use membership_store::Write;
use membership_store::users::User;

use crate::App;
use crate::http::problem::Answer;
use crate::mail::{self, About, Letter, Opens};

/// Where a person's own account is, in the app.
const PAGE: &str = "/account";

/// Tells a person by mail that the security of the account changed, with what changed it.
async fn notify(app: &App, write: &Write, user: &User, about: About) -> Answer<()> {
    // Each change is a document of its own.
    let at = app.clock.real().timestamp_micros();
    let letter = Letter {
        to: user.email.clone(),
        user: Some(user.id),
        organization: None,
        document: format!("{}/{at}", user.id),
        about,
        opens: Opens::Page(PAGE.to_owned()),
    };
    mail::queue(app, write, letter).await.map(drop)
}
