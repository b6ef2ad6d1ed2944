//! What one row says of what is known, and of what other rows of the file say.

use membership_catalog::builtin;
use membership_domain::Evidence;
use membership_domain::evidence::{FaultCode, check};
use membership_import::{FileFault, LineOutcome, Plan, Reason, Rows, Settings, read};

fn read_over(text: &str, known: &Evidence) -> Result<Plan, FileFault> {
    read_with(text, Settings::default(), known)
}

fn read_with(text: &str, settings: Settings, known: &Evidence) -> Result<Plan, FileFault> {
    let catalog = builtin().expect("a catalog without faults");
    let plan = read(
        text.as_bytes(),
        "export.csv",
        settings,
        &catalog,
        known,
        &|_, _| true,
    )?;
    assert_eq!(check(&plan.evidence, &catalog), [], "{text}");
    Ok(plan)
}

fn over(text: &str, known: &Evidence) -> Plan {
    read_over(text, known).expect("a file that can be read")
}

fn first(text: &str) -> Plan {
    over(text, &Evidence::default())
}

fn outcomes(plan: &Plan) -> Vec<LineOutcome> {
    plan.lines.iter().map(|line| line.outcome).collect()
}

fn refused(plan: &Plan) -> Vec<(u64, &str, &Reason)> {
    let told = plan.problems.iter();
    told.map(|one| {
        let column = one.column.as_deref().unwrap_or_default();
        (one.line, column, &one.reason)
    })
    .collect()
}

/// What a line changes, as `field before after`.
fn changes(plan: &Plan, at: usize) -> Vec<String> {
    let all = plan.lines[at].changes.iter();
    all.map(|one| format!("{} {} {}", one.field, one.before, one.after))
        .collect()
}

const USAGE: &str = "Customer,Workload,Association,Month,Revenue,Users,Seats,Active\n";
const ROW: &str = "Fabrikam,Teams,CPOR,2023-09";

fn amounts(plan: &Plan) -> (i64, u64, u64, u64) {
    let row = &plan.evidence.usage[0];
    (row.revenue_cents, row.users, row.seats, row.active)
}

#[test]
fn amounts_that_a_file_does_not_give_stay() {
    let known = first(&format!("{USAGE}{ROW},12.50,40,100,60\n")).evidence;
    let only = |column: &str, value: &str| {
        let header = "Customer,Workload,Association,Month";
        over(&format!("{header},{column}\n{ROW},{value}\n"), &known)
    };
    for (plan, after, changed) in [
        (only("Users", "45"), (1250, 45, 100, 60), "users 40 45"),
        (only("Active", "70"), (1250, 40, 100, 70), "active 60 70"),
        (only("Seats", "80"), (1250, 40, 80, 60), "seats 100 80"),
        (
            over(&format!("{USAGE}{ROW},13,,,\n"), &known),
            (1300, 40, 100, 60),
            "revenue_cents 1250 1300",
        ),
        (
            over(&format!("{USAGE}{ROW},0,,,\n"), &known),
            (0, 40, 100, 60),
            "revenue_cents 1250 0",
        ),
    ] {
        assert_eq!(outcomes(&plan), [LineOutcome::Changed]);
        assert_eq!(
            (amounts(&plan), changes(&plan, 0)),
            (after, vec![changed.to_owned()])
        );
    }
    assert_eq!(outcomes(&only("Users", "")), [LineOutcome::Unchanged]);
    let code = FaultCode::MoreActiveThanPaid;
    for (column, value) in [("Seats", "59"), ("Active", "101")] {
        let plan = only(column, value);
        assert_eq!(refused(&plan), [(2, column, &Reason::Invalid { code })]);
        assert_eq!(plan.evidence, known);
    }
}

