//! `[package.metadata]` as JSON, which selectors ask and reports print.

use serde_json::{Map, Number, Value as Json};
use toml::de::{DeTable, DeValue};

/// A TOML table as a JSON object; dates become text. The parser bounds how deep tables nest, so
/// that the recursion is bounded too.
pub fn from_table(table: &DeTable<'_>) -> Json {
    let entries = table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), from_value(value.get_ref())));
    Json::Object(entries.collect::<Map<_, _>>())
}

fn from_value(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Boolean(truth) => Json::Bool(*truth),
        DeValue::Datetime(date) => {
            // Seconds may be left out; cargo writes them.
            let mut date = *date;
            if let Some(time) = &mut date.time {
                time.second.get_or_insert(0);
            }
            Json::String(date.to_string())
        }
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Json::String(number.to_string()), |n| Json::Number(n.into())),
        DeValue::Float(number) => {
            let float = number.as_str().parse().ok().and_then(Number::from_f64);
            float.map_or_else(|| Json::String(number.to_string()), Json::Number)
        }
        DeValue::Array(items) => Json::Array(items.iter().map(|item| from_value(item.get_ref())).collect()),
        DeValue::Table(table) => from_table(table),
    }
}
