//! How long a session may go without use, as `serve` and `account sessions` take it.

use chrono::Duration;
use clap::Args;

/// One for all commands, so that they agree on which sessions are over.
#[derive(Clone, Copy, Debug, Args)]
pub struct Idle {
    /// End a session after this many minutes without use
    #[arg(long, env = "MEMBERSHIP_SESSION_IDLE_MINUTES", default_value_t = 480)]
    session_idle_minutes: u32,
}

impl Idle {
    /// As a duration.
    pub fn duration(self) -> Duration {
        Duration::minutes(self.session_idle_minutes.into())
    }
}
