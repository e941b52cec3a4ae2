//! Random workspaces that cargo can resolve, so that what declarations point at can be compared.

use proptest::prelude::*;

use super::plan::{Plan, To, workspace};
use crate::workspace::DependencyKind;

/// Any workspace that cargo can resolve without a registry: whatever is no member is one by `[patch]`.
pub fn workspace_to_resolve() -> impl Strategy<Value = Plan> {
    workspace().prop_map(|mut plan| {
        let count = plan.members.len();
        let mut patched: Vec<usize> = Vec::new();
        for line in &mut plan.shared {
            line.to = inside(&line.to, count, &mut patched);
            line.renamed = aliased(&line.to, count);
            line.features = 0;
        }
        for (from, member) in plan.members.iter_mut().enumerate() {
            // What a patch puts in its place must fit the requirement.
            member.version = Some("1.4.0");
            member.features.forwards = false;
            for dependency in &mut member.dependencies {
                dependency.features = 0;
                if !matches!(dependency.to, To::Shared(_)) || plan.shared.is_empty() {
                    dependency.to = inside(&dependency.to, count, &mut patched);
                }
                dependency.renamed = aliased(&dependency.to, count);
                // Only tests may go round in a circle.
                let before = |to: &To| aimed(to, count).is_some_and(|index| index < from);
                let shared = matches!(dependency.to, To::Shared(_)) && plan.shared.iter().all(|line| before(&line.to));
                if !shared && !before(&dependency.to) {
                    dependency.kind = DependencyKind::Dev;
                }
            }
        }
        plan.patched = patched;
        plan
    })
}

fn inside(to: &To, count: usize, patched: &mut Vec<usize>) -> To {
    match to {
        To::Member(index) | To::Shared(index) => To::Member(*index),
        To::Namesake(_) | To::Registry(..) | To::Git(..) | To::OtherRegistry(_) => {
            let index = match to {
                To::Namesake(index) => *index,
                To::Registry(name, version) => name.len() + version.len(),
                _ => 0,
            };
            patched.push(index % count);
            To::Namesake(index)
        }
    }
}

/// The member that something inside points at.
fn aimed(to: &To, count: usize) -> Option<usize> {
    match to {
        To::Member(index) | To::Namesake(index) => Some(index % count),
        To::Shared(_) | To::Registry(..) | To::Git(..) | To::OtherRegistry(_) => None,
    }
}

/// Cargo wants one name for one package, however often a crate declares it.
fn aliased(to: &To, count: usize) -> bool {
    aimed(to, count).is_some_and(|index| index.is_multiple_of(3))
}
