//! Every sentence with a number in it, for every variant of what it is about, with numbers at the
//! edges: nothing that is there or missing reads as nothing, things that are whole stay whole, what
//! is missing is rounded up and what is there down, and one of a thing is named as one.

mod advice;
mod findings;
mod given;

use membership_domain::Number;

/// What is counted in whole ones, by its plural and its singular.
const THINGS: &[(&str, &str)] = &[
    ("people", "person"),
    ("users", "user"),
    ("seats", "seat"),
    ("customers", "customer"),
    ("services", "service"),
    ("workloads", "workload"),
    ("surveys", "survey"),
    ("references", "reference"),
    ("certificates", "certificate"),
    ("offers", "offer"),
    ("months", "month"),
    ("points", "point"),
];
/// Of these, what has parts.
const IN_PARTS: &[&str] = &["points", "surveys"];

/// Words that may be between a number and its noun.
const BETWEEN: &[&str] = &["more", "customer"];

/// The numbers of a sentence, each with the words after it.
fn numbers(sentence: &str) -> Vec<(Number, String, Vec<&str>)> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let plain = |word: &str| {
        let ends = |letter: char| !letter.is_ascii_digit();
        word.trim_matches(ends).replace(',', "")
    };
    (words.iter().enumerate())
        .filter(|(_, word)| {
            let inner = word.trim_start_matches(['(', '+', '\u{2212}', '-']);
            inner.starts_with(|letter: char| letter.is_ascii_digit())
        })
        .filter_map(|(at, word)| {
            let text = plain(word);
            let number = text.parse().ok()?;
            let after = words.iter().skip(at + 1).take(3).copied().collect();
            Some((number, text, after))
        })
        .collect()
}

/// What is wrong with the numbers of a sentence, whatever it is about.
fn faults(sentence: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, text, after) in numbers(sentence) {
        let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let noun = (after.iter().map(|word| letters(word)))
            .find(|word| !BETWEEN.contains(&word.as_str()) || word == "customer" && after.len() < 2)
            .unwrap_or_default();
        for (many, one) in THINGS {
            let whole = !IN_PARTS.contains(many);
            if noun == *many && number == Number::ONE {
                faults.push(format!("1 {many}"));
            }
            if noun == *one && number != Number::ONE {
                faults.push(format!("{text} {one}"));
            }
            if (noun == *many || noun == *one) && whole && text.contains('.') {
                faults.push(format!("{text} {noun} are not whole"));
            }
        }
    }
    faults
}

/// Fails with all that is wrong, each with its sentence.
fn all_right(wrong: &[String]) {
    let told: Vec<&String> = wrong.iter().take(20).collect();
    assert!(
        wrong.is_empty(),
        "{} sentences, such as {told:#?}",
        wrong.len()
    );
}

#[test]
fn the_faults_that_were_seen_are_found() {
    for sentence in [
        "Grow by 999.2 users (+3 points).",
        "Win 1 more customers.",
        "1 points short.",
        "Reach 1 more surveys.",
        "Have 2 more person certified.",
        "12.5 seats; 25 needed.",
    ] {
        assert_ne!(faults(sentence), Vec::<String>::new(), "{sentence}");
    }
    assert_eq!(
        faults("Win 1 more customer (+6.7 points)."),
        Vec::<String>::new()
    );
}
