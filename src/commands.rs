//! One file a subcommand, and what they share: streams, exit codes and the order in which things are written.

use std::ffi::OsString;
use std::io::{self, Write};

use camino::Utf8Path;
use clap::Parser;

use crate::cli::{Cli, ColorArgument, Command, Common, EngineArgument};
use crate::error::Error;
use crate::pipeline::Options;
use crate::reporters::Style;
use crate::reporters::human::render_error;
use crate::reporters::style::{ColorChoice, Stream};
use crate::workspace::Engine;

mod baseline;
mod check;
mod explain;
mod fix;
mod generate;
mod hook;
mod init;
mod list;
mod mend;
mod questions;
mod relations;
mod replace;
mod signals;
mod trend;
mod unused;

/// How a run ended, as its exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing to object to, or the answer is yes.
    Clean = 0,
    /// At least one finding fails the run, or the answer is no.
    Findings = 1,
    /// The run could not check.
    Failed = 2,
}

/// Runs the command line, and says with which code the process is to end: 0 clean, 1 findings, 2 could not check.
///
/// `cargo boundaries …` hands the word `boundaries` on as the first argument; it is taken off here, so that
/// `cargo-boundaries …` means the same.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == "boundaries") {
        arguments.remove(1);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // What cannot be printed any more is no reason to fail: somebody closed the pipe.
            let _ = error.print();
            return if error.use_stderr() { Exit::Failed } else { Exit::Clean } as u8;
        }
    };
    let exit = match &cli.command {
        Command::Check(arguments) => check::run(&cli.common, arguments),
        Command::Baseline(arguments) => baseline::run(&cli.common, *arguments),
        Command::List(arguments) => list::run(&cli.common, *arguments),
        Command::Why(arguments) => questions::why(&cli.common, arguments),
        Command::Can(arguments) => questions::can(&cli.common, arguments),
        Command::WhatIf(arguments) => questions::what_if(&cli.common, arguments),
        Command::Impact(arguments) => questions::impact(&cli.common, arguments),
        Command::Features(arguments) => questions::features(&cli.common, arguments),
        Command::Modules(arguments) => questions::modules(&cli.common, arguments),
        Command::Signals(arguments) => signals::run(&cli.common, arguments),
        Command::Explain(arguments) => explain::run(&cli.common, arguments),
        Command::Hook(arguments) => hook::run(&cli.common, arguments.command),
        Command::Schema(arguments) => generate::schema(&cli.common, *arguments),
        Command::Completions(arguments) => generate::completions(&cli.common, *arguments),
        Command::Man(arguments) => generate::man(&cli.common, arguments),
        Command::Init(arguments) => init::run(&cli.common, *arguments),
        Command::Unused(arguments) => unused::run(&cli.common, *arguments),
        Command::Fix(arguments) => fix::run(&cli.common, *arguments),
    };
    exit as u8
}

impl Common {
    /// The workspaces that were named: by their manifests, or the one at hand.
    fn manifests(&self) -> Vec<Option<&Utf8Path>> {
        match self.manifest_path.as_slice() {
            [] => vec![None],
            paths => paths.iter().map(|path| Some(path.as_path())).collect(),
        }
    }

    /// Does something with every workspace that was named: one that fails keeps none of the others from their turn.
    fn each_workspace(&self, mut of: impl FnMut(Option<&Utf8Path>) -> Result<Exit, Error>) -> Exit {
        let ends = self.manifests().into_iter().map(|manifest| match of(manifest) {
            Ok(exit) => exit,
            Err(error) => fail(&error, self),
        });
        ends.fold(Exit::Clean, Exit::max)
    }

    /// How one workspace is read.
    fn options(&self, manifest: Option<&Utf8Path>) -> Options {
        Options {
            manifest_path: manifest.map(|path| path.as_std_path().to_owned()),
            config_file: self.config_file.as_ref().map(|path| path.as_std_path().to_owned()),
            engine: match self.engine {
                Some(EngineArgument::Manifests) => Some(Engine::Manifests),
                Some(EngineArgument::Cargo) => Some(Engine::Cargo),
                Some(EngineArgument::Auto) | None => None,
            },
            engine_auto: self.engine == Some(EngineArgument::Auto),
            locked: self.cargo.locked,
            offline: self.cargo.offline,
            frozen: self.cargo.frozen,
            ..Options::default()
        }
    }

    fn color(&self) -> ColorChoice {
        match self.color {
            ColorArgument::Auto => ColorChoice::Auto,
            ColorArgument::Always => ColorChoice::Always,
            ColorArgument::Never => ColorChoice::Never,
        }
    }

    /// How text on standard output is drawn.
    fn stdout_style(&self) -> Style {
        Style {
            quiet: self.quiet,
            ..Style::detect(self.color(), Stream::stdout())
        }
    }

    /// How text on standard error is drawn.
    fn stderr_style(&self) -> Style {
        Style {
            quiet: self.quiet,
            ..Style::detect(self.color(), Stream::stderr())
        }
    }
}

/// Writes to standard output. Colours are already in the text or not; the stream only makes old consoles show them.
///
/// A reader that has seen enough (`| head`) closes the pipe: that is no error, and nobody is left to be told. A report
/// that is lost in any other way fails the run, or a full disk would look like a pass.
fn print(text: &str, style: Style) -> Exit {
    let stream = anstream::AutoStream::new(io::stdout(), choice(style));
    match write_to(stream, text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let message = format!("boundaries::io: standard output cannot be written: {error}\n");
            print_error(&message, style);
            Exit::Failed
        }
        _ => Exit::Clean,
    }
}

/// Writes to standard error. Where that fails there is no place left to say so, and the exit code tells the rest.
fn print_error(text: &str, style: Style) {
    let _ = write_to(anstream::AutoStream::new(io::stderr(), choice(style)), text);
}

fn choice(style: Style) -> anstream::ColorChoice {
    if style.color {
        anstream::ColorChoice::Always
    } else {
        anstream::ColorChoice::Never
    }
}

fn write_to(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Says on standard error why a run could not go on.
fn fail(error: &Error, common: &Common) -> Exit {
    let style = common.stderr_style();
    print_error(&render_error(error, style), style);
    Exit::Failed
}
