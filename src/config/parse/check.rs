//! What the schema alone can tell: unknown keys, wrong types, words that are none of a choice, keys that are missing,
//! and what this version cannot do yet.

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::view::{Entry, Reader, View, entries};
use crate::config::nearest::{listed, nearest, quoted};
use crate::config::schema::{Key, RESERVED, ROOT, Status, Table, Type};
use crate::config::unsupported;
use words::{described, expected, word};

mod words;

/// Checks a table and all that it holds.
pub fn table(reader: &mut Reader<'_>, view: View<'_>) {
    for entry in view.entries() {
        match view.spec(entry.name) {
            Some(key) => self::entry(reader, key, &entry),
            None => unknown(reader, view.spec, &entry),
        }
    }
    for key in view.spec.keys().filter(|key| key.required) {
        if view.get(key.name).is_none() {
            let span = view.span(reader);
            let message = format!("`{}` without `{}`", view.spec.header, key.name);
            let help = if key.example.is_empty() {
                format!("add `{}`: {}", key.name, lowercase(key.doc))
            } else {
                format!("add it, for example `{}`", key.example)
            };
            reader.report(message, span, format!("`{}` is missing", key.name), help);
        }
    }
}

fn lowercase(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|c| c.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

fn unknown(reader: &mut Reader<'_>, spec: &'static Table, entry: &Entry<'_>) {
    let span = entry.key(reader);
    if let Some(Key {
        name,
        status: Status::Reserved(instead),
        ..
    }) = RESERVED.iter().find(|key| key.name == entry.name)
    {
        return reader.unsupported(unsupported(name), span, *instead);
    }
    let kept = RESERVED.iter().find(|key| key.name == entry.name);
    if let Some(Status::Elsewhere(table)) = kept.map(|key| key.status) {
        return elsewhere(reader, entry, table);
    }
    let place = if spec.header.starts_with('[') {
        format!(" in `{}`", spec.header)
    } else {
        String::new()
    };
    let known = || {
        spec.keys()
            .filter(|key| key.status == Status::Works)
            .map(|key| key.name)
    };
    let help = match nearest(entry.name, spec.keys().map(|key| key.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys here are {}", listed(known(), "and")),
    };
    reader.report(
        format!("unknown key {}{place}", quoted(entry.name)),
        span,
        "no such key",
        help,
    );
}

/// Reports a key that another table has.
fn elsewhere(reader: &mut Reader<'_>, entry: &Entry<'_>, table: &str) {
    let message = format!("{} stands in `{table}`", quoted(entry.name));
    let help = format!("write it in `{table}`");
    let span = entry.key(reader);
    reader.report(message, span, "not here", help);
}

/// Checks the value of a known key, and whether this version can do it.
fn entry(reader: &mut Reader<'_>, key: &'static Key, entry: &Entry<'_>) {
    if let Status::Elsewhere(table) = key.status {
        return elsewhere(reader, entry, table);
    }
    // A reserved name has no meaning yet, and so no type.
    if !matches!(key.status, Status::Reserved(_)) {
        value(reader, key.name, &key.value, entry.value);
    }
    if let Status::Reserved(instead) = key.status {
        let span = entry.key(reader);
        reader.unsupported(unsupported(key.name), span, instead);
    }
}

fn value<'t>(reader: &mut Reader<'_>, name: &str, due: &'static Type, found: &'t TomlSpanned<DeValue<'t>>) {
    let value = found.get_ref();
    match *due {
        Type::Flag if value.is_bool() => {}
        // It was looked at before anything else.
        Type::Version => {}
        Type::Count if value.is_integer() => count(reader, name, found),
        Type::Text | Type::UnitName | Type::RuleName | Type::Selector if value.is_str() => {}
        Type::Choice(choices) if value.is_str() => word(reader, name, choices, found),
        Type::ChoiceOrWords(choices) if value.is_str() => word(reader, name, choices, found),
        Type::Choices(choices) if value.is_str() || value.is_array() => {
            list(reader, name, found, |reader, element| {
                word(reader, name, choices, element);
            });
        }
        Type::Names | Type::Words | Type::Selectors | Type::ChoiceOrWords(_) if value.is_str() || value.is_array() => {
            list(reader, name, found, |_, _| {});
        }
        Type::SelectorSets if value.is_array() => {
            for element in value.as_array().into_iter().flat_map(|array| array.iter()) {
                self::value(reader, name, &Type::Selectors, element);
            }
        }
        Type::Date if value.is_datetime() => date(reader, name, found),
        Type::Table(spec) if value.is_table() => child(reader, spec, found),
        Type::Tables(spec) if value.is_array() => {
            for element in value.as_array().into_iter().flat_map(|array| array.iter()) {
                if element.get_ref().is_table() {
                    child(reader, spec, element);
                } else {
                    wrong(reader, name, due, element);
                }
            }
        }
        Type::Map(_, each) if value.is_table() => map(reader, each, value.as_table()),
        _ => wrong(reader, name, due, found),
    }
}

fn child<'t>(reader: &mut Reader<'_>, spec: &'static Table, found: &'t TomlSpanned<DeValue<'t>>) {
    if let Some(inner) = found.get_ref().as_table() {
        let header = (found.span().start, found.span().end);
        table(
            reader,
            View {
                spec,
                table: inner,
                header,
            },
        );
    }
}

