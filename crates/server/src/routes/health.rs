//! Whether the server is alive and ready.

pub mod live;
pub mod ready;

use membership_contract::health::Health;

fn ok() -> Health {
    Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
