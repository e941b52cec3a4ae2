//! Keeps the architecture of a Rust workspace true: a team writes its layers and bounded contexts down in
//! `boundaries.toml`, and every dependency that crosses a forbidden boundary becomes a finding on its line in the
//! offending `Cargo.toml`.
//!
//! Most people run `cargo boundaries check`. The library is for those who want the same verdict in `cargo test`:
//!
//! ```no_run
//! #[test]
//! fn boundaries_hold() {
//!     cargo_boundaries::check_workspace();
//! }
//! # fn main() {}
//! ```
//!
//! or want to do something with the findings:
//!
//! ```no_run
//! # fn main() -> Result<(), cargo_boundaries::Error> {
//! let mut options = cargo_boundaries::Options::default();
//! options.manifest_path = Some(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into());
//! let report = cargo_boundaries::load(&options)?.check()?;
//! assert!(!report.fails(false), "{}", report.to_human(100));
//! # Ok(())
//! # }
//! ```
//!
//! [`load`] reads a workspace and its boundaries.toml as [`Options`] say; no process is started unless the cargo engine
//! is asked for or needed. [`Loaded::check`] judges every dependency. The [`Report`] holds each [`Finding`] with its
//! places, writes itself as text or JSON, and says whether a run of the command line would fail. An [`Error`] is what
//! exit code 2 means there: the workspace could not be checked, which is never a pass.
//!
//! The flow inside, which the folders follow: `config` and `workspace` are read, `architecture` joins them, `rules` name
//! what they object to, `report` decides what counts, `reporters` write it.

mod architecture;
mod baseline;
mod check_workspace;
mod cli;
mod code;
mod commands;
mod config;
mod edit;
mod error;
mod excuses;
mod finding;
mod git;
mod graph;
mod infer;
mod owners;
mod pipeline;
mod questions;
mod report;
mod reporters;
mod rules;
mod signals;
mod source;
#[cfg(test)]
mod tests;
mod units;
#[doc(hidden)]
pub mod validation;
mod verify;
mod workspace;

pub use check_workspace::check_workspace;
pub use commands::run;
pub use error::Error;
pub use finding::{Code, Declaration, Finding, Hop, Level, Related, Status};
pub use pipeline::{Loaded, Options, load};
pub use report::{Changed, Fixed, Report, Since, Summary};
pub use source::Location;
pub use workspace::{DependencyKind, Engine};
