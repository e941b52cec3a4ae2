//! The reference of boundaries.toml, as Markdown.

use std::fmt::Write as _;

use super::super::selectors::FORMS;
use super::super::{Choice, Key, ROOT, Status, Table, Type};
use super::decisions::DECISIONS;
use super::tables;
use crate::config::TOOL;

/// The whole page; `example` is a complete file.
pub fn reference(example: &str) -> String {
    let mut page = String::from(HEAD);
    write!(page, "\n```toml\n{}```\n\n", without_comment(example)).expect("text can be written");
    section(&mut page, "The file", &ROOT);
    for table in usable(&ROOT) {
        if table.sections.iter().any(|section| !section.title.is_empty()) {
            shared(&mut page, table);
        }
        section(&mut page, &format!("`{}`", table.header), table);
    }
    page.push_str(SELECTORS);
    for (form, doc) in FORMS {
        writeln!(page, "| {form} | {doc} |").expect("text can be written");
    }
    page.push_str(PLACES);
    page.push_str(DECISIONS);
    later(&mut page);
    page
}

/// The comment at the top of an example is for those who read the file alone.
fn without_comment(example: &str) -> &str {
    let mut rest = example;
    while let Some((line, below)) = rest
        .split_once('\n')
        .filter(|(line, _)| line.starts_with('#') || line.is_empty())
    {
        debug_assert!(line.len() < 200);
        rest = below;
    }
    rest
}

/// The tables under keys that this version can do, each before those in it.
fn usable(table: &Table) -> Vec<&'static Table> {
    let keys = table.keys().filter(|key| key.status == Status::Works);
    let inner = keys.filter_map(|key| key.value.table());
    inner
        .flat_map(|table| std::iter::once(table).chain(usable(table)))
        .collect()
}

fn section(page: &mut String, title: &str, table: &Table) {
    write!(page, "## {title}\n\n{}\n\n", table.doc).expect("text can be written");
    let own = table.sections.iter().filter(|section| section.title.is_empty());
    keys(page, &own.flat_map(|section| section.keys).collect::<Vec<_>>());
    for section in table
        .sections
        .iter()
        .filter(|section| !section.title.is_empty() && section.usable)
    {
        write!(
            page,
            "\nAlso the [{}](#{}).\n",
            lowercase(section.title),
            anchor(section.title)
        )
        .expect("text can be written");
    }
    if !table.example.is_empty() {
        write!(page, "\n```toml\n{}\n```\n", table.example).expect("text can be written");
    }
    page.push('\n');
}

/// The sections that tables share, before the first table that has them.
fn shared(page: &mut String, table: &Table) {
    for section in table
        .sections
        .iter()
        .filter(|section| !section.title.is_empty() && section.usable)
    {
        let title = format!("## {}\n", section.title);
        if !page.contains(&title) {
            writeln!(page, "{title}").expect("text can be written");
            keys(page, &section.keys.iter().collect::<Vec<_>>());
            page.push('\n');
        }
    }
}

fn lowercase(title: &str) -> String {
    title.replacen('K', "k", 1)
}

