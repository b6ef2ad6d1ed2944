//! What the built pages load, read off index.html as a browser reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::limits::Arrival;
use crate::web::compress;

/// How index.html begins to name a program: `content="GLUE WASM GROUP=CHUNK+CHUNK ..."`.
const PROGRAM: &str = "<meta name=\"program\" content=\"";

/// A folder with built pages.
pub struct Built {
    folder: PathBuf,
    /// What every page needs: index.html, what it names, and what boot.js and the shell ask for.
    frame: BTreeSet<String>,
    programs: BTreeMap<String, Program>,
}

/// The files of a program.
struct Program {
    glue: String,
    wasm: String,
    /// The chunks of each group of its pages.
    groups: BTreeMap<String, Vec<String>>,
}

impl Program {
    fn read(content: &str) -> Result<Self> {
        let mut words = content.split(' ');
        let mut file = || {
            let name = words.next().context("a program needs glue and wasm")?;
            anyhow::Ok(name.trim_start_matches("./").to_owned())
        };
        let (glue, wasm) = (file()?, file()?);
        let groups = words.map(|group| {
            let (group, chunks) = group.split_once('=').context("a group has no chunks")?;
            Ok((
                group.to_owned(),
                chunks.split('+').map(str::to_owned).collect(),
            ))
        });
        Ok(Self {
            groups: groups.collect::<Result<_>>()?,
            glue,
            wasm,
        })
    }

    /// The file of a chunk.
    fn chunk(&self, name: &str) -> String {
        format!("{}_{name}.wasm", self.glue.trim_end_matches(".js"))
    }
}

impl Built {
    /// The pages in a folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let html =
            std::fs::read_to_string(folder.join("index.html")).context("cannot read index.html")?;
        let mut programs = BTreeMap::new();
        for content in html.split(PROGRAM).skip(1) {
            let program = Program::read(content.split('"').next().unwrap_or_default())?;
            let name = program.glue.split(['-', '.']).next().unwrap_or_default();
            programs.insert(name.to_owned(), program);
        }
        let is_program = |name: &str| {
            let of = |program: &Program| program.glue == name || program.wasm == name;
            programs.values().any(of)
        };
        let named = html.split(['"', '\'', ' ']);
        let named = named.map(|text| text.split('#').next().unwrap_or(text));
        let mut frame: BTreeSet<String> = named
            .map(|text| text.trim_start_matches("./").to_owned())
            .filter(|name| !name.is_empty() && folder.join(name).is_file() && !is_program(name))
            .collect();
        frame.extend(["index.html", "config.json", "icons.svg"].map(str::to_owned));
        for ending in [".js", ".css"] {
            ensure!(
                frame.iter().any(|name| name.ends_with(ending)),
                "index.html names no {ending} file: the budget would measure nothing"
            );
        }
        Ok(Self {
            folder: folder.to_owned(),
            frame,
            programs,
        })
    }

    /// The files that a way to arrive needs, with their sizes.
    pub fn arrival(&self, arrival: &Arrival) -> Result<BTreeMap<String, u64>> {
        let mut files = self.frame.clone();
        files.extend(arrival.also.iter().copied().map(str::to_owned));
        for (name, group) in arrival.programs {
            let program = self.programs.get(*name);
            let program = program.with_context(|| format!("index.html names no {name}"))?;
            files.extend([program.glue.clone(), program.wasm.clone()]);
            files.extend(self.style(program));
            if let Some(group) = group {
                let chunks = program.groups.get(*group);
                let chunks = chunks.with_context(|| format!("{name} has no group {group}"))?;
                files.extend(chunks.iter().map(|chunk| program.chunk(chunk)));
            }
        }
        let sized = |name: String| Ok((name.clone(), self.sent(&name)?));
        files.into_iter().map(sized).collect()
    }

    /// The styles that a program alone has, which boot.js asks for with it.
    fn style(&self, program: &Program) -> Option<String> {
        let name = format!("{}.css", program.glue.trim_end_matches(".js"));
        self.folder.join(&name).is_file().then_some(name)
    }

    /// Every chunk: its program, its name, whether it is one group's alone, and its size.
    pub fn chunks(&self) -> Result<Vec<(&str, &str, bool, u64)>> {
        let mut all = Vec::new();
        for (name, program) in &self.programs {
            let chunks: BTreeSet<&String> = program.groups.values().flatten().collect();
            for chunk in chunks {
                let own = program.groups.contains_key(chunk);
                let size = self.sent(&program.chunk(chunk))?;
                all.push((name.as_str(), chunk.as_str(), own, size));
            }
        }
        Ok(all)
    }

    /// The bytes that travel: of the compressed form, where there is one.
    fn sent(&self, name: &str) -> Result<u64> {
        let file = self.folder.join(name);
        let compressed = compress::beside(&file, "br");
        let sent = if compressed.is_file() {
            compressed
        } else {
            file
        };
        let meta = std::fs::metadata(&sent);
        Ok(meta
            .with_context(|| format!("cannot read {}", sent.display()))?
            .len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limit;
    use super::*;

    #[test]
    fn each_way_is_measured_alone_and_a_page_without_its_code_is_refused() {
        let pages = std::env::temp_dir().join(format!("xtask-budget-{}", std::process::id()));
        std::fs::create_dir_all(&pages).expect("a temporary folder");
        let write = |name: &str, text: &str| std::fs::write(pages.join(name), text).expect(name);
        let html = "<link href=\"./a.css\"><script src='./boot.js'>\
                    <meta name=\"program\" content=\"./entrance-1.js ./entrance-1_bg.wasm\">\
                    <meta name=\"program\" content=\"all-2.js all-2_bg.wasm one=common+one two=common\">";
        write("index.html", html);
        for name in [
            "a.css",
            "boot.js",
            "config.json",
            "icons.svg",
            "not-named.js",
        ] {
            write(name, "x");
        }
        for name in [
            "all-2.js",
            "all-2_bg.wasm",
            "all-2_common.wasm",
            "all-2_one.wasm",
        ] {
            write(name, "xx");
        }
        write("all-2_one.wasm.br", "x");
        let built = Built::read(&pages).expect("readable");
        let way = |programs| Arrival {
            name: "a way",
            programs,
            also: &[],
            limit: Limit {
                wanted: 0,
                refused: 0,
            },
        };
        let refused = built.arrival(&way(&[("entrance", None)]));
        assert!(refused.is_err(), "no file of the entrance");
        assert!(
            built.arrival(&way(&[("all", Some("three"))])).is_err(),
            "no such group"
        );
        let files = built
            .arrival(&way(&[("all", Some("one"))]))
            .expect("all there");
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let own = [
            "all-2.js",
            "all-2_bg.wasm",
            "all-2_common.wasm",
            "all-2_one.wasm",
        ];
        let frame = ["a.css", "boot.js", "config.json", "icons.svg", "index.html"];
        assert_eq!(names, [&frame[..1], &own, &frame[1..]].concat());
        assert_eq!(files["all-2_one.wasm"], 1, "as it is sent");
        let chunks = built.chunks().expect("all there");
        assert_eq!(
            chunks,
            [("all", "common", false, 2), ("all", "one", true, 1)]
        );
        std::fs::remove_dir_all(pages).expect("the folder was made");
    }
}
