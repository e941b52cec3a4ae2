//! Which public items show what, written down as the definition has it.

use std::collections::BTreeSet;

use super::model::{Declaration, End, Model, PATHS, Path, Sight, What, library, parent};
use super::text;

/// Where a path leads, by way of which modules that only import it, and how far what it names is seen.
pub struct Way {
    pub by: Vec<usize>,
    pub end: End,
    pub sight: Sight,
}

/// Whether what has this sight in a module is seen from another.
fn sees(from: usize, sight: Sight, home: usize) -> bool {
    let mut around = std::iter::successors(Some(from), |module| parent(*module));
    match sight {
        Sight::Public => true,
        Sight::Crate => library(from) == library(home),
        Sight::Private => around.any(|module| module == home),
    }
}

impl Model {
    /// Whether a module can be named by its path.
    fn can_name(&self, from: usize, module: usize) -> bool {
        let seen = |above| self.can_name(from, above) && sees(from, self.modules[module], above);
        parent(module).map_or(library(from) <= library(module), seen)
    }

    /// Where a path that stands in a module leads.
    pub fn resolve(&self, path: &Path, from: usize) -> Option<Way> {
        let Path::Inside { module, through, name } = path else {
            return Some(Way {
                by: Vec::new(),
                end: End::External,
                sight: Sight::Public,
            });
        };
        let sight = parent(*module).map_or(Sight::Public, |_| self.modules[*module]);
        let mut way = Way {
            by: Vec::new(),
            end: End::Module(*module),
            sight,
        };
        self.can_name(from, *module).then_some(())?;
        for name in through.iter().chain(name) {
            let End::Module(module) = way.end else { return None };
            let next = self.look_up(module, *name, from, &mut BTreeSet::new())?;
            way.by.extend(next.by);
            way = Way { by: way.by, ..next };
        }
        Some(way)
    }

    /// What a name means in a module, for who is in another: what is declared there, else what the first glob brings.
    fn look_up(&self, module: usize, name: usize, from: usize, walked: &mut BTreeSet<usize>) -> Option<Way> {
        let declaration = self.declarations.get(name)?;
        if declaration.home == module && sees(from, declaration.sight, module) {
            return match &declaration.what {
                What::Use(path) => {
                    let way = self.resolve(path, module)?;
                    let by = [vec![module], way.by].concat();
                    Some(Way {
                        by,
                        end: way.end,
                        sight: declaration.sight,
                    })
                }
                What::Glob(_) | What::Impl { .. } | What::ImplOf { .. } => None,
                _ => Some(Way {
                    by: Vec::new(),
                    end: End::Item(name),
                    sight: declaration.sight,
                }),
            };
        }
        self.declarations.iter().enumerate().find_map(|(number, glob)| {
            let What::Glob(path) = &glob.what else { return None };
            if glob.home != module || !sees(from, glob.sight, module) || !walked.insert(number) {
                return None;
            }
            let target = self.resolve(path, module)?;
            let End::Module(inside) = target.end else { return None };
            let way = self.look_up(inside, name, module, walked)?;
            let by = [vec![module], target.by, way.by].concat();
            Some(Way {
                by,
                sight: way.sight.min(glob.sight),
                ..way
            })
        })
    }

    /// Whether an item and its modules can be named from outside: all that public names lead to, from a root on.
    fn public(&self) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut open, mut items) = (BTreeSet::new(), BTreeSet::new());
        let mut left = vec![0, PATHS.len()];
        while let Some(module) = left.pop() {
            if !open.insert(module) {
                continue;
            }
            let below = (0..self.modules.len()).filter(|below| parent(*below) == Some(module));
            left.extend(below.filter(|below| self.modules[*below] == Sight::Public));
            let here = self
                .declarations
                .iter()
                .enumerate()
                .filter(|(_, declaration)| declaration.home == module);
            for (number, declaration) in here.filter(|(_, declaration)| declaration.sight == Sight::Public) {
                let end = match &declaration.what {
                    What::Use(path) | What::Glob(path) => self.resolve(path, module).map(|way| way.end),
                    _ => Some(End::Item(number)),
                };
                match end {
                    Some(End::Module(inside)) if library(inside) == library(module) => left.push(inside),
                    Some(End::Item(item)) => drop(items.insert(item)),
                    _ => {}
                }
            }
        }
        (open, items)
    }

    /// Whether what an `impl` is for can be named from outside, by the name that it writes or as what that stands for.
    fn is_for_public(&self, path: &Path, from: usize, items: &BTreeSet<usize>) -> bool {
        let Some(End::Item(item)) = self.resolve(path, from).map(|way| way.end) else {
            return false;
        };
        let declaration = &self.declarations[item];
        let stands_for = match &declaration.what {
            What::Alias(path) => self.is_for_public(path, declaration.home, items),
            _ => false,
        };
        stands_for || items.contains(&item)
    }
}

