//! The command line: what may be asked for, and what is wrong with what was asked.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;

use crate::test::PART_NAMES;

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Print this text.
    Help(String),
    /// Build everything and start the server.
    Serve(Serve),
    /// Run all checks and tests, or some parts of them.
    Test(Selection),
    /// Build the pages for a static host.
    Dist(Dist),
    /// Write sample exports; what may be said is for the program that makes them to know.
    Sample(Vec<OsString>),
}

/// Options of `serve`.
#[derive(Debug, PartialEq)]
pub struct Serve {
    /// TCP port on 127.0.0.1.
    pub port: u16,
    /// Folder of the embedded database; `data/` in the project when not given.
    pub data: Option<PathBuf>,
    /// Build as for production.
    pub release: bool,
    /// Seed the fictional organizations and accounts.
    pub demo: bool,
    /// What the demo's clock shows from now on, RFC 3339; else what it showed last.
    pub clock: Option<String>,
}

/// Which parts of `test` to run; empty lists mean no restriction.
#[derive(Debug, Default, PartialEq)]
pub struct Selection {
    /// Only these.
    pub only: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
}

/// Options of `dist`.
#[derive(Debug, PartialEq)]
pub struct Dist {
    /// Address of the API without a trailing slash; empty for the pages' own origin. `None` for
    /// pages that are for previews alone.
    pub api: Option<String>,
    /// Path of the pages on their host; begins and ends with a slash.
    pub base: String,
}

/// Reads the arguments after the program's name.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let Some(first) = parser.next()? else {
        return Ok(Command::Help(help()));
    };
    let name = match first {
        Long("help") | Short('h') => return Ok(Command::Help(help())),
        Value(name) => name.to_string_lossy().into_owned(),
        other => bail!("{}. {SEE_HELP}", other.unexpected()),
    };
    match name.as_str() {
        "help" => Ok(Command::Help(help())),
        "serve" => serve(parser),
        "test" => test(parser),
        "dist" => dist(parser),
        "sample" => Ok(Command::Sample(parser.raw_args()?.collect())),
        _ => bail!("unknown command `{name}`: use serve, test, dist, or sample. {SEE_HELP}"),
    }
}

fn serve(mut parser: lexopt::Parser) -> Result<Command> {
    let mut options = Serve {
        port: 8080,
        data: None,
        release: false,
        demo: true,
        clock: None,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help(help())),
            Long("port") => options.port = port(&text(&mut parser, "--port")?)?,
            Long("data") => options.data = Some(PathBuf::from(parser.value()?)),
            Long("release") => options.release = true,
            Long("no-demo") => options.demo = false,
            Long("clock") => options.clock = Some(clock(&text(&mut parser, "--clock")?)?),
            other => bail!("serve: {}. {SEE_HELP}", other.unexpected()),
        }
    }
    ensure!(
        options.demo || options.clock.is_none(),
        "--clock sets the clock of the demo: leave out --no-demo, or --clock"
    );
    Ok(Command::Serve(options))
}

fn test(mut parser: lexopt::Parser) -> Result<Command> {
    let mut selection = Selection::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help(help())),
            Long("only") => selection.only.extend(parts(&text(&mut parser, "--only")?)?),
            Long("skip") => selection.skip.extend(parts(&text(&mut parser, "--skip")?)?),
            other => bail!("test: {}. {SEE_HELP}", other.unexpected()),
        }
    }
    Ok(Command::Test(selection))
}

fn dist(mut parser: lexopt::Parser) -> Result<Command> {
    let mut options = Dist {
        api: Some(String::new()),
        base: "/".into(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help(help())),
            Long("api") => options.api = api(&text(&mut parser, "--api")?)?,
            Long("base") => options.base = base(&text(&mut parser, "--base")?)?,
            other => bail!("dist: {}. {SEE_HELP}", other.unexpected()),
        }
    }
    Ok(Command::Dist(options))
}

fn text(parser: &mut lexopt::Parser, option: &str) -> Result<String> {
    let value = parser
        .value()
        .with_context(|| format!("{option} needs a value. {SEE_HELP}"))?;
    value
        .into_string()
        .map_err(|value| anyhow::anyhow!("{option} {}: not valid Unicode", value.to_string_lossy()))
}

fn port(value: &str) -> Result<u16> {
    match value.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => bail!("--port {value}: not a port; it is a number from 1 to 65535"),
    }
}

fn clock(value: &str) -> Result<String> {
    ensure!(
        chrono::DateTime::parse_from_rfc3339(value).is_ok(),
        "--clock {value}: not an instant; write it like 2023-11-15T09:00:00Z"
    );
    Ok(value.to_owned())
}

fn parts(value: &str) -> Result<Vec<String>> {
    let names: Vec<String> = value
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    for name in &names {
        ensure!(
            PART_NAMES.contains(&name.as_str()),
            "unknown part `{name}`: it must be one of {}",
            PART_NAMES.join(", ")
        );
    }
    Ok(names)
}

