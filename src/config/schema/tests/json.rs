//! The JSON Schema (draft 2020-12) of boundaries.toml, for editors.

use serde_json::{Map, Value, json};

use super::super::selectors::FORMS;
use super::super::{Choice, Key, ROOT, Status, Table, Type};

/// The whole schema.
pub fn schema() -> Value {
    let mut schema = table(&ROOT);
    let rules = [
        "layers",
        "contexts",
        "forbidden",
        "allowed",
        "protected",
        "independent",
        "acyclic",
        "gateway",
        "features",
        "exposed",
        "externals",
    ];
    let declares = rules.map(|name| json!({ "required": [name] }));
    let forms: Vec<String> = FORMS.iter().map(|(form, doc)| format!("{form}: {doc}")).collect();
    let described = format!(
        "Selects packages. {}. `!` in front takes away from what stands before it in the list, ` & ` intersects, and a \
         trailing `?` says that the entry need not exist.",
        forms.join("; ")
    );
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("boundaries.toml");
    schema["anyOf"] = json!(declares);
    schema["$defs"] = json!({
        "selector": {
            "description": described,
            "type": "string",
            "pattern": "^\\S(.*\\S)?$",
        },
        "selectors": {
            "anyOf": [
                { "$ref": "#/$defs/first" },
                {
                    "type": "array",
                    "prefixItems": [{ "$ref": "#/$defs/first" }],
                    "items": { "$ref": "#/$defs/selector" },
                },
            ],
        },
        "first": {
            "allOf": [{ "$ref": "#/$defs/selector" }, { "pattern": "^[^!]" }],
        },
    });
    schema
}

/// A table. What this version refuses is left out, so that an editor does not offer it.
fn table(table: &Table) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let usable = table
        .sections
        .iter()
        .filter(|section| section.usable)
        .flat_map(|section| section.keys);
    for key in usable.filter(|key| key.status == Status::Works) {
        properties.insert(key.name.to_owned(), described(key));
        if key.required {
            required.push(key.name);
        }
    }
    let mut schema = json!({
        "description": table.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn described(key: &Key) -> Value {
    let mut schema = value(&key.value, key.name == "kinds");
    let mut doc = key.doc.to_owned();
    if !key.default.is_empty() {
        doc = format!("{doc} Default: {}.", key.default);
    }
    if let Type::Choice(choices) | Type::Choices(choices) | Type::ChoiceOrWords(choices) = key.value {
        let words: Vec<String> = choices
            .iter()
            .filter(|c| !c.later)
            .map(|c| format!("`\"{}\"`: {}", c.word, c.doc))
            .collect();
        doc = format!("{doc} {}.", words.join("; "));
    }
    schema["description"] = json!(doc);
    schema
}

/// What a value may be; `filled` asks for at least one entry of a list.
fn value(due: &Type, filled: bool) -> Value {
    match due {
        Type::Flag => json!({ "type": "boolean" }),
        Type::Version => json!({ "const": 1 }),
        Type::Count => json!({ "type": "integer", "minimum": 1 }),
        Type::Text => json!({ "type": "string" }),
        Type::UnitName => json!({ "type": "string", "pattern": UNIT_NAME }),
        Type::RuleName => {
            json!({ "type": "string", "pattern": "^[\\p{Ll}\\p{Lo}\\p{N}]+(-[\\p{Ll}\\p{Lo}\\p{N}]+)*$" })
        }
        Type::Choice(choices) => words(choices),
        Type::Choices(choices) => {
            let list = json!({ "type": "array", "items": words(choices), "minItems": usize::from(filled) });
            json!({ "anyOf": [words(choices), list] })
        }
        Type::ChoiceOrWords(choices) => {
            json!({ "anyOf": [words(choices), { "type": "array", "items": { "type": "string" } }] })
        }
        Type::Names | Type::Words => {
            let word = json!({ "type": "string" });
            json!({ "anyOf": [word, { "type": "array", "items": word }] })
        }
        Type::Selector => json!({ "$ref": "#/$defs/first" }),
        Type::Selectors => json!({ "$ref": "#/$defs/selectors" }),
        Type::SelectorSets => json!({ "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/selectors" } }),
        Type::Date => json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d\\d-\\d\\d$" }),
        Type::Table(spec) => table(spec),
        Type::Tables(spec) => json!({ "type": "array", "items": table(spec) }),
        Type::Map("NAME", each) => json!({
            "type": "object",
            "propertyNames": { "pattern": UNIT_NAME },
            "additionalProperties": value(each, false),
        }),
        Type::Map(_, each) => json!({ "type": "object", "additionalProperties": value(each, false) }),
    }
}

const UNIT_NAME: &str = "^[\\p{L}\\p{N}_.-]+$";

fn words(choices: &[Choice]) -> Value {
    let words: Vec<&str> = choices
        .iter()
        .filter(|choice| !choice.later)
        .map(|choice| choice.word)
        .collect();
    json!({ "type": "string", "enum": words })
}
