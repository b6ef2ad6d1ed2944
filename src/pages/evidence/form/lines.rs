//! The lines of a form: certificates of a person, associations of a customer.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Part;
use crate::format;
use crate::lasting::Lasting;
use crate::text::by_hand as text;
use crate::ui::{self, Button, FieldProblem};

/// What is typed into one of them: as many texts as any line has.
pub type Cells = [RwSignal<String>; 4];

/// What is known of one.
pub type Texts = [String; 4];

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

/// All of them. As texts, each is its place in what was known, empty for a new one, and its cells.
#[derive(Clone, Copy)]
pub struct Lines {
    all: RwSignal<Vec<Line>>,
    lasting: Lasting,
}

/// So many texts is a line.
const LONG: usize = 5;

impl Lines {
    /// Without any.
    pub fn none() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            lasting: Lasting::here(),
        }
    }

    fn cells(self, texts: [String; 4]) -> Cells {
        self.lasting.make(|| texts.map(RwSignal::new))
    }

    /// Shows these texts instead of what there is.
    pub fn set(self, texts: &[String]) {
        let mut lines = Vec::new();
        for (number, texts) in texts.chunks(LONG).enumerate() {
            let text = |at| texts.get(at).cloned().unwrap_or_default();
            lines.push(Line {
                number,
                cells: self.cells([1, 2, 3, 4].map(text)),
                from: text(0).parse().ok(),
            });
        }
        self.all.set(lines);
    }

    /// Adds the texts of all of them. Tracks.
    pub fn texts(self, texts: &mut Vec<String>) {
        for line in self.all.get() {
            texts.push(line.from.map(|from| from.to_string()).unwrap_or_default());
            texts.extend(line.cells.map(|cell| cell.get()));
        }
    }

    /// Turns the places of texts, which are those in what was known before, to those in what is
    /// known now.
    pub fn move_over(texts: &mut [String], before: &[String], known: &[String]) {
        for line in texts.chunks_mut(LONG) {
            let Some(place) = line.first_mut() else {
                continue;
            };
            let then = place.parse::<usize>().ok();
            let then = then.and_then(|at| before.chunks(LONG).nth(at));
            let same = |now: &[String]| then.is_some_and(|then| then.get(1..) == now.get(1..));
            let now = known.chunks(LONG).position(same);
            *place = now.map(|now| now.to_string()).unwrap_or_default();
        }
    }

    /// As they stand.
    pub fn get(self) -> Vec<Line> {
        self.all.get_untracked()
    }

    fn add(self) {
        let cells = self.cells(Texts::default());
        self.all.update(|lines| {
            lines.push(Line {
                number: lines.iter().map(|line| line.number + 1).max().unwrap_or(0),
                cells,
                from: None,
            });
        });
    }

    /// Their controls, which `draw` gives for each, what is wrong with them, and what adds and
    /// removes them.
    pub fn view(
        self,
        part: &'static Part,
        problems: RwSignal<Vec<FieldProblem>>,
        draw: Callback<Line, AnyView>,
    ) -> AnyView {
        let line = move |(at, line): (usize, Line)| {
            let remove = Callback::new(move |()| {
                // Those that come after have other places now.
                problems.set(Vec::new());
                self.all
                    .update(|lines| lines.retain(|known| known.number != line.number));
            });
            let (id, legend) = (line_id(at + 1), (part.line)(at + 1));
            let error = ui::problem_at(problems, id.clone());
            ui::line(id, legend, error, remove, draw.run(line))
        };
        let add = Callback::new(move |()| self.add());
        view! {
            <h2>{part.lines}</h2>
            {move || self.all.get().into_iter().enumerate().map(line).collect_view()}
            <Button on_press=add icon_name="add">{part.add}</Button>
        }
        .into_any()
    }
}

/// The id of a line, by its place from 1.
pub fn line_id(place: usize) -> String {
    format!("line-{place}")
}

/// What is wrong with a line, by its place from 0: those faults that are so.
pub fn line_problem(
    part: &'static Part,
    at: usize,
    faults: &[(bool, &'static str)],
) -> Option<FieldProblem> {
    let wrong = faults.iter().filter(|(is_so, _)| *is_so);
    let wrong: Vec<&str> = wrong.map(|(_, what)| *what).collect();
    (!wrong.is_empty()).then(|| FieldProblem {
        field: Some(line_id(at + 1).into()),
        message: text::line(&(part.line)(at + 1), &wrong),
    })
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
