//! An assessment as an indented tree, for a person at a terminal.

use membership_contract::text::{Plain, Speaker, en};
use membership_domain::assess::{Finding, Item, Kind, Outcome, ProgramAssessment, ScoreAssessment};
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
            "{name} ({}): {standing} on {}, {}",
            program.program,
            assessment.day,
            en::basis(assessment.basis)
        ),
        format!("  {}", speaker.stands(program, assessment)),
    ];
    let tree = Tree {
        speaker,
        assessment,
    };
    if let Some(root) = &program.root {
        tree.finding(root, 1, &mut lines);
    }
    if !program.tiers.is_empty() {
        let reached = program.tier.as_deref().unwrap_or("none");
        lines.push(format!("  Tiers, reached: {reached}"));
    }
    for tier in &program.tiers {
        tree.finding(tier, 1, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

struct Tree<'a> {
    speaker: Speaker<'a>,
    assessment: &'a Assessment,
}

impl Tree<'_> {
    fn finding(&self, found: &Finding, depth: usize, lines: &mut Vec<String>) {
        let speaker = &self.speaker;
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
            self.finding(child, depth + 1, lines);
        }
        if let Kind::Score { score, .. } = &found.kind
            && let Some(score) = self.assessment.score(score)
        {
            self.score(score, depth + 1, lines);
        }
    }

    /// What a score is made of: the metrics of the track that counts.
    fn score(&self, score: &ScoreAssessment, depth: usize, lines: &mut Vec<String>) {
        let Some(track) = score.chosen() else { return };
        let indent = "  ".repeat(depth);
        if score.tracks.len() > 1 {
            let name = self.speaker.title(track);
            lines.push(format!("{indent}  track: {name}, which counts"));
        }
        for next in &score.next {
            lines.push(format!("{indent}  next: {}", self.speaker.next(next)));
        }
        for metric in &track.children {
            self.finding(metric, depth, lines);
        }
    }
}

fn items(speaker: &Speaker<'_>, label: &str, items: &[Item], say: &mut impl FnMut(&str, String)) {
    for item in items.iter().take(SHOWN) {
        let name = speaker.item(item);
        match (&item.reason, item.until) {
            (Some(reason), _) => say(label, format!("{name}: {}", speaker.reason(reason))),
            (None, Some(until)) => say(label, format!("{name}, until {until}")),
            (None, None) => say(label, name),
        }
    }
    if items.len() > SHOWN {
        say(label, format!("and {} more", items.len() - SHOWN));
    }
}
