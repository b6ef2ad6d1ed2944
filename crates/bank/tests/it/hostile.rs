//! Files that nobody should send: each is refused with a reason, and none takes long.

use membership_bank::statement::{
    DEEPEST, LARGEST, LONGEST_TEXT, MOST_ELEMENTS, MOST_ENTRIES, MOST_STATEMENTS, Reason, read,
};

use crate::files::{ACCOUNT, STATEMENT, credit, file, head, only, reason, refused};

#[test]
fn entity_bombs_are_refused_before_anything_is_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">\
        <!ENTITY lol1 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">]>";
    assert_eq!(reason(format!("{bomb}{STATEMENT}")), Reason::Doctype);
    let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&x;</a>";
    assert_eq!(reason(outside), Reason::Doctype);
    assert_eq!(reason("<!DOCTYPE a [ <!ENTITY"), Reason::Doctype);
}

#[test]
fn entities_that_xml_does_not_have_are_refused() {
    let name = "lol".to_owned();
    let wrong = STATEMENT.replacen("Northwind", "&lol;", 1);
    let found = refused(wrong);
    assert_eq!(found.reason, Reason::Entity { name: name.clone() });
    assert_eq!(
        found.path,
        "/Document/BkToCstmrStmt/Stmt[1]/Ntry[3]/NtryDtls[1]/TxDtls[1]/RltdPties/Dbtr/Pty/Nm"
    );
    let attribute = STATEMENT.replacen("Ccy=\"EUR\"", "Ccy=\"EUR\" x=\"&lol;\"", 1);
    assert_eq!(reason(attribute), Reason::Entity { name });
    let control = STATEMENT.replacen("Northwind", "&#1;", 1);
    assert_eq!(reason(control), Reason::Character { code: 1 });
    for open in ["&", "& Co", "&#xD800;", "&#99999999;"] {
        let wrong = STATEMENT.replacen("Northwind", open, 1);
        assert!(matches!(reason(wrong), Reason::NotXml { .. }), "{open}");
    }
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| {
        let inside = "<X>".repeat(depth) + &"</X>".repeat(depth);
        file("08", &credit("1", "EUR", &inside))
    };
    // Document, message, statement and entry are four.
    assert!(read(nested(DEEPEST - 4).as_bytes()).is_ok());
    assert_eq!(
        reason(nested(DEEPEST - 3)),
        Reason::TooDeep { most: DEEPEST }
    );
    let endless = STATEMENT.replacen("<Stmt>", &"<Stmt>".repeat(1_000_000), 1);
    assert!(matches!(reason(endless), Reason::Unexpected { .. }));
    let endless = STATEMENT.replacen("<Ntry>", &"<Ntry>".repeat(1_000_000), 1);
    assert_eq!(reason(endless), Reason::TooDeep { most: DEEPEST });
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_that_was() {
    let cut = |end: usize| read(&STATEMENT.as_bytes()[..end]);
    let end = STATEMENT.trim_end().len();
    for at in 0..end {
        assert!(cut(at).is_err(), "cut at {at}");
    }
    assert!(cut(end).is_ok());
    let middle = STATEMENT.find("MB-RCV-3").expect("there");
    let found = refused(&STATEMENT[..middle]);
    assert_eq!(found.reason, Reason::CutOff);
    assert_eq!(
        found.path,
        "/Document/BkToCstmrStmt/Stmt[1]/Ntry[3]/AcctSvcrRef"
    );
}

#[test]
fn sizes_have_limits() {
    assert_eq!(
        reason(vec![b' '; LARGEST + 1]),
        Reason::TooLarge { most: LARGEST }
    );
    let long = "x".repeat(LONGEST_TEXT + 1);
    let details = format!("<NtryDtls><TxDtls><AddtlTxInf>{long}</AddtlTxInf></TxDtls></NtryDtls>");
    let most = LONGEST_TEXT;
    assert_eq!(
        reason(file("08", &credit("1", "EUR", &details))),
        Reason::TooLong { most }
    );
    let wide = format!(
        "<NtryDtls><TxDtls>{}</TxDtls></NtryDtls>",
        "<X/>".repeat(MOST_ELEMENTS)
    );
    let most = MOST_ELEMENTS;
    assert_eq!(
        reason(file("08", &credit("1", "EUR", &wide))),
        Reason::TooManyElements { most }
    );
    let attributes: String = (0..40).map(|index| format!(" a{index}=\"\"")).collect();
    let wrong = STATEMENT.replacen("<Ntry>", &format!("<Ntry{attributes}>"), 1);
    assert!(matches!(reason(wrong), Reason::TooManyAttributes { .. }));
}

#[test]
fn the_number_of_entries_and_statements_has_a_limit() {
    let batch = |count: usize| {
        let details = "<TxDtls/>".repeat(count);
        credit("1", "EUR", &format!("<NtryDtls>{details}</NtryDtls>"))
    };
    let most = MOST_ENTRIES;
    let found = refused(file("08", &(batch(most - 1) + &batch(1) + &batch(0))));
    assert_eq!(found.reason, Reason::TooManyEntries { most });
    assert!(found.path.ends_with("/Ntry[3]"), "{}", found.path);
    let found = refused(file("08", &(batch(most - 1) + &batch(2))));
    assert!(
        found.path.ends_with("/Ntry[2]/NtryDtls[1]/TxDtls[2]"),
        "{}",
        found.path
    );
    let empty = format!("<Stmt><Id>S</Id>{ACCOUNT}</Stmt>");
    let many = file("08", "").replace(&empty, &empty.repeat(MOST_STATEMENTS + 1));
    assert_eq!(
        reason(many),
        Reason::TooManyStatements {
            most: MOST_STATEMENTS
        }
    );
}

#[test]
fn other_files_are_refused_with_what_they_are() {
    let other = |namespace: &str| Reason::OtherMessage {
        namespace: namespace.to_owned(),
    };
    let renamed =
        |to: &str| STATEMENT.replacen("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", to, 1);
    for namespace in [
        "urn:iso:std:iso:20022:tech:xsd:camt.052.001.08",
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.99",
        "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        "http://www.w3.org/1999/xhtml",
    ] {
        assert_eq!(reason(renamed(namespace)), other(namespace));
    }
    let bare = STATEMENT.replacen(
        " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"",
        "",
        1,
    );
    assert_eq!(reason(bare), other("without a namespace"));
    let name = "BkToCstmrStmt".to_owned();
    let crossed = renamed("urn:iso:std:iso:20022:tech:xsd:camt.054.001.08");
    assert_eq!(reason(crossed), Reason::Unexpected { name });
    assert_eq!(
        reason("<html></html>"),
        Reason::NotABankFile {
            root: "html".to_owned()
        }
    );
    for text in [
        "Date;Amount\n2026-11-23;1.00",
        ":20:STARTUMS",
        "{\"a\": 1}",
        "<?xml version=\"1.0\"?>",
    ] {
        assert!(matches!(reason(text), Reason::NotXml { .. }), "{text}");
    }
}

#[test]
fn elements_of_other_formats_are_refused_outside_of_their_place() {
    let other = "<x:Amt xmlns:x=\"urn:x\" Ccy=\"EUR\">1</x:Amt>";
    let wrong = format!("<Ntry>{}{other}</Ntry>", head("1", "EUR"));
    assert_eq!(
        reason(file("08", &wrong)),
        Reason::Foreign {
            name: "Amt".to_owned()
        }
    );
    let right = credit(
        "1",
        "EUR",
        &format!("<SplmtryData><Envlp>{other}</Envlp></SplmtryData>"),
    );
    let statement = only(&file("08", &(right + &credit("2", "EUR", ""))));
    assert_eq!(statement.entries.len(), 2);
    let after = format!("<SplmtryData/>{other}");
    assert!(matches!(
        reason(file("08", &credit("1", "EUR", &after))),
        Reason::Foreign { .. }
    ));
}

#[test]
fn what_comes_before_or_after_the_message_is_refused() {
    for more in ["<Document/>", "text", "<!DOCTYPE a>", "&amp;"] {
        assert!(
            read(format!("{STATEMENT}{more}").as_bytes()).is_err(),
            "{more}"
        );
    }
    assert!(read(format!("{STATEMENT}\n<!-- made by a bank -->\n").as_bytes()).is_ok());
}

#[test]
fn text_and_elements_are_never_read_as_one_value() {
    let split = STATEMENT.replacen(">895.00<", ">8<X/>95.00<", 1);
    assert_eq!(reason(split), Reason::Mixed);
    let inside = STATEMENT.replacen("<Ntry>", "<Ntry>9", 1);
    assert_eq!(reason(inside), Reason::Mixed);
    // A comment is nothing, and CDATA is text.
    let same = STATEMENT.replacen(">895.00<", "><!-- 1 -->8<![CDATA[95]]>.00<", 1);
    assert_eq!(only(&same), only(STATEMENT));
}

#[test]
fn a_file_of_10_mb_is_read() {
    let entry = credit(
        "1.00",
        "EUR",
        &format!(
            "<NtryDtls><TxDtls><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls>",
            "x".repeat(140)
        ),
    );
    let count = 10 * 1024 * 1024 / entry.len() + 1;
    let file = file("08", &entry.repeat(count));
    assert!(file.len() > 10 * 1024 * 1024);
    assert_eq!(only(&file).entries.len(), count);
}