/// The place of a heading, as the common renderers of Markdown name it.
fn anchor(title: &str) -> String {
    let kept = title.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

fn keys(page: &mut String, keys: &[&Key]) {
    page.push_str("| key | value | default | meaning |\n|---|---|---|---|\n");
    let keys = || keys.iter().filter(|key| key.status == Status::Works);
    for key in keys() {
        let default = match key.default {
            _ if key.required => "required",
            "" => "none",
            default => default,
        };
        writeln!(
            page,
            "| `{}` | {} | {default} | {} |",
            key.name,
            described(&key.value),
            key.doc
        )
        .expect("text can be written");
    }
    for key in keys() {
        let held = match key.value {
            Type::Map(_, each) => each,
            _ => &key.value,
        };
        if let Type::Choice(choices) | Type::ChoiceOrWords(choices) = held
            && usable_words(choices).count() > 1
        {
            write!(page, "\n`{}`: {}.\n", key.name, words(choices)).expect("text can be written");
        }
    }
}

fn usable_words(choices: &[Choice]) -> impl Iterator<Item = &Choice> {
    choices.iter().filter(|choice| !choice.later)
}

fn words(choices: &[Choice]) -> String {
    let words: Vec<String> = choices
        .iter()
        .map(|choice| format!("`\"{}\"` ({})", choice.word, choice.doc))
        .collect();
    words.join(", ")
}

fn described(due: &Type) -> String {
    match due {
        Type::Flag => "`true` or `false`".to_owned(),
        Type::Version => "`1`".to_owned(),
        Type::Count => "a whole number from 1".to_owned(),
        Type::Text | Type::UnitName | Type::RuleName => "a string".to_owned(),
        Type::Choice(choices) => {
            let words: Vec<String> = usable_words(choices)
                .map(|choice| format!("`\"{}\"`", choice.word))
                .collect();
            words.join(", ")
        }
        Type::Choices(choices) => {
            let words: Vec<String> = usable_words(choices)
                .map(|choice| format!("`\"{}\"`", choice.word))
                .collect();
            format!("a list of {}", words.join(", "))
        }
        Type::ChoiceOrWords(choices) => format!("{}, or a list of strings", described(&Type::Choice(choices))),
        Type::Words => "a list of strings".to_owned(),
        Type::Names => "a list of names".to_owned(),
        Type::Selector => "a [selector](#selectors)".to_owned(),
        Type::Selectors => "a list of [selectors](#selectors)".to_owned(),
        Type::SelectorSets => "a list of lists of [selectors](#selectors)".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Table(table) => format!("the table `{}`", table.header),
        Type::Tables(table) => format!("a list of tables `{}`", table.header),
        Type::Map(_, Type::Table(table)) => format!("tables `{}`", table.header),
        Type::Map(key, each) => format!("a table: {key} = {}", described(each)),
    }
}

/// What is refused, with what to do instead.
fn later(page: &mut String) {
    write!(
        page,
        "\n## Not supported yet by {TOOL}\n\nThese are read, checked and then refused with exit code 2, never \
        ignored.\n\n| what | instead |\n|---|---|\n"
    )
    .expect("text can be written");
    let mut seen: Vec<&str> = Vec::new();
    for table in tables().into_iter().filter(|table| table.keys().count() > 0) {
        for key in table.keys() {
            let Status::Reserved(instead) = key.status else {
                continue;
            };
            if !seen.contains(&key.name) {
                seen.push(key.name);
                writeln!(page, "| `{}` | {instead} |", key.name).expect("text can be written");
            }
        }
    }
    for (what, instead) in LATER_VALUES {
        writeln!(page, "| {what} | {instead} |").expect("text can be written");
    }
}

const LATER_VALUES: &[(&str, &str)] = &[(
    "`reach = \"transitive\"` in `[[protected]]`",
    "write a `[[forbidden]]` rule with `reach = \"transitive\"`",
)];

const HEAD: &str = "\
<!-- Generated from src/config/schema: `UPDATE_DOCS=1 cargo test --lib schema` rewrites this page. -->

# boundaries.toml

The file stands beside the workspace's root manifest; `--config-file` names another. Editors complete and check it with
[boundaries.schema.json](boundaries.schema.json).

Three things hold everywhere:

- Unset and `[]` differ: unset means no restriction of that sort, `[]` means none at all.
- A string where a list is due is a list of one.
- Nothing is silently inert: an unknown key, name or word is an error, with the nearest real one.

A complete file:
";

const SELECTORS: &str = "\
## Selectors

A list is a union, in order. `!SELECTOR` takes away from what stands before it, so that a list cannot start with one.
Inside one string, ` & ` (with one space on each side) intersects, and `!T` after it keeps what is not T. A trailing `?`
says that the entry need not exist, be it a crate, kept out for good, or a layer, context or group. In patterns `*` is any run
of characters; `?`, `[`, `]`, `{` and `}` are reserved.

| form | selects |
|---|---|
";

const PLACES: &str = "
Externals can stand only where the far end of a dependency is meant: in `to`, in `not-through` and in groups. The lists of
layers, contexts and `[[independent]]`, and `from`, choose among members.

A rule whose `from`, `to` or `crates` is `[]` would judge nothing and is refused, unless `allow-empty = true` says that this is
meant. `to = []` of `[[allowed]]` means nothing at all, `from = []` of `[[protected]]` nobody.

An exception's `from` and `to` are single selectors. One exact member or external needs no `expect`, nor does `layer:NAME` or
`context:NAME` where the rule is about cycles over those; anything else is a pattern and does. A code that is about no edge,
such as `unassigned-layer`, has no exceptions: set its level.

Names of layers, contexts and groups are letters, digits, `-`, `_` and `.`. A layer or context may have both `crates` and
`rest`: it takes what `crates` selects, and then every member that no other of the family claims. `through = []` lets a path
have no hop after its first.
";