#[test]
fn lines_about_one_month_add_up_in_any_order() {
    let text = format!("{USAGE}{ROW},,,,60\n{ROW},,,100,\n{ROW},12,,100,\n{ROW},,,100,\n");
    let plan = first(&text);
    assert_eq!(plan.problems, []);
    assert_eq!(amounts(&plan), (1200, 0, 100, 60));
    assert_eq!(plan.lines[3].outcome, LineOutcome::Repeated { line: 3 });
    let again = over(&text, &plan.evidence);
    assert!(!again.changes_something());
    let against = format!("{USAGE}{ROW},12,,100,\n{ROW},,7,,\n{ROW},,8,,\n{ROW},,,90,\n");
    let [seven, hundred] = [3, 2].map(|line| Reason::Contradicts { line });
    assert_eq!(
        refused(&first(&against)),
        [(4, "Month", &seven), (5, "Month", &hundred)]
    );
}

#[test]
fn a_line_that_is_there_twice_is_a_repetition() {
    for text in [
        format!("{USAGE}{ROW},12.50,40,100,60\n{ROW},12.50,40,100,60\n"),
        "Certificate,Name,Email,CompletedOn\n\
         AZ-104,Ada,a@contoso.example,2023-05-31\n\
         AZ-104,Ada,a@contoso.example,2023-05-31\n"
            .to_owned(),
        "{\"offers\": [\n{\"name\": \"A\", \"published_on\": \"2023-05-31\", \"transactable\": true},\n\
         {\"name\": \"A\", \"published_on\": \"2023-05-31\", \"transactable\": true}]}"
            .to_owned(),
    ] {
        let plan = first(&text);
        let repeated = LineOutcome::Repeated { line: 2 };
        assert_eq!(outcomes(&plan), [LineOutcome::Added, repeated], "{text}");
        assert_eq!((plan.counts().left, plan.counts().unchanged), (1, 0));
        let again = over(&text, &plan.evidence);
        assert_eq!(outcomes(&again), [LineOutcome::Unchanged, repeated], "{text}");
    }
}

#[test]
fn revenue_is_in_dollars_and_counts_have_no_unit() {
    let text = format!(
        "{USAGE}{ROW},$12.50,,,\n\
         Tailspin,Teams,CPOR,2023-09,12.50 EUR,,,\n\
         Tailspin,Teams,CPOR,2023-09,€12,,,\n\
         Tailspin,Teams,CPOR,2023-09,12%,,,\n\
         Tailspin,Teams,CPOR,2023-09,,40%,,\n\
         Tailspin,Teams,CPOR,2023-09,,12 34,,\n"
    );
    let plan = first(&text);
    assert_eq!(amounts(&plan).0, 1250);
    assert_eq!(
        refused(&plan),
        [
            (3, "Revenue", &Reason::NotDollars),
            (4, "Revenue", &Reason::NotDollars),
            (5, "Revenue", &Reason::NotANumber),
            (6, "Users", &Reason::NotANumber),
            (7, "Users", &Reason::NotANumber),
        ]
    );
}

const HEADER: &str = "MCPID,IcMCP,Certificate,Name,Email,CompletedOn,ExpiresOn,ActivationStatus\n";

