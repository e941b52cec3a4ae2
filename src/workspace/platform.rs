//! Target triples, and the conditions under which a dependency is declared: whether `cfg(…)` holds on one of them.

use std::fmt;

use cargo_platform::{Cfg, CfgExpr};
use cfg_expr::targets::{ALL_BUILTINS, Abi, Endian, Env, HasAtomic, Os, TargetInfo, Vendor};

/// A target that rustc knows by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Triple(&'static TargetInfo);

impl fmt::Debug for Triple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Triple {
    /// The target of this name; none where rustc knows of none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        cfg_expr::targets::get_builtin_target_by_triple(name).map(Self)
    }

    /// Every target, by name.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        ALL_BUILTINS.iter().map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.triple.as_str()
    }

    /// Whether rustc sets this here. None where that depends on more than the target: `-C target-cpu` and the like turn
    /// features of a processor on.
    fn sets(self, cfg: &Cfg) -> Option<bool> {
        let target = self.0;
        let family = |name: &str| target.families.iter().any(|family| family.as_str() == name);
        let (key, value) = match cfg {
            // Cargo asks rustc without a profile, and rustc then sets the assertions of a debug build.
            Cfg::Name(name) if name == "debug_assertions" => return Some(true),
            Cfg::Name(name) if name == "unix" || name == "windows" => return Some(family(name.as_str())),
            // Flags such as `loom` or `fuzzing` stand in RUSTFLAGS, and are no property of a target; `test` and
            // `proc_macro` belong to single crates, and cargo never takes them to hold.
            Cfg::Name(_) => return Some(false),
            Cfg::KeyPair(key, value) => (key.as_str(), value.as_str()),
        };
        let text = |set: Option<&str>| Some(set.unwrap_or_default() == value);
        match key {
            "target_arch" => text(Some(target.arch.as_str())),
            "target_os" => text(Some(target.os.as_ref().map_or("none", Os::as_str))),
            "target_env" => text(target.env.as_ref().map(Env::as_str)),
            "target_abi" => text(target.abi.as_ref().map(Abi::as_str)),
            "target_vendor" => text(target.vendor.as_ref().map(Vendor::as_str)),
            "target_pointer_width" => text(Some(&target.pointer_width.to_string())),
            "target_endian" => text(Some(match target.endian {
                Endian::big => "big",
                Endian::little => "little",
            })),
            "target_family" => Some(family(value)),
            "target_has_atomic" => {
                let atomic = value
                    .parse()
                    .ok()
                    .filter(|wanted: &HasAtomic| wanted.to_string() == value);
                Some(atomic.is_some_and(|wanted| target.has_atomics.contains(wanted)))
            }
            "target_feature" => None,
            "panic" => text(Some(target.panic.as_str())),
            // Cargo never takes `feature = "…"` to hold here, and other keys are flags like those above.
            _ => Some(false),
        }
    }
}

/// What stands between the brackets of `[target.'…'.dependencies]`.
#[derive(Clone, Debug)]
pub struct Condition(cargo_platform::Platform);

impl Condition {
    /// A condition as it was written; none where cargo cannot read it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Whether it can hold on a target: it holds as cargo sees it without flags from RUSTFLAGS, or it asks for a feature
    /// of the processor, which a build may turn on.
    #[must_use]
    pub fn may_hold(&self, triple: Triple) -> bool {
        match &self.0 {
            cargo_platform::Platform::Name(name) => name == triple.name(),
            cargo_platform::Platform::Cfg(expression) => holds(expression, triple) != Some(false),
        }
    }
}

/// Whether an expression holds; none where that cannot be told from the target alone.
fn holds(expression: &CfgExpr, triple: Triple) -> Option<bool> {
    // Of several, one of the word that decides is enough, whatever cannot be told of the others.
    let decided = |all: &[CfgExpr], by: bool| {
        let each: Vec<Option<bool>> = all.iter().map(|expression| holds(expression, triple)).collect();
        match each.contains(&Some(by)) {
            true => Some(by),
            false if each.contains(&None) => None,
            false => Some(!by),
        }
    };
    match expression {
        CfgExpr::Not(inner) => holds(inner, triple).map(|holds| !holds),
        CfgExpr::All(all) => decided(all, false),
        CfgExpr::Any(any) => decided(any, true),
        CfgExpr::Value(cfg) => triple.sets(cfg),
        CfgExpr::True => Some(true),
        CfgExpr::False => Some(false),
    }
}

#[cfg(test)]
mod tests;
