//! What is looked for: in the address, so that it can be shared and gone back to.

use leptos::prelude::*;
use membership_lists::List;

use super::Kind;
use crate::go::{Step, goer, query};
use crate::paths;
use crate::text::evidence as words;
use crate::ui::{Choice, Select, TextField};

/// What is looked for. Empty fields are not in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: String,
    pub area: String,
    pub metric: String,
    pub counts: String,
    pub state: String,
    pub sort: String,
    pub order: String,
    pub cursor: String,
}

impl Filter {
    /// The filter of the page's address.
    pub fn of_address() -> Memo<Self> {
        let query = query();
        Memo::new(move |_| {
            let field = |name| query.with(|query| query.get(name)).unwrap_or_default();
            Self {
                search: field("search"),
                area: field("area"),
                metric: field("metric"),
                counts: field("counts"),
                state: field("state"),
                sort: field("sort"),
                order: field("order"),
                cursor: field("cursor"),
            }
        })
    }

    /// An address with this filter: of the page or of the API, whose parameters are the same.
    pub fn address(&self, path: &str) -> String {
        let fields = [
            ("search", self.search.as_str()),
            ("area", self.area.as_str()),
            ("metric", self.metric.as_str()),
            ("counts", self.counts.as_str()),
            ("state", self.state.as_str()),
            ("sort", self.sort.as_str()),
            ("order", self.order.as_str()),
            ("cursor", self.cursor.as_str()),
        ];
        paths::with_query(path, &fields)
    }
}

/// Goes to the same page with another filter, at its beginning.
pub fn narrower(kind: Kind) -> impl Fn(Filter) + Clone {
    let go = goer(Step::Here);
    move |filter: Filter| {
        let first = Filter {
            cursor: String::new(),
            ..filter
        };
        go(&first.address(&kind.path.href()));
    }
}

/// What can be chosen: by value and words.
pub type Named = Vec<(String, String)>;

/// The controls; `areas` are scores and programs, `metrics` those of the chosen one.
pub fn controls(kind: Kind, filter: Memo<Filter>, areas: &Named, metrics: Memo<Named>) -> AnyView {
    let go = narrower(kind);
    let typed = RwSignal::new(filter.with_untracked(|filter| filter.search.clone()));
    let follow = go.clone();
    Effect::new(move |before: Option<String>| {
        let search = typed.get();
        let now = filter.get_untracked();
        if before.is_some_and(|before| before != search) && now.search != search {
            follow(Filter {
                search: search.clone(),
                ..now
            });
        }
        search
    });
    // The address may change without us: back, or a link.
    Effect::new(move |_| {
        let search = filter.with(|filter| filter.search.clone());
        if typed.with_untracked(|typed| *typed != search) {
            typed.set(search);
        }
    });
    let with = |put: fn(&mut Filter, String)| {
        let go = go.clone();
        Callback::new(move |value: String| {
            let mut next = filter.get_untracked();
            put(&mut next, value);
            go(next);
        })
    };
    let area = Signal::derive(move || filter.with(|filter| filter.area.clone()));
    let counts = Signal::derive(move || filter.with(|filter| filter.counts.clone()));
    let state = Signal::derive(move || filter.with(|filter| filter.state.clone()));
    let metric = Signal::derive(move || filter.with(|filter| filter.metric.clone()));
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let areas = std::iter::once(choice("", words::ANY_AREA))
        .chain(areas.iter().map(|(id, name)| choice(id, name)))
        .collect();
    let put = with(|filter, value| filter.metric = value);
    let metrics = move || {
        let known = metrics.get();
        (!known.is_empty()).then(|| {
            let all = std::iter::once(choice("", words::ANY_METRIC));
            let all = all.chain(known.iter().map(|(id, name)| choice(id, name)));
            let all = all.collect::<Vec<_>>();
            view! { <Select label=words::METRIC choices=all value=metric on_change=put /> }
        })
    };
    let choices = |known: &[(&str, &str)]| {
        known
            .iter()
            .map(|(value, label)| choice(value, label))
            .collect()
    };
    let states = match kind.list {
        List::People => Some(words::PEOPLE_STATES),
        List::Certifications => Some(words::CERTIFICATION_STATES),
        List::Customers | List::Usage => None,
    };
    let states = states.map(|known| {
        let put = with(|filter, value| filter.state = value);
        view! { <Select label=words::STATE choices=choices(known) value=state on_change=put /> }
    });
    view! {
        <div class="cluster filter">
            <TextField label=words::SEARCH value=typed kind="search" longest=200 />
            <Select
                label=words::COUNTS
                choices=choices(words::COUNTINGS)
                value=counts
                on_change=with(|filter, value| filter.counts = value)
            />
            <Select
                label=words::AREA
                choices=areas
                value=area
                on_change=with(|filter, value| {
                    // An area alone asks nothing.
                    if filter.counts.is_empty() && !value.is_empty() {
                        "yes".clone_into(&mut filter.counts);
                    }
                    filter.area = value;
                    filter.metric = String::new();
                })
            />
            {metrics}
            {states}
        </div>
    }
    .into_any()
}
