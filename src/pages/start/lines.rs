//! The lines of a company in a few numbers: certificates, and customers of a product.

use leptos::prelude::*;

use crate::lasting::Lasting;
use crate::text;
use crate::ui::{self, Button, Choice, FieldProblem, Select, Stepper, Wrong};

/// Between lines, and between what is in one: nobody types these.
const RECORD: &str = "\u{1e}";
const UNIT: char = '\u{1f}';

/// One of them: what was chosen, and its numbers.
#[derive(Clone)]
pub struct Line {
    number: usize,
    pub chosen: RwSignal<String>,
    counts: Vec<(RwSignal<i64>, Wrong)>,
}

impl Line {
    /// One of its numbers.
    pub fn count(&self, at: usize) -> i64 {
        let count = self.counts.get(at);
        count.map_or(0, |(count, _)| count.get_untracked())
    }
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Lines {
    all: RwSignal<Vec<Line>>,
    sort: &'static Sort,
    lasting: Lasting,
}

/// What all of them have in common.
pub struct Sort {
    /// What the ids of lines begin with.
    pub id: &'static str,
    /// What is chosen.
    pub choice: &'static str,
    /// The numbers.
    pub counts: &'static [Count],
    /// A line by its place, from 1.
    pub line: fn(usize) -> String,
    /// What adds one.
    pub add: &'static str,
}

/// One of the numbers.
pub struct Count {
    /// What is counted.
    pub label: &'static str,
    /// What a new line begins with.
    pub usual: i64,
    /// The largest.
    pub most: i64,
}

impl Lines {
    /// One, as usual.
    pub fn one(sort: &'static Sort) -> Self {
        let lines = Self {
            all: RwSignal::default(),
            sort,
            lasting: Lasting::here(),
        };
        lines.add();
        lines
    }

    fn add(self) {
        self.all.update(|lines| {
            let number = lines.iter().map(|line| line.number + 1).max().unwrap_or(0);
            lines.push(self.line(number, ""));
        });
    }

    /// One, as a text says; what it does not say is as usual.
    fn line(self, number: usize, text: &str) -> Line {
        let mut texts = text.split(UNIT);
        let chosen = texts.next().unwrap_or_default().to_owned();
        let count = |count: &Count| {
            let typed = texts.next().and_then(|text| text.parse().ok());
            (
                RwSignal::new(typed.unwrap_or(count.usual)),
                Wrong::default(),
            )
        };
        self.lasting.make(|| Line {
            number,
            chosen: RwSignal::new(chosen),
            counts: self.sort.counts.iter().map(count).collect(),
        })
    }

    /// As they stand.
    pub fn get(self) -> Vec<Line> {
        self.all.get_untracked()
    }

    /// All of it as one text. Tracks.
    pub fn text(self) -> String {
        let mut lines = Vec::new();
        for line in self.all.get() {
            let mut text = line.chosen.get();
            for (count, _) in line.counts {
                text.push(UNIT);
                text += &count.get().to_string();
            }
            lines.push(text);
        }
        lines.join(RECORD)
    }

    /// Shows what a text says instead.
    pub fn set(self, text: &str) {
        let texts = text.split(RECORD).filter(|text| !text.is_empty());
        let lines = texts.enumerate();
        let lines = lines.map(|(number, text)| self.line(number, text));
        self.all.set(lines.collect());
    }

    /// What is wrong with them: numbers that are none, else what `wrong` says of a line.
    pub fn check(self, wrong: impl Fn(&Line) -> Vec<&'static str>) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (at, line) in self.get().iter().enumerate() {
            let (id, name) = (self.id(at + 1), (self.sort.line)(at + 1));
            let numbers = line.counts.iter().zip(self.sort.counts).enumerate();
            let before = problems.len();
            problems.extend(numbers.filter_map(|(at, ((_, wrong), count))| {
                let name = format!("{name}, {}", count.label);
                no_number(*wrong, count_id(&id, at), &name, count.most)
            }));
            if problems.len() == before {
                problems.extend(wrong(line).into_iter().map(|wrong| FieldProblem {
                    field: Some(id.clone().into()),
                    message: format!("{name}: {wrong}"),
                }));
            }
        }
        problems
    }

    /// The id of a line, by its place from 1.
    fn id(self, place: usize) -> String {
        format!("{}-{place}", self.sort.id)
    }

    /// Their controls, what is wrong with them, and what adds one.
    pub fn view(
        self,
        choices: StoredValue<Vec<Choice>>,
        problems: RwSignal<Vec<FieldProblem>>,
    ) -> AnyView {
        let row = move |(at, line)| self.row(line, at + 1, choices.get_value(), problems);
        let all = move || {
            self.all
                .get()
                .into_iter()
                .enumerate()
                .map(row)
                .collect_view()
        };
        view! {
            {all}
            <Button on_press=Callback::new(move |()| self.add()) icon_name="add">
                {self.sort.add}
            </Button>
        }
        .into_any()
    }

    fn row(
        self,
        line: Line,
        place: usize,
        choices: Vec<Choice>,
        problems: RwSignal<Vec<FieldProblem>>,
    ) -> AnyView {
        let Line {
            number,
            chosen,
            counts,
        } = line;
        let remove = Callback::new(move |()| {
            // Those that come after have other places now.
            problems.set(Vec::new());
            self.all
                .update(|lines| lines.retain(|known| known.number != number));
        });
        let id = self.id(place);
        let stepper = |(at, ((value, wrong), count)): (usize, ((RwSignal<i64>, Wrong), &Count))| {
            view! {
                <Stepper
                    label=count.label
                    id=count_id(&id, at)
                    wrong=wrong
                    value=value
                    most=count.most
                    on_change=Callback::new(move |number| value.set(number))
                />
            }
        };
        let counts = counts.into_iter().zip(self.sort.counts).enumerate();
        let counts = counts.map(stepper);
        let controls = view! {
            <Select
                label=self.sort.choice
                choices=choices
                value=chosen
                on_change=Callback::new(move |value| chosen.set(value))
            />
            {counts.collect_view()}
        };
        let legend = (self.sort.line)(place);
        let error = ui::problem_at(problems, id.clone());
        ui::line(id, legend, error, remove, controls.into_any())
    }
}

/// The id of a number of a line, by its place from 0.
fn count_id(line: &str, at: usize) -> String {
    format!("{line}-{at}")
}

/// That what was typed is no number, if so.
pub fn no_number(wrong: Wrong, id: String, name: &str, most: i64) -> Option<FieldProblem> {
    wrong.with_untracked(Option::is_some).then(|| FieldProblem {
        field: Some(id.into()),
        message: format!("{name}: {}", text::forms::whole_number(0, most)),
    })
}
