//! Who and what a row is about: names, ids and titles as other systems and spreadsheets leave them.

use std::collections::BTreeMap;

use membership_catalog::builtin;
use membership_domain::evidence::{FaultCode, check};
use membership_domain::{Catalog, Evidence};
use membership_import::{LineOutcome, Plan, Question, Reason, Settings, SimilarNames, read};

fn catalog() -> Catalog {
    builtin().expect("a catalog without faults")
}

fn over(text: &str, settings: Settings, evidence: &Evidence) -> Plan {
    let catalog = catalog();
    let go_on = |_, _| true;
    let plan = read(
        text.as_bytes(),
        "export.csv",
        settings,
        &catalog,
        evidence,
        &go_on,
    );
    let plan = plan.expect("a file that can be read");
    assert_eq!(
        check(&plan.evidence, &catalog),
        [],
        "what comes out can be used"
    );
    plan
}

fn first(text: &str) -> Plan {
    over(text, Settings::default(), &Evidence::default())
}

fn answered(text: &str, similar: SimilarNames) -> Plan {
    let settings = Settings {
        similar_names: Some(similar),
        ..Settings::default()
    };
    over(text, settings, &Evidence::default())
}

fn reasons(plan: &Plan) -> Vec<(u64, Reason)> {
    let told = plan.problems.iter();
    told.map(|one| (one.line, one.reason.clone())).collect()
}

/// By customer, its rows' users.
fn users(plan: &Plan) -> BTreeMap<&str, Vec<u64>> {
    let mut users: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for row in &plan.evidence.usage {
        let named = |id: &str| plan.evidence.customers.iter().find(|one| one.id == id);
        let name = named(&row.customer).map_or("", |one| one.name.as_str());
        users.entry(name).or_default().push(row.users);
    }
    users
}

/// By person, what they hold.
fn held(plan: &Plan) -> Vec<(&str, Vec<&str>)> {
    let people = plan.evidence.people.iter();
    people
        .map(|person| {
            let held = person.certificates.iter();
            (
                person.name.as_str(),
                held.map(|one| one.certificate.as_str()).collect(),
            )
        })
        .collect()
}

const PEOPLE: &str = "TrainingTitle,TrainingCompletionDate,CorpEmail,Name\n";
const USAGE: &str = "Customer,Workload,Association,Month,Revenue,Users\n";

fn customers(names: &[&str]) -> String {
    let rows = names.iter().zip(1..);
    let rows = rows.map(|(name, n)| format!("\"{name}\",Teams,CPOR,2023-{n:02},100,{n}\n"));
    USAGE.to_owned() + &rows.collect::<String>()
}

#[test]
fn the_level_decides_between_certificates_of_one_title() {
    let text = include_str!("files/titles-level.csv");
    assert_eq!(held(&first(text)), [("Ines Moreau", vec!["mb-330"])]);
    let title = "Microsoft Certified: Dynamics 365 Supply Chain Management Functional Consultant";
    for (title, wanted) in [
        (format!("{title} Expert"), Ok("mb-335")),
        (format!("{title} expert "), Ok("mb-335")),
        (title.to_owned(), Err(Reason::SeveralCertificates)),
        (
            "Microsoft Certified:\u{a0}Azure Administrator Associate".to_owned(),
            Ok("az-104"),
        ),
        (
            "Microsoft Certified:Azure Administrator Associate".to_owned(),
            Ok("az-104"),
        ),
        ("AZ-104\u{a0}Anything".to_owned(), Ok("az-104")),
        ("Data Analyst Associate".to_owned(), Ok("pl-300")),
        (
            "Microsoft 365 Certified: Administrator".to_owned(),
            Ok("ms-102"),
        ),
        (
            "Expert: Azure Administrator".to_owned(),
            Err(Reason::OtherLevel),
        ),
        (
            "Microsoft Certified Expert: Azure Administrator".to_owned(),
            Err(Reason::OtherLevel),
        ),
        (
            format!("{title} Specialty"),
            Err(Reason::UnknownCertificate),
        ),
        (
            "Azure Administrator Expert".to_owned(),
            Err(Reason::UnknownCertificate),
        ),
        (
            "AZ-104: Azure Administrator Expert".to_owned(),
            Err(Reason::OtherLevel),
        ),
        (
            "AZ-104: Microsoft Certified: Azure Solutions Architect Expert".to_owned(),
            Err(Reason::OtherLevel),
        ),
        (
            "MB-330: Dynamics 365 Supply Chain Management Functional Consultant Expert".to_owned(),
            Err(Reason::OtherCertificate {
                title: "MB-335".to_owned(),
            }),
        ),
        (
            "Anything: Fundamentals".to_owned(),
            Err(Reason::UnknownCertificate),
        ),
    ] {
        let plan = first(&format!(
            "{PEOPLE}\"{title}\",2023-05-02,ada@contoso.example,Ada\n"
        ));
        match wanted {
            Ok(id) => assert_eq!(held(&plan), [("Ada", vec![id])], "{title}"),
            Err(reason) => assert_eq!(reasons(&plan), [(2, reason)], "{title}"),
        }
    }
    let header = "TrainingActivityId,".to_owned() + PEOPLE;
    let both = header + "MB-330,Azure Administrator,2023-05-02,ada@contoso.example,Ada\n";
    let title = "AZ-104".to_owned();
    assert_eq!(
        reasons(&first(&both)),
        [(2, Reason::OtherCertificate { title })]
    );
}

