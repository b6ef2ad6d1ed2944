//! Exports as partners really have them, and as they are broken.

use membership_catalog::builtin;
use membership_domain::evidence::{FaultCode, check};
use membership_domain::{Catalog, Evidence};
use membership_import::{
    DateOrder, DecimalMark, FileFault, Kind, LineOutcome, Plan, Problem, Question, Reason,
    Settings, read,
};

fn catalog() -> Catalog {
    builtin().expect("a catalog without faults")
}

fn imported(text: &str, settings: Settings, evidence: &Evidence) -> Plan {
    let catalog = catalog();
    let plan = read(
        text.as_bytes(),
        "export.csv",
        settings,
        &catalog,
        evidence,
        &|_, _| true,
    )
    .expect("a file that can be read");
    assert_eq!(
        check(&plan.evidence, &catalog),
        [],
        "what comes out can be used"
    );
    plan
}

fn first(text: &str) -> Plan {
    imported(text, Settings::default(), &Evidence::default())
}

fn refused(text: &str) -> Vec<(u64, Option<String>, Reason)> {
    let problem = |problem: Problem| (problem.line, problem.column, problem.reason);
    first(text).problems.into_iter().map(problem).collect()
}

const HEADER: &str = "PGAMpnId,TrainingActivityId,TrainingTitle,TrainingType,IndividualFirstName,\
    IndividualLastName,Email,CorpEmail,TrainingCompletionDate,ExpirationDate,ActivationStatus,\
    Month,IcMCP,MCPID,MpnId,PartnerName,PartnerCityLocation,PartnerCountryLocation\n";

fn row(activity: &str, title: &str, kind: &str, who: &str, mail: &str, days: &str) -> String {
    format!(
        "4100001,{activity},{title},{kind},{who},,{mail},{days},Active,2023-10,,,1,Contoso,,DE\n"
    )
}

#[test]
fn a_certification_export_becomes_people() {
    let text = [
        HEADER.to_owned(),
        row(
            "AZ-104",
            "Azure Administrator",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-05-02,2024-05-02",
        ),
        row(
            "",
            "Microsoft Certified: DevOps Engineer Expert",
            "Certification",
            "Ada,Berg",
            "Ada@Contoso.example",
            "2023-06-02,",
        ),
        row(
            "",
            "Exam AZ-400: Designing DevOps",
            "Exam",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-06-02,",
        ),
        row(
            "",
            "AZ-305: Designing Infrastructure",
            "Certification",
            "Ben,Cole",
            "ben@contoso.example",
            "2023-03-01,2024-03-01",
        ),
    ]
    .concat();
    let plan = first(&text);
    assert_eq!(
        (plan.kind, &plan.problems[..]),
        (Kind::Certificates, &[][..])
    );
    let outcomes: Vec<LineOutcome> = plan.lines.iter().map(|line| line.outcome).collect();
    use LineOutcome::{Added, NoCertificate};
    assert_eq!(outcomes, [Added, Added, NoCertificate, Added]);
    let people = &plan.evidence.people;
    assert_eq!(people.len(), 2);
    assert_eq!(people[0].email.as_deref(), Some("ada@contoso.example"));
    let held: Vec<&str> = people[0]
        .certificates
        .iter()
        .map(|held| held.certificate.as_str())
        .collect();
    assert_eq!(held, ["az-104", "az-400"]);
    assert_eq!(
        people[0].linked_on,
        Some("2023-05-02".parse().expect("a day"))
    );
    assert_eq!(
        people[1].certificates[0].source.as_deref(),
        Some("export.csv")
    );

    // The same file again changes nothing; a renewal changes one line.
    let again = imported(&text, Settings::default(), &plan.evidence);
    assert!(!again.changes_something());
    assert_eq!(again.evidence, plan.evidence);
    let renewed = text.replace("2023-05-02,2024-05-02", "2023-11-02,2025-05-02");
    let renewed = imported(&renewed, Settings::default(), &plan.evidence);
    assert_eq!((renewed.counts().changed, renewed.counts().added), (1, 0));
    let older = imported(&text, Settings::default(), &renewed.evidence);
    assert_eq!(older.lines[0].outcome, LineOutcome::Older);
}

