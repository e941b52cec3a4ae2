//! `version` and `required-version`, which come before all else: a file for another tool is not ours to judge.

use semver::{Version, VersionReq};

use super::view::{Reader, View, count};
use crate::config::nearest::quoted;

/// The version of the language that this tool reads.
const LANGUAGE: u64 = 1;

/// Whether this tool may read the file; where not, the reason is reported.
pub fn check(reader: &mut Reader<'_>, root: View<'_>) -> bool {
    let before = reader.problems.len();
    language(reader, root);
    tool(reader, root);
    reader.problems.len() == before
}

fn language(reader: &mut Reader<'_>, root: View<'_>) {
    let Some(entry) = root.get("version") else {
        return;
    };
    let span = entry.value_span(reader);
    match entry.value.get_ref().as_integer() {
        Some(_) if count(entry.value.get_ref()) == Some(LANGUAGE) => {}
        Some(number) => reader.report(
            format!(
                "version {} of the language is not known to cargo-boundaries {}",
                number.as_str(),
                env!("CARGO_PKG_VERSION")
            ),
            span,
            "another version of the language",
            format!("write `version = {LANGUAGE}`, or use the release of cargo-boundaries that the file is for"),
        ),
        None => reader.report(
            "`version` is not a whole number",
            span,
            "the version of the language",
            format!("write `version = {LANGUAGE}`; a version of the tool is asked for by `required-version`"),
        ),
    }
}

fn tool(reader: &mut Reader<'_>, root: View<'_>) {
    let Some(entry) = root.get("required-version") else {
        return;
    };
    let span = entry.value_span(reader);
    let requirement = entry
        .value
        .get_ref()
        .as_str()
        .map(|text| (text, VersionReq::parse(text)));
    match requirement {
        Some((_, Ok(requirement))) if accepts(&requirement) => {}
        Some((text, Ok(_))) => reader.report(
            format!(
                "this file requires cargo-boundaries {}, and this is {}",
                quoted(text),
                env!("CARGO_PKG_VERSION")
            ),
            span,
            "another version of the tool",
            format!(
                "install one that fits: `cargo install cargo-boundaries --version '{}'`",
                shell_safe(text)
            ),
        ),
        Some((text, Err(error))) => reader.report(
            format!("{} is not a version requirement: {error}", quoted(text)),
            span,
            "not a version requirement",
            "write it as in Cargo.toml: `required-version = \">=0.1\"`",
        ),
        None => reader.report(
            "`required-version` is not a string",
            span,
            "a version requirement is due",
            "write it as in Cargo.toml: `required-version = \">=0.1\"`",
        ),
    }
}

/// A requirement that parsed holds no quotes; what is shown for the shell is cut all the same.
fn shell_safe(text: &str) -> String {
    text.chars().filter(|c| *c != '\'').take(100).collect()
}

/// Whether this tool fits; a pre-release counts as the release that it leads to.
fn accepts(requirement: &VersionReq) -> bool {
    let number = |text: &str| text.parse().unwrap_or(0);
    requirement.matches(&Version::new(
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    ))
}
