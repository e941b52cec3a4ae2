//! One file a subcommand besides `check`.

pub mod explain;
pub mod init;
pub mod list;