#[test]
fn each_bad_line_is_named_and_the_others_are_kept() {
    let text = [
        HEADER.to_owned(),
        row(
            "AZ-104",
            "Azure Administrator",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-05-02,",
        ),
        row(
            "",
            "Basket Weaving",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-05-02,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-02-30,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            ",",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "ada@contoso.example",
            "2023-05-02,2022-05-02",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Eve,Other",
            "ada@contoso.example",
            "2023-05-02,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "=cmd|' /C calc'!A0,Berg",
            "b@contoso.example",
            "2023-05-02,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "",
            "2023-05-02,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "c@contoso.example",
            "1823-05-02,",
        ),
        row(
            "AZ-305",
            "x",
            "Certification",
            "Ada,Berg",
            "ada at contoso",
            "2023-05-02,",
        ),
        "too,short\n".to_owned(),
        format!("too{},long\n", ",".repeat(17)),
    ]
    .concat();
    let at = |line, column: &str, reason| (line, Some(column.to_owned()), reason);
    let invalid = |code| Reason::Invalid { code };
    let other = Reason::OtherPerson {
        name: "Ada Berg".to_owned(),
    };
    assert_eq!(
        refused(&text),
        [
            at(3, "TrainingTitle", Reason::UnknownCertificate),
            at(4, "TrainingCompletionDate", Reason::NotADay),
            at(5, "TrainingCompletionDate", Reason::Missing),
            at(6, "ExpirationDate", invalid(FaultCode::EndsBeforeStart)),
            at(7, "CorpEmail", other),
            at(8, "IndividualFirstName", invalid(FaultCode::Formula)),
            at(9, "CorpEmail", Reason::Missing),
            at(
                10,
                "TrainingCompletionDate",
                invalid(FaultCode::ImpossibleDay)
            ),
            at(11, "CorpEmail", invalid(FaultCode::NotAnAddress)),
            at(12, "TrainingTitle", Reason::Missing),
            (13, None, Reason::Cells { have: 19, need: 18 }),
        ]
    );
    assert_eq!(first(&text).counts().added, 1);
}

const USAGE: &str = "Customer;Tenant;Workload;Association;Month;Revenue;Users;Seats;Active\n";

#[test]
fn a_usage_export_becomes_customers() {
    let text = format!(
        "{USAGE}Fabrikam;f-1;Storage;PAL;2023-09;1.234,505;;;\n\
         Fabrikam;f-1;Storage;PAL;2023-10;99,00;;;\n\
         Tailspin;;Teams;CPOR;10/2023;;40;100;60\n"
    );
    let plan = first(&text);
    assert_eq!((plan.kind, &plan.problems[..]), (Kind::Usage, &[][..]));
    let usage = &plan.evidence.usage;
    assert_eq!(
        (usage[0].revenue_cents, usage[1].revenue_cents),
        (123_451, 9900)
    );
    assert_eq!(
        (usage[2].users, usage[2].seats, usage[2].active),
        (40, 100, 60)
    );
    let fabrikam = &plan.evidence.customers[0];
    assert_eq!(
        (fabrikam.id.as_str(), fabrikam.associations.len()),
        ("Fabrikam", 1)
    );
    assert_eq!(
        fabrikam.associations[0].since,
        "2023-09-01".parse().expect("a day")
    );

    let again = imported(&text, Settings::default(), &plan.evidence);
    assert!(!again.changes_something());
    let corrected = text.replace("99,00", "98,00");
    let corrected = imported(&corrected, Settings::default(), &plan.evidence);
    assert_eq!(corrected.counts().changed, 1);
    assert_eq!(corrected.evidence.usage[1].revenue_cents, 9800);
}

#[test]
fn bad_usage_is_named() {
    let text = format!(
        "{USAGE}Fabrikam;;Storage;PAL;2023-09;10,5;;;\n\
         Fabrikam;;Storage;PAL;2023-09;11,5;;;\n\
         Fabrikam;;Zebra;PAL;2023-09;1;;;\n\
         Fabrikam;;Storage;friend;2023-09;1;;;\n\
         Fabrikam;;Storage;PAL;Q3;1;;;\n\
         Fabrikam;;Teams;CPOR;2023-09;;1,5;;\n\
         Fabrikam;;Teams;CPOR;2023-09;;;-4;\n\
         Fabrikam;;Teams;CPOR;2023-09;;;4;5\n\
         ;;Teams;CPOR;2023-09;;1;;\n"
    );
    let at = |line, column: &str, reason| (line, Some(column.to_owned()), reason);
    let invalid = |code| Reason::Invalid { code };
    assert_eq!(
        refused(&text),
        [
            at(3, "Month", Reason::Contradicts { line: 2 }),
            at(4, "Workload", Reason::UnknownWorkload),
            at(5, "Association", Reason::UnknownAssociation),
            at(6, "Month", Reason::NotAMonth),
            at(7, "Users", Reason::NotWhole),
            at(8, "Seats", invalid(FaultCode::Negative)),
            at(9, "Active", invalid(FaultCode::MoreActiveThanPaid)),
            at(10, "Customer", Reason::Missing),
        ]
    );
}

