//! Rows with where they count, found, sorted and paged.

use chrono::NaiveDate;
use membership_domain::assess::Reason;
use membership_domain::evidence::Authority;
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};
use membership_lists::{Counting, Kept, Lists, Page, PersonRow, Query, State, Trace, Why};

fn catalog() -> Catalog {
    membership_catalog::builtin().expect("the built-in catalog")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day")
}

fn evidence() -> Evidence {
    let held = |certificate: &str, day: &str| {
        format!("{{\"certificate\": \"{certificate}\", \"completed_on\": \"{day}\"}}")
    };
    let person = |id: &str, name: &str, linked: bool, held: &[String]| {
        let linked = if linked {
            "\"linked_on\": \"2022-10-01\","
        } else {
            ""
        };
        let held = held.join(",");
        format!("{{\"id\": \"{id}\", \"name\": \"{name}\", {linked} \"certificates\": [{held}]}}")
    };
    let people = [
        person(
            "a",
            "Ada Berg",
            true,
            &[held("az-104", "2023-05-31"), held("az-305", "2023-05-31")],
        ),
        person("b", "ben Cole", false, &[held("az-104", "2023-05-31")]),
        person("c", "Cem Dag", true, &[held("az-104", "2022-01-31")]),
        person("d", "Dov Elm", true, &[]),
    ];
    let months = ["2022-10", "2021-05", "2023-10"];
    let usage = |kind: &str| {
        months.map(|month| {
            format!(
                "{{\"customer\": \"f\", \"tenant\": \"t\", \"workload\": \"virtual-machines\", \
                 \"association\": \"{kind}\", \"month\": \"{month}\", \"revenue_cents\": 200000}}"
            )
        })
    };
    let usage = [usage("pal"), usage("cpor_usage")].concat();
    let text = format!(
        "{{\"people\": [{}], \"customers\": [{{\"id\": \"f\", \"name\": \"Fabrikam\"}}], \
         \"usage\": [{}]}}",
        people.join(","),
        usage.join(",")
    );
    serde_json::from_str(&text).expect("evidence")
}

fn with_lists(check: impl FnOnce(&Lists<'_>)) {
    with_lists_of(&evidence(), check);
}

fn with_lists_of(evidence: &Evidence, check: impl FnOnce(&Lists<'_>)) {
    let catalog = catalog();
    assert_eq!(membership_domain::evidence::check(evidence, &catalog), []);
    let assessment = assess(
        &catalog,
        evidence,
        Basis::Entered,
        day(),
        &Hypothesis::default(),
    );
    let trace = Trace::of(&catalog, &assessment);
    check(&Lists::new(
        &catalog,
        evidence,
        (&trace, &Kept::default()),
        day(),
    ));
}

fn all() -> Query {
    Query {
        limit: 10,
        ..Query::default()
    }
}

fn names(page: &Page<PersonRow>) -> Vec<&str> {
    page.items.iter().map(|row| row.name.as_str()).collect()
}

fn of<'c>(areas: &'c [Counting], area: &str) -> Option<&'c Counting> {
    areas.iter().find(|known| known.area == area)
}

fn infrastructure(areas: &[Counting]) -> &Counting {
    of(areas, "infrastructure").expect("the area")
}

#[test]
fn each_person_counts_or_says_why_not() {
    with_lists(|lists| {
        let page = lists.people(&all());
        assert_eq!(names(&page), ["Ada Berg", "ben Cole", "Cem Dag", "Dov Elm"]);
        let stands = |place: usize| infrastructure(&page.items[place].areas);
        assert!(!stands(0).metrics.is_empty() && stands(0).why.is_none());
        assert_eq!(stands(1).why, Some(Why::Rule(Reason::NotLinked)));
        assert!(matches!(
            stands(2).why,
            Some(Why::Rule(Reason::Expired { .. }))
        ));
        assert_eq!(
            page.items[3].areas,
            [],
            "no rule looks at somebody without certificates"
        );
        assert_eq!((page.items[2].certificates, page.items[2].valid), (1, 0));
    });
}

#[test]
fn a_certificate_that_is_not_taken_names_the_one_that_is() {
    with_lists(|lists| {
        let page = lists.certifications(&all());
        assert_eq!(page.total, 4);
        let of_ada = page.items.iter().filter(|row| row.person == "a");
        let counted: Vec<bool> = of_ada
            .map(|row| !infrastructure(&row.areas).metrics.is_empty())
            .collect();
        assert!(counted.contains(&true));
        let cem = page
            .items
            .iter()
            .find(|row| row.person == "c")
            .expect("his");
        assert_eq!(cem.expires_on, NaiveDate::from_ymd_opt(2023, 1, 31));
    });
}

