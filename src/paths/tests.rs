use leptos_router::PossibleRouteMatch;

use super::*;

/// From now on, in this test, addresses are those of an organization, if any.
fn about(partner_id: Option<&'static str>) {
    follow(move || partner_id.map(str::to_owned));
}

/// As at first: tests may follow each other in one thread.
fn reset() {
    set_base("");
    organization::follow_none();
}

#[test]
fn every_address() {
    let filter = [(TRACK, "azure"), ("q", "data & AI"), ("status", "")];
    let all = [
        PROGRAMS.href(),
        with_query(&PROGRAMS.href(), &filter),
        program("azure-expert-msp"),
        area("modern-work"),
        person("ada.berg@contoso.example"),
        not_linked(),
        customer("Fabrikam & Co."),
        new_usage("fabrikam"),
        sign_in("/"),
        sign_in("/programs?q=a b"),
    ];
    assert_eq!(
        all,
        [
            "/programs",
            "/programs?track=azure&q=data%20%26%20AI",
            "/programs/azure-expert-msp",
            "/designations/modern-work",
            "/evidence/person?id=ada.berg%40contoso.example",
            "/evidence/people?state=not_linked",
            "/evidence/customer?id=Fabrikam%20%26%20Co.",
            "/evidence/usage/row?customer=fabrikam",
            "/sign-in",
            "/sign-in?to=%2Fprograms%3Fq%3Da%20b",
        ]
    );
}

#[test]
fn a_row_of_usage_is_named_by_what_makes_it_one() {
    let row = r#"{"customer": "fabrikam", "workload": "teams", "association": "cpor_usage",
        "month": "2023-10", "subscription": "a b"}"#;
    let row: Usage = serde_json::from_str(row).expect("a row");
    assert_eq!(
        usage(&row),
        "/evidence/usage/row?customer=fabrikam&month=2023-10&workload=teams\
         &association=cpor_usage&subscription=a%20b"
    );
}

#[test]
fn ids_cannot_break_out_of_their_segment() {
    assert_eq!(program("../a?b#c"), "/programs/..%2Fa%3Fb%23c");
    assert_eq!(encoded("Größe"), "Gr%C3%B6%C3%9Fe");
}

#[test]
fn after_sign_in_nobody_is_led_elsewhere() {
    assert_eq!(inside("/programs?q=a"), "/programs?q=a");
    for bad in [
        "",
        "programs",
        "//example.com",
        "/\\example.com",
        "https://example.com",
        "javascript:alert(1)",
        "/\texample.com",
        "/sign-in",
        "/sign-in?to=%2F",
        "/sign-in#x",
        "/preview",
        "/preview/programs",
    ] {
        assert_eq!(inside(bad), OVERVIEW.href(), "{bad:?}");
    }
    assert_eq!(inside("/preview-of-old"), "/preview-of-old");
}

#[test]
fn below_a_path_every_address_begins_with_it() {
    set_base("/partners/");
    assert_eq!(PROGRAMS.href(), "/partners/programs");
    assert_eq!(OVERVIEW.href(), "/partners/");
    assert_eq!(program("a"), "/partners/programs/a");
    assert_eq!(inside("/partners/programs"), "/partners/programs");
    for bad in [
        "/programs",
        "/partnersprograms",
        "/partners//example.com",
        "/partners/sign-in",
    ] {
        assert_eq!(inside(bad), "/partners/", "{bad}");
    }
    reset();
}

#[test]
fn every_page_is_of_the_organization_and_nothing_else_is() {
    about(Some("4200001"));
    let all = [
        OVERVIEW.href(),
        OVERVIEW.followed(),
        ACCESS.href(),
        with_query(&PROGRAMS.href(), &[("status", "met")]),
        area("modern-work"),
        person("ada"),
        PREVIEW.href(),
        SIGN_IN.href(),
        sign_in("/"),
        sign_in("/4200001/programs?q=a"),
        inside(""),
        inside("/4300001/programs?q=a#b"),
    ];
    assert_eq!(
        all,
        [
            "/4200001/",
            "/4200001/",
            "/4200001/access",
            "/4200001/programs?status=met",
            "/4200001/designations/modern-work",
            "/4200001/evidence/person?id=ada",
            "/preview",
            "/sign-in",
            "/sign-in",
            "/sign-in?to=%2F4200001%2Fprograms%3Fq%3Da",
            "/4200001/",
            "/4300001/programs?q=a#b",
        ]
    );
    about(None);
    assert_eq!(
        PROGRAMS.href(),
        "/programs",
        "of the one that was shown last"
    );
    reset();
}

