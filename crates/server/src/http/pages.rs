//! The built web app: files as they are, and the app itself for every address within it.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::problem::ApiError;

/// Why a folder cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("{0} has no index.html: build the web app there, or name the folder of a built one")]
pub struct NoPages(String);

/// Serves a folder with a built web app, `.br` and `.gz` files included.
pub fn serve(folder: &Path) -> Result<Router, NoPages> {
    if !folder.join("index.html").is_file() {
        return Err(NoPages(folder.display().to_string()));
    }
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    let answer = move |request: Request| {
        let files = files.clone();
        async move { find(files, request).await }
    };
    Ok(Router::new().fallback(answer).layer(from_fn(cached)))
}

async fn find(files: ServeDir, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    let deep_link = is_deep_link(request.uri().path());
    let (mut parts, body) = request.into_parts();
    if deep_link {
        // The address belongs to the app's router; the file behind all of them is one.
        parts.uri = Uri::from_static("/index.html");
    }
    match files.oneshot(Request::from_parts(parts, body)).await {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}

/// Addresses of the app have no extension: `/programs/azure-expert-msp`.
fn is_deep_link(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.')
}

async fn cached(request: Request, next: Next) -> Response {
    let caching = membership_headers::caching(request.uri().path());
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt;
    use membership_headers::{IMMUTABLE, REVALIDATED};

    use super::*;
    use crate::testing::Outcome;

    #[test]
    fn only_addresses_without_extension_are_the_app() {
        assert!(is_deep_link("/") && is_deep_link("/programs/x") && is_deep_link("/designations/"));
        assert!(is_deep_link("/4200001") && is_deep_link("/4200001/"));
        assert!(!is_deep_link("/missing.css") && !is_deep_link("/a/b.png"));
    }

    fn folder() -> std::io::Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for (name, text) in [
            ("index.html", "<title>app</title>"),
            ("app-0123456789abcdef.js", "plain"),
            ("app-0123456789abcdef.js.br", "brotli"),
            ("config.json", "{}"),
        ] {
            std::fs::write(folder.path().join(name), text)?;
        }
        Ok(folder)
    }

    async fn ask(
        method: &str,
        path: &str,
        encoding: &'static str,
    ) -> Outcome<(u16, String, String)> {
        let folder = folder()?;
        let pages = serve(folder.path())?;
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::ACCEPT_ENCODING, encoding);
        let response = pages.oneshot(request.body(Body::empty())?).await?;
        let caching = response.headers().get(header::CACHE_CONTROL);
        let caching = caching
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        Ok((status, caching, String::from_utf8_lossy(&body).into_owned()))
    }

    #[tokio::test]
    async fn every_address_of_the_app_is_the_app() -> Outcome {
        let app = "<title>app</title>";
        for path in [
            "/",
            "/index.html",
            "/programs/azure-expert-msp?day=2023-12-01",
            "/4200001/",
            "/4200001/designations/modern-work?track=enterprise",
            "/a/b/",
        ] {
            let expected = (200, REVALIDATED.to_owned(), app.to_owned());
            assert_eq!(ask("GET", path, "identity").await?, expected, "{path}");
        }
        Ok(())
    }

    #[tokio::test]
    async fn files_are_served_precompressed_and_kept() -> Outcome {
        let path = "/app-0123456789abcdef.js";
        let expected = |text: &str| (200, IMMUTABLE.to_owned(), text.to_owned());
        assert_eq!(ask("GET", path, "br").await?, expected("brotli"));
        assert_eq!(ask("GET", path, "identity").await?, expected("plain"));
        assert_eq!(ask("GET", "/config.json", "identity").await?.1, REVALIDATED);
        Ok(())
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_the_app() -> Outcome {
        for path in [
            "/missing.js",
            "/app-ffffffffffffffff.wasm",
            "/api/v1/nothing",
            "/%2e%2e/x.txt",
            "/..%2fCargo.toml",
        ] {
            let (status, caching, body) = ask("GET", path, "identity").await?;
            assert_eq!((status, caching.as_str()), (404, ""), "{path}: {body}");
        }
        assert_eq!(ask("POST", "/programs", "identity").await?.0, 405);
        assert!(serve(std::path::Path::new("nowhere")).is_err());
        Ok(())
    }
}
