//! `cargo xtask dist`: the pages for any static host, and what such hosts have to be told.

mod caddy;
mod headers_file;
mod nginx;
mod site;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::args::Dist;
use crate::process::say;
use crate::steps::Steps;
use crate::tools::npm;
use crate::web::{self, compress};
use crate::{toolchain, workspace};
use site::Site;

/// In nginx's server block, for the pages.
pub const NGINX: &str = "membership.nginx.conf";
/// In Caddy's site block, for the pages.
pub const CADDY: &str = "membership.caddy";

/// Builds dist/: the release build, the address of the API, where the pages are, and a page for
/// deep links. What is written for the hosts themselves must not be served, so it lies beside it.
pub fn run(options: &Dist) -> Result<ExitCode> {
    npm::require()?;
    let root = workspace::root()?;
    let mut steps = Steps::new(toolchain::step_count(true) + 3, root.join("target/xtask"))?;
    steps.step("crates", |step| web::fetch(&root, step))?;
    let tools = toolchain::prepare(&mut steps, &root, true)?;
    let release = web::Profile::Release;
    let pages = steps.step("pages", |step| web::build(&root, &tools, release, step))?;
    let (dist, hosting) = (root.join("dist"), root.join("dist-hosting"));
    steps.step("dist", |_| assemble(&pages, &dist, &hosting, options))?;
    say(&format!("\n{} is ready for a static host.", dist.display()));
    let base = &options.base;
    say(&match options.api.as_deref() {
        None => format!("It is for the path {base}, and for previews alone."),
        Some("") => format!("It is for the path {base}, and for an API at the same address."),
        Some(api) => format!("It is for the path {base}, and asks {api} for its data."),
    });
    say(&format!(
        "{} has {NGINX} and {CADDY}; docs/HOSTING.md tells how to use them.",
        hosting.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder `dist` from built pages, and the folder `hosting` with what the hosts read.
pub fn assemble(pages: &Path, dist: &Path, hosting: &Path, options: &Dist) -> Result<((), String)> {
    for folder in [dist, hosting] {
        if folder.exists() {
            std::fs::remove_dir_all(folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    for file in compress::files(pages)? {
        let target = dist.join(file.strip_prefix(pages)?);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(&file, &target)
            .with_context(|| format!("cannot copy to {}", target.display()))?;
    }
    let config = format!("{}\n", serde_json::json!({ "api": options.api }));
    let page =
        std::fs::read_to_string(dist.join("index.html")).context("cannot read index.html")?;
    let page = based(&page, &options.base)?;
    for (name, text) in [
        ("config.json", &config),
        ("index.html", &page),
        ("404.html", &page),
    ] {
        let file = dist.join(name);
        std::fs::write(&file, text)?;
        compress::one(&file)?;
    }
    let site = Site::of(dist, &options.base, options.api.as_deref())?;
    std::fs::write(hosting.join(NGINX), nginx::snippet(&site))?;
    std::fs::write(hosting.join(CADDY), caddy::snippet(&site))?;
    std::fs::write(dist.join("_headers"), headers_file::headers(&site))?;
    std::fs::write(dist.join("_redirects"), headers_file::redirects(&site))?;
    Ok(((), format!("{} files", compress::files(dist)?.len())))
}

/// The page for another path: every address in it is relative to this one element.
fn based(page: &str, base: &str) -> Result<String> {
    const ROOT: &str = "<base href=\"/\">";
    ensure!(
        page.matches(ROOT).count() == 1,
        "index.html must have {ROOT} once, for --base to be put there"
    );
    Ok(page.replace(ROOT, &format!("<base href=\"{base}\">")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dist_names_its_api_and_its_path_and_answers_deep_links() {
        let folder = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        let [pages, dist, hosting] = ["pages", "dist", "hosting"].map(|name| folder.join(name));
        std::fs::create_dir_all(&pages).expect("a temporary folder");
        std::fs::create_dir_all(&dist).expect("a temporary folder");
        let page = "<!doctype html><base href=\"/\">";
        std::fs::write(pages.join("index.html"), page).expect("writable");
        std::fs::write(pages.join("config.json"), "{\"api\":\"\"}").expect("writable");
        compress::all(&pages).expect("compressed");
        std::fs::write(dist.join("old.js"), "of an earlier build").expect("writable");
        let options = Dist {
            api: Some("https://api.example.com/membership".into()),
            base: "/partners/".into(),
        };

        assemble(&pages, &dist, &hosting, &options).expect("assembled");

        let read = |name: &str| std::fs::read(dist.join(name)).expect(name);
        let text = |name: &str| String::from_utf8(read(name)).expect(name);
        assert_eq!(
            text("config.json"),
            "{\"api\":\"https://api.example.com/membership\"}\n"
        );
        assert_eq!(
            text("index.html"),
            "<!doctype html><base href=\"/partners/\">"
        );
        for ending in ["", ".br", ".gz"] {
            let [index, deep] = ["index.html", "404.html"].map(|name| format!("{name}{ending}"));
            assert_eq!(read(&index), read(&deep), "{ending}");
        }
        let before = std::fs::read(pages.join("index.html.br")).expect("compressed before");
        assert_ne!(read("index.html.br"), before, "compressed again");
        assert!(!dist.join("old.js").exists());
        let nginx = std::fs::read_to_string(hosting.join(NGINX)).expect("a snippet");
        let caddy = std::fs::read_to_string(hosting.join(CADDY)).expect("a snippet");
        for told in [nginx, caddy, text("_headers")] {
            let policy = "connect-src 'self' https://api.example.com;";
            assert!(
                told.contains(policy) && told.contains("/partners/"),
                "{told}"
            );
        }
        std::fs::remove_dir_all(folder).expect("the folder was made");
    }

    #[test]
    fn a_page_without_its_base_is_refused() {
        assert!(based("<base href=\"/\">", "/a/").is_ok_and(|page| page.contains("\"/a/\"")));
        assert!(based("<!doctype html>", "/").is_err());
    }
}
