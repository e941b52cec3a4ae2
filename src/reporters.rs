//! One file a format. `human` is the only one that names miette.

pub mod human;
pub mod json;
pub(crate) mod prose;
pub mod short;
pub mod style;

/// How text for people is drawn.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub struct Style {
    /// Terminal colours.
    pub color: bool,
    /// Box-drawing characters; ASCII otherwise.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// Draw every finding, however many.
    pub all: bool,
    /// Findings and the last line only.
    pub quiet: bool,
}
