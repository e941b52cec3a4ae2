//! `--changed`: keeps the findings that lie in manifests that changed.

use std::collections::HashSet;

use crate::baseline::FILE_NAME;
use crate::finding::Finding;
use crate::git::Revision;
use crate::pipeline::Loaded;
use crate::report::{Changed, Report};
use crate::source::is_rust;

/// Leaves only findings that what changed may have brought: those with a place in a changed manifest or lockfile, and
/// those that name a member whose manifest changed, or its source where rules look into it. Where boundaries.toml, the baseline, the root manifest (which says what
/// members inherit) or cargo's configuration changed, every member is concerned, and all stay.
pub fn keep(report: &mut Report, today: &Loaded, revision: &Revision) {
    let mut files: HashSet<&str> = HashSet::new();
    for file in report.sources.files().filter(|file| revision.changed(&file.absolute)) {
        files.insert(&file.path);
    }
    let members: HashSet<&str> = today.members_in(&files).into_iter().collect();
    let own = |path: &str| path.ends_with("Cargo.toml") || path.ends_with("Cargo.lock") || is_rust(path);
    // Some of what all members share may be gone, and is not among the files that were read.
    let shared = ["Cargo.toml", FILE_NAME, ".cargo/config.toml", ".cargo/config"];
    let all =
        files.iter().any(|path| !own(path)) || shared.iter().any(|path| revision.changed(&today.root().join(path)));
    if !all {
        report
            .findings
            .retain(|finding| is_concerned(finding, &files, &members, today));
    }
    report.changed = Some(Changed {
        revision: revision.name.clone(),
        members: members.len(),
        all,
    });
}

fn is_concerned(finding: &Finding, files: &HashSet<&str>, members: &HashSet<&str>, today: &Loaded) -> bool {
    let declared = finding.declarations.iter().map(|d| d.location.file.as_str());
    let hops = finding.hops.iter().map(|hop| hop.file.as_str());
    let related = finding.related.iter().map(|related| related.location.file.as_str());
    let mut places = std::iter::once(finding.primary.file.as_str())
        .chain(declared)
        .chain(hops)
        .chain(related);
    let is_of_one = |name: &str| {
        today
            .package_named(name)
            .is_some_and(|package| members.contains(package))
    };
    // What one module names another may hand on, so that either may have brought an edge between the two.
    let to = finding.to.starts_with("mod:") && is_of_one(&finding.to);
    places.any(|file| files.contains(file)) || is_of_one(&finding.from) || to
}
