//! The pages as static hosts have them: at the root and below a path, with the API at another
//! origin.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use super::playwright;
use crate::args::Dist;
use crate::dist;
use crate::process::say;
use crate::tools::{chromium, npm, web_servers};
use crate::workspace::SERVER;

/// Where the pages are on the hosts, in turn, and what that run is called.
const BASES: [(&str, &str); 2] = [("/partners/", "hosting"), ("/", "hosting-root")];

/// Makes what `cargo xtask dist` makes. The tests start the hosts and the API themselves.
pub fn run(context: &mut Context) -> Result<Counts> {
    let root = context.root.clone();
    let found = context
        .steps(1)?
        .step("nginx and Caddy", web_servers::ensure);
    let servers = match found {
        Ok(servers) => servers,
        Err(error) => {
            say(&format!("{error:#}"));
            return Ok(Counts::not_run("not run: no nginx or no Caddy here"));
        }
    };
    let pages = context.pages()?.to_owned();
    let server = context.program(SERVER)?;
    let mut steps = context.steps(2 + BASES.len())?;
    steps.step("end2end packages", |step| npm::ensure_packages(&root, step))?;
    let browser = steps.step("chromium", |step| chromium::ensure(&root, step))?;

    let mut counts = Counts::default();
    for (base, name) in BASES {
        // Known beforehand, because the pages and the hosts' policy name it.
        let api = format!("http://localhost:{}", free_port()?);
        let options = Dist {
            api: Some(api.clone()),
            base: base.into(),
        };
        let folder = root.join("target/xtask").join(name);
        let www = folder.join("www");
        let below = www.join(base.trim_matches('/'));
        steps.step(&format!("dist at {base}"), |_| {
            dist::assemble(&pages, &below, &folder.join("conf"), &options)
        })?;

        let mut npx = playwright::command(&root, browser.clone(), &server);
        npx.args(["--config", "hosting/playwright.config.ts"])
            .env("MEMBERSHIP_HOSTING_WWW", www)
            .env("MEMBERSHIP_HOSTING_BASE", base)
            .env("MEMBERSHIP_HOSTING_API", api)
            .env("MEMBERSHIP_NGINX", &servers.nginx)
            .env(
                "MEMBERSHIP_NGINX_CONF",
                folder.join("conf").join(dist::NGINX),
            )
            .env("MEMBERSHIP_CADDY", &servers.caddy)
            .env(
                "MEMBERSHIP_CADDY_CONF",
                folder.join("conf").join(dist::CADDY),
            );
        counts.add(&playwright::suite(&root, npx, name)?);
    }
    Ok(counts)
}

fn free_port() -> Result<u16> {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(probe.local_addr()?.port())
}
