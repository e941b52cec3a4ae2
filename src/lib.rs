//! Keeps the architecture of a Rust workspace true: a team writes its layers and bounded contexts down in
//! `boundaries.toml`, and every dependency that crosses a forbidden boundary becomes a finding on its line in the
//! offending `Cargo.toml`.
//!
//! Most people run `cargo boundaries check`. The library is for those who want the same verdict in a test of their
//! own:
//!
//! ```no_run
//! # fn main() -> Result<(), cargo_boundaries::Error> {
//! let options = cargo_boundaries::Options::default();
//! let report = cargo_boundaries::load(&options)?.check()?;
//! assert!(!report.fails(false), "{}", report.to_short());
//! # Ok(())
//! # }
//! ```
//!
//! The flow, which the folders follow: `config` and `workspace` are read, `architecture` joins them, `rules` name what
//! they object to, `report` decides what counts, `reporters` write it.

mod architecture;
mod baseline;
mod cli;
mod commands;
mod config;
mod error;
mod excuses;
mod finding;
mod graph;
mod pipeline;
mod report;
mod reporters;
mod rules;
mod source;
#[cfg(test)]
mod tests;
mod verify;
mod workspace;

pub use commands::run;
pub use error::Error;
pub use finding::{Code, Declaration, Finding, Hop, Level, Related, Status};
pub use pipeline::{Loaded, Options, load};
pub use report::{Report, Summary};
pub use source::Location;
pub use workspace::{DependencyKind, Engine};
