//! The arguments of questions.

use clap::{Args, Subcommand, ValueEnum};

use super::ListFormat;
use crate::questions::what_if::Place;
use crate::workspace::DependencyKind;

/// `why`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Exit codes: 0 there is a path, 1 there is none, 2 could not tell.")]
pub struct WhyArguments {
    /// A member of the workspace
    #[arg(value_name = "CRATE")]
    pub from: String,
    /// A member, or a third-party crate (`external:NAME` where a member is called the same)
    #[arg(value_name = "USES")]
    pub to: String,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// `can`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Exit codes: 0 yes, 1 no, 2 could not tell.")]
pub struct CanArguments {
    /// A member of the workspace
    #[arg(value_name = "CRATE")]
    pub from: String,
    /// A member, or a third-party crate; `external:NAME` or `external:NAME@1.2` for one that nobody uses yet
    #[arg(value_name = "USE")]
    pub to: String,
    /// The table that the dependency would stand in
    #[arg(long, value_name = "KIND", default_value = "normal")]
    pub kind: KindArgument,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// `what-if`.
#[derive(Clone, Debug, Args)]
pub struct WhatIfArguments {
    /// The change.
    #[command(subcommand)]
    pub change: ChangeArguments,
}

/// The change that `what-if` asks about.
#[derive(Clone, Debug, Subcommand)]
pub enum ChangeArguments {
    /// A crate belonged to another layer or context
    #[command(after_help = CHANGES)]
    Move {
        /// A member of the workspace
        #[arg(value_name = "CRATE")]
        member: String,
        /// `layer:NAME` or `context:NAME`; repeat it for one of each
        #[arg(long, value_name = "PLACE", required = true)]
        to: Vec<Place>,
        /// How it is written
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ListFormat,
    },
    /// A crate used another
    #[command(after_help = CHANGES)]
    Add {
        /// A member of the workspace
        #[arg(value_name = "CRATE")]
        from: String,
        /// A member, or a third-party crate; `external:NAME` or `external:NAME@1.2` for one that nobody uses yet
        #[arg(value_name = "USES")]
        to: String,
        /// The table that the dependency would stand in
        #[arg(long, value_name = "KIND", default_value = "normal")]
        kind: KindArgument,
        /// How it is written
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ListFormat,
    },
    /// A crate did not use another any more
    #[command(after_help = CHANGES)]
    Remove {
        /// A member of the workspace
        #[arg(value_name = "CRATE")]
        from: String,
        /// A member, or a third-party crate
        #[arg(value_name = "USES")]
        to: String,
        /// The table that it would be taken out of [default: all]
        #[arg(long, value_name = "KIND")]
        kind: Option<KindArgument>,
        /// How it is written
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ListFormat,
    },
}

const CHANGES: &str = "Exit codes: 0 no finding appears that fails a check, 1 one does, 2 could not tell.";

/// `impact` and `features`.
#[derive(Clone, Debug, Args)]
pub struct ImpactArguments {
    /// A member of the workspace, or a third-party crate
    #[arg(value_name = "CRATE")]
    pub package: String,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// `modules`.
#[derive(Clone, Debug, Args)]
pub struct ModulesArguments {
    /// A member of the workspace, or a module of it: `CRATE::PATH`
    #[arg(value_name = "CRATE")]
    pub module: String,
    /// Tell apart so many levels of modules; what lies deeper counts to the module that holds it
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// `--kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KindArgument {
    /// `[dependencies]`
    Normal,
    /// `[build-dependencies]`
    Build,
    /// `[dev-dependencies]`
    Dev,
}

impl From<KindArgument> for DependencyKind {
    fn from(kind: KindArgument) -> Self {
        match kind {
            KindArgument::Normal => Self::Normal,
            KindArgument::Build => Self::Build,
            KindArgument::Dev => Self::Dev,
        }
    }
}