/// What all public items show.
pub fn shown(model: &Model) -> BTreeSet<String> {
    let (open, items) = model.public();
    let mut found = BTreeSet::new();
    for (number, declaration) in model.declarations.iter().enumerate() {
        let from = declaration.home;
        let mut shows = |item: &str, path: &Path, how: &str| {
            let mut written = text::path(path, from);
            if item == "*" {
                written += "::*";
            }
            for to in ends(model, path, from, how != "Reexport")
                .into_iter()
                .filter(|to| *to != text::module(from))
            {
                found.insert(format!(
                    "{}: {item} shows {to} ({how}) by `{written}`",
                    text::module(from)
                ));
            }
        };
        let public = declaration.sight == Sight::Public;
        match &declaration.what {
            What::Use(path) if public && open.contains(&from) => shows(&format!("D{number}"), path, "Reexport"),
            What::Glob(path) if public && open.contains(&from) => shows("*", path, "Reexport"),
            What::Impl { of, methods } if model.is_for_public(of, from, &items) => {
                for (index, (_, path)) in methods
                    .iter()
                    .enumerate()
                    .filter(|(_, (sight, _))| *sight == Sight::Public)
                {
                    shows(&format!("{}::f{index}", text::last(of)), path, "Signature");
                }
            }
            What::ImplOf {
                of,
                which,
                argument,
                type_,
            } if model.is_for_public(of, from, &items) => {
                shows(&text::last(of), which, "Implementation");
                let end = model.resolve(which, from).map(|way| way.end);
                if !matches!(end, Some(End::Item(item)) if !items.contains(&item)) {
                    shows(&text::last(of), argument, "Implementation");
                    shows(&format!("{}::Type", text::last(of)), type_, "Alias");
                }
            }
            _ if public && items.contains(&number) => declared(declaration, &format!("D{number}"), &mut shows),
            _ => {}
        }
    }
    found
}

/// What an item shows itself.
fn declared(declaration: &Declaration, name: &str, shows: &mut dyn FnMut(&str, &Path, &str)) {
    match &declaration.what {
        What::Struct(fields) => {
            let public = fields.iter().filter(|(sight, _)| *sight == Sight::Public);
            public.for_each(|(_, path)| shows(name, path, "Field"));
        }
        What::Enum(path) => shows(name, path, "Field"),
        What::Alias(path) => shows(name, path, "Alias"),
        What::Function { takes, bound } => {
            shows(name, bound, "Bound");
            shows(name, takes, "Signature");
        }
        What::Trait { above, gives } => {
            shows(name, above, "Bound");
            shows(&format!("{name}::f"), gives, "Signature");
        }
        What::Use(_) | What::Glob(_) | What::Impl { .. } | What::ImplOf { .. } => {}
    }
}

/// The modules by way of which a path leads and the one that holds what it names; where a type is meant, the same for what
/// an alias stands for.
fn ends(model: &Model, path: &Path, from: usize, of_type: bool) -> BTreeSet<String> {
    let Some(way) = model.resolve(path, from) else {
        return BTreeSet::new();
    };
    let mut all: BTreeSet<String> = way.by.iter().map(|module| text::module(*module)).collect();
    match way.end {
        End::External => drop(all.insert("external:e".to_owned())),
        End::Module(module) => drop(all.insert(text::module(module))),
        End::Item(item) => {
            let declaration = &model.declarations[item];
            all.insert(text::module(declaration.home));
            if let What::Alias(path) = &declaration.what
                && of_type
            {
                all.extend(ends(model, path, declaration.home, true));
            }
        }
    }
    all
}
