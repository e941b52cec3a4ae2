//! Makes modules units like packages: puts those of some packages among the members of a workspace, and what their source
//! names among the dependencies.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use crate::code::{Code, ModuleId, Reference, Target};
use crate::source::Span;
use crate::workspace::{
    Claim, Dependency, DependencyKind, Features, Member, ModulePlace, NodeId, Origin, Uses, Workspace,
};

mod exposed;

pub use exposed::shown_through;

/// What the modules of packages are wanted for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Packages into which rules look.
    pub split: FixedBitSet,
    /// Packages of which a rule asks what their public items show.
    pub exposing: FixedBitSet,
}

impl Wanted {
    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.split.is_clear() && self.exposing.is_clear()
    }

    /// Whether the modules of a package are to stand among the members.
    fn holds(&self, package: NodeId) -> bool {
        self.split.contains(package.index()) || self.exposing.contains(package.index())
    }
}

/// How many places of an edge are kept: the first is shown where the finding is, the others behind it.
const PLACES: usize = 4;

/// The packages whose source has to be read to know who names the modules of these, and what these name: themselves, who
/// reaches them, since what they hold can be named through the re-exports of others, and what they reach, since what they
/// name can be a re-export there. So what one rule sees does not hang on what another makes the tool read.
#[must_use]
pub fn readers(workspace: &Workspace, split: &FixedBitSet) -> Vec<NodeId> {
    let mut found = split.clone();
    found.grow(workspace.members.len());
    let reached = named_through(workspace, &found);
    let mut changed = true;
    while changed {
        changed = false;
        for (index, member) in workspace.members.iter().enumerate() {
            let uses = |d: &Dependency| found.contains(d.to.index());
            if !found.contains(index) && member.dependencies.iter().any(uses) {
                found.insert(index);
                changed = true;
            }
        }
    }
    found.extend(reached.into_iter().map(NodeId::index));
    found.ones().map(NodeId::new).collect()
}

/// The packages whose source has to be read to know all that the source of these names: themselves, what they depend on in
/// any way, and what is reached from there, through whose re-exports and globs a name can lead.
#[must_use]
pub fn named_through(workspace: &Workspace, users: &FixedBitSet) -> Vec<NodeId> {
    let named = users.ones().flat_map(|member| &workspace.members[member].dependencies);
    let named = named.map(|d| d.to.index()).filter(|to| *to < workspace.members.len());
    let mut reached = users.clone();
    reached.grow(workspace.members.len());
    reached.extend(named);
    shown_through(workspace, &reached)
}

/// The workspace with the modules of the wanted packages behind its members; with an edge for whatever names a module into
/// whose package rules look, or is named in one; and with what public items show where that is asked for. With `facades` a
/// name counts for the module through which it is named alone.
#[must_use]
pub fn expand(workspace: &Workspace, code: &Code, wanted: &Wanted, facades: bool) -> Workspace {
    let packages = workspace.members.len();
    let mut node_of: Vec<Option<NodeId>> = Vec::with_capacity(code.modules.len());
    let mut count = 0;
    for module in &code.modules {
        let is_unit = wanted.holds(module.member);
        node_of.push(is_unit.then(|| NodeId::new(packages + count)));
        count += usize::from(is_unit);
    }
    let moved = |node: NodeId| match node.index() {
        index if index < packages => node,
        index => NodeId::new(index + count),
    };
    let mut expanded = workspace.clone();
    for dependency in expanded.members.iter_mut().flat_map(|m| &mut m.dependencies) {
        dependency.to = moved(dependency.to);
    }
    for (module, node) in code.modules.iter().zip(&node_of) {
        if node.is_none() {
            continue;
        }
        let parent = module.parent.and_then(|parent| node_of[parent.index()]);
        let package = &workspace.members[module.member.index()];
        expanded.members.push(Member {
            name: ModulePlace::name(&package.name, &module.path),
            name_span: module.place,
            metadata: serde_json::Value::Null,
            claim: Claim::default(),
            features: Features::default(),
            dependencies: Vec::new(),
            module: Some(ModulePlace {
                package: module.member,
                parent: parent.unwrap_or(module.member),
                path: module.path.clone(),
                kind: module.kind,
                exposed: Vec::new(),
            }),
            ..package.clone()
        });
    }
    let ends = Ends {
        code,
        split: &wanted.split,
        node_of: &node_of,
        moved: &moved,
    };
    ends.show(&mut expanded, &wanted.exposing);
    let mut edges: BTreeMap<(NodeId, NodeId, DependencyKind), Uses> = BTreeMap::new();
    for reference in code.references.iter().filter(|r| !(facades && r.behind)) {
        for (from, to) in ends.of(reference) {
            let uses = edges.entry((from, to, reference.kind)).or_insert_with(|| Uses {
                places: Vec::new(),
                count: 0,
            });
            uses.count += 1;
            keep(&mut uses.places, reference.place);
        }
    }
    for ((from, to, kind), uses) in edges {
        let dependency = dependency(&expanded, (from, to), kind, uses);
        expanded.members[from.index()].dependencies.push(dependency);
    }
    expanded
}

