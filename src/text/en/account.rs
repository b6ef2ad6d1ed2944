//! One's own account, and the ways back into it.

use crate::format;

pub const TITLE: &str = "Your account";
pub const ABOUT: &str = "Password, two-step sign-in, and where you're signed in.";

pub const PASSWORD: &str = "Password";
pub const PASSWORD_ABOUT: &str = "Changing it signs you out everywhere else.";
pub const OLD: &str = "Current password";
pub const NEW: &str = "New password";
pub const NEW_HINT: &str = "At least 12 characters. Several words work well.";
pub const CHANGE: &str = "Change password";
pub const CHANGED: &str = "Your password was changed. All other sessions ended.";

pub const TWO_STEP: &str = "Two-step sign-in";
pub const TWO_STEP_ABOUT: &str = "After your password, sign-in asks for a code from an \
    authenticator app on your phone. A stolen password alone opens nothing.";
pub const TURN_ON: &str = "Set up two-step sign-in";
pub const TURN_OFF: &str = "Turn off";
pub const OFF: &str = "Off";
pub const NEW_CODES: &str = "Make new recovery codes";
pub const SCAN: &str = "1. Scan this code with an authenticator app.";
pub const QR: &str = "QR code for your authenticator app";
pub const BY_HAND: &str = "Can't scan it? Type this key into the app:";
pub const OPEN_APP: &str = "Open an app on this device";
pub const CONFIRM: &str = "2. Enter the six digits that the app shows.";
pub const CODE: &str = "Code";
pub const CODE_HINT: &str = "Six digits from your authenticator app, or a recovery code.";
pub const TURNED_ON: &str = "Two-step sign-in is on.";
pub const CANCEL: &str = "Cancel";
pub const CODES: &str = "Recovery codes";
pub const CODES_ABOUT: &str = "Save these now; they aren't shown again. Each signs you in once \
    without the app, for example if you lose your phone. Codes you had before no longer work.";
pub const SAVED: &str = "I saved them";

pub fn since(day: &str) -> String {
    format!("On since {day}")
}

pub fn codes_left(left: u64) -> String {
    let left = i64::try_from(left).unwrap_or(i64::MAX);
    format::counted(left, "recovery code left", "recovery codes left")
}

/// Organizations that ask for it.
pub fn asked_by(names: &str) -> String {
    format!("Required for admins by {names}.")
}

pub const SESSIONS: &str = "Where you're signed in";
pub const SESSIONS_ABOUT: &str = "Don't recognize one? End it, then change your password.";
pub const UNKNOWN_DEVICE: &str = "Unknown browser";
pub const THIS: &str = "This browser";
pub const THIS_NETWORK: &str = "this network";
pub const UNKNOWN_ADDRESS: &str = "unknown address";
pub const END: &str = "End";
pub const END_OTHERS: &str = "End all other sessions";
pub const ENDED: &str = "The session ended.";
pub const OTHERS_ENDED: &str = "All other sessions ended.";

pub fn used(at: &str) -> String {
    format!("Last used {at}")
}

pub fn begun(at: &str) -> String {
    format!("Signed in {at}")
}

/// A fresh proof of who somebody is.
pub mod proof {
    pub const TITLE: &str = "Confirm it's you";
    pub const WHY: &str = "You signed in a while ago, and this change needs a fresh proof. What \
        you typed is kept.";
    pub const BY_CODE: &str = "Use a code instead";
    pub const BY_PASSWORD: &str = "Use the password instead";
    pub const CONFIRM: &str = "Confirm";
}

/// A forgotten password.
pub mod forgot {
    pub const TITLE: &str = "Reset your password";
    pub const ABOUT: &str = "We'll email you a link to choose a new one.";
    pub const EMAIL: &str = "Email";
    pub const SEND: &str = "Send the link";
    pub const SENT: &str = "Check your email";
    pub const BACK: &str = "Back to sign-in";

    pub fn sent_to(email: &str) -> String {
        format!(
            "If {email} has an account, a link is on its way. It works once, for a limited time. \
             Nothing there? Look in the spam folder, then ask again."
        )
    }
}

/// What is known about oneself.
pub mod data {
    pub const TITLE: &str = "Your data";
    pub const ABOUT: &str = "Everything that is known about you: account, sessions, organizations, \
        roles, requests, emails, and what you did.";
    pub const SAVE: &str = "Download your data";
}

/// What a mailed link opens.
pub mod link {
    use membership_domain::link::LinkState;

    pub const LOST: &str = "Open the link from your email";
    pub const LOST_WHY: &str = "This page is opened by a link in an email. Open the link again; \
        reloading the page isn't enough, because the link isn't kept here.";
    pub const RESET: &str = "Choose a new password";
    pub const SET: &str = "Set the password";
    pub const DONE: &str = "Your password is set";
    pub const DONE_WHY: &str = "All sessions of your account ended. Sign in with the new password.";
    pub const NEWER: &str = "Request a new link";
    pub const SIGN_IN: &str = "Sign in";
    pub const UNKNOWN: &str = "This link doesn't exist";

    pub fn of(email: &str) -> String {
        format!("For the account {email}.")
    }

    /// Why a link does nothing any more.
    pub fn ended(state: LinkState) -> (&'static str, &'static str) {
        match state {
            LinkState::Used => (
                "This link was already used",
                "It works only once. If it wasn't you who used it, request a new one now.",
            ),
            LinkState::Expired => (
                "This link has expired",
                "Links work for a limited time only.",
            ),
            LinkState::Revoked | LinkState::Issued => (
                "This link no longer works",
                "It was withdrawn, or replaced by a newer one. Look for the latest email.",
            ),
        }
    }
}
