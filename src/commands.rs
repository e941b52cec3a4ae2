//! One file a subcommand besides check.

pub mod list;
pub mod verify;
