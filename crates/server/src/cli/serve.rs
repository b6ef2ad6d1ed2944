//! `membership-server serve`: the API and the pages, until it is told to stop.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use membership_store::purpose::Purpose;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::database::Database;
use super::idle::Idle;
use super::mail;
use super::payment::Payments;
use super::stop::{told_to_stop, until};
use crate::app::{Settings, imports_an_hour};
use crate::clock::Clock;
use crate::demo::{self, Account};
use crate::http::listener::{self, Limits};
use crate::http::{layered, pages};
use crate::jobs::Worker;
use crate::log::{self, StandardError};
use crate::{App, monitor, routes};

/// How long requests under way may still take when the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What to serve, and where.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    database: Database,
    /// Folder of the built web app [default: serve only the API]
    #[arg(long, env = "MEMBERSHIP_WEB")]
    web: Option<PathBuf>,
    /// Address and port to listen on
    #[arg(long, env = "MEMBERSHIP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Catalog folder to use instead of the built-in catalog
    #[arg(long, env = "MEMBERSHIP_CATALOG")]
    catalog: Option<PathBuf>,
    /// Fill an empty database with fictional organizations, and allow setting the clock
    #[arg(long, env = "MEMBERSHIP_DEMO")]
    demo: bool,
    /// Allow other machines to reach a demo, whose password is published
    #[arg(long, env = "MEMBERSHIP_DEMO_ON_NETWORK", requires = "demo")]
    demo_on_network: bool,
    /// Add an organization of 10,000 people to the demo
    #[arg(long, env = "MEMBERSHIP_DEMO_LARGEST", requires = "demo")]
    demo_largest: bool,
    /// What a demo's clock shows from now on, as 2023-11-15T09:00:00Z; else what it showed last
    #[arg(long, env = "MEMBERSHIP_CLOCK", requires = "demo", value_parser = instant)]
    clock: Option<DateTime<Utc>>,
    /// Origin of your pages on another host that may use the API; can be repeated
    #[arg(long, env = "MEMBERSHIP_ALLOWED_ORIGIN", value_delimiter = ',', value_parser = origin)]
    allowed_origin: Vec<String>,
    #[command(flatten)]
    idle: Idle,
    /// End a session after this many hours, even if it is in use
    #[arg(long, env = "MEMBERSHIP_SESSION_HOURS", default_value_t = 168)]
    session_hours: u32,
    /// Read the client's address from X-Forwarded-For, as your proxy writes it
    #[arg(long, env = "MEMBERSHIP_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Most sessions of one user; one more ends the session that was unused for longest
    #[arg(long, env = "MEMBERSHIP_SESSIONS_OF_USER", default_value_t = 50, value_parser = at_least_one::<usize>)]
    sessions_of_user: usize,
    /// Most file reads and evidence changes of one organization in an hour
    #[arg(long, env = "MEMBERSHIP_IMPORTS_PER_HOUR", default_value_t = 600, value_parser = at_least_one::<u32>)]
    imports_per_hour: u32,
    /// Most connections at a time
    #[arg(long, env = "MEMBERSHIP_CONNECTIONS", default_value_t = 512, value_parser = at_least_one::<usize>)]
    connections: usize,
    /// Most connections at a time from one client address; behind a proxy, most requests
    #[arg(long, env = "MEMBERSHIP_CONNECTIONS_OF_CLIENT", default_value_t = 64, value_parser = at_least_one::<usize>)]
    connections_of_client: usize,
    #[command(flatten)]
    mail: mail::Mails,
    #[command(flatten)]
    payments: Payments,
    /// Address and port for /metrics, which tells everybody who reaches it [default: none]
    #[arg(long, env = "MEMBERSHIP_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,
    /// Format of the log on standard error
    #[arg(long, env = "MEMBERSHIP_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(text).map(|instant| instant.to_utc());
    read.map_err(|error| format!("{error}; write it as 2023-11-15T09:00:00Z"))
}

fn at_least_one<N: FromStr + PartialOrd + From<u8>>(text: &str) -> Result<N, String> {
    let number = text.parse().ok().filter(|number| *number >= N::from(1));
    number.ok_or_else(|| "write a whole number, 1 or more".to_owned())
}

pub fn origin(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {
            Ok(text.to_owned())
        }
        _ => Err("write scheme, host and port only: https://app.contoso.example".to_owned()),
    }
}

