//! `cargo xtask dist`: the pages for any static host.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::args::Dist;
use crate::process::say;
use crate::steps::Steps;
use crate::tools::npm;
use crate::web::{self, compress};
use crate::{toolchain, workspace};

/// Builds dist/: the release build, the address of the API, and a page for deep links.
pub fn run(options: &Dist) -> Result<ExitCode> {
    npm::require()?;
    let root = workspace::root()?;
    let mut steps = Steps::new(toolchain::step_count(true) + 3, root.join("target/xtask"))?;
    steps.step("crates", |step| web::fetch(&root, step))?;
    let tools = toolchain::prepare(&mut steps, &root, true)?;
    let release = web::Profile::Release;
    let pages = steps.step("pages", |step| web::build(&root, &tools, release, step))?;
    let dist = root.join("dist");
    steps.step("dist", |_| assemble(&pages, &dist, &options.api))?;
    say(&format!("\n{} is ready for a static host.", dist.display()));
    say(&format!(
        "It asks {} for its data; config.json says so and may be edited.",
        asked(&options.api)
    ));
    say("Send index.html, or 404.html, for every path that is not a file.");
    Ok(ExitCode::SUCCESS)
}

fn asked(api: &str) -> &str {
    if api.is_empty() {
        "its own address"
    } else {
        api
    }
}

fn assemble(pages: &Path, dist: &Path, api: &str) -> Result<((), String)> {
    if dist.exists() {
        std::fs::remove_dir_all(dist)
            .with_context(|| format!("cannot empty {}", dist.display()))?;
    }
    let files = compress::files(pages)?;
    for file in &files {
        let target = dist.join(file.strip_prefix(pages)?);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(file, &target)
            .with_context(|| format!("cannot copy to {}", target.display()))?;
    }
    let config = dist.join("config.json");
    std::fs::write(&config, format!("{}\n", serde_json::json!({ "api": api })))?;
    compress::one(&config)?;
    for ending in ["", ".br", ".gz"] {
        std::fs::copy(
            dist.join(format!("index.html{ending}")),
            dist.join(format!("404.html{ending}")),
        )?;
    }
    Ok(((), format!("{} files", compress::files(dist)?.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dist_names_its_api_and_answers_deep_links() {
        let folder = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        let (pages, dist) = (folder.join("pages"), folder.join("dist"));
        std::fs::create_dir_all(&pages).expect("a temporary folder");
        std::fs::create_dir_all(&dist).expect("a temporary folder");
        std::fs::write(pages.join("index.html"), "<!doctype html>").expect("writable");
        std::fs::write(pages.join("config.json"), "{\"api\":\"\"}").expect("writable");
        compress::all(&pages).expect("compressed");
        std::fs::write(dist.join("old.js"), "of an earlier build").expect("writable");

        assemble(&pages, &dist, "https://api.example.com").expect("assembled");

        let read = |name: &str| std::fs::read_to_string(dist.join(name)).expect(name);
        assert_eq!(
            read("config.json"),
            "{\"api\":\"https://api.example.com\"}\n"
        );
        assert_eq!(read("404.html"), read("index.html"));
        assert!(dist.join("404.html.br").is_file() && !dist.join("old.js").exists());
        std::fs::remove_dir_all(folder).expect("the folder was made");
    }
}