#[test]
fn every_official_title_is_known() {
    let titles: Vec<(&str, &str)> = include_str!("files/titles.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let rows = titles.iter().zip(0..).map(|((_, title), n)| {
        format!("\"{title}\",2023-05-02,person-{n}@contoso.example,Person\n")
    });
    let plan = first(&(PEOPLE.to_owned() + &rows.collect::<String>()));
    assert_eq!(plan.problems, []);
    for ((id, title), (_, held)) in titles.iter().zip(held(&plan)) {
        assert_eq!(held, [*id], "{title}");
    }
    let known = |id: &str| titles.iter().any(|(known, _)| *known == id);
    let catalog = catalog();
    let mut missing = catalog.certificates.iter().filter(|one| !known(&one.id));
    assert_eq!(
        missing.next().map(|one| &one.id),
        None,
        "has no official title"
    );
}

#[test]
fn customers_are_told_apart_by_signs_and_asked_about() {
    let text = include_str!("files/customers-punctuation.csv");
    let plan = first(text);
    let [
        Question::Names {
            line, value, other, ..
        },
    ] = &plan.questions[..]
    else {
        panic!("{:?}", plan.questions)
    };
    assert_eq!(
        (*line, value.as_str(), other.as_str()),
        (3, "C# Contoso Labs", "C++ Contoso Labs")
    );
    assert_eq!((plan.evidence, plan.lines.len()), (Evidence::default(), 0));

    let plan = answered(text, SimilarNames::Different);
    assert_eq!(plan.problems, []);
    let all = [
        ("C# Contoso Labs", vec![20]),
        ("C++ Contoso Labs", vec![10]),
        ("Contoso A", vec![30]),
        ("Contoso A+", vec![30]),
    ];
    assert_eq!(users(&plan), BTreeMap::from(all));

    let plan = answered(text, SimilarNames::Refused);
    let resembles = |name: &str| Reason::Resembles {
        name: name.to_owned(),
    };
    assert_eq!(
        reasons(&plan),
        [
            (3, resembles("C++ Contoso Labs")),
            (5, resembles("Contoso A+"))
        ]
    );
    assert_eq!(plan.counts().added, 2);
    // What is known by its name is not asked again.
    let known = answered(text, SimilarNames::Different).evidence;
    let again = over(text, Settings::default(), &known);
    assert_eq!((again.questions, again.evidence), (vec![], known));
}

#[test]
fn customers_that_are_told_apart_by_more_than_a_name_are_not_asked_about() {
    let header = "Customer ID,Customer,Tenant,Workload,Association,Month,Users\n";
    for rows in [
        "1,Contoso A,,Teams,CPOR,2023-08,1\n2,Contoso A+,,Teams,CPOR,2023-08,2\n",
        ",Contoso A,t-1,Teams,CPOR,2023-08,1\n,Contoso A+,t-2,Teams,CPOR,2023-08,2\n",
        ",???,,Teams,CPOR,2023-08,1\n,!!!,,Teams,CPOR,2023-08,2\n",
    ] {
        let plan = first(&format!("{header}{rows}"));
        assert_eq!(
            (plan.questions.len(), plan.problems.len()),
            (0, 0),
            "{rows}"
        );
        assert_eq!(plan.evidence.customers.len(), 2, "{rows}");
    }
}

