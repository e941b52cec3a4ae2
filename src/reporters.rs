//! One file a format. `human` is the only one that names miette.

pub mod human;
pub mod json;
pub mod machine;
pub(crate) mod prose;
pub mod short;
pub mod style;

use crate::report::Report;

impl Report {
    /// The findings as text, one line each: `file:line:col: level[code] message`.
    #[must_use]
    pub fn to_short(&self) -> String {
        short::render(self)
    }

    /// The report as `cargo boundaries check` draws it where no terminal is, in so many columns.
    #[must_use]
    pub fn to_human(&self, columns: usize) -> String {
        let style = Style {
            color: false,
            unicode: true,
            width: columns,
            all: true,
            quiet: false,
        };
        human::render(self, style)
    }

    /// The whole report as JSON, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::render(self)
    }
}

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
