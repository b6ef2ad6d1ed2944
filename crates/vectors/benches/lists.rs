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
    let largest = Query {
        sort: "revenue_cents".to_owned(),
        descending: true,
        ..first.clone()
    };
    let all = Kept::default();
    for (name, query) in [
        ("first page", &first),
        ("by revenue", &largest),
        ("page in the middle", &far),
        ("searched", &words),
        ("not counting in an area", &counting),
    ] {
        for (when, kept) in [("the first of all", None), ("the same again", Some(&all))] {
            // What is kept is empty for whoever is the first.
            let with = |page: &dyn Fn(&Lists<'_>)| {
                let own = Kept::default();
                let shared = (&trace, kept.unwrap_or(&own));
                page(&Lists::new(&catalog, &evidence, shared, samples::DAY));
            };
            let mut bench = |list: &str, page: &dyn Fn(&Lists<'_>)| {
                let name = format!("{list}, {name}, {when}");
                criterion.bench_function(&name, |bencher| bencher.iter(|| with(page)));
            };
            bench("people", &|lists| drop(black_box(lists.people(query))));
            bench("certifications", &|lists| {
                drop(black_box(lists.certifications(query)))
            });
            bench("customers", &|lists| {
                drop(black_box(lists.customers(query)))
            });
            bench("usage", &|lists| drop(black_box(lists.usage(query))));
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = pages
}
criterion_main!(benches);
