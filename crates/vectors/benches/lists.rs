//! How long a page of a list takes where there are 50,000 certificates and 144,000 rows of usage.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use membership_domain::{Basis, Hypothesis, assess};
use membership_lists::{Kept, Lists, Query, Trace};
use membership_samples as samples;
use membership_vectors::catalog;

fn pages(criterion: &mut Criterion) {
    let catalog = catalog().expect("a catalog without faults");
    let evidence = samples::organization(samples::LARGEST);
    let assessment = assess(
        &catalog,
        &evidence,
        Basis::Entered,
        samples::DAY,
        &Hypothesis::default(),
    );
    criterion.bench_function("where everything counts, once", |bencher| {
        bencher.iter(|| Trace::of(&catalog, black_box(&assessment)));
    });
    let trace = Trace::of(&catalog, &assessment);
    let kept = Kept::default();
    let lists = Lists::new(&catalog, &evidence, (&trace, &kept), samples::DAY);
    let first = Query {
        limit: 50,
        ..Query::default()
    };
    let words = Query {
        search: "person 77".to_owned(),
        ..first.clone()
    };
    let counting = Query {
        counts: Some(false),
        area: Some("infrastructure".to_owned()),
        ..first.clone()
    };
    let far = Query {
        cursor: Some("person 7".to_owned()),
        ..first.clone()
    };
    for column in ["revenue_cents", "month"] {
        let largest = Query {
            sort: column.to_owned(),
            descending: true,
            ..first.clone()
        };
        criterion.bench_function(&format!("usage, by {column}"), |bencher| {
            bencher.iter(|| lists.usage(black_box(&largest)));
        });
    }
    for (name, query) in [
        ("first page", &first),
        ("page in the middle", &far),
        ("searched", &words),
        ("not counting in an area", &counting),
    ] {
        criterion.bench_function(&format!("people, {name}"), |bencher| {
            bencher.iter(|| lists.people(black_box(query)));
        });
        criterion.bench_function(&format!("certifications, {name}"), |bencher| {
            bencher.iter(|| lists.certifications(black_box(query)));
        });
        criterion.bench_function(&format!("customers, {name}"), |bencher| {
            bencher.iter(|| lists.customers(black_box(query)));
        });
        criterion.bench_function(&format!("usage, {name}"), |bencher| {
            bencher.iter(|| lists.usage(black_box(query)));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = pages
}
criterion_main!(benches);
