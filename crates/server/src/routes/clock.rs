//! The server's clock.

pub mod read;
pub mod set;

use membership_contract::clock::Clock;

use crate::App;

fn now(app: &App) -> Clock {
    Clock {
        now: app.clock.now(),
        settable: app.clock.is_settable(),
    }
}
