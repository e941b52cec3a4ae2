//! `--format gitlab`: a code quality report, as GitLab's documentation of the artifact `reports:codequality` defines it
//! (a list of issues of the Code Climate sort).

use serde::Serialize;

use super::{Outcome, Weight};
use crate::reporters::json::escaped;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// One issue a notice, of all workspaces in one list; what is excused is not listed.
#[must_use]
pub fn render(outcomes: &[Outcome<'_>]) -> String {
    let notices = outcomes
        .iter()
        .flat_map(Outcome::notices)
        .filter(|notice| !notice.excused());
    let issues: Vec<Issue<'_>> = notices
        .map(|notice| Issue {
            severity: match notice.weight {
                Weight::Failure => "blocker",
                Weight::Deny => "major",
                Weight::Warn => "minor",
            },
            check_name: notice.code,
            fingerprint: fingerprint(&notice.fingerprint),
            location: Location {
                // GitLab drops an issue without a place.
                path: notice
                    .place
                    .as_ref()
                    .map_or("Cargo.toml", |place| &place.path)
                    .to_owned(),
                lines: Lines {
                    begin: notice.place.as_ref().map_or(1, |place| place.location.line),
                },
            },
            description: notice.whole(),
        })
        .collect();
    let text = serde_json::to_string_pretty(&issues).unwrap_or_default();
    escaped(text) + "\n"
}

/// The finding's fingerprint as GitLab wants it: short, and without meaning. The hash is 64-bit FNV-1a (Fowler, Noll and
/// Vo; RFC 9923), whose values stay the same in every version of this tool.
fn fingerprint(text: &str) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = text
        .bytes()
        .fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprints_are_those_of_fnv_1a() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("a"), "af63dc4c8601ec8c");
        assert_eq!(fingerprint("foobar"), "85944171f73967e8");
    }
}
