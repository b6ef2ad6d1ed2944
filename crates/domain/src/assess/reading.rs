//! What a measure found, with the evidence behind it.

use super::finding::{Items, MeasureUnit, Measured};
use crate::number::Number;

/// A measure's value, and what made it.
#[derive(Clone)]
pub(crate) struct Reading {
    /// What earns points or meets a requirement: may be below zero.
    pub value: Number,
    pub measured: Measured,
    pub counted: Items,
    pub not_counted: Items,
}

impl Reading {
    /// No month was measured yet.
    pub fn nothing(unit: MeasureUnit) -> Self {
        Self {
            value: Number::ZERO,
            measured: Measured {
                month: None,
                unit,
                now: Number::ZERO,
                before: None,
                baseline_missed: None,
                added: None,
            },
            counted: Items::default(),
            not_counted: Items::default(),
        }
    }
}
