//! `--format`: how a report is written, and where.

use std::str::FromStr;

use camino::Utf8PathBuf;

/// One `--format`: how the report is written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How.
    pub format: Format,
    /// Where; standard output where none is given.
    pub file: Option<Utf8PathBuf>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One line a finding.
    Short,
    /// For machines.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// A test run.
    Junit,
    /// The comment of a pull request.
    Markdown,
    /// The lines of `cargo check`, for editors.
    RustAnalyzer,
}

impl Format {
    /// Every format and its name, in the order of the help.
    pub const ALL: [(&'static str, Self); 9] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("junit", Self::Junit),
        ("markdown", Self::Markdown),
        ("rust-analyzer", Self::RustAnalyzer),
    ];
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, file) = match text.split_once('=') {
            Some((_, "")) => return Err("a file's name is due after `=`".to_owned()),
            Some((word, file)) => (word, Some(Utf8PathBuf::from(file))),
            None => (text, None),
        };
        let Some((_, format)) = Format::ALL.into_iter().find(|(name, _)| *name == word) else {
            let names: Vec<String> = Format::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(format!("the formats are {}", names.join(", ")));
        };
        Ok(Self { format, file })
    }
}
