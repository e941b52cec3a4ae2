//! Reads the workspace from its manifests: the default engine.

use camino::Utf8Path;

use super::Workspace;
use crate::error::Problem;
use crate::source::Sources;

/// Reads the workspace that `manifest` belongs to. Every file that was read is added to `sources`, also where
/// problems come back.
///
/// # Errors
/// Every problem that was found, each with its place.
pub fn read(_manifest: &Utf8Path, _sources: &mut Sources) -> Result<Workspace, Vec<Problem>> {
    Err(Vec::new())
}
