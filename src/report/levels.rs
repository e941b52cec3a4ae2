//! How much a finding weighs: the rule's own level, then `[levels]` by name, then by code, then `[settings]`, then the
//! default.

use crate::config::Config;
use crate::finding::{Code, Level};

/// The levels of a run.
#[derive(Clone, Copy, Debug)]
pub struct Levels<'a> {
    /// Whose levels.
    pub config: &'a Config,
    /// `--deny-stale`: what excuses nothing any more fails the run, whatever the file says.
    pub deny_stale: bool,
}

impl Levels<'_> {
    /// The level of a code, under the rule at this position where a named rule reports it.
    #[must_use]
    pub fn of(&self, code: Code, rule: Option<usize>) -> Level {
        let config = self.config;
        if self.deny_stale && matches!(code, Code::StaleException | Code::StaleBaseline) {
            return Level::Deny;
        }
        let named = rule.map(|index| &config.rules[index]);
        let by_word = |word: &str| {
            config
                .levels
                .iter()
                .find(|(key, _)| key.value == word)
                .map(|(_, level)| *level)
        };
        let settings = match code {
            Code::UnassignedLayer => config.settings.layers.unassigned,
            Code::UnassignedContext => config.settings.contexts.unassigned,
            _ => None,
        };
        named
            .and_then(|rule| rule.level)
            .or_else(|| by_word(&named?.name.value))
            .or_else(|| by_word(code.as_str()))
            .or(settings)
            .unwrap_or_else(|| code.default_level())
    }
}
