//! How long the assessment of a large organization takes, natively.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use membership_domain::assess::Engine;
use membership_domain::{Basis, Hypothesis, assess};
use membership_samples as samples;
use membership_vectors::catalog;

fn full(criterion: &mut Criterion) {
    let catalog = catalog().expect("a catalog without faults");
    let evidence = samples::organization(samples::USUAL);
    let truth = Hypothesis::default();
    criterion.bench_function("full assessment, 500 people", |bencher| {
        bencher.iter(|| {
            assess(
                black_box(&catalog),
                black_box(&evidence),
                Basis::Entered,
                samples::DAY,
                &truth,
            )
        });
    });
    let mut supposed = Hypothesis::default();
    supposed.people.insert("dp-203".to_owned(), 3);
    let engine = Engine::new(&catalog, &evidence, Basis::Entered);
    criterion.bench_function("in a preview with three more people", |bencher| {
        bencher.iter(|| black_box(&engine).assess(samples::DAY, &supposed));
    });
    let largest = samples::organization(samples::LARGEST);
    criterion.bench_function("full assessment, 10,000 people", |bencher| {
        let engine = Engine::new(&catalog, &largest, Basis::Entered);
        bencher.iter(|| black_box(&engine).assess(samples::DAY, &truth));
    });
    criterion.bench_function("the same with three more people", |bencher| {
        let engine = Engine::new(&catalog, &largest, Basis::Entered);
        bencher.iter(|| black_box(&engine).assess(samples::DAY, &supposed));
    });
    criterion.bench_function("the same, put in order first", |bencher| {
        bencher.iter(|| {
            assess(
                &catalog,
                black_box(&largest),
                Basis::Entered,
                samples::DAY,
                &truth,
            )
        });
    });
}

criterion_group!(benches, full);
criterion_main!(benches);