fn api(value: &str) -> Result<Option<String>> {
    if value == "none" {
        return Ok(None);
    }
    let value = value.trim_end_matches('/');
    let host = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    let good = host.is_some_and(|host| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c);
        host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && host.chars().all(allowed)
    });
    ensure!(
        good,
        "--api {value}: not an address of an API; write it like https://api.example.com, or none"
    );
    Ok(Some(value.to_owned()))
}

/// Nothing that HTML or the configuration of a host would take for its own.
fn base(value: &str) -> Result<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let segment = |part: &str| !["", ".", ".."].contains(&part) && part.chars().all(allowed);
    let inner = value
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'));
    ensure!(
        value == "/" || inner.is_some_and(|inner| inner.split('/').all(segment)),
        "--base {value}: not a path for the pages; write it like /sub/, with a slash at both ends, \
         of letters, digits and - . _ ~"
    );
    Ok(value.to_owned())
}

const SEE_HELP: &str = "`cargo xtask help` lists all commands";

fn help() -> String {
    format!(
        "\
The membership workspace.

cargo xtask serve    install what is missing, build, and start the workspace
  --port N           listen on 127.0.0.1:N (default 8080)
  --data DIR         keep the database in DIR (default: data/ in the project)
  --release          build the pages and the server as for production
  --no-demo          no fictional organizations and accounts
  --clock INSTANT    what the demo's clock shows from now on, as in 2023-11-15T09:00:00Z

cargo xtask test     run all checks and tests; the last line is `N passed, N failed`
  --only PART,...    only these parts
  --skip PART,...    all but these parts
                     parts: {parts}

cargo xtask dist     build dist/, the pages for any static host
  --api URL          address of the API (default: the address of the pages), or none:
                     then the pages are only for previews
  --base PATH        path of the pages on their host, as in /sub/ (default: /)

cargo xtask sample [FOLDER]   write exports to try imports with
  --people N --customers N --months N --seed N
  --faults           with a fault on one line of a hundred

Environment
  XDG_CACHE_HOME     tools are kept in $XDG_CACHE_HOME/membership-workspace
                     (default: ~/.cache/membership-workspace)
  CHROMIUM_PATH      the browser for the end-to-end tests
  TEST_DATABASE_URL  a PostgreSQL for the store's tests instead of a temporary one
  MEMBERSHIP_WASM_STD=rustup|debian
                     where the wasm32 standard library comes from (default: see docs)
",
        parts = PART_NAMES.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn refusal(line: &str) -> String {
        format!("{:#}", parsed(line).expect_err(line))
    }

    #[test]
    fn serve_takes_all_its_options() {
        let line = "serve --port=9000 --data /tmp/d --release --clock 2023-11-15T09:00:00Z";
        let Command::Serve(options) = parsed(line).expect(line) else {
            panic!("not serve")
        };
        let clock = Some("2023-11-15T09:00:00Z".to_owned());
        let data = Some(PathBuf::from("/tmp/d"));
        assert_eq!(
            options,
            Serve {
                port: 9000,
                data,
                release: true,
                demo: true,
                clock
            }
        );
    }

    #[test]
    fn refusals_name_the_place_and_the_remedy() {
        assert!(refusal("serve --port 99999").contains("from 1 to 65535"));
        assert!(refusal("serve --port 0").contains("from 1 to 65535"));
        assert!(refusal("serve --port").contains("--port needs a value"));
        assert!(refusal("serve --prot 1").contains("invalid option '--prot'"));
        assert!(refusal("serve --clock 2023-11-31T09:00:00Z").contains("write it like"));
        assert!(refusal("serve --clock yesterday").contains("write it like"));
        assert!(refusal("serve --no-demo --clock 2023-11-15T09:00:00Z").contains("leave out"));
        assert!(refusal("test --only nothing").contains("one of fmt"));
        assert!(refusal("dist --api example.com").contains("https://api.example.com"));
        assert!(refusal("dist --api https://a\"b").contains("not an address"));
        for path in [
            "sub", "/sub", "sub/", "//", "/a//b/", "/../", "/./", "/a\"b/", "/a;b/",
        ] {
            assert!(refusal(&format!("dist --base {path}")).contains("write it like /sub/"));
        }
        assert!(refusal("start").contains("serve, test, dist, or sample"));
    }

    #[test]
    fn an_api_address_loses_its_trailing_slash_and_a_path_keeps_it() {
        let dist = |line: &str| match parsed(line) {
            Ok(Command::Dist(options)) => options,
            other => panic!("{line}: {other:?}"),
        };
        let options = dist("dist --api https://api.example.com/");
        assert_eq!(options.api.as_deref(), Some("https://api.example.com"));
        assert_eq!(options.base, "/");
        assert_eq!(dist("dist").api.as_deref(), Some(""));
        assert_eq!(dist("dist --api none").api, None);
        assert_eq!(dist("dist --base /a-b/v1.0/").base, "/a-b/v1.0/");
        assert_eq!(dist("dist --base /").base, "/");
    }
}
