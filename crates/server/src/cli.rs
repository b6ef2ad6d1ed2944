//! The command line. Every option that `serve` needs can also be an environment variable.

mod account;
mod assess;
mod audit;
mod bank;
mod books;
mod catalog;
mod database;
mod idle;
mod import;
mod jobs;
mod mail;
mod migrate;
mod of;
mod openapi;
pub mod operator;
mod payment;
pub mod request;
mod serve;
mod stop;
mod tax;
mod token;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(
    name = "membership-server",
    version,
    about = "The membership workspace's server"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the pages
    Serve(Box<serve::Options>),
    /// Create or update the tables of a database
    Migrate(migrate::Options),
    /// Manage accounts
    Account(account::Options),
    /// List the jobs that are queued, and have them done again
    Jobs(jobs::Options),
    /// List the requests that wait for the program owner, and decide them
    Request(request::Options),
    /// List and revoke API tokens, and create those of the program owner's feeds
    Token(token::Options),
    /// Verify an export of the audit log, or make one
    Audit(audit::Options),
    /// Import a bank's files
    Bank(bank::Options),
    /// Check the books, or print them for other programs
    Books(books::Options),
    /// Charge an organization no tax, or tax again
    Tax(tax::Options),
    /// Manage the operators, who work at the desk
    Operator(operator::Options),
    /// Check a catalog
    Catalog(catalog::Options),
    /// Assess an evidence file, without a server or a database
    Assess(assess::Options),
    /// Import an export into an evidence file, or show what it would change
    Import(import::Options),
    /// Print the description of the API
    Openapi,
}

/// Runs what the command line says. Problems go to standard error, with exit code 1; a command
/// line that cannot be read has exit code 2.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::run(*options),
        Command::Migrate(options) => migrate::run(&options),
        Command::Account(options) => account::run(options),
        Command::Jobs(options) => jobs::run(options),
        Command::Request(options) => request::run(options),
        Command::Token(options) => token::run(options),
        Command::Audit(options) => audit::run(options),
        Command::Bank(options) => bank::run(options),
        Command::Books(options) => books::run(&options),
        Command::Tax(options) => tax::run(options),
        Command::Operator(options) => operator::run(options),
        Command::Catalog(options) => catalog::run(&options),
        Command::Assess(options) => assess::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Openapi => openapi::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_refused_by_name() {
        let url = "--database-url=sqlite:x";
        for (flag, named) in [
            ("--clock=yesterday", "--clock"),
            ("--listen=8080", "--listen"),
            ("--allowed-origin=contoso.example", "--allowed-origin"),
            (
                "--allowed-origin=https://contoso.example/path",
                "--allowed-origin",
            ),
            ("--port=8080", "--port"),
            ("--connections=0", "--connections"),
            ("--connections-of-client=x", "--connections-of-client"),
            ("--imports-per-hour=-1", "--imports-per-hour"),
            ("--sessions-of-user=0", "--sessions-of-user"),
        ] {
            let refusal = Cli::try_parse_from(["membership-server", "serve", url, "--demo", flag]);
            let text = refusal
                .map(|_| String::new())
                .unwrap_or_else(|error| error.to_string());
            assert!(text.contains(named), "{flag}: {text}");
        }
        let clock = [
            "membership-server",
            "serve",
            url,
            "--clock=2023-11-15T09:00:00Z",
        ];
        assert!(
            Cli::try_parse_from(clock).is_err(),
            "a clock is only set in a demo"
        );
    }
}
