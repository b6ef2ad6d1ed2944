//! No payment provider: payments by card are not offered, and none begins. What began while there was
//! one is not known, and may have been paid.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use membership_contract::refusal::Refusal;

use super::{Asked, Event, Gateway, GatewayError, Payment};

/// Nobody.
#[derive(Debug)]
pub struct Nobody;

type Refused<'a> = BoxFuture<'a, Result<Payment, GatewayError>>;

const NONE: &str = "this server has no payment provider";

fn unknown<'a>() -> Refused<'a> {
    ready(Err(GatewayError::NoAnswer(NONE.to_owned()))).boxed()
}

impl Gateway for Nobody {
    fn name(&self) -> &'static str {
        "none"
    }

    fn is_there(&self) -> bool {
        false
    }

    fn start<'a>(&'a self, _: &'a Asked) -> Refused<'a> {
        ready(Err(GatewayError::Refused(NONE.to_owned()))).boxed()
    }

    fn find<'a>(&'a self, _: &'a str) -> Refused<'a> {
        unknown()
    }

    fn cancel<'a>(&'a self, _: &'a str) -> Refused<'a> {
        unknown()
    }

    fn event(&self, _: &HeaderMap, _: &[u8], _: DateTime<Utc>) -> Result<Event, Refusal> {
        Err(Refusal::Forged)
    }
}
