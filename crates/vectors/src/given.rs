//! Assessments of evidence that Node hands over as JSON: for comparisons with other engines
//! (benches/compare).
#![expect(
    unsafe_code,
    reason = "`no_mangle` is an unsafe attribute; no unsafe code is run"
)]

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};

use crate::catalog;
use crate::wasm::repeat;

/// What was handed over, and what is said about it.
#[derive(Default)]
struct Given {
    text: Vec<u8>,
    evidence: Evidence,
    answer: String,
}

static GIVEN: LazyLock<Mutex<Given>> = LazyLock::new(Mutex::default);
static WHOLE: LazyLock<Catalog> = LazyLock::new(|| catalog().unwrap_or_default());
/// The catalog with one score and no program.
static ALONE: LazyLock<Catalog> = LazyLock::new(|| {
    let mut one = WHOLE.clone();
    one.scores.retain(|score| score.id == "modern-work");
    one.programs.clear();
    one
});

fn given() -> MutexGuard<'static, Given> {
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 20231115 as a day.
fn date(number: u32) -> NaiveDate {
    let year = i32::try_from(number / 10_000).unwrap_or(0);
    NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100).unwrap_or_default()
}

/// Makes room for evidence of so many bytes, and tells where to write it.
#[unsafe(no_mangle)]
pub extern "C" fn given_room(length: usize) -> *mut u8 {
    let mut given = given();
    given.text = vec![0; length];
    given.text.as_mut_ptr()
}

/// Reads what was written there; false where it is not evidence.
#[unsafe(no_mangle)]
pub extern "C" fn given_read() -> bool {
    let mut given = given();
    let Ok(evidence) = serde_json::from_slice(&given.text) else {
        return false;
    };
    given.evidence = evidence;
    true
}

/// Assesses it `times` times, and gives the points of all scores together; `alone`: of Modern Work
/// and nothing else.
#[unsafe(no_mangle)]
pub extern "C" fn given_bench(times: u32, day: u32, alone: bool) -> f64 {
    let given = given();
    let catalog: &Catalog = if alone { &ALONE } else { &WHOLE };
    repeat(times, || {
        assess(
            catalog,
            &given.evidence,
            Basis::Entered,
            date(day),
            &Hypothesis::default(),
        )
    })
}

/// Assesses it with the whole catalog, and gives the answer's length in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn given_answer(day: u32) -> usize {
    let mut given = given();
    let all = assess(
        &WHOLE,
        &given.evidence,
        Basis::Entered,
        date(day),
        &Hypothesis::default(),
    );
    given.answer = serde_json::to_string(&all).unwrap_or_default();
    given.answer.len()
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn given_start() -> *const u8 {
    given().answer.as_ptr()
}
