//! API tokens.

pub const TITLE: &str = "API tokens";
pub const ABOUT: &str = "A program signs its requests with a token. It can do at most what the \
                         person who created it can do, and never more than you choose.";
pub const CREATE: &str = "Create a token";
pub const NOTHING: &str = "No program has access yet.";
pub const NAME: &str = "Name";
pub const MAY: &str = "Permissions";
pub const CREATED: &str = "Created";
pub const USED: &str = "Last used";
pub const UNTIL: &str = "Works until";
pub const STATE: &str = "State";
pub const NEVER: &str = "Never";
pub const FEED: &str = "Program owner";
pub const REVOKE: &str = "Revoke";
pub const KEEP: &str = "Keep it";

pub fn title(active: usize) -> String {
    match active {
        0 => "No API token is active.".to_owned(),
        1 => "1 API token is active.".to_owned(),
        many => format!("{many} API tokens are active."),
    }
}

pub fn begins(hint: &str) -> String {
    format!("{hint}\u{2026}")
}

pub fn by(name: &str, day: &str) -> String {
    format!("{name}, {day}")
}

pub fn not_now(permissions: &str) -> String {
    format!("Not at the moment, because the person who created it can't do it now: {permissions}")
}

pub fn revoke(name: &str) -> String {
    format!("Revoke {name}")
}

pub fn sure(name: &str) -> String {
    format!("Revoke {name}? Programs that use it stop working at once, and it can't be undone.")
}

pub fn revoked(name: &str) -> String {
    format!("{name} is revoked.")
}

/// The form.
pub mod create {
    pub const NAME_HINT: &str = "The program that will use it, such as \u{201c}HR export\u{201d}.";
    pub const MAY: &str = "What it can do";
    pub const MAY_HINT: &str =
        "Only what you can do yourself. A token never gives roles or signs in.";
    pub const NOTHING_TO_GIVE: &str = "None of your roles has a permission that a token can have.";
    pub const DAYS: &str = "How long it works";
    pub const CANCEL: &str = "Cancel";

    pub fn days(days: u32) -> String {
        match days {
            365 => "1 year".to_owned(),
            days => format!("{days} days"),
        }
    }

    pub fn created(name: &str) -> String {
        format!("{name} is created. Copy the token now.")
    }

    pub const ONCE: &str = "It's shown only this once. Keep it where you keep passwords; if you \
                            lose it, revoke it and create a new one.";
    pub const SECRET: &str = "Token";
    pub const COPY: &str = "Copy the token";
    pub const COPIED: &str = "Copied.";
    pub const NOT_COPIED: &str = "Your browser didn't allow copying. Select the token and copy it.";
    pub const TRY: &str = "Try it in a terminal";
    pub const DONE: &str = "I copied it";
    pub const LOST: &str = "The token was created, but its answer was lost on the way. Revoke it in \
                            the list and create a new one.";
}
