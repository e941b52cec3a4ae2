//! The report that people read.

use super::Style;
use crate::error::Error;
use crate::report::Report;

/// Draws a report.
#[must_use]
pub fn render(_report: &Report, _style: Style) -> String {
    String::new()
}

/// Draws the reasons why a run could not check.
#[must_use]
pub fn render_error(_error: &Error, _style: Style) -> String {
    String::new()
}
