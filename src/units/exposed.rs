//! What public items show of other modules and packages, at the modules that hold the items.

use fixedbitset::FixedBitSet;

use super::Ends;
use crate::code::{Exposure, Shown, Target};
use crate::workspace::{Dependency, DependencyKind, Exposed, NodeId, Workspace};

/// The packages whose source has to be read to know what the public items of these show: themselves, and all that they
/// reach, through whose re-exports a name can lead.
#[must_use]
pub fn shown_through(workspace: &Workspace, exposing: &FixedBitSet) -> Vec<NodeId> {
    let mut found = exposing.clone();
    found.grow(workspace.members.len());
    let mut open: Vec<usize> = found.ones().collect();
    let is_normal = |dependency: &&Dependency| dependency.kind == DependencyKind::Normal;
    while let Some(member) = open.pop() {
        let used = workspace.members[member].dependencies.iter().filter(is_normal);
        for to in used.map(|dependency| dependency.to.index()) {
            if to < workspace.members.len() && !found.put(to) {
                open.push(to);
            }
        }
    }
    found.ones().map(NodeId::new).collect()
}

impl Ends<'_> {
    /// Writes at the modules of these packages what their public items show.
    pub(super) fn show(&self, expanded: &mut Workspace, exposing: &FixedBitSet) {
        for exposure in &self.code.exposures {
            let package = self.code.module(exposure.from).member;
            let from = self.node(exposure.from);
            let Some(from) = from.filter(|_| exposing.contains(package.index())) else {
                continue;
            };
            let (to, inside) = match exposure.to {
                Target::Module(id) => (self.code.module(id).member, self.node(id)),
                Target::Package(node) => ((self.moved)(node), None),
            };
            if let Some(place) = &mut expanded.members[from.index()].module {
                place.exposed.push(Exposed {
                    place: exposure.place,
                    to,
                    inside,
                    says: says(exposure),
                });
            }
        }
        for place in expanded.members.iter_mut().filter_map(|member| member.module.as_mut()) {
            place.exposed.sort_unstable();
            place.exposed.dedup();
        }
    }
}

/// What the item does with what it shows.
fn says(exposure: &Exposure) -> String {
    let (item, shown) = (&exposure.item, &exposure.shown);
    let does = match exposure.how {
        Shown::Signature => "takes or returns",
        Shown::Field => "holds",
        Shown::Bound => "is bound by",
        // It can be the trait, and it can be what the trait is for: `impl From<Row> for Invoice`.
        Shown::Implementation => return format!("an `impl` for `{item}` shows `{shown}`"),
        Shown::Alias => "stands for",
        Shown::Reexport => "re-exports",
    };
    format!("`{item}` {does} `{shown}`")
}