#[test]
fn an_address_says_whose_page_it_is() {
    about(None);
    for (path, partner_id, page) in [
        ("/4200001/programs", Some("4200001"), "/programs"),
        ("/4200001/", Some("4200001"), "/"),
        ("/4200001", Some("4200001"), ""),
        ("/7", Some("7"), ""),
        ("/4200001//x", Some("4200001"), "//x"),
        ("/programs/4200001", None, "/programs/4200001"),
        ("/4200001a/programs", None, "/4200001a/programs"),
        ("/42%300001/", None, "/42%300001/"),
        ("/٤٢٠٠٠٠١/", None, "/٤٢٠٠٠٠١/"),
        ("//4200001/", None, "//4200001/"),
        ("/", None, "/"),
        ("", None, ""),
    ] {
        assert_eq!((named(path), page_of(path)), (partner_id, page), "{path}");
    }
    reset();
}

#[test]
fn an_old_address_becomes_that_of_the_same_page() {
    about(None);
    for (path, whole) in [
        ("/", "/4200001/"),
        (
            "/programs/azure-expert-msp",
            "/4200001/programs/azure-expert-msp",
        ),
        ("/4300001", "/4200001/"),
        ("/4200001/evidence/person", "/4200001/evidence/person"),
        ("//example.com/", "/4200001//example.com/"),
    ] {
        assert_eq!(within("4200001", path), whole, "{path}");
        assert_eq!(within("4200001", whole), whole, "and stays so");
    }
    reset();
}

#[test]
fn another_organization_has_the_same_page_or_the_list_above_it() {
    about(Some("4200001"));
    for (page, there) in [
        ("/", "/"),
        ("/designations/modern-work", "/designations/modern-work"),
        ("/evidence/people/new", "/evidence/people/new"),
        ("/evidence/person", "/evidence/people"),
        ("/evidence/customer", "/evidence/customers"),
        ("/evidence/usage/row", "/evidence/usage"),
        ("/offers/action-pack/order", "/offers"),
        (
            "/orders/018f3c00-0000-7000-8000-000000000000/check",
            "/bills",
        ),
        ("/bills", "/bills"),
    ] {
        let here = format!("/4200001{page}");
        assert_eq!(counterpart("4300001", &here), format!("/4300001{there}"));
    }
    reset();
}

#[test]
fn below_a_path_the_organization_comes_behind_it() {
    set_base("/2024/");
    about(Some("4200001"));
    assert_eq!(OVERVIEW.href(), "/2024/4200001/");
    assert_eq!(SIGN_IN.href(), "/2024/sign-in");
    assert_eq!(named("/2024/4300001/programs"), Some("4300001"));
    assert_eq!(named("/2024/programs"), None, "the path is none");
    assert_eq!(
        named("/20245/programs"),
        None,
        "nor is what is not below it"
    );
    assert_eq!(
        within("4200001", "/2024/programs"),
        "/2024/4200001/programs"
    );
    assert_eq!(
        counterpart("4300001", "/2024/4200001/evidence/person"),
        "/2024/4300001/evidence/people"
    );
    assert_eq!(inside("/2024/4300001/programs"), "/2024/4300001/programs");
    for bad in ["/4200001/programs", "/2024/preview/x", "/2024"] {
        assert_eq!(inside(bad), "/2024/4200001/", "{bad}");
    }
    reset();
}

#[test]
fn a_preview_names_no_organization() {
    set_base("/preview/");
    assert_eq!(PROGRAMS.followed(), "/preview/programs");
    assert_eq!(named("/preview/4200001/programs"), None);
    assert_eq!(page_of("/preview/4200001/programs"), "/4200001/programs");
    let all = Organization
        .test("/4200001/programs")
        .map(|test| test.remaining());
    assert_eq!(all, Some("/4200001/programs"), "and its routes have none");
    reset();
}

#[test]
fn a_route_begins_with_an_organization() {
    about(None);
    for (path, rest) in [
        ("/4200001/", Some("/")),
        ("/4200001/programs/x", Some("/programs/x")),
        // Leads to the one with a slash.
        ("/4200001", None),
        ("/programs", None),
        ("/4200001a/", None),
        ("/", None),
        ("", None),
    ] {
        let found = Organization.test(path);
        assert_eq!(found.map(|found| found.remaining()), rest, "{path}");
        let params = Organization.test(path).map(|found| found.params());
        let named = params.map(|params| params.into_iter().map(|(_, value)| value).collect());
        assert_eq!(named, rest.map(|_| vec!["4200001".to_owned()]), "{path}");
    }
    let programs = (Organization, leptos_router::path!("/programs/:program"));
    let found = programs.test("/4200001/programs/x");
    assert_eq!(
        found.map(|found| found.matched()),
        Some("/4200001/programs/x")
    );
    reset();
}
