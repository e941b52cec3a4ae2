//! Random workspaces with random configurations, as plain data: the text of a boundaries.toml is written from it, and
//! the naive evaluation reads it directly.

use std::fmt::Write as _;

use crate::workspace::DependencyKind;

mod generate;
mod run;

pub use generate::specs;

/// How many members and externals there are at most.
pub const MEMBERS: usize = 7;
pub const EXTERNALS: usize = 2;

/// A dependency: from a member to a member or, past them, an external.
#[derive(Clone, Debug)]
pub struct Dep {
    pub from: usize,
    pub to: usize,
    pub kind: DependencyKind,
    pub optional: bool,
}

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in boundaries.toml"
)]
pub struct Layer {
    pub beside: bool,
    pub closed: bool,
    pub open: bool,
    pub independent: bool,
    /// Which of the lower layers, where it is set.
    pub may_use: Option<Vec<bool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bounded,
    Kernel,
    Root,
}

#[derive(Clone, Debug)]
pub struct Context {
    pub kind: Kind,
    /// Which of its own crates, by position among all members, where it is set.
    pub public: Option<Vec<bool>>,
    pub may_use: Option<Vec<bool>>,
}

#[derive(Clone, Debug)]
pub struct Common {
    pub kinds: Vec<DependencyKind>,
    pub ignore_optional: bool,
}

#[derive(Clone, Debug)]
pub enum Reach {
    Direct,
    Transitive {
        through: Vec<DependencyKind>,
        not_through: Vec<usize>,
    },
}

#[derive(Clone, Debug)]
pub enum Rule {
    Forbidden {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        reach: Reach,
    },
    Allowed {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        among: &'static str,
    },
    Protected {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
    },
    Independent {
        common: Common,
        parties: Vec<Vec<usize>>,
        reach: Reach,
    },
    Acyclic {
        common: Common,
        over: &'static str,
    },
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub members: usize,
    pub deps: Vec<Dep>,
    pub kinds: Vec<DependencyKind>,
    pub layers: Vec<Layer>,
    pub layer_of: Vec<Option<usize>>,
    pub contexts: Vec<Context>,
    pub context_of: Vec<Option<usize>>,
    pub rules: Vec<Rule>,
    /// (what it names, from, to, kinds)
    pub exceptions: Vec<(String, usize, usize, Option<DependencyKind>)>,
}

