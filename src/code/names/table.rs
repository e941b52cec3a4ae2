//! What one scope holds under a name, and in which builds.

use super::super::facts::{When, space};
use super::super::symbols::Symbol;
use super::super::tree::{Body, Condition, Forest};
use super::{ImportId, Meaning};

/// What a scope holds.
#[derive(Debug, Default)]
pub struct Table {
    /// By name, with the namespaces that it is in as far as that is known, and the builds that it is in.
    pub(super) names: Vec<(Symbol, u32, Meaning)>,
    /// Its globs, with the builds that they are in.
    pub(super) globs: Vec<(u32, ImportId)>,
    /// All its names, while some are hidden.
    pub(super) whole: Option<Vec<(Symbol, u32, Meaning)>>,
}

/// In which builds a name has a meaning, as bits beside those of `facts::space`.
mod build {
    /// In those for tests alone.
    pub const TEST: u32 = 8;
    /// In none for tests.
    pub const NO_TEST: u32 = 16;
    /// Where some condition holds.
    pub const CONDITIONAL: u32 = 32;
}

impl Table {
    /// What a name may mean in one of these namespaces, in code for tests or in other code; and whether under a condition.
    pub fn get(&self, name: Symbol, spaces: u32, test: bool) -> impl Iterator<Item = (Meaning, bool)> {
        let start = self.names.partition_point(|(other, ..)| *other < name);
        let named = self.names[start..].iter().take_while(move |(other, ..)| *other == name);
        named
            .filter(move |(_, of, _)| of & spaces != 0 && of & hidden(test) == 0)
            .map(|(_, of, meaning)| (*meaning, of & build::CONDITIONAL != 0))
    }

    /// Its own names that are in every build but perhaps those for tests, with their namespaces.
    pub fn always(&self) -> impl Iterator<Item = (Symbol, u32)> {
        let there = self
            .names
            .iter()
            .filter(|(_, of, _)| of & (hidden(false) | build::CONDITIONAL) == 0);
        there.map(|(name, of, _)| (*name, of & space::ALL))
    }

    /// Its globs, in code for tests or in other code; and whether under a condition.
    pub fn globs(&self, test: bool) -> impl Iterator<Item = (ImportId, bool)> {
        let seen = self.globs.iter().filter(move |(of, _)| of & hidden(test) == 0);
        seen.map(|(of, id)| (*id, of & build::CONDITIONAL != 0))
    }
}

/// What code for tests does not see, or other code.
pub fn hidden(test: bool) -> u32 {
    if test { build::NO_TEST } else { build::TEST }
}

/// The builds that have what stands in a body under a condition.
pub fn builds(forest: &Forest, node: u32, body: Body, when: Option<When>, test: bool) -> u32 {
    let of = if test || body.test { build::TEST } else { 0 };
    let own = forest.files[body.file as usize].condition(when);
    let arm = forest.arm(node, body.file, body.scope);
    of | builds_under(own) | builds_under(arm)
}

/// The builds in which a condition holds.
pub fn builds_under(when: Option<Condition>) -> u32 {
    match when {
        None => 0,
        Some(Condition::NO_TEST) => build::CONDITIONAL | build::NO_TEST,
        Some(_) => build::CONDITIONAL,
    }
}

/// The builds that have a module.
pub fn builds_of(forest: &Forest, node: u32) -> u32 {
    let node = &forest.nodes[node as usize];
    let mut of = 0;
    if !node.bodies.is_empty() && node.bodies.iter().all(|body| body.test) {
        of |= build::TEST;
    }
    if let [when] = node.when[..] {
        of |= builds_under(when);
    }
    of
}
