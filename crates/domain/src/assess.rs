//! The engine: what a partner may have on a day, and why. Same input, same bytes out.

mod advice;
mod assessment;
mod basis;
mod caches;
mod certified;
mod compare;
mod context;
mod count;
mod crew;
mod engine;
mod figures;
mod finding;
mod found;
mod future;
mod growth;
mod held;
mod holding;
mod index;
mod kept;
mod kinds;
mod lapse;
mod later;
mod locations;
mod measure;
mod ordered;
mod parts;
mod people;
mod program;
mod qualifying;
mod reading;
mod records;
mod requirement;
mod roster;
mod scope;
mod score;
mod skilling;
mod standing;
mod supposed;
mod tenants;
mod thresholds;
mod timeline;
mod usage;
mod validation;
mod window;

pub use assessment::{Assessment, ProgramAssessment, ScoreAssessment, Standing};
pub use basis::Basis;
pub use compare::{Difference, MetricDifference, compare};
pub use engine::{Engine, assess};
pub use finding::{
    Finding, Item, Items, Kind, MeasureUnit, Measured, Next, Outcome, Points, Reason, Recheck,
    RuleRef, Subject,
};
pub use future::Forecast;
pub use holding::Holding;
pub use locations::LocationTier;
pub use window::{Outside, Window};