#[test]
fn a_refused_row_leaves_nothing_behind() {
    let text = format!(
        "{USAGE}Fabrikam;f-1;Storage;PAL;2023-09;10,5;;;\n\
         Fabrikam Ltd;f-1;Storage;PAL;2023-09;11,5;;;\n\
         Fabrikam Ltd;f-1;Storage;PAL;2023-10;1;;;\n\
         Fabrikam;f-1;Storage;PAL;2023-09;12,5;;;\n"
    );
    let plan = first(&text);
    let other = || Reason::OtherCustomer {
        name: "Fabrikam".to_owned(),
    };
    let refused = plan.problems.iter();
    let refused: Vec<(u64, Option<&str>, Reason)> = refused
        .map(|problem| {
            let column = problem.column.as_deref();
            (problem.line, column, problem.reason.clone())
        })
        .collect();
    assert_eq!(
        refused,
        [
            (3, Some("Tenant"), other()),
            (4, Some("Tenant"), other()),
            (5, Some("Month"), Reason::Contradicts { line: 2 }),
        ]
    );
    let customers = &plan.evidence.customers;
    assert_eq!((customers.len(), plan.evidence.usage.len()), (1, 1));
    assert_eq!(customers[0].associations.len(), 1);
}

#[test]
fn an_id_of_another_system_finds_the_customer_by_name_and_tenant() {
    let known = first(&format!(
        "{USAGE}Fabrikam;f-1;Storage;PAL;2023-09;10,5;;;\n"
    ));
    let columns = "CustomerId;Customer;Tenant;Workload;Association;Month;Revenue\n";
    let text = format!("{columns}77;fabrikam;f-1;Storage;PAL;2023-10;1,5\n");
    let plan = imported(&text, Settings::default(), &known.evidence);
    assert_eq!((plan.problems.len(), plan.evidence.customers.len()), (0, 1));
    assert_eq!(plan.evidence.usage[1].customer, "Fabrikam");
}

#[test]
fn somebody_without_an_id_is_found_after_the_address_was_changed() {
    let text = "Certificate,Name,Email,CompletedOn\n\
        az-104,Ada Berg,ada@contoso.example,2023-05-02\n";
    let mut evidence = first(text).evidence;
    evidence.people[0].email = Some("berg@contoso.example".to_owned());
    let again = imported(text, Settings::default(), &evidence);
    assert_eq!(again.evidence.people.len(), 1);
    assert!(!again.changes_something());
}

#[test]
fn of_several_customers_with_one_name_none_is_guessed() {
    let columns = "CustomerId;Customer;Workload;Association;Month;Revenue\n";
    let known = first(&format!(
        "{columns}f-1;Fabrikam;Storage;PAL;2023-09;10,5\n\
         f-2;Fabrikam;Storage;PAL;2023-09;10,5\n"
    ));
    assert_eq!(known.evidence.customers.len(), 2);
    let row = |id: &str| format!("{columns}{id};fabrikam;Storage;PAL;2023-10;1,5\n");
    let again = |text: &str| imported(text, Settings::default(), &known.evidence);
    let refused = again(&row("")).problems;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].column.as_deref(), Some("Customer"));
    assert_eq!(refused[0].reason, Reason::SeveralCustomers);
    assert_eq!(again(&row("f-2")).evidence.usage[2].customer, "f-2");
}

#[test]
fn an_id_with_another_name_and_another_address_is_somebody_else() {
    let text = |rows: &[&str]| {
        let header = "MCPID,Certificate,Name,Email,CompletedOn\n";
        format!("{header}{}\n", rows.join("\n"))
    };
    let ada = "7,az-104,Ada Berg,ada@contoso.example,2023-05-02";
    for (row, refused) in [
        ("7,az-305,Ben Cole,ben@contoso.example,2023-05-02", true),
        ("7,az-305,Ada Cole,ada@contoso.example,2023-05-02", false),
        ("7,az-305,Ada Berg,berg@contoso.example,2023-05-02", false),
        ("7,az-305,Ada Cole,,2023-05-02", true),
        ("7,az-305,Ada Berg,,2023-05-02", false),
    ] {
        let plan = first(&text(&[ada, row]));
        let held: usize = (plan.evidence.people.iter())
            .map(|person| person.certificates.len())
            .sum();
        assert_eq!(
            (plan.evidence.people.len(), held == 1),
            (1, refused),
            "{row}"
        );
        let name = "Ada Berg".to_owned();
        let reasons: Vec<Reason> = plan.problems.into_iter().map(|one| one.reason).collect();
        let other = [Reason::OtherPerson { name }];
        assert_eq!(reasons, if refused { &other[..] } else { &[] }, "{row}");
    }
}

