//! Random libraries as the text of their files.

use std::fmt::Write as _;

use super::model::{Declaration, MODULES, Model, PATHS, Path, Sight, What, library, parent};

/// The files of a case.
pub fn files(model: &Model) -> String {
    let mut text = String::from("--- Cargo.toml\n[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n");
    for (name, dependencies, root) in [("a", "b = { path = \"../b\" }\n", 0), ("b", "", PATHS.len())] {
        let _ = write!(
            text,
            "--- {name}/Cargo.toml\n[package]\nname = \"{name}\"\nedition = \"2024\"\n"
        );
        let _ = write!(text, "[dependencies]\ne = \"1\"\n{dependencies}--- {name}/src/lib.rs\n");
        body(model, root, &mut text);
    }
    text
}

/// The name of a module: `a::m`.
pub fn module(module: usize) -> String {
    let name = ["a", "b"][library(module)];
    match PATHS[module % PATHS.len()] {
        "" => name.to_owned(),
        path => format!("{name}::{path}"),
    }
}

/// A path as a module writes it: an item of the same module sometimes by its name alone.
pub fn path(path: &Path, from: usize) -> String {
    let Path::Inside {
        module: of,
        through,
        name,
    } = path
    else {
        return "e::E".to_owned();
    };
    let names: Vec<String> = through.iter().chain(name).map(|name| format!("D{name}")).collect();
    let lone = *of == from && names.len() == 1 && name.is_some_and(|name| name % 2 == 0);
    let start = match (lone, library(*of) == library(from)) {
        (true, _) => return names.concat(),
        (false, true) => format!("crate{}", &module(*of)[1..]),
        (false, false) => module(*of),
    };
    [vec![start], names].concat().join("::")
}

/// The last name of a path that leads to an item.
pub fn last(of: &Path) -> String {
    let text = path(of, MODULES);
    text.rsplit("::").next().unwrap_or_default().to_owned()
}

fn sight(sight: Sight) -> &'static str {
    match sight {
        Sight::Public => "pub ",
        Sight::Crate => "pub(crate) ",
        Sight::Private => "",
    }
}

fn body(model: &Model, of: usize, text: &mut String) {
    for (number, declaration) in model.declarations.iter().enumerate() {
        if declaration.home == of {
            declare(number, declaration, text);
        }
    }
    for below in (0..MODULES).filter(|below| parent(*below) == Some(of)) {
        let name = PATHS[below % PATHS.len()].rsplit("::").next().unwrap_or_default();
        let _ = writeln!(text, "{}mod {name} {{", sight(model.modules[below]));
        body(model, below, text);
        text.push_str("}\n");
    }
}

fn declare(number: usize, declaration: &Declaration, text: &mut String) {
    let path = |of: &Path| path(of, declaration.home);
    let seen = sight(declaration.sight);
    let _ = match &declaration.what {
        What::Struct(fields) => {
            let field =
                |(index, (seen, of)): (usize, &(Sight, Path))| format!("{}f{index}: {}, ", sight(*seen), path(of));
            let fields: String = fields.iter().enumerate().map(field).collect();
            writeln!(text, "{seen}struct D{number} {{ {fields}}}")
        }
        What::Enum(of) => writeln!(text, "{seen}enum D{number} {{ A, B({}) }}", path(of)),
        What::Function { takes, bound } => {
            writeln!(text, "{seen}fn D{number}<T: {}>(_: {}) {{}}", path(bound), path(takes))
        }
        What::Trait { above, gives } => {
            writeln!(
                text,
                "{seen}trait D{number}: {} {{ fn f() -> {}; }}",
                path(above),
                path(gives)
            )
        }
        What::Alias(of) => writeln!(text, "{seen}type D{number} = {};", path(of)),
        What::Use(of) => writeln!(text, "{seen}use {} as D{number};", path(of)),
        What::Glob(of) => writeln!(text, "{seen}use {}::*;", path(of)),
        What::Impl { of, methods } => {
            let method = |(index, (seen, of)): (usize, &(Sight, Path))| {
                format!("{}fn f{index}(&self, _: Option<{}>) {{}} ", sight(*seen), path(of))
            };
            let methods: String = methods.iter().enumerate().map(method).collect();
            writeln!(text, "impl {} {{ {methods}}}", path(of))
        }
        What::ImplOf {
            of,
            which,
            argument,
            type_,
        } => {
            writeln!(
                text,
                "impl {}<{}> for {} {{ type Type = {}; }}",
                path(which),
                path(argument),
                path(of),
                path(type_)
            )
        }
    };
}
