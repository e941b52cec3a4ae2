//! The command line: cargo's extra argument is taken off, the rest is the library's.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(cargo_boundaries::run(std::env::args_os()))
}
