//! `cargo boundaries schema`, `completions` and `man`: files that other programs read about this one.

use std::fs;

use clap::CommandFactory;

use super::{Exit, fail, print};
use crate::cli::{Cli, Common, CompletionsArguments, ManArguments, SchemaArguments, SchemaOf};
use crate::error::{Error, Problem, ProblemKind};

/// The schema of boundaries.toml.
const CONFIGURATION: &str = include_str!("../../docs/boundaries.schema.json");
/// The schema of `check --format json`.
const REPORT: &str = include_str!("../../docs/report.schema.json");
/// The schema of `signals --format json`.
const SIGNALS: &str = include_str!("../../docs/signals.schema.json");
/// The program's name, under which shells complete it and `man` finds it.
const PROGRAM: &str = "cargo-boundaries";

/// Prints a JSON Schema.
pub(super) fn schema(common: &Common, arguments: SchemaArguments) -> Exit {
    let text = match arguments.of {
        SchemaOf::Boundaries => CONFIGURATION,
        SchemaOf::Report => REPORT,
        SchemaOf::Signals => SIGNALS,
    };
    print(text, common.stdout_style())
}

/// Prints what a shell completes.
pub(super) fn completions(common: &Common, arguments: CompletionsArguments) -> Exit {
    let mut written = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), PROGRAM, &mut written);
    print(&String::from_utf8_lossy(&written), common.stdout_style())
}

/// Prints the manual page, or writes a page for every subcommand into a folder.
pub(super) fn man(common: &Common, arguments: &ManArguments) -> Exit {
    let command = Cli::command().name(PROGRAM);
    let Some(folder) = &arguments.dir else {
        let mut page = Vec::new();
        // Writing into memory cannot fail.
        let _ = clap_mangen::Man::new(command).render(&mut page);
        return print(&String::from_utf8_lossy(&page), common.stdout_style());
    };
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    match written {
        Ok(()) => Exit::Clean,
        Err(error) => {
            let problem = Problem::new(ProblemKind::Io, format!("`{folder}` cannot be written: {error}"));
            fail(&Error::plain(problem.help("name a folder that can be written")), common)
        }
    }
}
