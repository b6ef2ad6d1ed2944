//! The commands of the README: `cargo xtask serve`, `cargo xtask test`, `cargo xtask dist`.

mod args;
mod cache;
mod dist;
mod memory;
mod parallel;
mod postgres;
mod process;
mod sample;
mod serve;
mod steps;
mod test;
mod toolchain;
mod tools;
mod wasm_std;
mod web;
mod workspace;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::from(2);
        }
    };
    let outcome = match command {
        Command::Help(text) => {
            print!("{text}");
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve(options) => serve::run(&options),
        Command::Test(selection) => test::run(&selection),
        Command::Dist(options) => dist::run(&options),
        Command::Sample(arguments) => sample::run(&arguments),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("\nerror: {error:#}");
        ExitCode::FAILURE
    })
}
