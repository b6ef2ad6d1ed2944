//! A file on its way to the API. Unlike `fetch`, the older interface tells how much of it is sent.

use std::pin::Pin;

use js_sys::{Date, Promise};
use leptos::prelude::{Callable, Callback};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, File, ProgressEvent, XmlHttpRequest};

use super::abort::PATIENCE;
use super::request::Reply;

/// A file, and who is told of how many bytes how many are sent.
#[derive(Clone)]
pub struct Upload {
    /// The file.
    pub file: File,
    /// Told while it is sent: bytes, and all of them.
    sent: Callback<(u32, u32)>,
    /// Kept here, so that programs that never send files do not hold it.
    post: fn(Post) -> Answered,
}

type Answered = Pin<Box<dyn Future<Output = Option<Reply>>>>;

struct Post {
    method: &'static str,
    url: String,
    upload: Upload,
    /// Where they have a value.
    headers: [(&'static str, Option<String>); 2],
    signal: Option<AbortSignal>,
}

impl Upload {
    /// Of a file.
    pub fn new(file: File, sent: Callback<(u32, u32)>) -> Self {
        let post = |all| -> Answered { Box::pin(post(all)) };
        Self { file, sent, post }
    }

    /// Sends it with these headers where they have a value; `None` without an answer. However long that takes: only a line on which nothing
    /// moves is given up.
    pub async fn post(
        self,
        (method, url): (&'static str, String),
        headers: [(&'static str, Option<String>); 2],
        signal: Option<AbortSignal>,
    ) -> Option<Reply> {
        let post = self.post;
        post(Post {
            method,
            url,
            upload: self,
            headers,
            signal,
        })
        .await
    }
}

async fn post(all: Post) -> Option<Reply> {
    let Post {
        method,
        url,
        upload,
        headers,
        signal,
    } = all;
    let request = XmlHttpRequest::new().ok()?;
    request.open(method, &url).ok()?;
    request.set_with_credentials(true);
    // What sort of file it is, the server finds out from its content, as the page did.
    let kind = "application/octet-stream";
    request.set_request_header("Content-Type", kind).ok()?;
    for (name, value) in headers {
        if let Some(value) = value {
            request.set_request_header(name, &value).ok()?;
        }
    }
    let patience = PATIENCE.as_millis() as u32;
    request.set_timeout(patience);

    let began = Date::now();
    let moved = {
        let request = request.clone();
        Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            // It counts from the beginning.
            request.set_timeout((Date::now() - began) as u32 + patience);
            upload
                .sent
                .try_run((event.loaded() as u32, event.total() as u32));
        })
    };
    let sending = request.upload().ok()?;
    sending.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let end = {
        let request = request.clone();
        Closure::<dyn Fn()>::new(move || {
            let _ = request.abort();
        })
    };
    if let Some(signal) = &signal {
        signal.set_onabort(Some(end.as_ref().unchecked_ref()));
    }
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    let sent = request.send_with_opt_blob(Some(&upload.file));
    let answered = match sent {
        Ok(()) => JsFuture::from(ended).await.is_ok(),
        Err(_) => false,
    };
    if let Some(signal) = signal {
        signal.set_onabort(None);
    }
    let status = request.status().ok()?;
    let text = request.response_text().ok()??;
    (answered && status != 0).then(|| Reply {
        status,
        etag: request.get_response_header("ETag").ok().flatten(),
        body: text,
        packed: None,
    })
}
