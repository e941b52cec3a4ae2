//! The tables and keys of boundaries.toml as data. Reading (unknown keys, wrong types), the reference in
//! docs/configuration.md and the JSON Schema beside it all come from here, so that they cannot disagree.

mod conditions;
mod root;
mod rules;
#[cfg(test)]
mod selectors;
mod signals;
mod structure;
#[cfg(test)]
pub mod tests;

pub use root::{RESERVED, ROOT};
pub use signals::{RELATIONS, SIGNALS};

/// A table of the file.
#[derive(Debug)]
pub struct Table {
    /// As it is written: `[[layers]]`.
    pub header: &'static str,
    /// What it is for, in a sentence or two.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub doc: &'static str,
    /// Its keys, in the order of the reference.
    pub sections: &'static [Section],
    /// The table as it stands in a file.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub example: &'static str,
}

/// Keys that several tables may share.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Where the reference describes them, for all tables at once; empty for the keys of one table.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub title: &'static str,
    /// Whether they can be used in the table; others are read only to be refused with a good reason.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub usable: bool,
    /// The keys.
    pub keys: &'static [Key],
}

/// Keys of one table.
const fn own(keys: &'static [Key]) -> Section {
    Section {
        title: "",
        usable: true,
        keys,
    }
}

impl Table {
    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.sections.iter().flat_map(|section| section.keys)
    }

    /// The key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub value: Type,
    /// What it says, in one sentence.
    pub doc: &'static str,
    /// What an absent key means, as the reference says it.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub default: &'static str,
    /// A line as it stands in a file, for those who left it out.
    pub example: &'static str,
    /// Whether the table is wrong without it.
    pub required: bool,
    /// Whether it has a meaning only beside `reach = "transitive"`.
    pub transitive: bool,
    /// Whether this version can do it.
    pub status: Status,
}

/// What this version makes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It works.
    Works,
    /// The name is kept for a later version. Holds what to do instead.
    Reserved(&'static str),
    /// A key of another table, which who writes it here is told.
    Elsewhere(&'static str),
}

/// One word of a fixed choice.
#[derive(Debug)]
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What it means.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only the reference and the JSON Schema say it")
    )]
    pub doc: &'static str,
    /// Whether this version reads it only to refuse it.
    pub later: bool,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// `true` or `false`.
    Flag,
    /// The version of the language.
    Version,
    /// A whole number from 1.
    Count,
    /// Free text.
    Text,
    /// The name of a layer, a context or a group.
    UnitName,
    /// The name of a rule.
    RuleName,
    /// One word of a fixed choice.
    Choice(&'static [Choice]),
    /// A list of words of a fixed choice.
    Choices(&'static [Choice]),
    /// A list of names that the file declares elsewhere.
    Names,
    /// A list of free words.
    Words,
    /// One selector.
    Selector,
    /// A list of selectors.
    Selectors,
    /// A list of lists of selectors.
    SelectorSets,
    /// A day: `2027-03-31`.
    Date,
    /// A choice of words, or a list of free ones.
    ChoiceOrWords(&'static [Choice]),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
    /// A table whose keys are names (described by the word) and whose values are all alike.
    Map(&'static str, &'static Type),
}

const fn key(name: &'static str, value: Type, doc: &'static str) -> Key {
    Key {
        name,
        value,
        doc,
        default: "",
        example: "",
        required: false,
        transitive: false,
        status: Status::Works,
    }
}

impl Key {
    const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn transitive(self) -> Self {
        Self {
            transitive: true,
            ..self
        }
    }

    const fn reserved(self, instead: &'static str) -> Self {
        Self {
            status: Status::Reserved(instead),
            ..self
        }
    }

    const fn elsewhere(self, table: &'static str) -> Self {
        Self {
            status: Status::Elsewhere(table),
            ..self
        }
    }
}

impl Type {
    /// The table that a key of this type holds.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        match *self {
            Self::Table(table) | Self::Tables(table) => Some(table),
            Self::Map(_, each) => each.table(),
            _ => None,
        }
    }
}

const fn choice(word: &'static str, doc: &'static str) -> Choice {
    Choice {
        word,
        doc,
        later: false,
    }
}

const fn later(word: &'static str, doc: &'static str) -> Choice {
    Choice { word, doc, later: true }
}

/// `kinds`.
pub const KINDS: &[Choice] = &[
    choice("normal", "`[dependencies]`"),
    choice("build", "`[build-dependencies]`"),
    choice("dev", "`[dev-dependencies]`"),
];

/// Levels of findings.
pub const LEVELS: &[Choice] = &[
    choice("allow", "not reported"),
    choice("warn", "reported; the run still passes"),
    choice("deny", "reported; the run fails with exit code 1"),
];
