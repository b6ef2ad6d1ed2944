//! An assessment as an indented tree, for a person at a terminal.

use membership_contract::text::{Plain, Speaker, en};
use membership_domain::assess::{Finding, Item, Outcome, ProgramAssessment};
use membership_domain::{Assessment, Catalog};

/// Of long lists of evidence a terminal shows this many; `--json` has all.
const SHOWN: usize = 8;

/// Every program.
pub fn all(catalog: &Catalog, assessment: &Assessment) -> String {
    let programs = assessment.programs.iter();
    programs
        .map(|program| one(catalog, assessment, program))
        .collect::<Vec<_>>()
        .join("\n")
}

/// One program.
pub fn one(catalog: &Catalog, assessment: &Assessment, program: &ProgramAssessment) -> String {
    let speaker = Speaker {
        catalog,
        words: &Plain,
    };
    let name = speaker.program(&program.program);
    let standing = catalog
        .program(&program.program)
        .map_or("", |found| en::standing(program.standing, found.kind));
    let mut lines = vec![
        format!(
            "{name} ({}): {standing} on {}",
            program.program, assessment.day
        ),
        format!("  {}", speaker.stands(program, assessment)),
    ];
    if let Some(root) = &program.root {
        finding(&speaker, root, 1, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn finding(speaker: &Speaker<'_>, found: &Finding, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mark = match found.outcome {
        Outcome::Met => '✓',
        Outcome::Unmet => '✗',
        Outcome::Unknown => '?',
    };
    lines.push(format!(
        "{indent}{mark} {}: {}",
        speaker.title(found),
        speaker.found(found)
    ));
    let mut say = |label: &str, text: String| lines.push(format!("{indent}    {label} {text}"));
    if let Some(day) = found.lapses_on {
        say("lapses:", format!("{day}, if nothing changes"));
    }
    items(speaker, "counted:", &found.counted, &mut say);
    items(speaker, "not counted:", &found.not_counted, &mut say);
    if found.outcome != Outcome::Met {
        for next in &found.next {
            say("next:", speaker.next(next));
        }
    }
    if depth > 1 || found.children.is_empty() {
        let rule = &found.rule;
        say(
            "rule:",
            format!(
                "{} of {}, {}",
                rule.file,
                rule.effective_from,
                en::certainty(rule.certainty)
            ),
        );
    }
    for child in &found.children {
        finding(speaker, child, depth + 1, lines);
    }
}

fn items(speaker: &Speaker<'_>, label: &str, items: &[Item], say: &mut impl FnMut(&str, String)) {
    for item in items.iter().take(SHOWN) {
        say(label, speaker.item(item));
    }
    if items.len() > SHOWN {
        say(label, format!("and {} more", items.len() - SHOWN));
    }
}
