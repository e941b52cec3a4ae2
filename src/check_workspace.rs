//! The check as a test of the workspace that it is about.

use std::path::PathBuf;

use crate::pipeline::{Options, load};

/// Checks the workspace that the running test belongs to, for those who want the verdict in `cargo test`.
///
/// The workspace is found as cargo finds it, from the package under test (`CARGO_MANIFEST_DIR`, which `cargo test` sets;
/// else the current folder) upwards. Warnings pass, as on the command line.
///
/// # Panics
/// With the report that `cargo boundaries check` would draw, where a finding fails the run; and with what is wrong, where
/// the workspace cannot be checked.
#[track_caller]
pub fn check_workspace() {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    if let Err(report) = check(package) {
        panic!("{report}");
    }
}

/// What is to be read where the workspace of this package does not pass.
fn check(package: Option<PathBuf>) -> Result<(), String> {
    let options = Options {
        manifest_path: package.map(|folder| folder.join("Cargo.toml")),
        ..Options::default()
    };
    let report = load(&options).and_then(|loaded| loaded.check());
    let report = report.map_err(|error| format!("the workspace cannot be checked:\n{error}"))?;
    if report.fails(false) {
        Err(format!("\n{}", report.to_human(100)))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    fn of(workspace: &str) -> Result<(), String> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        check(Some(root.join("test-workspaces").join(workspace)))
    }

    #[test]
    fn a_test_fails_where_a_check_does_and_says_the_same() {
        assert_eq!(of("rules/forbidden/holds"), Ok(()));
        let told = of("rules/forbidden/breaks").unwrap_err();
        assert!(told.contains("boundaries::forbidden"), "{told}");
        let told = of("reading/cycles").unwrap_err();
        assert!(told.contains("there is no boundaries.toml"), "{told}");
    }
}
