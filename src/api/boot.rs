//! What chunks.js and boot.js left on `window` while the program was still loading.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Set by public/chunks.js and public/boot.js, which say what is in it.
const NAME: &str = "__membership";

fn property(name: &str) -> Option<JsValue> {
    // Of the page, or of a worker.
    let boot = Reflect::get(&js_sys::global(), &NAME.into()).ok()?;
    if !boot.is_object() {
        return None;
    }
    Reflect::get(&boot, &name.into()).ok()
}

/// The path below which this app is, with a slash at its end: the host's, and in a preview without
/// an account `preview/` below that.
pub fn base() -> String {
    let base = property("base").and_then(|base| base.as_string());
    base.unwrap_or_default()
}

/// Where the API is, from config.json; empty when it is where the page is.
pub fn api_base() -> String {
    property("api")
        .and_then(|api| api.as_string())
        .map(|api| api.trim_end_matches('/').to_owned())
        .unwrap_or_default()
}

/// What was asked before this program was here, by the last part of its address: "session" and
/// "overview". It gives a response, or nothing. Only once: an answer can be read only once, and
/// later ones are fresher.
pub fn take_asked(name: &str) -> Option<Promise> {
    let asked = property("asked").filter(JsValue::is_object)?;
    let promise = Reflect::get(&asked, &name.into()).ok()?;
    Reflect::set(&asked, &name.into(), &JsValue::UNDEFINED).ok()?;
    promise.dyn_into().ok()
}

/// What reads files.
pub struct FileReader {
    /// Where the worker's script is.
    pub worker: String,
    /// What it loads: `{glue: string, wasm: string}`.
    pub program: JsValue,
}

/// What reads files, for [`super::reader`].
pub fn reader() -> Option<FileReader> {
    Some(FileReader {
        worker: property("worker")?.as_string()?,
        program: property("reader").filter(JsValue::is_object)?,
    })
}

/// What answers in a preview without an account.
#[derive(Default)]
pub struct Local {
    /// Where the worker's script is.
    pub worker: String,
    /// What it loads: `{glue: string, wasm: string, groups: object}`.
    pub program: JsValue,
    /// What loads the rest of it.
    pub loader: String,
    /// Where the rules are.
    pub catalog: String,
    /// The browser's cache in which the evidence is kept.
    pub kept: String,
    /// The evidence's address there.
    pub evidence: String,
}

/// What answers, if this is a preview without an account.
pub fn local() -> Option<Local> {
    let local = property("local").filter(JsValue::is_object)?;
    let get = |name: &str| Reflect::get(&local, &name.into()).ok();
    let text = |name: &str| get(name)?.as_string();
    Some(Local {
        worker: text("worker")?,
        program: get("program")?,
        loader: text("loader")?,
        catalog: text("catalog")?,
        kept: text("kept")?,
        evidence: text("evidence")?,
    })
}

/// The path of the host's pages outside a preview, with a slash at its end; nothing where there
/// is no API, and so nobody could sign in.
pub fn home() -> Option<String> {
    property("api").filter(JsValue::is_string)?;
    property("home")?.as_string()
}

/// Why a part of the program did not come, as public/chunks.js tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer, or one that broke off.
    Lost,
    /// An answer with this status.
    Status(u16),
    /// The host does not have it any more: a newer release is there.
    Gone,
    /// The host sent something else in its place.
    Other,
    /// It is not whole.
    Broken,
    /// It belongs to another build.
    OtherBuild,
}

impl Fault {
    /// As it is told: a word, or a status.
    fn of(told: &str) -> Self {
        match told {
            "gone" => Self::Gone,
            "other" => Self::Other,
            "broken" => Self::Broken,
            "build" => Self::OtherBuild,
            _ => told.parse().map_or(Self::Lost, Self::Status),
        }
    }

    /// Whether the page has to be loaded again: the program that runs cannot get this part.
    pub fn needs_reload(&self) -> bool {
        matches!(self, Self::Gone | Self::Other | Self::OtherBuild)
    }
}

/// Why the last part that was asked for did not come.
pub fn fault() -> Fault {
    let told = property("fault").and_then(|told| told.as_string());
    told.map_or(Fault::Lost, |told| Fault::of(&told))
}

/// Opens an address with the whole app, once that is here.
pub fn enter(to: &str) {
    let enter = property("enter").and_then(|enter| enter.dyn_into::<Function>().ok());
    if let Some(enter) = enter {
        // It answers later, and says itself what goes wrong.
        let _ = enter.call1(&JsValue::UNDEFINED, &to.into());
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::roles::{Permission, Role};

    use super::*;
    use crate::text::lazy::why;

    #[test]
    fn what_another_release_took_needs_a_reload_and_all_else_is_tried_again() {
        let told = ["gone", "other", "build", "lost", "broken", "503", ""];
        let faults = told.map(Fault::of);
        let reload = faults.each_ref().map(Fault::needs_reload);
        assert_eq!(reload, [true, true, true, false, false, false, false]);
        for (told, fault) in told.iter().zip(&faults) {
            let offers = why(fault).contains("eload the page");
            assert_eq!(offers, fault.needs_reload(), "{told}: {}", why(fault));
        }
        assert!(why(&Fault::of("503")).contains("status 503"));
        assert_eq!(Fault::of(""), Fault::Lost);
    }

    #[test]
    fn boot_js_asks_for_the_overview_of_those_who_see_it() {
        let sees = Role::ALL.iter();
        let sees = sees.filter(|role| role.may(Permission::SeeWorkspace));
        let codes: Vec<String> = sees.map(|role| format!("\"{}\"", role.code())).collect();
        let line = format!("const SEES = [{}];", codes.join(", "));
        let script = include_str!("../../public/boot.js");
        assert!(script.contains(&line), "{line}");
    }
}
