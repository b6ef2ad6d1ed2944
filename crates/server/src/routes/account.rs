//! One's own account: password, sessions, two-step sign-in.

pub mod password;
pub mod sessions;
pub mod totp;
