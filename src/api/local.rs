//! In a preview without an account: what answers in place of the API, in a worker of this browser
//! (public/local-worker.js).

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use membership_contract::problem::{Problem, code};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::ApiError;
use super::boot;
use super::request::{Body, Method, Reply, instead};

/// What is asked and not answered yet, by number.
#[derive(Default)]
struct Desk {
    worker: Option<Worker>,
    waiting: BTreeMap<u32, Function>,
    asked: u32,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// From now on every request is answered here.
pub fn answer_here() {
    instead(|method, path, body| Box::pin(send(method, path, body)));
}

/// Asks the worker what would be asked of the API. A refusal is no error here: as from the API, it
/// is a reply with its status.
async fn send(method: Method, path: String, body: Body) -> Result<Reply, ApiError> {
    let promise = ask(method, &path, body).ok_or_else(|| failed(NO_WORKER))?;
    let data = JsFuture::from(promise)
        .await
        .map_err(|_| failed(NO_WORKER))?;
    let text = |name: &str| Reflect::get(&data, &name.into()).ok()?.as_string();
    if let Some(why) = text("failed") {
        return Err(failed(&why));
    }
    let status = Reflect::get(&data, &"status".into())
        .ok()
        .and_then(|status| status.as_f64());
    Ok(Reply {
        status: super::reader::whole(status.unwrap_or_default())
            .try_into()
            .unwrap_or_default(),
        etag: text("etag"),
        body: text("body").unwrap_or_default(),
        packed: Reflect::get(&data, &"packed".into())
            .ok()
            .and_then(|packed| packed.dyn_into::<Uint8Array>().ok())
            .map(|packed| packed.to_vec()),
    })
}

const NO_WORKER: &str = "The preview needs a browser that supports workers.";

fn failed(why: &str) -> ApiError {
    ApiError::Problem(Box::new(Problem::new(500, code::INTERNAL, why)))
}

fn ask(method: Method, path: &str, body: Body) -> Option<Promise> {
    let worker = worker()?;
    let id = DESK.with_borrow_mut(|desk| {
        desk.asked += 1;
        desk.asked
    });
    let message = Object::new();
    let content = match (body.file, body.json) {
        (Some(upload), _) => upload.file.into(),
        (None, json) => json.into(),
    };
    for (name, value) in [
        ("id", id.into()),
        ("method", method.name().into()),
        ("path", path.into()),
        ("tag", body.if_match.or(body.if_none_match).into()),
        ("body", content),
    ] {
        Reflect::set(&message, &name.into(), &value).ok()?;
    }
    let answered = Promise::new(&mut |resolve, _| {
        DESK.with_borrow_mut(|desk| desk.waiting.insert(id, resolve));
    });
    worker.post_message(&message).ok()?;
    Some(answered)
}

/// The worker, started when it is first asked; it lives as long as the page.
fn worker() -> Option<Worker> {
    if let Some(worker) = DESK.with_borrow(|desk| desk.worker.clone()) {
        return Some(worker);
    }
    let boot = boot::local()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&boot.worker, &options).ok()?;
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| hear(&event));
    worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let broken = Closure::<dyn FnMut()>::new(end);
    worker.set_onerror(Some(broken.as_ref().unchecked_ref()));
    broken.forget();
    let (start, message) = (Object::new(), Object::new());
    for (name, value) in [
        ("program", boot.program),
        ("loader", boot.loader.into()),
        ("catalog", boot.catalog.into()),
        ("kept", boot.kept.into()),
        ("evidence", boot.evidence.into()),
    ] {
        Reflect::set(&start, &name.into(), &value).ok()?;
    }
    Reflect::set(&message, &"start".into(), &start).ok()?;
    worker.post_message(&message).ok()?;
    DESK.with_borrow_mut(|desk| desk.worker = Some(worker.clone()));
    Some(worker)
}

fn hear(event: &MessageEvent) {
    let data = event.data();
    let id = Reflect::get(&data, &"id".into()).unwrap_or_default();
    let id = super::reader::whole(id.as_f64().unwrap_or_default());
    let waiting = DESK.with_borrow_mut(|desk| desk.waiting.remove(&id));
    if let Some(resolve) = waiting {
        // Nobody may wait any more.
        let _ = resolve.call1(&JsValue::UNDEFINED, &data);
    }
}

/// The worker broke: nothing that was asked will be answered, and the next question starts another.
fn end() {
    let waiting = DESK.with_borrow_mut(|desk| {
        if let Some(worker) = desk.worker.take() {
            worker.terminate();
        }
        std::mem::take(&mut desk.waiting)
    });
    let told = Object::new();
    let why = "The preview stopped. Try again, or reload this page.";
    let _ = Reflect::set(&told, &"failed".into(), &why.into());
    for resolve in waiting.into_values() {
        let _ = resolve.call1(&JsValue::UNDEFINED, &told);
    }
}