#[test]
fn what_resembles_a_name_in_another_way_is_asked_about_too() {
    for (one, other) in [
        ("Café Northwind", "Cafe Northwind"),
        ("Contoso, Ltd.", "Contoso Ltd"),
        ("Contoso", "\u{421}\u{43e}ntoso"),
        ("Contoso", "Ｃontoso"),
        ("Conto so", "Contoso"),
        ("Contoso™", "Contoso"),
        ("Northwınd", "Northwind"),
    ] {
        let plan = first(&customers(&[one, other]));
        assert_eq!(plan.questions.len(), 1, "{one} and {other}");
        let known = first(&customers(&[one])).evidence;
        let plan = over(&customers(&[other]), Settings::default(), &known);
        assert_eq!(plan.questions.len(), 1, "{one} is known, {other} is not");
    }
}

#[test]
fn one_name_in_several_forms_is_one_customer() {
    let text = include_str!("files/customers-nfc-nfd.csv");
    assert_eq!(first(text).questions.len(), 1, "Cafe resembles Café");
    let plan = answered(text, SimilarNames::Different);
    assert_eq!(plan.problems, []);
    let all = [
        ("Cafe Northwind", vec![90]),
        ("Café Northwind", vec![10, 20]),
        ("Müller Fabrikam", vec![10, 20]),
    ];
    assert_eq!(users(&plan), BTreeMap::from(all));
    for (one, other) in [
        ("Fabrikam GmbH", " FABRIKAM  gmbh\u{a0}"),
        ("Fabrikam", "\u{feff}Fabrikam\u{200b}"),
        ("\u{212b}sa", "\u{e5}sa"),
        ("\u{1e69}ven", "s\u{307}\u{323}ven"),
        ("ΟΔΟΣ", "οδος"),
    ] {
        let plan = first(&customers(&[one, other]));
        assert_eq!((plan.questions.len(), plan.problems.len()), (0, 0), "{one}");
        assert_eq!(
            (plan.evidence.customers.len(), plan.evidence.usage.len()),
            (1, 2),
            "{one}"
        );
    }
    let rows = [
        "az-104,2023-05-02,j\u{fc}rgen@contoso.example,J\u{fc}rgen M\u{fc}ller",
        "az-305,2023-05-02,ju\u{308}rgen@contoso.example,Ju\u{308}rgen Mu\u{308}ller",
    ];
    let plan = first(&(PEOPLE.to_owned() + &rows.join("\n")));
    assert_eq!(plan.problems, []);
    assert_eq!(held(&plan), [("Jürgen Müller", vec!["az-104", "az-305"])]);
}

#[test]
fn one_id_is_one_customers() {
    let text = include_str!("files/customers-one-id.csv");
    let plan = first(text);
    assert_eq!(
        reasons(&plan),
        [2, 3, 4].map(|line| (line, Reason::RoundedId))
    );
    assert_eq!(plan.evidence, Evidence::default());
    let plan = first(&text.replace("1.23457E+11", "C-1"));
    let name = "Fabrikam".to_owned();
    let other = Reason::IdOfOther { name };
    assert_eq!(reasons(&plan), [(3, other.clone()), (4, other.clone())]);
    assert_eq!(plan.problems[0].column.as_deref(), Some("Customer ID"));
    assert_eq!(users(&plan), BTreeMap::from([("Fabrikam", vec![10])]));
    // What is known under an id can have another name in the next file: companies are renamed.
    let renamed = text.replace("1.23457E+11,Fabrikam", "C-1,Tailspin");
    let renamed = renamed.lines().take(2).collect::<Vec<_>>().join("\n");
    let again = over(&renamed, Settings::default(), &plan.evidence);
    assert_eq!(
        (again.problems.len(), again.evidence.customers.len()),
        (0, 1)
    );
    // A row whose name is the id once more says no name; those that do have to agree.
    let header = "Customer ID,Customer,Workload,Association,Month,Users\n";
    for rows in [
        "C-1,C++ Labs,Teams,CPOR,2023-08,1\nC-1,C# Labs,Teams,CPOR,2023-09,2\n",
        ",Fabrikam,Teams,CPOR,2023-08,1\nFabrikam,Northwind,Teams,CPOR,2023-09,2\nFabrikam,Tailspin,Teams,CPOR,2023-10,3\n",
    ] {
        let plan = first(&format!("{header}{rows}"));
        assert!(!plan.problems.is_empty(), "{rows}");
    }
    // Signs in a name make no other one where the id says who it is, and no name is no other name.
    let text = "Customer ID,Customer,Workload,Association,Month,Users\n\
        C-1,\"Fabrikam, Inc.\",Teams,CPOR,2023-08,1\nC-1,Fabrikam Inc,Teams,CPOR,2023-09,2\n";
    assert_eq!(first(text).problems, []);
    let alone = "Customer ID,Workload,Association,Month,Users\nC-1,Teams,CPOR,2023-10,3\n";
    let plan = over(alone, Settings::default(), &first(text).evidence);
    assert_eq!((plan.problems.len(), plan.evidence.usage.len()), (0, 3));
}

