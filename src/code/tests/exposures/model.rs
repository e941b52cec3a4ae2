//! Random libraries: `a`, which depends on `b`, and `b`, both on the external `e`. Each has the same modules, and declarations
//! that name those before them.

use proptest::collection::vec;
use proptest::prelude::*;

/// The modules of each library, each behind the one that holds it.
pub const PATHS: [&str; 5] = ["", "m", "m::n", "m::n::o", "k"];

/// The modules of both libraries: those of `a`, then those of `b`.
pub const MODULES: usize = 2 * PATHS.len();

/// From where something can be named, the narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    Private,
    Crate,
    Public,
}

/// A path: to a module, or by way of it and of an import of another to what has a name there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    External,
    Inside {
        module: usize,
        through: Option<usize>,
        name: Option<usize>,
    },
}

#[derive(Clone, Debug)]
pub enum What {
    Struct(Vec<(Sight, Path)>),
    Enum(Path),
    Function {
        takes: Path,
        bound: Path,
    },
    Trait {
        above: Path,
        gives: Path,
    },
    Alias(Path),
    /// `use PATH as NAME`, of a thing or of a module.
    Use(Path),
    Glob(Path),
    Impl {
        of: Path,
        methods: Vec<(Sight, Path)>,
    },
    ImplOf {
        of: Path,
        which: Path,
        argument: Path,
        type_: Path,
    },
}

/// A declaration in a module; its name is its number.
#[derive(Clone, Debug)]
pub struct Declaration {
    pub home: usize,
    pub sight: Sight,
    pub what: What,
}

#[derive(Clone, Debug)]
pub struct Model {
    /// Of every module; of the roots it says nothing.
    pub modules: Vec<Sight>,
    pub declarations: Vec<Declaration>,
}

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Module(usize),
    Item(usize),
    External,
}

/// Which ends a path may have where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Type,
    /// A type of the same library.
    Own,
    Trait,
    Module,
    Anything,
}

pub fn library(module: usize) -> usize {
    module / PATHS.len()
}

/// The module around a module; none around a root.
pub fn parent(module: usize) -> Option<usize> {
    let path = PATHS[module % PATHS.len()];
    let above = path.rsplit_once("::").map_or("", |(above, _)| above);
    let position = PATHS.iter().position(|other| *other == above)?;
    (!path.is_empty()).then_some(library(module) * PATHS.len() + position)
}

fn sight() -> impl Strategy<Value = Sight> {
    prop_oneof![3 => Just(Sight::Public), 1 => Just(Sight::Crate), 1 => Just(Sight::Private)]
}

/// A declaration whose paths are still to be chosen.
fn what() -> impl Strategy<Value = What> {
    let path = || Path::External;
    let several = || vec((sight(), Just(path())), 0..3);
    prop_oneof![
        3 => several().prop_map(What::Struct),
        1 => Just(What::Enum(path())),
        2 => Just(What::Function { takes: path(), bound: path() }),
        1 => Just(What::Trait { above: path(), gives: path() }),
        2 => Just(What::Alias(path())),
        4 => Just(What::Use(path())),
        2 => Just(What::Glob(path())),
        3 => several().prop_map(move |methods| What::Impl { of: path(), methods }),
        3 => Just(What::ImplOf { of: path(), which: path(), argument: path(), type_: path() }),
    ]
}

pub fn models() -> impl Strategy<Value = Model> {
    let choices = vec(any::<usize>(), 4);
    let declaration = (0..MODULES, sight(), what(), choices);
    (vec(sight(), MODULES), vec(declaration, 4..18)).prop_map(|(modules, written)| {
        let mut model = Model {
            modules,
            declarations: Vec::new(),
        };
        for (home, sight, what, choices) in written {
            let declaration = Declaration { home, sight, what };
            model.declarations.extend(model.settled(declaration, &choices));
        }
        model
    })
}

