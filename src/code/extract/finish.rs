//! Leaves in the facts only the names that something in them has.

use super::super::facts::{Facts, Name, PathText, Sight, When};
use super::walk::Walker;

impl Walker<'_> {
    /// The facts, in their final form.
    pub fn finish(self) -> Facts {
        let mut facts = self.facts;
        let mut kept = Kept {
            renamed: vec![None; self.names.len()],
            all: self.names.into_texts(),
            names: Vec::new(),
        };
        for scope in &mut facts.scopes {
            for item in &mut scope.items {
                kept.name(&mut item.name);
                kept.sight(&mut item.sight);
                kept.when(&mut item.when);
                item.variants.iter_mut().for_each(|name| kept.name(name));
                let alias = item.alias.iter_mut().chain(&mut item.stands_for);
                alias.for_each(|path| kept.path(path));
            }
            for import in &mut scope.imports {
                kept.path(&mut import.path);
                import.name.iter_mut().for_each(|name| kept.name(name));
                import.macros.iter_mut().flatten().for_each(|name| kept.name(name));
                kept.sight(&mut import.sight);
                kept.when(&mut import.when);
            }
            for module in &mut scope.modules {
                kept.name(&mut module.name);
                kept.sight(&mut module.sight);
                kept.when(&mut module.when);
                let alternatives = module.alternatives.iter_mut();
                alternatives.for_each(|alternative| kept.when(&mut alternative.when));
            }
            for used in &mut scope.paths {
                kept.path(&mut used.path);
                used.places.sort_unstable();
            }
            for show in &mut scope.shown {
                kept.path(&mut show.owner);
                show.of_trait.iter_mut().for_each(|path| kept.path(path));
                kept.path(&mut show.path);
            }
        }
        facts.names = kept.names;
        facts
    }
}

struct Kept {
    all: Vec<Box<str>>,
    renamed: Vec<Option<Name>>,
    names: Vec<String>,
}

impl Kept {
    fn name(&mut self, name: &mut Name) {
        let position = *name as usize;
        *name = *self.renamed[position].get_or_insert_with(|| {
            self.names.push(std::mem::take(&mut self.all[position]).into());
            u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
        });
    }

    fn path(&mut self, path: &mut PathText) {
        path.names.iter_mut().for_each(|name| self.name(name));
    }

    fn when(&mut self, when: &mut Option<When>) {
        if let Some(when) = when {
            self.name(&mut when.name);
        }
    }

    fn sight(&mut self, sight: &mut Sight) {
        sight.within.iter_mut().for_each(|path| self.path(path));
    }
}
