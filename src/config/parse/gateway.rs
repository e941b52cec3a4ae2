//! `[[gateway]]`.

use super::lists::{Select, selectors};
use super::rules::not_empty;
use super::transitive::{Groups, externals_of, paths, refuse_idle_keys};
use super::view::{Reader, View};
use crate::config::{Demand, Gateway};

/// Reads one table. What the lists select is known only when they are bound.
pub fn gateway(reader: &mut Reader<'_>, view: View<'_>, groups: &Groups<'_>) -> Option<Demand> {
    let from = selectors(reader, view, "from", Select::Members);
    let to = selectors(reader, view, "to", Select::Packages);
    let via = selectors(reader, view, "via", Select::Members);
    let reach = paths(reader, view);
    not_empty(reader, view, &["from", "to"]);
    if let (Some(entry), Some([])) = (view.get("via"), via.as_ref().map(|via| via.entries.as_slice()))
        && entry.strings(reader).is_empty()
        && !view.flag("allow-empty")
    {
        let help = "name the gateway; where no path may be, write a `[[forbidden]]` rule with `reach = \"transitive\"`";
        let span = entry.key(reader);
        reader.report("`via` is empty: no path could pass", span, "selects nothing", help);
    }
    let (to, via) = (to?, via?);
    refuse_idle_keys(reader, view, &reach, !externals_of(&to, groups).is_empty());
    Some(Demand::Gateway(Gateway { from, to, via, reach }))
}
