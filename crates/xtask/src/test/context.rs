//! What several parts need, made once and only when the first of them asks.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::built::{self, Built};
use crate::steps::Steps;
use crate::toolchain::{self, Toolchain};
use crate::tools::npm;
use crate::web;

type Once<T> = Option<Result<T, String>>;

/// The project and what was made of it so far.
pub struct Context {
    /// The project's folder.
    pub root: PathBuf,
    tools: Once<Toolchain>,
    pages: Once<PathBuf>,
    built: Once<Vec<Built>>,
}

impl Context {
    /// Nothing made yet.
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            tools: None,
            pages: None,
            built: None,
        }
    }

    /// Where the steps' logs go.
    pub fn steps(&self, total: usize) -> Result<Steps> {
        Steps::new(total, self.root.join("target/xtask"))
    }

    /// The tools of a release build.
    pub fn tools(&mut self) -> Result<&Toolchain> {
        if self.tools.is_none() {
            self.tools = Some(self.prepare().map_err(|error| format!("{error:#}")));
        }
        once(&self.tools)
    }

    /// The folder of the release build of the pages.
    pub fn pages(&mut self) -> Result<&Path> {
        if self.pages.is_none() {
            self.pages = Some(self.build().map_err(|error| format!("{error:#}")));
        }
        once(&self.pages).map(PathBuf::as_path)
    }

    /// What the native crates and their tests are built to.
    pub fn built(&mut self) -> Result<&[Built]> {
        if self.built.is_none() {
            let built = built::all(&self.root).map_err(|error| format!("{error:#}"));
            self.built = Some(built);
        }
        once(&self.built).map(Vec::as_slice)
    }

    /// The program with this name, as its tests use it.
    pub fn program(&mut self, name: &str) -> Result<PathBuf> {
        built::program(self.built()?, "bin", name)
    }

    /// The same of an example.
    pub fn example(&mut self, name: &str) -> Result<PathBuf> {
        built::program(self.built()?, "example", name)
    }

    fn prepare(&self) -> Result<Toolchain> {
        npm::require()?;
        let mut steps = self.steps(toolchain::step_count(true) + 1)?;
        steps.step("crates", |step| web::fetch(&self.root, step))?;
        toolchain::prepare(&mut steps, &self.root, true)
    }

    fn build(&mut self) -> Result<PathBuf> {
        let root = self.root.clone();
        let mut steps = self.steps(1)?;
        let tools = self.tools()?;
        steps.step("pages", |step| {
            web::build(&root, tools, web::Profile::Release, step)
        })
    }
}

fn once<T>(made: &Once<T>) -> Result<&T> {
    match made {
        Some(Ok(made)) => Ok(made),
        Some(Err(error)) => Err(anyhow!("{error}")),
        None => Err(anyhow!("asked for before it was made")),
    }
}
