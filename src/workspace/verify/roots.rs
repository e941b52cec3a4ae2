//! What the targets of a member start from, as the two readings have it.

use std::collections::BTreeSet;

use cargo_metadata::{Package, TargetKind};

use super::super::Member;
use super::super::manifests::paths::normalize;
use super::super::targets::{self, RootKind};
use crate::source::Sources;

/// The root of every target that we find, each with what it is for.
pub(super) fn ours(member: &Member, sources: &Sources) -> Vec<String> {
    let word = |kind: RootKind| match kind {
        RootKind::Lib => "lib",
        RootKind::Bin => "bin",
        RootKind::Example => "example",
        RootKind::Test => "test",
        RootKind::Bench => "bench",
        RootKind::Build => "custom-build",
    };
    let roots = targets::roots(member, sources);
    let mut shown: Vec<String> = roots
        .iter()
        .map(|root| format!("{} {}", word(root.kind), root.path))
        .collect();
    shown.sort();
    shown
}

/// The same, as cargo has it.
pub(super) fn theirs(package: &Package) -> Vec<String> {
    let shown = |target: &cargo_metadata::Target| {
        let kind = match target.kind.first() {
            Some(TargetKind::Bin) => "bin".to_owned(),
            Some(TargetKind::Example) => "example".to_owned(),
            Some(TargetKind::Test) => "test".to_owned(),
            Some(TargetKind::Bench) => "bench".to_owned(),
            Some(TargetKind::CustomBuild) => "custom-build".to_owned(),
            _ => "lib".to_owned(),
        };
        format!("{kind} {}", normalize(&target.src_path))
    };
    let roots: BTreeSet<String> = package.targets.iter().map(shown).collect();
    roots.into_iter().collect()
}
