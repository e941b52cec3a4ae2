//! From text to [`Config`].

use super::Config;
use crate::error::Problem;
use crate::source::FileId;

/// Reads a boundaries.toml. A configuration comes back even where problems were found, as far as it could be
/// understood, so that binding it can find more; where a problem comes back the run ends with exit code 2.
pub fn parse(_text: &str, _file: FileId) -> (Option<Config>, Vec<Problem>) {
    (None, Vec::new())
}
