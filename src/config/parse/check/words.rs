//! Words of fixed choices, and what messages call a value.

use toml::Spanned as TomlSpanned;
use toml::de::DeValue;

use super::super::view::Reader;
use crate::config::nearest::{listed, nearest, quoted};
use crate::config::schema::{Choice, LEVELS, RELATIONS, SIGNALS, Type};

/// Reports a word that is none of the choice.
pub fn word(reader: &mut Reader<'_>, name: &str, choices: &'static [Choice], found: &TomlSpanned<DeValue<'_>>) {
    let written = found.get_ref().as_str().unwrap_or_default();
    if choices.iter().any(|choice| choice.word == written) {
        return;
    }
    let words = || choices.iter().filter(|choice| !choice.later).map(|choice| choice.word);
    let help = match nearest(written, words()) {
        Some(near) => format!("did you mean `\"{near}\"`?"),
        None => format!("the words here are {}", listed(words(), "and")),
    };
    let span = reader.span(found.span());
    reader.report(
        format!("{} is no {}", quoted(written), value_of(name, choices)),
        span,
        "no such word",
        help,
    );
}

/// What a word of the choice of this key is called.
fn value_of(name: &str, choices: &[Choice]) -> String {
    let same = |others: &[Choice]| choices.iter().map(|c| c.word).eq(others.iter().map(|c| c.word));
    match name {
        _ if same(LEVELS) => "level".to_owned(),
        _ if same(RELATIONS) => "relation between contexts".to_owned(),
        _ if same(SIGNALS) => "signal that can fail a run".to_owned(),
        "kinds" | "through" => "kind of dependency".to_owned(),
        "kind" => "kind of context".to_owned(),
        "engine" => "engine".to_owned(),
        _ => format!("value of {}", quoted(name)),
    }
}

/// What a value of the type is called.
pub fn expected(due: &Type) -> &'static str {
    match due {
        Type::Flag => "`true` or `false`",
        Type::Count | Type::Version => "a whole number",
        Type::Text | Type::UnitName | Type::RuleName => "a string",
        Type::Choice(_) => "a word",
        Type::Choices(_) | Type::Words | Type::ChoiceOrWords(_) => "a list of words",
        Type::Names => "a list of names",
        Type::Selector => "one selector",
        Type::Selectors => "a list of selectors",
        Type::SelectorSets => "a list of lists of selectors",
        Type::Date => "a date",
        Type::Table(_) | Type::Map(..) => "a table",
        Type::Tables(_) => "a list of tables",
    }
}

/// What stands there.
pub fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(array) if array.iter().all(|element| element.get_ref().is_table()) && !array.is_empty() => {
            "a list of tables"
        }
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
