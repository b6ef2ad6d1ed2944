//! The token of a one-time link, which is made when a mail is sent and is in nothing else.

use membership_domain::id::LinkId;

use crate::App;
use crate::random::{self, NoRandomness};

/// A new token of a link, which works beside those of earlier attempts to send it; none where the
/// link no longer works. Its hash is kept before anybody can have it.
#[allow(clippy::unused_async, reason = "links are not stored yet")]
pub async fn token(_: &App, _: LinkId) -> Result<Option<String>, NoRandomness> {
    random::token().map(Some)
}
