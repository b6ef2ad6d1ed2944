//! What a file leaves open: asked, and still there once it is answered, to be answered otherwise.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_import::{DateOrder, DecimalMark, Question, Settings, SimilarNames};

use super::Page;
use crate::text::imports as words;
use crate::ui::{self, Choice, Select, Tone};

impl Page {
    /// Asks what is not asked yet.
    pub fn open(self, questions: &[Question]) {
        let known = self.questions.get_untracked();
        let all = [known.clone(), questions.to_vec()].concat();
        let mut kinds = Vec::new();
        let asked: Vec<Question> = (all.into_iter())
            .filter(|question| {
                let kind = std::mem::discriminant(question);
                let new = !kinds.contains(&kind);
                kinds.push(kind);
                new
            })
            .collect();
        if asked != known {
            self.questions.set(asked);
        }
    }

    /// What the file leaves open, with the answers so far.
    pub fn ask(self) -> Option<AnyView> {
        let questions = self.questions.get();
        if questions.is_empty() {
            return None;
        }
        let asked = questions.iter().map(|question| {
            let choices = match question {
                Question::Dates { .. } => words::DATES,
                Question::Decimals { .. } => words::DECIMALS,
                Question::Names { .. } => words::NAMES,
            };
            let choices = choices.iter().map(|(value, label)| Choice {
                value: (*value).to_owned(),
                label: (*label).to_owned(),
            });
            let asked = question.clone();
            let answer = Callback::new(move |value: String| {
                self.settings.update(|settings| match value.as_str() {
                    "day_first" => settings.dates = Some(DateOrder::DayFirst),
                    "month_first" => settings.dates = Some(DateOrder::MonthFirst),
                    "point" => settings.decimals = Some(DecimalMark::Point),
                    "comma" => settings.decimals = Some(DecimalMark::Comma),
                    "different" => settings.similar_names = Some(SimilarNames::Different),
                    "refused" => settings.similar_names = Some(SimilarNames::Refused),
                    _ => match &asked {
                        Question::Dates { .. } => settings.dates = None,
                        Question::Decimals { .. } => settings.decimals = None,
                        Question::Names { .. } => settings.similar_names = None,
                    },
                });
                self.read();
            });
            view! {
                <Select
                    label=en::question(question)
                    choices=choices.collect()
                    value=answered(question, self.settings.get_untracked())
                    on_change=answer
                />
            }
        });
        Some(
            view! {
                {ui::note(Tone::Warn, words::OPEN)}
                {asked.collect_view()}
            }
            .into_any(),
        )
    }
}

/// The answer to a question, as its choices have it; empty where there is none.
fn answered(question: &Question, settings: Settings) -> String {
    let [dates, decimals, names] = codes(settings);
    let (_, code) = match question {
        Question::Dates { .. } => dates,
        Question::Decimals { .. } => decimals,
        Question::Names { .. } => names,
    };
    code.to_owned()
}

/// Answers by their names in addresses; empty where there are none.
pub fn codes(settings: Settings) -> [(&'static str, &'static str); 3] {
    let dates = match settings.dates {
        Some(DateOrder::DayFirst) => "day_first",
        Some(DateOrder::MonthFirst) => "month_first",
        None => "",
    };
    let decimals = match settings.decimals {
        Some(DecimalMark::Point) => "point",
        Some(DecimalMark::Comma) => "comma",
        None => "",
    };
    let names = match settings.similar_names {
        Some(SimilarNames::Different) => "different",
        Some(SimilarNames::Refused) => "refused",
        None => "",
    };
    [
        ("dates", dates),
        ("decimals", decimals),
        ("similar_names", names),
    ]
}