fn map<'t>(reader: &mut Reader<'_>, each: &'static Type, table: Option<&'t DeTable<'t>>) {
    for entry in table.map(entries).unwrap_or_default() {
        value(reader, entry.name, each, entry.value);
    }
}

/// Checks each string of a list, and that nothing else is in it; a single string is a list of one.
fn list<'t>(
    reader: &mut Reader<'_>,
    name: &str,
    found: &'t TomlSpanned<DeValue<'t>>,
    mut each: impl FnMut(&mut Reader<'_>, &'t TomlSpanned<DeValue<'t>>),
) {
    let Some(array) = found.get_ref().as_array() else {
        return each(reader, found);
    };
    for element in array {
        if element.get_ref().is_str() {
            each(reader, element);
        } else {
            let span = reader.span(element.span());
            let message = format!(
                "{} holds {} where a string is due",
                quoted(name),
                described(element.get_ref())
            );
            reader.report(message, span, "not a string", "write each entry in quotes");
        }
    }
}

fn count(reader: &mut Reader<'_>, name: &str, found: &TomlSpanned<DeValue<'_>>) {
    if super::view::count(found.get_ref()).is_none() {
        let span = reader.span(found.span());
        let help = match name {
            "expect" => "write how many edges are meant",
            _ => "write a number without quotes, from 1",
        };
        reader.report(format!("`{name}` is not a whole number from 1"), span, "from 1", help);
    }
}

fn date(reader: &mut Reader<'_>, name: &str, found: &TomlSpanned<DeValue<'_>>) {
    if super::view::date(found.get_ref()).is_none() {
        let span = reader.span(found.span());
        let help = "write the day alone, which holds to its end in UTC: `until = 2027-03-31`";
        reader.report(format!("`{name}` is not a day alone"), span, "a day is due", help);
    }
}

fn wrong(reader: &mut Reader<'_>, name: &str, due: &'static Type, found: &TomlSpanned<DeValue<'_>>) {
    let span = reader.span(found.span());
    let value = found.get_ref();
    let message = format!(
        "{} is {} where {} is due",
        quoted(name),
        described(value),
        expected(due)
    );
    let help = match (due.table(), due) {
        (Some(table), _) => format!("write `{}`", table.header),
        (None, Type::Map(key, _)) if ROOT.key(name).is_none() => {
            format!("write a line for each {}: `{name}.{key} = …`", key.to_lowercase())
        }
        (None, Type::Map(key, _)) => format!("write `[{name}]`, and below it a line for each {}", key.to_lowercase()),
        (None, Type::Date) => match value.as_str() {
            Some(text) if text.parse::<toml::value::Datetime>().is_ok() => {
                format!("drop the quotes: `{name} = {text}`")
            }
            _ => format!("write `{name} = 2027-03-31`, without quotes"),
        },
        (None, Type::Selector) if value.is_array() => {
            "write a table for each entry, or one pattern with `expect`".to_owned()
        }
        (None, Type::Flag) if matches!(value.as_str(), Some("true" | "false")) => "drop the quotes".to_owned(),
        (None, Type::Choice(_)) if value.is_table() => {
            format!("a name that holds a dot stands in quotes: `\"{name}.…\" = \"deny\"`")
        }
        (None, Type::Choice(choices)) => format!(
            "write one of {}",
            listed(choices.iter().filter(|c| !c.later).map(|c| c.word), "and")
        ),
        (None, _) => String::new(),
    };
    reader.report(message, span, format!("{} is due", expected(due)), help);
}
