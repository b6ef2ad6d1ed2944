//! A file on its way to the server, after it was shown what it changes.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_import::Settings;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::{Page, State, progress, questions, said};
use crate::api::reader::Read;
use crate::api::{Body, Method, Upload, boot};
use crate::paths;
use crate::text::imports as words;
use crate::ui::{self, Button, Tone};

impl Page {
    /// Sends the file: the server reads it once more, and imports all of what was shown or nothing.
    pub fn import(self, read: &Read) {
        let Some(file) = self.file.get_untracked() else {
            return;
        };
        let settings = self.settings.get_untracked();
        let id = self.organization.with_value(|one| one.id);
        let name = file.name();
        let path = address(&api_paths::imports(id), &name, settings);
        let lines = read.report.counts.added + read.report.counts.changed;
        self.sent.set((0, 0));
        let sent = Callback::new(move |sent| self.sent.set(sent));
        let body = Body {
            file: Some(Upload::new(file.clone(), sent)),
            if_match: Some(read.tag.clone()),
            ..Body::default()
        };
        let sent_file = file.clone();
        let done = move |_| {
            // Unless another was chosen meanwhile, or the page is gone.
            if self
                .file
                .try_with_untracked(|chosen| *chosen == Some(sent_file))
                .unwrap_or(false)
            {
                self.questions.set(Vec::new());
                self.state.set(State::Done(name.clone(), lines));
            }
            // In a preview the first file says whom it is about.
            if boot::local().is_some() {
                self.session.ask();
            }
            self.changed.update(|count| *count += 1);
            ui::live::say(&words::imported(&name, lines));
        };
        spawn_local(async move {
            // A file that was saved again cannot be sent any more: a browser would only say that
            // the service cannot be reached.
            if is_there(&file).await {
                self.upload.run(Method::Post, path, body, done);
            } else {
                self.state.set(State::Fault(words::UNREADABLE.to_owned()));
            }
        });
    }

    /// How much of the file is sent, which can be canceled until all of it is.
    pub fn sending(self) -> AnyView {
        let cancel = move |()| {
            self.upload.cancel();
            // Its last bytes may have gone at the same time.
            self.changed.update(|count| *count += 1);
            ui::live::say(words::SENDING_CANCELED);
        };
        let where_it_is = Memo::new(move |_| match self.sent.get() {
            _ if !self.upload.busy.get() => None,
            (_, 0) => None,
            (sent, all) => Some(sent < all),
        });
        (move || match where_it_is.get()? {
            true => Some(progress(words::SENDING, self.sent, words::sent, cancel)),
            false => Some(view! { <p role="status">{words::SENT}</p> }.into_any()),
        })
        .into_any()
    }

    /// What the server said against it. Evidence that somebody else changed is compared with anew.
    pub fn refusal(self) -> AnyView {
        (move || {
            self.upload.error.get().map(|error| {
                let again = Callback::new(move |()| self.read());
                let stale = error.is(code::STALE);
                let why = if stale {
                    words::STALE.to_owned()
                } else {
                    said(&error)
                };
                view! {
                    <div role="alert" class="cluster">
                        {ui::note(Tone::Bad, why)}
                        {stale.then(|| view! { <Button on_press=again>{words::COMPARE}</Button> })}
                    </div>
                }
            })
        })
        .into_any()
    }
}

/// Whether the first byte of a file can still be read.
async fn is_there(file: &File) -> bool {
    match file.slice_with_i32_and_i32(0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

/// Where to send a file of this name, with the answers to its questions.
fn address(path: &str, name: &str, settings: Settings) -> String {
    let [dates, decimals, names] = questions::codes(settings);
    paths::with_query(path, &[("name", name), dates, decimals, names])
}