#[test]
fn what_a_file_leaves_open_is_asked_and_never_guessed() {
    let who = "Certificate,Name,Email,CompletedOn\n";
    let open = format!("{who}az-104,Ada Berg,ada@contoso.example,03/04/2023\n");
    let plan = first(&open);
    let question = Question::Dates {
        column: "CompletedOn".to_owned(),
        line: 2,
        value: "03/04/2023".to_owned(),
    };
    assert_eq!(plan.questions, [question]);
    assert_eq!((plan.evidence, plan.lines.len()), (Evidence::default(), 0));
    for (order, day) in [
        (DateOrder::DayFirst, "2023-04-03"),
        (DateOrder::MonthFirst, "2023-03-04"),
    ] {
        let settings = Settings {
            dates: Some(order),
            ..Settings::default()
        };
        let plan = imported(&open, settings, &Evidence::default());
        let held = &plan.evidence.people[0].certificates[0];
        assert_eq!(held.completed_on, day.parse().expect("a day"));
    }
    // One line that can be read in one way only decides for all.
    let decided = format!("{open}az-305,Ada Berg,ada@contoso.example,31/12/2022\n");
    let held = &first(&decided).evidence.people[0].certificates[0];
    assert_eq!(held.completed_on, "2023-04-03".parse().expect("a day"));
    // Lines that contradict each other decide nothing.
    let both = format!("{decided}dp-203,Ada Berg,ada@contoso.example,12/31/2022\n");
    assert_eq!(first(&both).questions.len(), 1);

    let amounts = format!("{USAGE}Fabrikam;;Storage;PAL;2023-09;1,234;;;\n");
    assert!(matches!(
        &first(&amounts).questions[..],
        [Question::Decimals { .. }]
    ));
    for (mark, cents) in [(DecimalMark::Point, 123_400), (DecimalMark::Comma, 123)] {
        let settings = Settings {
            decimals: Some(mark),
            ..Settings::default()
        };
        let plan = imported(&amounts, settings, &Evidence::default());
        assert_eq!(plan.evidence.usage[0].revenue_cents, cents);
    }
}

#[test]
fn a_file_of_another_kind_says_what_is_missing() {
    let fault = read(
        b"A,B\n1,2\n",
        "x.csv",
        Settings::default(),
        &catalog(),
        &Evidence::default(),
        &|_, _| true,
    );
    let Err(FileFault::UnknownColumns {
        certificates,
        usage,
    }) = fault
    else {
        panic!("{fault:?}")
    };
    assert_eq!(usage, ["Customer", "Workload", "Association", "Month"]);
    assert_eq!(
        certificates,
        [
            "TrainingTitle",
            "TrainingCompletionDate",
            "CorpEmail",
            "IndividualLastName"
        ]
    );
}

#[test]
fn what_has_not_happened_yet_is_refused() {
    let settings = Settings {
        today: Some("2023-11-15".parse().expect("a day")),
        ..Settings::default()
    };
    let header = "Certificate,Name,Email,CompletedOn,ExpirationDate\n";
    let days = ["2023-11-15,2035-12-01", "01-Dec-2035,", "2023-11-16,"];
    let row = |day: &str| format!("AZ-104,Ada,ada{}@contoso.example,{day}\n", day.len());
    let text = header.to_owned() + &row(days[0]) + &row(days[1]) + &row(days[2]);
    let plan = imported(&text, settings, &Evidence::default());
    let told = |plan: Plan| -> Vec<(u64, Option<String>, Reason)> {
        let problems = plan.problems.into_iter();
        problems
            .map(|one| (one.line, one.column, one.reason))
            .collect()
    };
    let ahead = |line, column: &str| (line, Some(column.to_owned()), Reason::InTheFuture);
    assert_eq!(
        told(plan),
        [ahead(3, "CompletedOn"), ahead(4, "CompletedOn")]
    );
    let text = "Customer,Workload,Association,Month\nFabrikam,exchange,PAL,2023-11\n\
                Fabrikam,exchange,PAL,2023-12\n";
    let plan = imported(text, settings, &Evidence::default());
    assert_eq!(told(plan), [ahead(3, "Month")]);
}

#[test]
fn a_certificate_is_found_by_what_else_it_is_called() {
    let title = "Microsoft 365 Certified: Enterprise Administrator Expert";
    let text = format!(
        "TrainingTitle,Name,Email,CompletedOn\n{title},Ada,ada@contoso.example,2023-05-31\n"
    );
    let plan = first(&text);
    assert_eq!(plan.problems, []);
    let held = &plan.evidence.people[0].certificates[0];
    assert_eq!(held.certificate.as_str(), "ms-102");
}
