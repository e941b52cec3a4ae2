//! One table of dependencies, in every form that TOML has for its lines.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Fields;
use crate::workspace::random::plan::Form;

/// One table of dependencies.
pub struct Group {
    name: String,
    /// Its lines stand above the first header, with the whole path as key.
    pub above: bool,
    pub keys: BTreeSet<String>,
    /// Those of them that are optional.
    pub optional: BTreeSet<String>,
    lines: Vec<String>,
    headers: Vec<(String, Fields)>,
}

impl Group {
    pub fn new(name: String, above: bool) -> Self {
        Self {
            name,
            above,
            keys: BTreeSet::new(),
            optional: BTreeSet::new(),
            lines: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub fn add(&mut self, key: &str, form: Form, fields: Fields) {
        let joined = |separator: &str| {
            fields
                .iter()
                .map(|(k, v)| format!("{k} = {v}"))
                .collect::<Vec<_>>()
                .join(separator)
        };
        match form {
            Form::Short if fields.len() == 1 && fields[0].0 == "version" => {
                self.lines.push(format!("{key} = {}", fields[0].1));
            }
            Form::Short | Form::Inline => self.lines.push(format!("{key} = {{ {} }}", joined(", "))),
            Form::Spread => self.lines.push(format!("{key} = {{\n    {},\n}}", joined(",\n    "))),
            Form::Dotted => self
                .lines
                .extend(fields.iter().map(|(k, v)| format!("{key} . {k} = {v}"))),
            Form::Header if self.above => self.add(key, Form::Dotted, fields),
            Form::Header => self.headers.push((key.to_owned(), fields)),
        }
    }

    pub fn text(&self, comments: bool) -> String {
        let comment = if comments {
            " # [dependencies.not] = \"this\""
        } else {
            ""
        };
        let mut text = String::new();
        if !self.lines.is_empty() && !self.above {
            writeln!(text, "[{}]{comment}", self.name).expect("text takes all");
        }
        for line in &self.lines {
            let path = if self.above {
                format!("{}.", self.name)
            } else {
                String::new()
            };
            writeln!(text, "{path}{line}{comment}").expect("text takes all");
        }
        for (key, fields) in &self.headers {
            writeln!(text, "[ {}.{key} ]{comment}", self.name).expect("text takes all");
            text.extend(fields.iter().map(|(k, v)| format!("{k} = {v}\n")));
        }
        text
    }
}