impl Model {
    /// The declaration with paths that lead somewhere, as rustc would have it; none where there is nothing to name.
    fn settled(&self, mut declaration: Declaration, choices: &[usize]) -> Option<Declaration> {
        let home = declaration.home;
        let mut choices = choices.iter().cycle();
        let mut lead = |path: &mut Path, wanted| {
            let possible = self.possible(home, wanted);
            let choice = choices.next()? % possible.len().checked_add(1)?;
            let (chosen, sight) = possible.into_iter().nth(choice)?;
            *path = chosen;
            Some(sight)
        };
        match &mut declaration.what {
            What::Struct(all) => {
                for (_, path) in all {
                    lead(path, Wanted::Type);
                }
            }
            What::Enum(path) | What::Alias(path) => {
                lead(path, Wanted::Type);
            }
            What::Function { takes, bound } => {
                lead(takes, Wanted::Type);
                lead(bound, Wanted::Trait);
            }
            What::Trait { above, gives } => {
                lead(above, Wanted::Trait);
                lead(gives, Wanted::Type);
            }
            // What is brought is not seen further than what is named.
            What::Use(path) => {
                let sight = lead(path, Wanted::Anything).unwrap_or(Sight::Public);
                declaration.sight = declaration.sight.min(sight);
            }
            What::Glob(path) => drop(lead(path, Wanted::Module)?),
            What::Impl { of, methods } => {
                lead(of, Wanted::Own)?;
                for (_, path) in methods {
                    lead(path, Wanted::Type);
                }
            }
            What::ImplOf {
                of,
                which,
                argument,
                type_,
            } => {
                lead(of, Wanted::Own)?;
                lead(which, Wanted::Trait);
                lead(argument, Wanted::Type);
                lead(type_, Wanted::Type);
            }
        }
        Some(declaration)
    }

    /// The paths that lead to what is wanted and seen from this module, each with how far that is seen.
    fn possible(&self, from: usize, wanted: Wanted) -> Vec<(Path, Sight)> {
        let imports = (0..self.declarations.len()).filter(|import| self.brings_a_module(*import));
        let by_import = imports.map(|import| (self.declarations[import].home, Some(import)));
        let starts: Vec<_> = (0..MODULES).map(|module| (module, None)).chain(by_import).collect();
        let names = || {
            (0..self.declarations.len())
                .map(Some)
                .filter(|_| wanted != Wanted::Module)
        };
        let all = starts.iter().flat_map(|(module, through)| {
            let names = names().chain([None]);
            names.map(|name| Path::Inside {
                module: *module,
                through: *through,
                name,
            })
        });
        let seen = all.filter_map(|path| {
            let way = self.resolve(&path, from)?;
            self.fits(way.end, from, wanted).then_some((path, way.sight))
        });
        seen.collect()
    }

    fn brings_a_module(&self, declaration: usize) -> bool {
        let declaration = self.declarations.get(declaration);
        declaration.is_some_and(|of| matches!(&of.what, What::Use(Path::Inside { name: None, .. })))
    }

    fn fits(&self, end: End, from: usize, wanted: Wanted) -> bool {
        let End::Item(item) = end else {
            return match wanted {
                Wanted::Module => matches!(end, End::Module(_)),
                Wanted::Anything => true,
                Wanted::Type | Wanted::Trait => end == End::External,
                Wanted::Own => false,
            };
        };
        let declaration = &self.declarations[item];
        match (&declaration.what, wanted) {
            (_, Wanted::Anything) | (What::Struct(_) | What::Enum(_) | What::Alias(_), Wanted::Type) => true,
            (What::Trait { .. }, wanted) => wanted == Wanted::Trait,
            (What::Struct(_) | What::Enum(_), Wanted::Own) => library(declaration.home) == library(from),
            (What::Alias(path), Wanted::Own) => {
                let end = self.resolve(path, declaration.home).map(|way| way.end);
                end.is_some_and(|end| self.fits(end, from, wanted))
            }
            _ => false,
        }
    }
}
