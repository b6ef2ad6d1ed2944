//! No payment provider: payments by card are not offered, and none begins.

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

fn refused<'a>() -> Refused<'a> {
    let why = "this server has no payment provider".to_owned();
    ready(Err(GatewayError::Refused(why))).boxed()
}

impl Gateway for Nobody {
    fn name(&self) -> &'static str {
        "none"
    }

    fn is_there(&self) -> bool {
        false
    }

    fn start<'a>(&'a self, _: &'a Asked) -> Refused<'a> {
        refused()
    }

    fn find<'a>(&'a self, _: &'a str) -> Refused<'a> {
        refused()
    }

    fn cancel<'a>(&'a self, _: &'a str) -> Refused<'a> {
        refused()
    }

    fn event(&self, _: &HeaderMap, _: &[u8], _: DateTime<Utc>) -> Result<Event, Refusal> {
        Err(Refusal::Forged)
    }
}
