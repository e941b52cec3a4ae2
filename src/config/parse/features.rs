//! `[[features]]`.

use super::lists::{Select, selectors};
use super::rules::not_empty;
use super::transitive::{Groups, modules_of};
use super::view::{Reader, View};
use crate::config::nearest::quoted;
use crate::config::{Demand, FeatureBan};
use crate::source::Spanned;
use crate::workspace::features::is_name;

/// Reads one table. Whether the features are there is known only when the lists are bound.
pub fn features(reader: &mut Reader<'_>, view: View<'_>, groups: &Groups<'_>) -> Option<Demand> {
    let from = selectors(reader, view, "from", Select::Members);
    let to = selectors(reader, view, "to", Select::Packages);
    for entry in from.iter().chain(&to).flat_map(|list| modules_of(list, groups)) {
        let help = "name the crate: a dependency turns features on for the whole of the crate that declares it";
        let message = "a module in a rule about features";
        reader.report(message, entry.text.span, "features are turned on by crates", help);
    }
    let denied = view.word("default") == Some("deny");
    let default = view.get("default").filter(|_| denied).map(|entry| entry.key(reader));
    not_empty(reader, view, &["from", "to"]);
    let deny = denied_features(reader, view);
    if view.get("deny").is_none() && view.word("default").is_none_or(|word| word == "allow") {
        let help = "add `deny = [\"testing\"]` with the features that may not be turned on, or `default = \"deny\"`";
        let span = view.span(reader);
        reader.report(
            "`[[features]]` without `deny` or `default = \"deny\"`",
            span,
            "denies no feature",
            help,
        );
    } else if !denied {
        not_empty(reader, view, &["deny"]);
    }
    Some(Demand::Features(FeatureBan {
        from,
        to: to?,
        deny,
        default,
    }))
}

/// The words of `deny`, without those that can be no feature's name.
fn denied_features(reader: &mut Reader<'_>, view: View<'_>) -> Vec<Spanned<String>> {
    let words = view.get("deny").map(|entry| entry.strings(reader)).unwrap_or_default();
    let (names, wrong): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| is_name(&word.value));
    for word in wrong {
        let help = match word.value.rsplit_once('/') {
            Some((_, feature)) if is_name(feature) => {
                format!("name the feature of `to` alone: `{feature}`")
            }
            _ => "name a feature as `[features]` of the crates of `to` has it; there are no patterns here".to_owned(),
        };
        let message = format!("{} is no feature name", quoted(&word.value));
        reader.report(message, word.span, "no feature can be called so", help);
    }
    names
}