/// Keeps the first places, in order.
fn keep(places: &mut Vec<Span>, place: Span) {
    let position = places.partition_point(|known| *known <= place);
    places.insert(position, place);
    places.truncate(PLACES);
}

/// Between which units a reference leads.
struct Ends<'e> {
    code: &'e Code,
    /// The packages whose modules have edges.
    split: &'e FixedBitSet,
    node_of: &'e [Option<NodeId>],
    moved: &'e dyn Fn(NodeId) -> NodeId,
}

impl Ends<'_> {
    /// The module or package on either side, without the pair of two packages: between those the manifests speak.
    fn of(&self, reference: &Reference) -> Vec<(NodeId, NodeId)> {
        let (package, module) = self.ends_of(Target::Module(reference.from));
        let (target, inside) = self.ends_of(reference.to);
        if package == target {
            let pair = module.zip(inside).filter(|(from, to)| from != to);
            return pair.into_iter().collect();
        }
        let to_module = inside.map(|inside| (package, inside));
        let from_module = module.map(|module| (module, target));
        let all = [module.zip(inside), to_module, from_module];
        all.into_iter().flatten().collect()
    }

    /// The module, where it stands among the members.
    fn node(&self, id: ModuleId) -> Option<NodeId> {
        self.node_of[id.index()]
    }

    fn ends_of(&self, target: Target) -> (NodeId, Option<NodeId>) {
        match target {
            Target::Module(id) => {
                let package = self.code.module(id).member;
                let looked_into = self.split.contains(package.index());
                (package, self.node(id).filter(|_| looked_into))
            }
            Target::Package(node) => ((self.moved)(node), None),
        }
    }
}

/// What the source uses, as if it were declared where it is named: by the manifest's own words where it is of another
/// package.
fn dependency(workspace: &Workspace, (from, to): (NodeId, NodeId), kind: DependencyKind, uses: Uses) -> Dependency {
    let target = workspace.package_of(to).unwrap_or(to);
    let package = workspace.package_of(from).unwrap_or(from);
    let declared = workspace.members[package.index()].dependencies.iter();
    let declared: Vec<&Dependency> = declared.filter(|d| d.to == target && d.uses.is_none()).collect();
    // What is declared for builds or tests is not what other code names, and what is declared for all is what tests name.
    let of_kind = |d: &&Dependency| d.kind == kind;
    let chosen = declared.iter().copied().find(of_kind).or(declared.first().copied());
    let everywhere = declared.iter().any(|d| d.target.is_none());
    let directory = || Origin::Path(workspace.root.join(&workspace.members[package.index()].directory));
    Dependency {
        to,
        kind,
        target: chosen.and_then(|d| d.target.clone()).filter(|_| !everywhere),
        optional: !declared.is_empty() && declared.iter().all(|d| d.optional),
        rename: chosen.and_then(|d| d.rename.clone()),
        requirement: chosen.and_then(|d| d.requirement.clone()),
        features: Vec::new(),
        default_features: true,
        origin: chosen.map_or_else(directory, |d| d.origin.clone()),
        key: uses.places[0],
        inherited: None,
        uses: Some(uses),
    }
}
