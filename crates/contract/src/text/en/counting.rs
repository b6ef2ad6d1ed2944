//! Where a row of a list counts, and why not elsewhere.

use membership_lists::{Counting, Number, Why, metric_name};

use crate::text::Speaker;

/// What is said of a row that counts only with what the partner entered.
pub const ONLY_ENTERED: &str = "Counts with what you entered. The program owner confirms it.";

/// What the people are called who count in a metric.
pub const COUNTING_PEOPLE: &str = "People who count";

impl Speaker<'_> {
    /// Why a row does not count, in a sentence.
    #[must_use]
    pub fn why(&self, why: &Why) -> String {
        let month = |day| self.words.day(day);
        match why {
            Why::Rule(reason) => self.reason(reason),
            Why::Instead { certificate } => format!(
                "A person counts once, here with {}.",
                self.certificate(certificate)
            ),
            Why::YearBefore => "Baseline for the same months a year later.".to_owned(),
            Why::OtherMonths { from, to } => format!(
                "Only usage from {} to {} is measured.",
                month(from.first_day()),
                month(to.last_day())
            ),
            Why::NotMeasured => "No month measured yet.".to_owned(),
            Why::Nothing => "Adds nothing to this measure.".to_owned(),
            Why::Outdone => "Another way earns more, so this one isn't used.".to_owned(),
        }
    }

    /// The name of an area or program in which rows can count.
    #[must_use]
    pub fn place(&self, id: &str) -> String {
        if self.catalog.score(id).is_some() {
            self.score(id)
        } else {
            self.program(id)
        }
    }

    /// The names of the metrics or requirements in which a row counts.
    #[must_use]
    pub fn metrics(&self, counting: &Counting) -> String {
        let metrics = counting.metrics.iter();
        let names: Vec<&str> = metrics
            .map(|metric| metric_name(self.catalog, &counting.area, metric).unwrap_or(metric))
            .collect();
        names.join(", ")
    }

    /// What a number of an area is called.
    #[must_use]
    pub fn number_name(&self, number: &Number<'_>) -> String {
        let part = match number.part {
            Some("") => Some(COUNTING_PEOPLE),
            part => part,
        };
        let name = [number.track, Some(number.name), part];
        name.into_iter().flatten().collect::<Vec<_>>().join(": ")
    }

    /// The areas and programs in which a row counts, each with the metrics or requirements; last,
    /// where it counts with what the partner entered alone.
    #[must_use]
    pub fn counts_in(&self, areas: &[Counting]) -> Vec<String> {
        let counting = areas.iter().filter(|area| !area.metrics.is_empty());
        let named = |area: &Counting| format!("{}: {}", self.place(&area.area), self.metrics(area));
        let (entered, sure): (Vec<_>, Vec<_>) = counting.partition(|area| area.only_entered);
        let mut said: Vec<String> = sure.into_iter().map(named).collect();
        said.extend(
            entered
                .into_iter()
                .map(|area| format!("{}. {ONLY_ENTERED}", named(area))),
        );
        said
    }

    /// Why a row does not count: each reason once, with the areas and programs that have it.
    #[must_use]
    pub fn does_not_count(
        &self,
        areas: &mut dyn Iterator<Item = &Counting>,
    ) -> Vec<(Vec<String>, String)> {
        let mut said: Vec<(Vec<String>, String)> = Vec::new();
        for (area, why) in areas.filter_map(|area| Some((area, area.why.as_ref()?))) {
            let (name, why) = (self.place(&area.area), self.why(why));
            match said.iter_mut().find(|(_, known)| *known == why) {
                Some((names, _)) => names.push(name),
                None => said.push((vec![name], why)),
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::Catalog;

    use super::*;
    use crate::text::Plain;

    #[test]
    fn one_reason_is_said_once() {
        let area = |score: &str, why| Counting {
            area: score.to_owned(),
            metrics: Vec::new(),
            only_entered: false,
            why,
        };
        let areas = [
            area("a", Some(Why::YearBefore)),
            area("b", Some(Why::Nothing)),
            area("c", Some(Why::YearBefore)),
            area("d", None),
        ];
        let catalog = Catalog::default();
        let words = &Plain;
        let speaker = Speaker {
            catalog: &catalog,
            words,
        };
        let said = speaker.does_not_count(&mut areas.iter());
        let names: Vec<String> = said.iter().map(|(names, _)| names.join(" ")).collect();
        assert_eq!(names, ["a c", "b"]);
        assert_eq!(speaker.counts_in(&areas), Vec::<String>::new());
    }

    #[test]
    fn what_is_only_entered_comes_last_and_says_so() {
        let area = |area: &str, only_entered| Counting {
            area: area.to_owned(),
            metrics: vec!["people".to_owned()],
            only_entered,
            why: None,
        };
        let catalog = Catalog::default();
        let speaker = Speaker {
            catalog: &catalog,
            words: &Plain,
        };
        let said = speaker.counts_in(&[area("a", true), area("b", false)]);
        assert_eq!(
            said,
            ["b: people".to_owned(), format!("a: people. {ONLY_ENTERED}")]
        );
    }
}