pub fn run(options: Options) -> anyhow::Result<()> {
    // In a demo somebody reads the terminal for the accounts; lines of requests would hide them.
    let default = if options.demo {
        "warn"
    } else {
        "info,sqlx=warn,sea_orm_migration=warn"
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(StandardError);
    match options.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    log::tell_panics();
    tokio::runtime::Runtime::new()?.block_on(serve(options))
}

async fn serve(options: Options) -> anyhow::Result<()> {
    // What can fail early fails before anything is created.
    reachable_by(&options)?;
    let catalog = super::catalog::load(options.catalog.as_deref())?;
    let web = options
        .web
        .as_deref()
        .map(pages::serve)
        .transpose()
        .context("--web")?;
    let listener = bind("--listen", options.listen).await?;
    let metrics = match options.metrics_listen {
        Some(address) => Some(bind("--metrics-listen", address).await?),
        None => None,
    };
    let port = listener.local_addr()?.port();
    let alone = options.listen.ip().to_canonical().is_loopback() && !options.behind_proxy;
    let comes_back = alone || options.mail.has_public_url();
    let gateway = options.payments.choice(options.demo, comes_back)?;
    let mail = (options.mail).settings(&options.database, alone.then_some(port))?;
    let (clock, wanted) = match options.demo {
        true => {
            let clock = Clock::demo(options.clock.unwrap_or(demo::CLOCK));
            (clock, Purpose::Demo)
        }
        false => (Clock::system(), Purpose::Production),
    };
    let store = options.database.open(&clock, wanted).await?;
    let limits = Limits {
        connections: options.connections,
        // A proxy has all connections; of its clients the requests are counted.
        of_client: (!options.behind_proxy).then_some(options.connections_of_client),
        ..Limits::default()
    };
    let settings = Settings {
        sessions_of_user: options.sessions_of_user,
        imports: imports_an_hour(options.imports_per_hour),
        session_idle: options.idle.duration(),
        session_absolute: chrono::Duration::hours(options.session_hours.into()),
        allowed_origins: options.allowed_origin,
        behind_proxy: options.behind_proxy,
        mail,
        gateway,
        requests_of_client: (options.behind_proxy).then_some(options.connections_of_client),
        ..Settings::default()
    };
    if options.demo {
        let asked = options.clock;
        let begun = demo::clock::begin(&store, &clock, asked).await;
        begun.context("the demo's clock")?;
    }
    let app = App::new(store, catalog, clock, settings)?;
    let seeded = match options.demo {
        true => {
            let largest = options.demo_largest.then_some(membership_samples::LARGEST);
            Some(demo::seed(&app, largest).await.context("the demo")?)
        }
        false => None,
    };
    let router = routes::router(&app, web);
    let mails = mail::said(&app, port);
    announce(&options.listen, listener.local_addr()?, &mails, seeded);
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(Worker::new(app.clone()).run(stopped.clone(), GRACE));
    if let Some(metrics) = metrics {
        let router = monitor::router(app.clone(), monitor::begin()?);
        let stopped = until(stopped.clone());
        let limits = Limits::default();
        tokio::spawn(listener::serve(metrics, router, limits, stopped, GRACE));
    }
    tokio::spawn(async move {
        told_to_stop().await;
        stop.send_replace(true);
    });
    let router = layered(router, &app);
    listener::serve(listener, router, limits, until(stopped), GRACE).await;
    jobs.await?;
    println!("Stopped.");
    Ok(())
}

async fn bind(option: &str, address: SocketAddr) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("{option} {address}: choose another port, or stop what uses it"))
}

/// A demo is for this machine alone unless somebody says otherwise on purpose.
fn reachable_by(options: &Options) -> anyhow::Result<()> {
    let asked = !options.demo || options.demo_on_network;
    ensure!(
        asked || !options.behind_proxy,
        "--behind-proxy: others could reach this demo through the proxy, and its password is \
         published. Leave out --behind-proxy, or add --demo-on-network"
    );
    ensure!(
        asked || options.listen.ip().to_canonical().is_loopback(),
        "--listen {}: others could reach this demo, and its password is published. Listen on \
         127.0.0.1, or add --demo-on-network",
        options.listen
    );
    Ok(())
}

/// For the person who started it: where to look, and how to get in.
fn announce(asked: &SocketAddr, address: SocketAddr, mails: &str, demo: Option<Vec<&Account>>) {
    let host = match asked.ip() {
        ip if ip.is_loopback() => "localhost".to_owned(),
        _ => address.ip().to_string(),
    };
    let port = address.port();
    let places = format!("The membership workspace is at http://{host}:{port}/\n{mails}");
    // In one piece: who waits for the address may read no further, and close what is written to.
    print!("{places}");
    match demo {
        Some(accounts) if accounts.is_empty() => {
            println!("The database already has accounts, so the demo wasn't added.");
        }
        Some(accounts) => {
            println!(
                "\nDemo accounts, all with the password: {}\n",
                demo::PASSPHRASE
            );
            for account in accounts {
                let role = account.role.code().replace('_', " ");
                let organizations = account.organizations.join(" and ");
                println!("  {:<42} {role} at {organizations}", account.email);
            }
            println!();
        }
        None => {}
    }
}
