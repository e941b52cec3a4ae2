//! How text for people is drawn here: decided from the command line, the environment and the terminal, and from nothing
//! else, so that tests decide it from a table.

use std::io::IsTerminal;

use super::Style;

/// Columns where there is no terminal to ask.
const PIPED_WIDTH: usize = 100;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// Colour where a terminal shows it and the environment does not object.
    #[default]
    Auto,
    /// Colour, whatever the environment says.
    Always,
    /// No colour.
    Never,
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// The terminal's columns, where they are known.
    pub width: Option<usize>,
}

impl Stream {
    /// Standard output: findings and reports.
    #[must_use]
    pub fn stdout() -> Self {
        let stdout = std::io::stdout();
        Self::new(stdout.is_terminal(), terminal_size::terminal_size_of(&stdout))
    }

    /// Standard error: why a run could not check.
    #[must_use]
    pub fn stderr() -> Self {
        let stderr = std::io::stderr();
        Self::new(stderr.is_terminal(), terminal_size::terminal_size_of(&stderr))
    }

    fn new(terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> Self {
        Self {
            terminal,
            width: size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0),
        }
    }
}

impl Style {
    /// The style for this stream in this process's environment: one page of findings, not quiet.
    #[must_use]
    pub fn detect(choice: ColorChoice, stream: Stream) -> Self {
        let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self::from_environment(choice, stream, variable)
    }

    /// The style for this stream where `variable` answers for the environment.
    fn from_environment(choice: ColorChoice, stream: Stream, variable: impl Fn(&str) -> Option<String>) -> Self {
        // An empty variable is one that is not set, here as in most tools that read these.
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            color: color(choice, stream.terminal, &variable),
            unicode: !stream.terminal || unicode(&variable),
            width: if stream.terminal {
                stream.width.unwrap_or(PIPED_WIDTH)
            } else {
                PIPED_WIDTH
            },
            all: false,
            quiet: false,
        }
    }
}

/// The command line decides, then `CARGO_TERM_COLOR` (as for cargo itself, of which this is a subcommand), then
/// `NO_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR`, then whether a terminal can show it.
fn color(choice: ColorChoice, terminal: bool, variable: &impl Fn(&str) -> Option<String>) -> bool {
    match choice {
        ColorChoice::Always => return true,
        ColorChoice::Never => return false,
        ColorChoice::Auto => {}
    }
    match variable("CARGO_TERM_COLOR").as_deref() {
        Some("always") => return true,
        Some("never") => return false,
        _ => {}
    }
    if variable("NO_COLOR").is_some() {
        return false;
    }
    if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    let refused = variable("CLICOLOR").as_deref() == Some("0") || variable("TERM").as_deref() == Some("dumb");
    terminal && !refused
}

/// Whether the locale can show box-drawing characters: the first of its variables that is set decides. Where none is set
/// nobody asked for ASCII.
fn unicode(variable: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    let Some(locale) = locale.map(|l| l.to_ascii_lowercase()) else {
        return true;
    };
    let name = locale.split('@').next().unwrap_or_default();
    match name.split_once('.') {
        Some((_, charset)) => matches!(charset, "utf-8" | "utf8"),
        None => !matches!(name, "c" | "posix"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Stream = Stream {
        terminal: true,
        width: Some(132),
    };
    const PIPE: Stream = Stream {
        terminal: false,
        width: None,
    };

    /// `color unicode width` for an environment written as `A=1 B=2`.
    fn style(choice: ColorChoice, stream: Stream, environment: &str) -> String {
        let pairs: Vec<(&str, &str)> = environment
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let variable = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let style = Style::from_environment(choice, stream, variable);
        let color = if style.color { "colour" } else { "plain" };
        let marks = if style.unicode { "unicode" } else { "ascii" };
        format!("{color} {marks} {}", style.width)
    }

    #[test]
    fn every_environment_has_its_style() {
        use ColorChoice::{Always, Auto, Never};
        let cases = [
            (Auto, TERMINAL, "", "colour unicode 132"),
            (Auto, PIPE, "", "plain unicode 100"),
            (Auto, PIPE, "LC_ALL=C", "plain unicode 100"),
            (Always, PIPE, "NO_COLOR=1 CARGO_TERM_COLOR=never", "colour unicode 100"),
            (
                Never,
                TERMINAL,
                "CLICOLOR_FORCE=1 CARGO_TERM_COLOR=always",
                "plain unicode 132",
            ),
            (Auto, TERMINAL, "NO_COLOR=1", "plain unicode 132"),
            (Auto, TERMINAL, "NO_COLOR=", "colour unicode 132"),
            (Auto, TERMINAL, "NO_COLOR=0", "plain unicode 132"),
            (Auto, TERMINAL, "NO_COLOR=1 CLICOLOR_FORCE=1", "plain unicode 132"),
            (Auto, PIPE, "CLICOLOR_FORCE=1", "colour unicode 100"),
            (Auto, PIPE, "CLICOLOR_FORCE=0", "plain unicode 100"),
            (Auto, PIPE, "CARGO_TERM_COLOR=always NO_COLOR=1", "colour unicode 100"),
            (
                Auto,
                TERMINAL,
                "CARGO_TERM_COLOR=never CLICOLOR_FORCE=1",
                "plain unicode 132",
            ),
            (Auto, TERMINAL, "CARGO_TERM_COLOR=auto", "colour unicode 132"),
            (Auto, TERMINAL, "CLICOLOR=0", "plain unicode 132"),
            (Auto, TERMINAL, "CLICOLOR=1", "colour unicode 132"),
            (Auto, PIPE, "CLICOLOR=1", "plain unicode 100"),
            (Auto, TERMINAL, "TERM=dumb", "plain unicode 132"),
            (Auto, TERMINAL, "TERM=dumb CLICOLOR_FORCE=1", "colour unicode 132"),
            (Auto, TERMINAL, "LANG=C", "colour ascii 132"),
            (Auto, TERMINAL, "LANG=POSIX", "colour ascii 132"),
            (Auto, TERMINAL, "LANG=C.UTF-8", "colour unicode 132"),
            (Auto, TERMINAL, "LANG=de_DE.ISO-8859-1", "colour ascii 132"),
            (Auto, TERMINAL, "LANG=de_DE.utf8@euro", "colour unicode 132"),
            (Auto, TERMINAL, "LANG=en_US", "colour unicode 132"),
            (Auto, TERMINAL, "LC_ALL=C LANG=en_US.UTF-8", "colour ascii 132"),
            (
                Auto,
                TERMINAL,
                "LC_ALL= LC_CTYPE=en_US.UTF-8 LANG=C",
                "colour unicode 132",
            ),
        ];
        for (choice, stream, environment, wanted) in cases {
            assert_eq!(
                style(choice, stream, environment),
                wanted,
                "{choice:?} {stream:?} {environment}"
            );
        }
    }

    #[test]
    fn a_terminal_that_does_not_know_its_width_counts_as_a_pipe_does() {
        let stream = Stream {
            width: None,
            ..TERMINAL
        };
        assert_eq!(style(ColorChoice::Auto, stream, ""), "colour unicode 100");
    }
}
