//! References as people write them, and look-alikes.

use membership_bank::reference::{found_in, is_right, make, plain, spaced};
use proptest::prelude::*;

const REFERENCE: &str = "RF18539007547034";

#[test]
fn a_reference_is_made_of_digits() {
    assert_eq!(make("539007547034").as_deref(), Some(REFERENCE));
    assert_eq!(spaced(REFERENCE), "RF18 5390 0754 7034");
    assert_eq!(spaced(""), "");
    for wrong in ["", "12a", "１２", "1 2", "1234567890123456789012"] {
        assert_eq!(make(wrong), None, "{wrong}");
    }
    assert!(make("123456789012345678901").is_some_and(|one| is_right(&one)));
}

#[test]
fn only_the_form_of_machines_is_right_and_others_can_be_made_plain() {
    assert!(is_right(REFERENCE));
    for other in [
        "RF18 5390 0754 7034",
        "rf18539007547034",
        "ＲＦ１８５３９００７５４７０３４",
        "RF18-5390-0754-7034",
    ] {
        assert!(!is_right(other), "{other}");
        assert_eq!(plain(other).as_deref(), Some(REFERENCE), "{other}");
    }
    for wrong in [
        "",
        "RF",
        "RF18",
        "RF19539007547034",
        "RF185390075470341",
        "XF18539007547034",
        "RF1853900754703é",
    ] {
        assert!(!is_right(wrong) && plain(wrong).is_none(), "{wrong}");
    }
    // Letters are part of the standard, though ours have none.
    assert!(is_right("RF712348231") && is_right("RF45G72UUR"));
}

#[test]
fn a_reference_is_found_however_it_is_written() {
    for text in [
        "RF18539007547034",
        "Invoice RF18 5390 0754 7034, thanks",
        "rf18 5390 0754 7034",
        "RF18-5390-0754-7034",
        "RF 18 5390 0754 7034.",
        "ref:RF18539007547034/2026",
        "InvoiceRF18539007547034thanks",
        "ＲＦ１８　５３９０　０７５４　７０３４",
        "參考RF18539007547034謝謝",
        "RF18\u{A0}5390\u{2011}0754\u{200B}7034",
        "Order of November RF185390\n07547034",
        "Order of November R\nF18539007547034",
        "RF18 5390 0754 7034\nInvoice 12",
        "RF18 5390 0754 7034 2026 11",
        "RF18 5390 0754 7034 2nd part",
        "(RF18539007547034)",
        "RFRF18539007547034",
    ] {
        assert_eq!(found_in(text), [REFERENCE], "{text}");
    }
}

#[test]
fn look_alikes_are_not_found() {
    for text in [
        "",
        "RF",
        "R",
        "RF18539O07547034",
        "RF185390O7547034",
        "RFI8539007547034",
        "RF18539007547035",
        "RF18539007547043",
        "RF1853900754703",
        "RF185390075470341",
        "RF18539007547034X2",
        "A12RF18539007547034",
        "18539007547034",
        "RF_18539007547034",
        "R F18539007547034",
        "FR18539007547034",
        "RF18539007547034999999999999999999999999",
    ] {
        assert!(found_in(text).is_empty(), "{text}");
    }
}

#[test]
fn several_references_are_found_in_their_order_and_each_once() {
    let other = make("2026000124").expect("digits");
    let text = format!("{other} and RF18 5390 0754 7034; {other}");
    assert_eq!(found_in(&text), [other, REFERENCE.to_owned()]);
}

#[test]
fn a_long_text_of_beginnings_takes_no_time() {
    assert!(found_in(&"RF".repeat(500_000)).is_empty());
    assert!(found_in(&"RF1".repeat(500_000)).is_empty());
    assert!(found_in(&"R\n".repeat(500_000)).is_empty());
    assert!(found_in(&("RF".to_owned() + &" ".repeat(1_000_000))).is_empty());
}

proptest! {
    #[test]
    fn every_reference_that_is_made_is_found_and_only_that(
        digits in "[0-9]{1,21}",
        before in "[a-zA-Z .,:\u{4E00}-\u{4E20}]{0,12}",
        gaps in prop::collection::vec("[ \n-]{0,2}", 25),
        after in "([.,:;][ -~]{0,12})?",
    ) {
        let made = make(&digits).expect("digits");
        prop_assert!(is_right(&made));
        let mut text = before + "RF";
        for (one, gap) in made.chars().skip(2).zip(&gaps) {
            text += gap;
            text.push(one);
        }
        text += &after;
        let found = found_in(&text);
        prop_assert_eq!(found, [made]);
    }

    #[test]
    fn one_digit_off_is_never_found(digits in "[0-9]{4,21}", place in 2_usize..25, by in 1_u8..10) {
        let made = make(&digits).expect("digits");
        let mut wrong = made.clone().into_bytes();
        let place = 2 + place % (wrong.len() - 2);
        wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
        let wrong = String::from_utf8(wrong).expect("digits");
        prop_assert!(!is_right(&wrong));
        prop_assert!(found_in(&wrong).is_empty());
    }

    #[test]
    fn any_text_is_looked_through(text in "\\PC{0,80}") {
        for one in found_in(&text) {
            prop_assert!(is_right(&one));
        }
        prop_assert!(plain(&text).is_none_or(|one| is_right(&one)));
    }
}
