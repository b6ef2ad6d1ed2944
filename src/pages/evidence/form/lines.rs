//! The lines of a form: certificates of a person, associations of a customer.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Part;
use crate::format;
use crate::text::by_hand as text;
use crate::ui::{Button, Kind};

/// What is typed into one of them: as many texts as any line has.
pub type Cells = [RwSignal<String>; 4];

/// One of them.
#[derive(Clone, Copy)]
pub struct Line {
    /// From 0, as long as it is there.
    pub number: usize,
    /// What is typed.
    pub cells: Cells,
    /// Its place in what was known, unless it is new.
    pub from: Option<usize>,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Lines(RwSignal<Vec<Line>>);

impl Lines {
    /// With the texts of what is known.
    pub fn of(known: Vec<[String; 4]>) -> Self {
        let line = |(number, cells): (usize, [String; 4])| Line {
            number,
            cells: cells.map(RwSignal::new),
            from: Some(number),
        };
        Self(RwSignal::new(
            known.into_iter().enumerate().map(line).collect(),
        ))
    }

    /// As they stand.
    pub fn get(self) -> Vec<Line> {
        self.0.get_untracked()
    }

    fn add(self) {
        self.0.update(|lines| {
            lines.push(Line {
                number: lines.iter().map(|line| line.number + 1).max().unwrap_or(0),
                cells: std::array::from_fn(|_| RwSignal::new(String::new())),
                from: None,
            });
        });
    }

    /// Their controls, which `draw` gives for each, and what adds and removes them.
    pub fn view(self, part: &'static Part, draw: Callback<Line, AnyView>) -> AnyView {
        let line = move |line: Line| {
            let remove = Callback::new(move |()| {
                self.0
                    .update(|lines| lines.retain(|known| known.number != line.number));
            });
            let legend = (part.line)(line.number + 1);
            view! {
                <fieldset class="cluster filter">
                    <legend class="visually-hidden">{legend.clone()}</legend>
                    {draw.run(line)}
                    <Button on_press=remove kind=Kind::Subtle>
                        {text::REMOVE}
                        <span class="visually-hidden">{legend}</span>
                    </Button>
                </fieldset>
            }
            .into_any()
        };
        let add = Callback::new(move |()| self.add());
        view! {
            <h2>{part.lines}</h2>
            {move || self.0.get().into_iter().map(line).collect_view()}
            <Button on_press=add icon_name="add">{part.add}</Button>
        }
        .into_any()
    }
}

/// What is typed, without space around it; `None` for nothing.
pub fn typed(input: RwSignal<String>) -> Option<String> {
    let text = input.get_untracked().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The day that is typed.
pub fn day(input: RwSignal<String>) -> Option<NaiveDate> {
    input.with_untracked(|text| text.parse().ok())
}

/// A day as an input has it.
pub fn day_text(day: Option<NaiveDate>) -> String {
    day.map(format::day_input).unwrap_or_default()
}
