//! What Node and the browser call: plain numbers and memory, no glue.
//!
//! The names must not be mangled, or nobody outside could find them; that is all that is unsafe
//! here.
#![expect(
    unsafe_code,
    reason = "`no_mangle` is an unsafe attribute; no unsafe code is run"
)]

use std::sync::OnceLock;

use membership_domain::assess::Engine;
use membership_domain::{Assessment, Basis, Catalog, Evidence, Hypothesis, assess};
use membership_samples as samples;

use crate::{catalog, run};

static REPORT: OnceLock<String> = OnceLock::new();
static LARGE: OnceLock<(Catalog, Evidence)> = OnceLock::new();

fn report() -> &'static str {
    REPORT.get_or_init(|| run().unwrap_or_else(|faults| faults))
}

/// Where the report stands in memory, as UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn report_start() -> *const u8 {
    report().as_ptr()
}

/// How many bytes the report has.
#[unsafe(no_mangle)]
pub extern "C" fn report_length() -> usize {
    report().len()
}

/// Assesses the large organization `times` times, and gives the points of all scores together,
/// rounded down: the same number every time.
#[unsafe(no_mangle)]
pub extern "C" fn bench(times: u32) -> f64 {
    let (catalog, evidence) = large();
    repeat(times, || {
        assess(
            catalog,
            evidence,
            Basis::Entered,
            samples::DAY,
            &Hypothesis::default(),
        )
    })
}

/// The same with evidence that was put in order before, and three more people: a preview.
#[unsafe(no_mangle)]
pub extern "C" fn bench_preview(times: u32) -> f64 {
    let (catalog, evidence) = large();
    let engine = Engine::new(catalog, evidence, Basis::Entered);
    let mut supposed = Hypothesis::default();
    supposed.people.insert("dp-203".to_owned(), 3);
    repeat(times, || engine.assess(samples::DAY, &supposed))
}

/// Assesses the largest organization, once it is in order, `times` times: as it is, or with three
/// more people, as a preview does.
#[unsafe(no_mangle)]
pub extern "C" fn bench_largest(times: u32, preview: bool) -> f64 {
    static LARGEST: OnceLock<Evidence> = OnceLock::new();
    static ENGINE: OnceLock<Engine<&Catalog, &Evidence>> = OnceLock::new();
    let catalog = &large().0;
    let evidence = LARGEST.get_or_init(|| samples::organization(samples::LARGEST));
    let engine = ENGINE.get_or_init(|| Engine::new(catalog, evidence, Basis::Entered));
    let mut supposed = Hypothesis::default();
    if preview {
        supposed.people.insert("dp-203".to_owned(), 3);
    }
    repeat(times, || engine.assess(samples::DAY, &supposed))
}

/// Puts the largest organization in order and assesses it once, as a page does when it opens.
#[unsafe(no_mangle)]
pub extern "C" fn bench_opening(times: u32) -> f64 {
    let evidence = samples::organization(samples::LARGEST);
    repeat(times, || {
        assess(
            &large().0,
            &evidence,
            Basis::Entered,
            samples::DAY,
            &Hypothesis::default(),
        )
    })
}

fn large() -> &'static (Catalog, Evidence) {
    LARGE.get_or_init(|| {
        (
            catalog().unwrap_or_default(),
            samples::organization(samples::USUAL),
        )
    })
}

pub(crate) fn repeat(times: u32, assess: impl Fn() -> Assessment) -> f64 {
    let mut points = 0.0;
    for _ in 0..times {
        let scores = assess().scores;
        points = scores.iter().map(|score| score.total.approximately()).sum();
    }
    points.floor()
}
