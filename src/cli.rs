//! The command line, as clap reads it.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// Keeps the architecture of a Rust workspace true
#[derive(Debug, Parser)]
#[command(
    name = "cargo-boundaries",
    bin_name = "cargo boundaries",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 clean, 1 findings, 2 could not check."
)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

mod mend;
mod output;
mod questions;
mod signals;

pub use mend::{FixArguments, UnusedArguments};
pub use output::{Format, Output};
pub use questions::{CanArguments, ChangeArguments, ImpactArguments, ModulesArguments, WhatIfArguments, WhyArguments};
pub use signals::{SignalsArguments, SignalsFormat};

/// What every subcommand takes.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// A Cargo.toml of the workspace; repeat it for several workspaces
    #[arg(long, value_name = "PATH", global = true)]
    pub manifest_path: Vec<Utf8PathBuf>,
    /// The boundaries.toml to use instead of the one beside the root manifest
    #[arg(long, value_name = "FILE", global = true)]
    pub config_file: Option<Utf8PathBuf>,
    /// What reads the workspace [default: as boundaries.toml says, else auto]
    #[arg(long, value_name = "ENGINE", global = true)]
    pub engine: Option<EngineArgument>,
    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = false
    )]
    pub color: ColorArgument,
    /// Print findings and the last line only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say what was read, and how
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
    #[command(flatten)]
    pub cargo: CargoArguments,
}

/// What is passed to cargo.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Passed to cargo, where it is asked")]
pub struct CargoArguments {
    /// Cargo.lock may not have to change
    #[arg(long, global = true)]
    pub locked: bool,
    /// No network
    #[arg(long, global = true)]
    pub offline: bool,
    /// Both
    #[arg(long, global = true)]
    pub frozen: bool,
}

/// `--engine`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineArgument {
    /// The manifests, and cargo where they hold what only cargo can read
    Auto,
    /// The manifests alone
    Manifests,
    /// `cargo metadata`
    Cargo,
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArgument {
    /// Where a terminal shows it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge every dependency against boundaries.toml
    Check(CheckArguments),
    /// Show each member with its layer, context and dependencies
    List(ListArguments),
    /// Record today's findings, and later take out what was mended
    Baseline(BaselineArguments),
    /// List permissions and exceptions that nothing needs, and take them out
    Unused(UnusedArguments),
    /// Show what can be mended by machine, and mend it
    Fix(FixArguments),
    /// Say by which path one crate uses another, and what the rules say of it
    Why(WhyArguments),
    /// Say whether one crate may use another, and which rule decides that
    Can(CanArguments),
    /// Show the findings that a change would bring and take away
    WhatIf(WhatIfArguments),
    /// Show who rebuilds when a crate changes
    Impact(ImpactArguments),
    /// Show who turns on which feature of a crate for everybody
    Features(ImpactArguments),
    /// Show the modules of a crate, and how to break their cycles
    Modules(ModulesArguments),
    /// Show where history says that a boundary may lie in the wrong place
    Signals(SignalsArguments),
    /// Say what a code means and how to fix it
    Explain(ExplainArguments),
    /// Write a boundaries.toml to start from
    Init(InitArguments),
    /// Install a git hook that checks before each commit
    Hook(HookArguments),
    /// Print the JSON Schema of boundaries.toml, or of what is written with `--format json`
    Schema(SchemaArguments),
    /// Print what a shell completes
    Completions(CompletionsArguments),
    /// Print the manual page
    Man(ManArguments),
}

/// `check`.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct CheckArguments {
    /// How the report is written: `human`, `short`, `json`, `sarif`, `github`, `gitlab`, `junit`, `markdown` or
    /// `rust-analyzer`, each with an optional `=FILE`; repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "human")]
    pub format: Vec<Output>,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
    /// Fail on exceptions and baseline lines that excuse nothing any more
    #[arg(long)]
    pub deny_stale: bool,
    /// List what exceptions and the baseline excuse
    #[arg(long)]
    pub show_excepted: bool,
    /// Compare with a revision of git, and fail only on what is new since then; `REV...` is where this branch left REV
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Judge only crates whose manifests changed since that revision, or since the last commit
    #[arg(long)]
    pub changed: bool,
    /// Say beside each finding whether the two crates change together in the history of the repository
    #[arg(long)]
    pub with_history: bool,
    /// Draw every finding, however many
    #[arg(long)]
    pub all: bool,
    /// Do not look in the source for where the dependencies of findings are used
    #[arg(long)]
    pub no_source: bool,
    /// Compare what was read with cargo's own reading; any difference fails with exit code 2
    #[arg(long)]
    pub verify: bool,
    /// A command to run after the check, whose output follows the report: `--then cargo check --message-format=json`.
    /// It takes all arguments that follow
    #[arg(long, value_name = "COMMAND", num_args = 1.., allow_hyphen_values = true)]
    pub then: Vec<OsString>,
}

/// `list`.
#[derive(Clone, Copy, Debug, Args)]
pub struct ListArguments {
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// `--format` of `list` and of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Human,
    /// For machines
    Json,
}

/// `baseline`.
#[derive(Clone, Copy, Debug, Args)]
pub struct BaselineArguments {
    /// Take in what the baseline does not hold yet
    #[arg(long)]
    pub grow: bool,
    /// Say what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Have git merge the baseline line by line: writes `boundaries-baseline.toml merge=union` to .gitattributes
    #[arg(long)]
    pub gitattributes: bool,
}

/// `explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArguments {
    /// A code, or the name of a rule in boundaries.toml; all codes where none is given
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `init`.
#[derive(Clone, Copy, Debug, Args)]
pub struct InitArguments {
    /// Print the file instead of writing it
    #[arg(long)]
    pub dry_run: bool,
    /// What to make it of, instead of whatever the workspace shows
    #[arg(long, value_name = "NAME")]
    pub preset: Option<PresetArgument>,
}

/// `--preset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PresetArgument {
    /// Layers alone, as many as the edges show
    Layers,
    /// Adapters, application and domain, by the usual words in names and folders
    Hexagonal,
    /// Contexts from folders or prefixes, with the programs on top
    #[value(alias = "modular")]
    Contexts,
    /// The programs on top, the crates that many stand on at the bottom, the rest between
    Minimal,
}

/// `hook`.
#[derive(Clone, Debug, Args)]
pub struct HookArguments {
    #[command(subcommand)]
    pub command: HookCommand,
}

/// What becomes of the hook.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum HookCommand {
    /// Write the repository's pre-commit hook; one that somebody else wrote is left alone
    Install,
    /// Remove the hook, where it is the one that `install` wrote
    Uninstall,
}

/// `schema`.
#[derive(Clone, Copy, Debug, Args)]
pub struct SchemaArguments {
    /// Of what
    #[arg(value_name = "OF", default_value = "boundaries")]
    pub of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// boundaries.toml
    Boundaries,
    /// `check --format json`
    Report,
    /// `signals --format json`
    Signals,
}

/// `completions`.
#[derive(Clone, Copy, Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Clone, Debug, Args)]
pub struct ManArguments {
    /// Write a page for each subcommand into this folder instead
    #[arg(long, value_name = "DIR")]
    pub dir: Option<Utf8PathBuf>,
}
