//! The worked examples of the rules, by number, against the catalog that comes with the product.
//!
//! Natively each is a test. Compiled to WASM they run in Node, and must print the same bytes.

pub mod cases;
#[cfg(target_arch = "wasm32")]
mod given;
pub mod partner;
#[cfg(target_arch = "wasm32")]
mod wasm;

use membership_catalog::Catalog;
use membership_domain::Assessment;
use serde::Serialize;

/// One worked example, tried out.
#[derive(Debug, Serialize)]
pub struct Tried {
    /// Its number.
    pub number: u32,
    /// What it is about.
    pub name: &'static str,
    /// What must come out.
    pub expected: &'static str,
    /// What came out.
    pub actual: String,
    /// Whether they are the same.
    pub ok: bool,
    /// The assessments it was read off, whole: for the comparison of bytes.
    pub assessments: Vec<Assessment>,
}

#[derive(Serialize)]
struct Report {
    /// The catalog's digest, which must not depend on the machine either.
    catalog: String,
    cases: Vec<Tried>,
}

/// The catalog that comes with the product.
///
/// # Errors
/// Everything that is wrong with it, a line for each fault.
pub fn catalog() -> Result<Catalog, String> {
    membership_catalog::builtin().map_err(|faults| {
        let lines = faults
            .iter()
            .map(|fault| format!("{}: {}: {}", fault.file, fault.key, fault.reason));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// Tries every example out.
#[must_use]
pub fn try_all(catalog: &Catalog) -> Vec<Tried> {
    cases::all().map(|case| case.attempt(catalog)).collect()
}

/// One JSON document with everything that was tried:
/// `{"catalog":"44136f…","cases":[{"number":1,"ok":true,…}]}`.
///
/// # Errors
/// A catalog that is refused, or what cannot be written down.
pub fn run() -> Result<String, String> {
    let catalog = catalog()?;
    let json = serde_json::to_vec(&catalog).map_err(|error| error.to_string())?;
    let report = Report {
        catalog: membership_catalog::digest(&json),
        cases: try_all(&catalog),
    };
    serde_json::to_string(&report).map_err(|error| error.to_string())
}