fn strings(names: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("\"{n}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn words(kinds: &[DependencyKind]) -> String {
    strings(kinds.iter().map(ToString::to_string))
}

impl Spec {
    /// The package's name.
    pub fn name(&self, node: usize) -> String {
        match node.checked_sub(self.members) {
            None => format!("m{node}"),
            Some(external) => format!("x{external}"),
        }
    }

    fn selector(&self, node: usize) -> String {
        let prefix = if node < self.members { "" } else { "external:" };
        format!("{prefix}{}", self.name(node))
    }

    fn list(&self, nodes: &[usize]) -> String {
        strings(nodes.iter().map(|node| format!("{}?", self.selector(*node))))
    }

    /// The rule of this name, where it is transitive, with its position.
    pub fn transitive(&self, name: &str) -> Option<(usize, &Rule)> {
        let index: usize = name.strip_prefix('r')?.parse().ok()?;
        let rule = self.rules.get(index)?;
        let (Rule::Forbidden { reach, .. } | Rule::Independent { reach, .. }) = rule else {
            return None;
        };
        matches!(reach, Reach::Transitive { .. }).then_some((index, rule))
    }

    /// The boundaries.toml.
    pub fn text(&self) -> String {
        let mut text = format!("[settings]\nkinds = {}\n", words(&self.kinds));
        text += "[settings.layers]\nunassigned = \"allow\"\n[settings.contexts]\nunassigned = \"allow\"\n";
        for (index, layer) in self.layers.iter().enumerate() {
            let own = (0..self.members).filter(|m| self.layer_of[*m] == Some(index));
            let _ = write!(
                text,
                "[[layers]]\nname = \"l{index}\"\nallow-empty = true\ncrates = {}\n",
                strings(own.map(|m| self.name(m)))
            );
            if layer.beside && index > 0 {
                let _ = writeln!(text, "beside = \"l{}\"", index - 1);
            }
            for (key, on) in [
                ("closed", layer.closed),
                ("open", layer.open),
                ("independent", layer.independent),
            ] {
                let _ = writeln!(text, "{key} = {on}");
            }
            if let Some(lower) = self.lower(index) {
                let _ = writeln!(
                    text,
                    "may-use = {}",
                    strings(lower.into_iter().map(|l| format!("l{l}")))
                );
            }
        }
        for (index, context) in self.contexts.iter().enumerate() {
            let own: Vec<usize> = (0..self.members)
                .filter(|m| self.context_of[*m] == Some(index))
                .collect();
            let names = |members: &[usize]| strings(members.iter().map(|m| self.name(*m)));
            let _ = write!(
                text,
                "[contexts.c{index}]\nallow-empty = true\ncrates = {}\n",
                names(&own)
            );
            if let Some(public) = &context.public {
                let face: Vec<usize> = own.iter().copied().filter(|m| public[*m]).collect();
                let _ = writeln!(text, "public = {}", names(&face));
            }
            if let Some(listed) = self.listed(index) {
                let _ = writeln!(
                    text,
                    "may-use = {}",
                    strings(listed.into_iter().map(|c| format!("c{c}")))
                );
            }
            match context.kind {
                Kind::Bounded => {}
                Kind::Kernel => text += "kind = \"shared-kernel\"\n",
                Kind::Root => text += "kind = \"composition-root\"\n",
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            self.write_rule(&mut text, index, rule);
        }
        for (rule, from, to, kind) in &self.exceptions {
            let (from, to) = (self.name(*from), self.name(*to));
            let _ = write!(
                text,
                "[[exceptions]]\nrule = \"{rule}\"\nfrom = \"{from}\"\nto = \"{to}\"\nreason = \"r\"\n"
            );
            if let Some(kind) = kind {
                let _ = writeln!(text, "kinds = [\"{kind}\"]");
            }
        }
        text
    }

    fn write_rule(&self, text: &mut String, index: usize, rule: &Rule) {
        let (table, common) = match rule {
            Rule::Forbidden { common, .. } => ("forbidden", common),
            Rule::Allowed { common, .. } => ("allowed", common),
            Rule::Protected { common, .. } => ("protected", common),
            Rule::Independent { common, .. } => ("independent", common),
            Rule::Acyclic { common, .. } => ("acyclic", common),
        };
        let _ = write!(
            text,
            "[[{table}]]\nname = \"r{index}\"\nkinds = {}\n",
            words(&common.kinds)
        );
        if common.ignore_optional {
            *text += "optional-dependencies = \"ignore\"\n";
        }
        match rule {
            Rule::Forbidden { from, to, reach, .. } => {
                let _ = write!(text, "from = {}\nto = {}\n", self.list(from), self.list(to));
                self.write_reach(text, reach);
            }
            Rule::Allowed { from, to, among, .. } => {
                let _ = write!(
                    text,
                    "from = {}\nto = {}\namong = \"{among}\"\n",
                    self.list(from),
                    self.list(to)
                );
            }
            Rule::Protected { from, to, .. } => {
                let _ = write!(text, "from = {}\nto = {}\n", self.list(from), self.list(to));
            }
            Rule::Independent { parties, reach, .. } => {
                let sets: Vec<String> = parties.iter().map(|party| self.list(party)).collect();
                let _ = writeln!(text, "sets = [{}]", sets.join(", "));
                self.write_reach(text, reach);
            }
            Rule::Acyclic { over, .. } => {
                let _ = writeln!(text, "over = \"{over}\"");
            }
        }
    }

    fn write_reach(&self, text: &mut String, reach: &Reach) {
        match reach {
            Reach::Direct => *text += "reach = \"direct\"\n",
            Reach::Transitive { through, not_through } => {
                let _ = write!(text, "reach = \"transitive\"\nthrough = {}\n", words(through));
                let _ = writeln!(text, "not-through = {}", self.list(not_through));
            }
        }
    }

    /// The layers that `may-use` of this one lists: of those that are lower.
    pub fn lower(&self, layer: usize) -> Option<Vec<usize>> {
        let listed = self.layers[layer].may_use.as_ref()?;
        let lower = (0..self.layers.len()).filter(|l| self.rank(*l) > self.rank(layer) && listed[*l]);
        Some(lower.collect())
    }

    /// The contexts that `may-use` of this one lists.
    pub fn listed(&self, context: usize) -> Option<Vec<usize>> {
        let listed = self.contexts[context].may_use.as_ref()?;
        Some(
            (0..self.contexts.len())
                .filter(|c| *c != context && listed[*c])
                .collect(),
        )
    }

    /// A layer's rank: 0 is the highest; one beside the layer before it shares that one's.
    pub fn rank(&self, layer: usize) -> usize {
        (1..=layer).filter(|l| !self.layers[*l].beside).count()
    }
}
