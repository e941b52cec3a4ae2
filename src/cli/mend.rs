//! The arguments of what takes out or puts in order.

use clap::Args;

/// `unused`.
#[derive(Clone, Copy, Debug, Args)]
pub struct UnusedArguments {
    /// Take them out of boundaries.toml; comments and order stay
    #[arg(long)]
    pub fix: bool,
}

/// `fix`.
#[derive(Clone, Copy, Debug, Args)]
pub struct FixArguments {
    /// Write what changes, instead of showing it
    #[arg(long)]
    pub write: bool,
    /// Put the lists of boundaries.toml in order too, where order means nothing
    #[arg(long)]
    pub sort: bool,
}