#[test]
fn an_id_that_a_spreadsheet_rounded_is_refused_wherever_it_is() {
    let usage = "Customer,Tenant,Subscription,Workload,Association,Month,Users\n";
    for row in ["Fabrikam,1.2E+11,,", "Fabrikam,,\"1,23457E+15\","] {
        let plan = first(&format!("{usage}{row}Teams,CPOR,2023-08,1\n"));
        assert_eq!(reasons(&plan), [(2, Reason::RoundedId)], "{row}");
    }
    let text =
        "MCPID,".to_owned() + PEOPLE + "9.87654E+9,az-104,2023-05-02,a@contoso.example,Ada\n";
    assert_eq!(reasons(&first(&text)), [(2, Reason::RoundedId)]);
}

#[test]
fn invisible_characters_make_nobody_new() {
    let text = include_str!("files/people-invisible.csv");
    let plan = first(text);
    assert_eq!(held(&plan), [("Priya Raman", vec!["mb-700"])]);
    assert_eq!(plan.lines[1].outcome, LineOutcome::Repeated { line: 2 });
    let invisible = Reason::Invalid {
        code: FaultCode::Invisible,
    };
    let around = [
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{202a}',
        '\u{2060}',
        '\u{feff}',
        '\u{ad}',
        '\u{a0}',
        '\u{2003}',
        '\u{3000}',
        '\u{180e}',
        '\u{2800}',
        '\u{3164}',
        '\u{e0020}',
        '\u{fe0f}',
        '\u{7f}',
        '\u{85}',
        '\u{2028}',
    ];
    for letter in around {
        let hex = u32::from(letter);
        let rows = format!(
            "az-104,2023-05-02,{letter}ada@contoso.example,{letter}Ada Berg{letter}\n\
             {letter}az-305{letter},2023-05-02{letter},ada@contoso.example{letter},Ada Berg\n"
        );
        let plan = first(&(PEOPLE.to_owned() + &rows));
        assert_eq!(plan.problems, [], "U+{hex:04X}");
        assert_eq!(
            held(&plan),
            [("Ada Berg", vec!["az-104", "az-305"])],
            "U+{hex:04X}"
        );

        let inside = format!("az-104,2023-05-02,ada{letter}berg@contoso.example,Ada\n");
        let plan = first(&(PEOPLE.to_owned() + &inside));
        assert_eq!(reasons(&plan), [(2, invisible.clone())], "U+{hex:04X}");
        let named = plan.problems[0].value.contains(&format!("[U+{hex:04X}]"));
        assert!(named, "{}", plan.problems[0].value);
        let text = format!("MCPID,{PEOPLE}12{letter}3,az-104,2023-05-02,,Ada\n");
        assert_eq!(
            reasons(&first(&text)),
            [(2, invisible.clone())],
            "U+{hex:04X}"
        );
    }
}