#[test]
fn usage_counts_in_its_months_and_through_its_connections() {
    with_lists(|lists| {
        let query = Query {
            sort: "month".to_owned(),
            search: "fabrikam machines".to_owned(),
            ..all()
        };
        let page = lists.usage(&query);
        assert_eq!(page.total, 6);
        let why = |month: &str, kind: &str| {
            let mut rows = page.items.iter();
            let row = rows.find(|row| {
                row.usage.month.to_string() == month
                    && format!("{:?}", row.usage.association) == kind
            });
            let area = infrastructure(&row.expect("the row").areas);
            (area.metrics.clone(), area.why.clone())
        };
        assert!(matches!(
            why("2023-10", "CporUsage").1,
            Some(Why::Rule(Reason::Association { .. }))
        ));
        assert_eq!(why("2022-10", "Pal").1, Some(Why::YearBefore));
        assert!(
            matches!(why("2021-05", "Pal").1, Some(Why::OtherMonths { .. })),
            "{:?}",
            why("2021-05", "Pal")
        );
        let customers = lists.customers(&all());
        assert_eq!(customers.items[0].rows, 6);
        assert_eq!(customers.items[0].associations.len(), 2);
    });
}

#[test]
fn rows_are_found_filtered_and_paged() {
    with_lists(|lists| {
        let found = |query: Query| names(&lists.people(&query)).join(", ");
        let search = |search: &str| Query {
            search: search.to_owned(),
            ..all()
        };
        assert_eq!(found(search("BERG ada")), "Ada Berg");
        assert_eq!(found(search("zebra")), "");
        let state = |state| Query {
            state: Some(state),
            ..all()
        };
        assert_eq!(found(state(State::NotLinked)), "ben Cole");
        assert_eq!(found(state(State::Expired)), "Cem Dag");
        assert_eq!(found(state(State::Valid)), "Ada Berg, ben Cole");
        let counts = |counts| Query {
            counts: Some(counts),
            area: Some("infrastructure".to_owned()),
            ..all()
        };
        assert_eq!(found(counts(true)), "Ada Berg");
        assert_eq!(found(counts(false)), "ben Cole, Cem Dag, Dov Elm");

        for descending in [false, true] {
            for sort in ["name", "certificates", "linked_on", "zebra"] {
                let query = Query {
                    sort: sort.to_owned(),
                    descending,
                    ..all()
                };
                let whole = found(query.clone());
                let mut pieces = Vec::new();
                let mut cursor = None;
                loop {
                    let page = lists.people(&Query {
                        limit: 1,
                        cursor,
                        ..query.clone()
                    });
                    assert_eq!(page.total, 4);
                    pieces.extend(page.items.iter().map(|row| row.name.clone()));
                    cursor = page.next;
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(pieces.join(", "), whole);
            }
        }
    });
}

#[test]
fn numbers_stand_by_how_large_they_are_over_all_pages() {
    let mut evidence = evidence();
    let revenues = [900, 1_000, 0, 1_000, 20, 3];
    for (usage, cents) in evidence.usage.iter_mut().zip(revenues) {
        usage.revenue_cents = cents;
    }
    with_lists_of(&evidence, |lists| {
        for (descending, expected) in [
            (false, [0, 3, 20, 900, 1_000, 1_000]),
            (true, [1_000, 1_000, 900, 20, 3, 0]),
        ] {
            let mut query = Query {
                sort: "revenue_cents".to_owned(),
                descending,
                limit: 1,
                ..all()
            };
            let found = expected.map(|_| {
                let page = lists.usage(&query);
                query.cursor = page.next;
                page.items[0].usage.revenue_cents
            });
            assert_eq!(found, expected);
            assert_eq!(query.cursor, None);
        }
    });
}

#[test]
fn what_a_program_asks_for_counts_there() {
    with_lists(|lists| {
        let asked = |metric: Option<&str>, counts| Query {
            area: Some("specialization-kubernetes".to_owned()),
            metric: metric.map(str::to_owned),
            counts,
            ..all()
        };
        let page = lists.people(&asked(None, Some(true)));
        assert_eq!(names(&page), ["Ada Berg"]);
        let there = of(&page.items[0].areas, "specialization-kubernetes").expect("the program");
        assert_eq!(there.metrics, ["people"]);
        let page = lists.people(&asked(Some("people"), Some(false)));
        assert_eq!(
            names(&page),
            ["ben Cole", "Cem Dag"],
            "and nobody without a certificate"
        );
        let page = lists.people(&asked(Some("people"), None));
        assert_eq!(names(&page), ["Ada Berg", "ben Cole", "Cem Dag"]);
        let held = lists.certifications(&asked(Some("people"), None));
        assert_eq!(held.total, 3, "az-305 is none of its certificates");
        assert_eq!(
            lists.usage(&asked(Some("kubernetes-revenue"), None)).total,
            0
        );
    });
}

#[test]
fn a_row_says_of_the_metric_that_is_asked_for_whether_it_counts() {
    with_lists(|lists| {
        let asked = |metric: &str| Query {
            area: Some("infrastructure".to_owned()),
            metric: Some(metric.to_owned()),
            ..all()
        };
        let page = lists.people(&asked("intermediate.administrators"));
        assert_eq!(names(&page), ["Ada Berg", "ben Cole", "Cem Dag"]);
        let stands = |place: usize| infrastructure(&page.items[place].areas);
        assert_eq!(
            stands(0).metrics,
            ["intermediate"],
            "and of no other metric"
        );
        assert_eq!(stands(1).why, Some(Why::Rule(Reason::NotLinked)));
        assert_eq!(lists.people(&asked("intermediate.people")).total, 0);
        let page = lists.customers(&asked("usage-growth"));
        assert_eq!(page.total, 1);
        let fabrikam = infrastructure(&page.items[0].areas);
        assert!(fabrikam.why.is_some() || fabrikam.metrics == ["usage-growth"]);
        assert_eq!(lists.people(&asked("usage-growth")).total, 0);
    });
}

#[test]
fn a_row_that_counts_in_no_decision_yet_says_so() {
    let mut known = evidence();
    for person in &mut known.people {
        person.authority = Authority::Confirmed;
        for held in &mut person.certificates {
            held.authority = match held.certificate.as_str() {
                "az-104" => Authority::Confirmed,
                _ => Authority::Claimed,
            };
        }
    }
    let (catalog, truth) = (catalog(), Hypothesis::default());
    let traced = |basis| {
        let assessment = assess(&catalog, &known, basis, day(), &truth);
        Trace::of(&catalog, &assessment)
    };
    let accepted = catalog.accepted(day());
    let trace = traced(Basis::Entered).decided_by(accepted, traced(Basis::Decision));
    let kept = Kept::default();
    let lists = Lists::new(&catalog, &known, (&trace, &kept), day());
    let said: Vec<(String, bool)> = (lists.certifications(&all()).items.iter())
        .filter(|row| !infrastructure(&row.areas).metrics.is_empty())
        .map(|row| {
            (
                row.certificate.clone(),
                infrastructure(&row.areas).only_entered,
            )
        })
        .collect();
    let expected = [("az-104".to_owned(), false), ("az-305".to_owned(), true)];
    assert_eq!(said, expected);
    // Ada counts in a decision by one of the two.
    let ada = &lists.people(&all()).items[0];
    assert!(!infrastructure(&ada.areas).only_entered);
    assert_eq!(ada.authorities, [Authority::Claimed, Authority::Confirmed]);
    let usage = lists.usage(&all());
    let counts = usage.items.iter().flat_map(|row| &row.areas);
    let mut counts = counts.filter(|area| !area.metrics.is_empty()).peekable();
    assert!(counts.peek().is_some() && { counts }.all(|area| area.only_entered));
    // Each basis has its own rows, as the findings of an assessment on it have.
    let on = |basis, counts| Query {
        area: Some("infrastructure".to_owned()),
        counts: Some(counts),
        basis,
        ..all()
    };
    let totals = |basis, counts| {
        let query = on(basis, counts);
        (
            lists.certifications(&query).total,
            lists.usage(&query).total,
        )
    };
    let (entered, decision) = (Some(Basis::Entered), Some(Basis::Decision));
    assert_eq!(totals(None, true), totals(entered, true));
    assert!(totals(entered, true).0 == 2 && totals(entered, true).1 > 0);
    assert_eq!(totals(decision, true), (1, 0));
    assert!(totals(decision, false).1 > totals(entered, false).1);
    let claimed = |authority| Query {
        authority: Some(authority),
        ..all()
    };
    let total = |authority| lists.certifications(&claimed(authority)).total;
    assert_eq!(total(Authority::Confirmed), 3);
    assert_eq!(
        (total(Authority::Claimed), total(Authority::MadeHere)),
        (1, 0)
    );
}

#[test]
fn who_says_that_somebody_is_linked_or_left_is_told_and_asked_for() {
    let mut known = evidence();
    let ada = &mut known.people[0];
    ada.authority = Authority::Confirmed;
    ada.certificates.clear();
    with_lists_of(&known, |lists| {
        let by = |authority| Query {
            authority: Some(authority),
            ..all()
        };
        assert_eq!(lists.people(&by(Authority::Confirmed)).total, 1);
        assert_eq!(lists.people(&by(Authority::Claimed)).total, 3);
        let ada = &lists.people(&all()).items[0];
        assert_eq!(
            (ada.authority, &*ada.authorities),
            (Authority::Confirmed, &[Authority::Confirmed][..])
        );
    });
    known.people[0].claimed_left_on = Some(day());
    with_lists_of(&known, |lists| {
        let left = Query {
            state: Some(State::Left),
            ..all()
        };
        let left = lists.people(&left);
        assert_eq!((left.total, left.items[0].left_on), (1, None));
        assert_eq!(left.items[0].claimed_left_on, Some(day()));
        let said = [Authority::Claimed, Authority::Confirmed];
        assert_eq!(left.items[0].authorities, said);
    });
}
