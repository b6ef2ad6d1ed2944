//! Somebody else was faster: what they saved beside what is typed here, and the ways on.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::problem::code;
use wasm_bindgen_futures::spawn_local;

use super::{Editor, LineValues, Values};
use crate::api::{Abort, ApiError, Body, Method, Reply, send};
use crate::text::forms as words;
use crate::ui::{self, Button};

/// How what is saved is read again.
#[derive(Clone)]
pub struct Again {
    /// Where its tag is, if not with what is edited itself.
    pub tag: Option<String>,
    /// Where it is; none for what is new.
    pub row: Option<String>,
    /// What the form would show of it.
    pub fill: Fill,
}

/// What a form shows of an answer, if it can be read.
pub type Fill = Arc<dyn Fn(&Reply) -> Option<Values> + Send + Sync>;

/// What somebody else made of it.
#[derive(Clone)]
pub struct Theirs {
    /// The tag of what is saved now.
    tag: Option<String>,
    /// What is saved now; none where it is gone, or was new.
    values: Option<Values>,
    /// Whether it was removed.
    gone: bool,
}

impl Again {
    async fn read(self) -> Result<Theirs, ApiError> {
        // The tag first: what changes between the two is refused once more, and not overwritten.
        let tag = match &self.tag {
            Some(path) => get(path).await?.etag,
            None => None,
        };
        let Some(row) = &self.row else {
            return Ok(Theirs {
                tag,
                values: None,
                gone: false,
            });
        };
        match get(row).await {
            Ok(reply) => Ok(Theirs {
                values: (self.fill)(&reply),
                tag: tag.or(reply.etag),
                gone: false,
            }),
            Err(error) if error.is(code::NOT_FOUND) => Ok(Theirs {
                tag,
                values: None,
                gone: true,
            }),
            Err(error) => Err(error),
        }
    }
}

async fn get(path: &str) -> Result<Reply, ApiError> {
    let abort = Abort::new();
    send(Method::Get, path, Body::default(), abort.signal()).await
}

impl Editor {
    /// Asks what somebody else saved.
    pub(super) fn ask_theirs(self, again: Again) {
        spawn_local(async move {
            let theirs = again.read().await;
            // The page may be gone by then.
            match theirs {
                Ok(theirs) => drop(self.theirs.try_set(Some(theirs))),
                Err(error) if self.theirs.is_disposed() => drop(error),
                Err(error) => self.form.failed(&error),
            }
        });
    }

    /// What was saved meanwhile, what is typed, and what to do about it.
    pub(super) fn conflict(self) -> AnyView {
        (move || self.theirs.get().map(|theirs| self.compared(&theirs))).into_any()
    }

    fn compared(self, theirs: &Theirs) -> AnyView {
        let yours = self.typed();
        let other = theirs.values.as_ref();
        let differences = other.map(|other| self.differences(other, &yours));
        let differences = differences.unwrap_or_default();
        let tag = theirs.tag.clone();
        let anyway = Callback::new(move |()| {
            self.theirs.set(None);
            self.state.update_value(|state| state.tag.clone_from(&tag));
            if let Some(attempt) = self.state.with_value(|state| state.attempt) {
                attempt.run(());
            }
        });
        let take = theirs.clone();
        let take = Callback::new(move |()| {
            let theirs = take.clone();
            self.theirs.set(None);
            self.state.update_value(|state| state.tag = theirs.tag);
            if let Some(values) = theirs.values {
                self.know(values.clone());
                self.show(&values);
            }
        });
        let both = !differences.is_empty();
        let said = if theirs.gone {
            words::GONE_MEANWHILE
        } else {
            self.shape.stale
        };
        let ways = view! {
            <Button on_press=anyway>{words::ANYWAY}</Button>
            {both.then(|| view! { <Button on_press=take>{words::TAKE_THEIRS}</Button> })}
        };
        let says = view! {
            <p>{said}</p>
            {both.then(|| table(differences))}
        };
        ui::refused(says.into_any(), ways.into_any())
    }

    /// What differs, by label: theirs and yours.
    fn differences(self, theirs: &Values, yours: &Values) -> Vec<[String; 3]> {
        let fields = self.shape.fields.iter().map(|field| {
            let [theirs, yours] = [theirs, yours].map(|all| all.text(field.name).to_owned());
            [field.label.to_owned(), theirs, yours]
        });
        let groups = self.shape.groups.iter().map(|group| {
            let [theirs, yours] = [theirs, yours].map(|all| said(all.lines(group.name)));
            [group.title.to_owned(), theirs, yours]
        });
        let all = fields.chain(groups);
        all.filter(|[_, theirs, yours]| theirs != yours).collect()
    }
}

/// Lines as one text.
fn said(lines: &[LineValues]) -> String {
    let line = |line: &LineValues| {
        let texts = line.fields.values().filter(|text| !text.is_empty());
        texts.cloned().collect::<Vec<_>>().join(" ")
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn table(differences: Vec<[String; 3]>) -> AnyView {
    let row = |[label, theirs, yours]: [String; 3]| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td data-label=words::THEIRS>{theirs}</td>
                <td data-label=words::YOURS>{yours}</td>
            </tr>
        }
    };
    view! {
        <ui::Table
            caption=words::COMPARED
            head=|| {
                [words::FIELD, words::THEIRS, words::YOURS]
                    .map(|name| view! { <th scope="col">{name}</th> })
            }
        >
            {differences.into_iter().map(row).collect_view()}
        </ui::Table>
    }
    .into_any()
}