fn certificates(rows: &[&str]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

#[test]
fn an_end_that_a_file_does_not_give_stays() {
    let row =
        |days: &str| certificates(&[&format!("7,,AZ-104,Ada,a@contoso.example,{days},Active")]);
    let mut known = first(&row("2023-05-02,2024-05-02")).evidence;
    known.people[0].certificates[0].known_on = "2023-06-01".parse().ok();
    let same = over(&row("2023-05-02,"), &known);
    assert_eq!(
        (outcomes(&same), &same.evidence),
        (vec![LineOutcome::Unchanged], &known)
    );

    let longer = over(&row("2023-05-02,2025-05-02"), &known);
    assert_eq!(changes(&longer, 0), ["expires_on 2024-05-02 2025-05-02"]);
    let held = &longer.evidence.people[0].certificates[0];
    assert_eq!(held.known_on, known.people[0].certificates[0].known_on);

    // Another completion has another end, which the catalog knows.
    let renewed = over(&row("2024-03-02,"), &known);
    let held = &renewed.evidence.people[0].certificates[0];
    assert_eq!((held.expires_on, held.known_on), (None, None));

    let both = [
        "7,,AZ-104,Ada,,2023-05-02,,",
        "7,,AZ-104,Ada,,2023-05-02,2024-05-02,",
    ];
    let plan = first(&certificates(&both));
    assert_eq!(outcomes(&plan), [LineOutcome::Added, LineOutcome::Changed]);
    let third = [both[0], both[1], "7,,AZ-104,Ada,,2023-05-02,2024-06-02,"];
    let reason = Reason::Contradicts { line: 3 };
    assert_eq!(
        refused(&first(&certificates(&third))),
        [(4, "ExpiresOn", &reason)]
    );
}

#[test]
fn a_certificate_that_does_not_hold_is_left_out() {
    for status in [
        "Inactive",
        "EXPIRED",
        "revoked",
        "Canceled",
        "cancelled",
        "Not Activated",
    ] {
        let plan = first(&certificates(&[&format!(
            "7,,AZ-104,Ada,,2023-05-02,,{status}"
        )]));
        assert_eq!(outcomes(&plan), [LineOutcome::NotActive], "{status}");
        assert_eq!(plan.counts().left, 1);
        assert!(plan.evidence.people.is_empty());
    }
    for status in ["Active", "", "Activated", "whatever"] {
        let plan = first(&certificates(&[&format!(
            "7,,AZ-104,Ada,,2023-05-02,,{status}"
        )]));
        assert_eq!(outcomes(&plan), [LineOutcome::Added], "{status}");
    }
}

#[test]
fn that_somebody_is_certified_is_no_id() {
    let rows = [
        "7,1,AZ-104,Ada,,2023-05-02,,",
        "8,1,AZ-104,Ben,,2023-05-02,,",
    ];
    assert_eq!(first(&certificates(&rows)).evidence.people.len(), 2);
    let text = "IcMCP,Certificate,Name,CompletedOn\n1,AZ-104,Ada,2023-05-02\n";
    let fault = read_over(text, &Evidence::default());
    assert!(matches!(fault, Err(FileFault::UnknownColumns { .. })));
}

#[test]
fn who_was_found_by_address_keeps_the_id_for_the_rest_of_the_file() {
    let ada = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,a@contoso.example,2023-05-02\n";
    let known = first(ada).evidence;
    let rows = [
        "7,,AZ-305,Ada,a@contoso.example,2023-05-02,,",
        "7,,DP-203,Ada,,2023-05-02,,",
        "7,,MS-102,Ada,ada@contoso.example,2023-05-02,,",
        ",,PL-300,Ada,ada@contoso.example,2023-05-02,,",
    ];
    let plan = over(&certificates(&rows), &known);
    assert_eq!((refused(&plan), plan.evidence.people.len()), (vec![], 1));
    assert_eq!(plan.evidence.people[0].certificates.len(), 5);
}

#[test]
fn an_address_of_somebody_else_is_refused_whatever_the_id() {
    let known = first(&certificates(&[
        "7,,AZ-104,Ada,a@contoso.example,2023-05-02,,",
        "8,,AZ-104,Ben,b@contoso.example,2023-05-02,,",
        "9,,AZ-104,Cem,,2023-05-02,,",
    ]))
    .evidence;
    let ben = "Ben".to_owned();
    let ada = "Ada".to_owned();
    let cem = "Cem".to_owned();
    for (row, column, name) in [
        ("7,,AZ-305,Ada,B@contoso.example,2023-05-02,,", "Email", ben),
        ("7,,AZ-305,Eve,,2023-05-02,,", "MCPID", ada),
        ("9,,AZ-305,Eve,e@contoso.example,2023-05-02,,", "MCPID", cem),
    ] {
        let plan = over(&certificates(&[row]), &known);
        let reason = Reason::OtherPerson { name };
        assert_eq!(refused(&plan), [(2, column, &reason)], "{row}");
        assert_eq!(plan.evidence, known);
    }
}

#[test]
fn what_spreadsheets_leave_at_the_ends_of_rows_is_no_fault() {
    let text = "Certificate,Name,Email (personal),CompletedOn,ExpiresOn,,,Notes,Notes\r\
        AZ-104,Ada,a@contoso.example,2023-05-02\r\
        AZ-305,Ada,a@contoso.example,2023-05-02,,x,y,,,,,,\r\
        AZ-305,Ada,a@contoso.example\r\
        AZ-305,Ada,a@contoso.example,2023-05-02,,,,,,surplus\r";
    let plan = first(text);
    assert_eq!(outcomes(&plan), [LineOutcome::Added, LineOutcome::Added]);
    let cells = Reason::Cells { have: 10, need: 9 };
    assert_eq!(
        refused(&plan),
        [(4, "CompletedOn", &Reason::Missing), (5, "", &cells)]
    );
    let twice = "Certificate,Name,Email,CompletedOn,Completed On\n";
    let name = "CompletedOn".to_owned();
    let fault = read_over(twice, &Evidence::default()).map(|_| ());
    assert_eq!(fault, Err(FileFault::DoubleColumn { name }));
}

#[test]
fn what_has_not_happened_yet_is_refused_by_hand_too() {
    let settings = Settings {
        today: Some("2023-11-15".parse().expect("a day")),
        ..Settings::default()
    };
    let with = |text: &str, settings, known: &Evidence| {
        read_with(text, settings, known).expect("a file that can be read")
    };
    let held = |day: &str| {
        format!(
            r#"[{{"certificate": "az-104", "completed_on": "2023-01-01", "known_on": "{day}"}}]"#
        )
    };
    let rows = |day: &str| {
        [
            (
                "people",
                format!(r#"{{"id": "a", "name": "Ada", "linked_on": "{day}"}}"#),
                "/linked_on",
            ),
            (
                "people",
                format!(
                    r#"{{"id": "a", "name": "Ada", "certificates": {}}}"#,
                    held(day)
                ),
                "/certificates/0/known_on",
            ),
            (
                "customers",
                format!(
                    r#"{{"id": "f", "name": "Fabrikam", "associations": [{{"kind": "pal", "since": "{day}"}}]}}"#
                ),
                "/associations/0/since",
            ),
            (
                "memberships",
                format!(r#"{{"program": "action-pack", "started_on": "{day}"}}"#),
                "/started_on",
            ),
            (
                "references",
                format!(
                    r#"{{"program": "azure-expert-msp", "customer": "Fabrikam", "submitted_on": "{day}"}}"#
                ),
                "/submitted_on",
            ),
        ]
    };
    for rows_are in [None, Some(Rows::Add)] {
        let settings = Settings {
            rows: rows_are,
            ..settings
        };
        for (part, row, field) in rows("2031-01-01") {
            let plan = with(
                &format!("{{\"{part}\": [{row}]}}"),
                settings,
                &Evidence::default(),
            );
            let told: Vec<(&Reason, Option<&str>)> = (plan.problems.iter())
                .map(|one| (&one.reason, one.column.as_deref()))
                .collect();
            let place = format!("/{part}/0{field}");
            assert_eq!(
                told,
                [(&Reason::InTheFuture, Some(place.as_str()))],
                "{row}"
            );
        }
        for (part, row, _) in rows("2023-11-15") {
            let plan = with(
                &format!("{{\"{part}\": [{row}]}}"),
                settings,
                &Evidence::default(),
            );
            assert_eq!(plan.problems, [], "{row}");
        }
    }
    // What was known before stays, and so does that somebody will leave.
    let text = r#"{"people": [{"id": "a", "name": "Ada", "linked_on": "2031-01-01"}]}"#;
    let known = with(text, Settings::default(), &Evidence::default()).evidence;
    assert_eq!(with(text, settings, &known).problems, []);
    let leaves = text.replace("linked_on", "left_on");
    assert_eq!(with(&leaves, settings, &Evidence::default()).problems, []);
}

/// A reading ends where it is told to, in tables and in documents.
#[test]
fn a_reading_that_is_told_to_stop_stops() {
    let catalog = builtin().expect("the built-in catalog");
    let table = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,ada@contoso.example,2023-05-31\n";
    let document = r#"{"people": [{"id": "a", "name": "Ada"}]}"#;
    for text in [table, document] {
        let read = |go_on: bool| {
            let (settings, known) = (Settings::default(), Evidence::default());
            read(text.as_bytes(), "e", settings, &catalog, &known, &|_, _| {
                go_on
            })
        };
        assert!(read(true).is_ok());
        assert_eq!(read(false), Err(FileFault::Stopped));
    }
}
