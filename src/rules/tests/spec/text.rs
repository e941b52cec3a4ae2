//! A specification as the text of a boundaries.toml.

use std::fmt::Write as _;

use super::{FEATURES, Kind, Listed, Reach, Rule, Spec, TRIPLES, strings, words};

impl Spec {
    /// The boundaries.toml.
    pub fn text(&self) -> String {
        let mut text = format!("[settings]\nkinds = {}\n", words(&self.kinds));
        text += "[settings.layers]\nunassigned = \"allow\"\n[settings.contexts]\nunassigned = \"allow\"\n";
        for (index, layer) in self.layers.iter().enumerate() {
            let own = (0..self.members).filter(|m| self.layer_of[*m].contains(&index));
            let _ = write!(
                text,
                "[[layers]]\nname = \"l{index}\"\nallow-empty = true\ncrates = {}\n",
                strings(own.map(|m| self.name(m)))
            );
            if layer.second {
                text += "stack = \"s\"\n";
            }
            if self.is_beside(index) {
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
            let own = (0..self.members).filter(|m| self.context_of[*m] == Some(index));
            let _ = write!(
                text,
                "[contexts.c{index}]\nallow-empty = true\ncrates = {}\n",
                strings(own.map(|m| self.name(m)))
            );
            if context.kind != Kind::Root {
                self.write_face(&mut text, index);
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

    /// What is public of a context, and what it may use.
    fn write_face(&self, text: &mut String, index: usize) {
        let context = &self.contexts[index];
        let among = |fits: &dyn Fn(usize) -> bool| {
            let own = (0..self.members).filter(|m| self.context_of[*m] == Some(index));
            strings(own.filter(|m| fits(*m)).map(|m| self.name(m)))
        };
        if context.public.is_some() {
            let _ = writeln!(text, "public = {}", among(&|m| self.in_public(index, m)));
        }
        for other in (0..self.contexts.len()).filter(|other| *other != index) {
            let opened = among(&|m| self.opened_to(index, other, m));
            if opened != "[]" {
                let _ = writeln!(text, "public-to.c{other} = {opened}");
            }
        }
        for face in 0..context.faces.len() {
            let _ = writeln!(text, "faces.f{face} = {}", among(&|m| self.face_holds(index, face, m)));
        }
        if context.may_use.is_some() {
            let listed = (0..self.contexts.len()).filter_map(|other| match self.listed(index, other)? {
                Listed::No => None,
                Listed::Whole => Some(format!("c{other}")),
                Listed::Face(face) => Some(format!("c{other}:f{face}")),
            });
            let _ = writeln!(text, "may-use = {}", strings(listed));
        }
    }

    fn write_rule(&self, text: &mut String, index: usize, rule: &Rule) {
        let (table, common) = match rule {
            Rule::Forbidden { common, .. } => ("forbidden", common),
            Rule::Allowed { common, .. } => ("allowed", common),
            Rule::Protected { common, .. } => ("protected", common),
            Rule::Independent { common, .. } => ("independent", common),
            Rule::Acyclic { common, .. } => ("acyclic", common),
            Rule::Gateway { common, .. } => ("gateway", common),
            Rule::Features { common, .. } => ("features", common),
        };
        let _ = write!(
            text,
            "[[{table}]]\nname = \"r{index}\"\nkinds = {}\n",
            words(&common.kinds)
        );
        if common.ignore_optional {
            *text += "optional-dependencies = \"ignore\"\n";
        }
        if let Some(targets) = &common.targets {
            let names = targets.iter().map(|target| TRIPLES[*target].to_owned());
            let _ = writeln!(text, "targets = {}", strings(names));
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
            Rule::Features { from, to, deny, .. } => {
                if let Some(from) = from {
                    let _ = writeln!(text, "from = {}", self.list(from));
                }
                let named = deny.iter().filter(|feature| **feature > 0);
                let named = strings(named.map(|feature| FEATURES[*feature].to_owned()));
                let _ = write!(text, "to = {}\ndeny = {named}\nallow-empty = true\n", self.list(to));
                if deny.contains(&0) {
                    *text += "default = \"deny\"\n";
                }
            }
            Rule::Gateway {
                from,
                to,
                via,
                through,
                not_through,
                ..
            } => {
                if let Some(from) = from {
                    let _ = writeln!(text, "from = {}", self.list(from));
                }
                let (to, via, not_through) = (self.list(to), self.list(via), self.list(not_through));
                let _ = write!(text, "to = {to}\nvia = {via}\nallow-empty = true\n");
                let _ = write!(text, "through = {}\nnot-through = {not_through}\n", words(through));
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
}