#[test]
fn rows_of_json_are_read_without_what_is_around_their_texts() {
    let text = "{\"people\": [
        {\"id\": \"\u{feff}a \", \"name\": \"Ada\u{200b}\", \"email\": \" ada@contoso.example\u{a0}\"},
        {\"id\": \"a\", \"name\": \"Ada\", \"email\": \"ada@contoso.example\"},
        {\"id\": \"b\u{200b}b\", \"name\": \"Ben\"},
        {\"id\": \"c\", \"name\": \"Cem\", \"email\": \"c\u{ad}em@contoso.example\"}]}";
    let plan = first(text);
    assert_eq!(plan.lines[1].outcome, LineOutcome::Repeated { line: 2 });
    let invisible = Reason::Invalid {
        code: FaultCode::Invisible,
    };
    assert_eq!(reasons(&plan), [(4, invisible.clone()), (5, invisible)]);
    assert_eq!(plan.problems[0].value, "b[U+200B]b");
    assert_eq!(
        plan.evidence.people[0].email.as_deref(),
        Some("ada@contoso.example")
    );
}

#[test]
fn quotes_open_after_spaces() {
    let text = include_str!("files/spaced-quotes.csv");
    let plan = first(text);
    assert_eq!(plan.problems, []);
    assert_eq!(
        held(&plan),
        [
            ("Priya Raman", vec!["az-104"]),
            ("Tom Okafor, Jr.", vec!["az-305"])
        ]
    );
    assert_eq!(
        plan.evidence.people[1].email.as_deref(),
        Some("tom.okafor@contoso.example")
    );
    for (cell, wanted) in [
        ("\u{201e}Ada Berg\u{201d}", None),
        ("\u{bb}Ada Berg\u{ab}", None),
        ("\u{2039}Ada Berg\u{203a}", None),
        ("\u{b4}Ada Berg\u{b4}", None),
        ("\"\"\"Ada Berg\"\"\"", None),
        ("'Ada Berg'", None),
        ("\u{201c}Ada Berg\u{201d}", None),
        ("\"Ada \"\"A\"\" Berg\"", Some("Ada \"A\" Berg")),
        ("Ada 't Hooft", Some("Ada 't Hooft")),
        ("\u{a0} \"Berg, Ada\" ", Some("Berg, Ada")),
    ] {
        let plan = first(&format!(
            "{PEOPLE}az-104,2023-05-02,ada@contoso.example,{cell}\n"
        ));
        match wanted {
            Some(name) => assert_eq!(held(&plan), [(name, vec!["az-104"])], "{cell}"),
            None => assert_eq!(reasons(&plan), [(2, Reason::StrayQuotes)], "{cell}"),
        }
    }
}

#[test]
fn a_completion_with_an_offset_is_on_its_day_in_utc() {
    let settings = Settings {
        today: Some("2023-05-02".parse().expect("a day")),
        ..Settings::default()
    };
    for (time, day) in [
        ("2023-05-01T23:30:00-08:00", Some("2023-05-02")),
        ("2023-05-02T00:30:00+02:00", Some("2023-05-01")),
        ("2023-05-02T23:30:00Z", Some("2023-05-02")),
        ("2023-05-02T23:30:00", Some("2023-05-02")),
        ("2023-05-02T23:30:00-01:00", None),
    ] {
        let text = format!("{PEOPLE}az-104,{time},ada@contoso.example,Ada\n");
        let plan = over(&text, settings, &Evidence::default());
        match day {
            Some(day) => {
                let held = &plan.evidence.people[0].certificates[0];
                assert_eq!(held.completed_on.to_string(), day, "{time}");
            }
            None => assert_eq!(reasons(&plan), [(2, Reason::InTheFuture)], "{time}"),
        }
    }
}

#[test]
fn an_id_and_a_name_never_make_one_customer_of_two() {
    let header = "Customer ID,Customer,Tenant,Workload,Association,Month,Users\n";
    let first = |rows: &str| first(&format!("{header}{rows}"));
    // The order of the rows changes nothing.
    for rows in [
        "1,Contoso,,Teams,CPOR,2023-08,1\n,Contoso,,Teams,CPOR,2023-09,2\n",
        ",Contoso,,Teams,CPOR,2023-09,2\n1,Contoso,,Teams,CPOR,2023-08,1\n",
    ] {
        let plan = first(rows);
        assert_eq!(
            (plan.questions.len(), plan.problems.len()),
            (0, 0),
            "{rows}"
        );
        assert_eq!(plan.evidence.customers.len(), 1, "{rows}");
    }
    // What has an id and what has none can be one: that is asked.
    for rows in [
        "1,C++ Contoso,,Teams,CPOR,2023-08,1\n,C# Contoso,,Teams,CPOR,2023-08,2\n",
        ",C# Contoso,,Teams,CPOR,2023-08,2\n1,C++ Contoso,,Teams,CPOR,2023-08,1\n",
        ",Contoso A,t-1,Teams,CPOR,2023-08,1\n,Contoso A+,,Teams,CPOR,2023-08,2\n",
    ] {
        assert_eq!(first(rows).questions.len(), 1, "{rows}");
    }
    let known = first(",Contoso,,Teams,CPOR,2023-08,1\n").evidence;
    let row = format!("{header}1,Contoso,,Teams,CPOR,2023-09,2\n");
    assert_eq!(over(&row, Settings::default(), &known).questions.len(), 1);
    // A name that is another customer's id, and two ids with one tenant.
    let other = |name: &str| Reason::IdOfOther {
        name: name.to_owned(),
    };
    let plan = first("Fabrikam,Northwind,,Teams,CPOR,2023-08,1\n,Fabrikam,,Teams,CPOR,2023-08,2\n");
    assert_eq!(reasons(&plan), [(3, other("Northwind"))]);
    let plan = answered(
        &customers(&["Contoso", "Conto\u{200d}so"]),
        SimilarNames::Different,
    );
    assert_eq!(reasons(&plan), [(3, other("Contoso"))]);
    let plan = first("1,Contoso,t-1,Teams,CPOR,2023-08,1\n2,Contoso,t-1,Teams,CPOR,2023-09,2\n");
    let name = "Contoso".to_owned();
    assert_eq!(reasons(&plan), [(3, Reason::OtherCustomer { name })]);
    // A row that is refused has not given the customer its id.
    let known = first(",Contoso,t-1,Teams,CPOR,2023-08,1\n").evidence;
    let rows = "1,Contoso,t-1,Teams,CPOR,2023-09,2\n2,Contoso,t-1,Teams,CPOR,2023-10,3\n";
    let plan = over(&format!("{header}{rows}"), Settings::default(), &known);
    let name = "Contoso".to_owned();
    assert_eq!(reasons(&plan), [(3, Reason::OtherCustomer { name })]);
    let amounts = header.replace("Users", "Users,Seats,Active");
    let rows = "1,Contoso,t-1,Teams,CPOR,2023-08,1,,5\n2,Contoso,t-1,Teams,CPOR,2023-10,3,,\n";
    let plan = over(&format!("{amounts}{rows}"), Settings::default(), &known);
    let refused: Vec<u64> = plan.problems.iter().map(|one| one.line).collect();
    assert_eq!(refused, [2]);
}

#[test]
fn an_address_that_looks_like_somebody_elses_of_the_same_name_is_refused() {
    let rows = [
        "az-104,2023-05-02,priya@contoso.example,Priya Raman",
        "az-305,2023-05-02,\u{440}riya@contoso.example,Priya Raman",
        "az-305,2023-05-02,\u{440}riya@contoso.example,Somebody Else",
    ];
    let plan = first(&(PEOPLE.to_owned() + &rows.join("\n")));
    let address = "priya@contoso.example".to_owned();
    assert_eq!(reasons(&plan), [(3, Reason::LooksLike { address })]);
    for cell in [
        "\u{201e}priya@contoso.example\u{201d}",
        "<priya@contoso.example>",
        "mailto:priya@contoso.example",
    ] {
        let plan = first(&format!("{PEOPLE}az-104,2023-05-02,{cell},Priya Raman\n"));
        assert_eq!(plan.evidence.people.len(), 0, "{cell}");
    }
}

#[test]
fn an_id_is_one_in_both_forms_of_its_marks() {
    let text = "{\"people\": [
        {\"id\": \"J\u{fc}rgen\", \"name\": \"J\u{fc}rgen\"},
        {\"id\": \"Ju\u{308}rgen\", \"name\": \"Ju\u{308}rgen\"}]}";
    let plan = first(text);
    assert_eq!(plan.evidence.people.len(), 1);
    assert_eq!(reasons(&plan), [(3, Reason::Contradicts { line: 2 })]);
}
