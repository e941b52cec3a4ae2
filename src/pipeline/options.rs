//! What is to be checked, and how.

use crate::config::EngineChoice;
use crate::workspace::Engine;
use crate::workspace::cargo::CargoOptions;

/// What is to be checked, and how.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub struct Options {
    /// A Cargo.toml of the workspace; none means the nearest one, from the current folder upwards.
    pub manifest_path: Option<std::path::PathBuf>,
    /// The boundaries.toml; none means the one beside the root manifest.
    pub config_file: Option<std::path::PathBuf>,
    /// Which engine reads the workspace; none means what boundaries.toml says, else the manifests, and cargo where they
    /// hold what only cargo can read.
    pub engine: Option<Engine>,
    /// Let cargo read the workspace only where the manifests hold what only cargo can read, whatever boundaries.toml
    /// says.
    pub engine_auto: bool,
    /// Passed to cargo: Cargo.lock may not have to change.
    pub locked: bool,
    /// Passed to cargo: no network.
    pub offline: bool,
    /// Passed to cargo: both.
    pub frozen: bool,
    /// Fail on exceptions and baseline lines that excuse nothing any more.
    pub deny_stale: bool,
    /// List what exceptions and the baseline excuse.
    pub show_excepted: bool,
    /// Compare what was read with cargo's own reading.
    pub verify: bool,
    /// Compare with this revision, and let only what is new count: as git names it, or `REV...` for the commit where the
    /// work of today left it.
    pub since: Option<String>,
    /// Read a baseline in which a merge left its marks as the lines of both sides: for the command that writes it anew.
    pub(crate) merge_baseline: bool,
    /// Do not read source to show where what is found is used; rules about modules read it all the same.
    pub no_source: bool,
    /// Judge only members whose manifests are not as they were at that revision, or at the last commit.
    pub changed: bool,
    /// Say beside each finding whether the two ends change together in the history of the repository.
    pub with_history: bool,
}

impl Options {
    pub(crate) fn cargo(&self) -> CargoOptions {
        CargoOptions {
            locked: self.locked,
            offline: self.offline,
            frozen: self.frozen,
        }
    }

    pub(super) fn engine_choice(&self) -> Option<EngineChoice> {
        match (self.engine, self.engine_auto) {
            (Some(Engine::Manifests), _) => Some(EngineChoice::Manifests),
            (Some(Engine::Cargo), _) => Some(EngineChoice::Cargo),
            (None, true) => Some(EngineChoice::Auto),
            (None, false) => None,
        }
    }
}
