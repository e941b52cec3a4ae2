//! The arguments of `signals`.

use clap::{Args, ValueEnum};

use crate::signals::SignalId;
use crate::signals::history::read::Since;

/// `signals`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit codes: 0 said, 1 a signal that `--deny` names was found, 2 could not tell. A history that does not \
suffice is said so, with exit code 0."
)]
pub struct SignalsArguments {
    /// Show only what is about these: members of the workspace, or `context:NAME`
    #[arg(value_name = "CRATE")]
    pub names: Vec<String>,
    /// Read the commits since a day (`2026-01-31`), after a revision of git, or `all`
    #[arg(long, value_name = "DATE|REV|all", conflicts_with = "months")]
    pub since: Option<Since>,
    /// Read so many months back from the last commit [default: as boundaries.toml says, else 24]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1200))]
    pub months: Option<u32>,
    /// Look for these signals alone: `hidden-coupling`, `co-change`, `ripple`, `merge-candidate`, `split-candidate`,
    /// `context-fit`, `relation`, `crossing` or `graph`, with commas between them
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<SignalId>,
    /// Fail where one of these is found that no declared relation expects
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub deny: Vec<SignalId>,
    /// Show by quarter how many commits touch more than one context, and who can change alone
    #[arg(long, conflicts_with_all = ["only", "deny", "names"])]
    pub trend: bool,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: SignalsFormat,
    /// Show every signal, however many
    #[arg(long)]
    pub all: bool,
}

/// `--format` of `signals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignalsFormat {
    /// For people
    Human,
    /// For machines
    Json,
    /// For the comment of a pull request, or a page
    Markdown,
}
