//! Where a row of a list counts, and why not elsewhere.

use membership_lists::{Counting, Why};

use crate::text::Speaker;

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
            Why::YearBefore => "Is what the same months a year later are compared with.".to_owned(),
            Why::OtherMonths { from, to } => format!(
                "Measured is from {} to {}.",
                month(from.first_day()),
                month(to.last_day())
            ),
            Why::NotMeasured => "No month was measured yet.".to_owned(),
            Why::Nothing => "Adds nothing to what is measured here.".to_owned(),
        }
    }

    /// The areas in which a row counts, by name.
    #[must_use]
    pub fn counts_in(&self, areas: &[Counting]) -> Vec<String> {
        let counting = areas.iter().filter(|area| !area.metrics.is_empty());
        counting.map(|area| self.score(&area.score)).collect()
    }

    /// Why a row does not count: each reason once, with the areas that have it.
    #[must_use]
    pub fn does_not_count(&self, areas: &[Counting]) -> Vec<(String, String)> {
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        for (area, why) in areas
            .iter()
            .filter_map(|area| Some((area, area.why.as_ref()?)))
        {
            let (name, why) = (self.score(&area.score), self.why(why));
            match said.iter_mut().find(|(known, _)| *known == why) {
                Some((_, names)) => names.push(name),
                None => said.push((why, vec![name])),
            }
        }
        let told = said.into_iter();
        told.map(|(why, names)| (self.words.list(&names), why))
            .collect()
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
            score: score.to_owned(),
            metrics: Vec::new(),
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
        let said = speaker.does_not_count(&areas);
        let names: Vec<&str> = said.iter().map(|(names, _)| names.as_str()).collect();
        assert_eq!(names, ["a and c", "b"]);
        assert_eq!(speaker.counts_in(&areas), Vec::<String>::new());
    }
}
