//! `[[acyclic]]`.

use super::lists::modules;
use super::rules::not_empty;
use super::view::{Reader, View};
use crate::config::selector::SelectorList;
use crate::config::{Demand, Units};

/// Reads one table.
pub fn acyclic(reader: &mut Reader<'_>, root: View<'_>, view: View<'_>) -> Option<Demand> {
    let entry = view.get("over")?;
    let over = match view.word("over")? {
        "contexts" => Units::Contexts,
        "layers" => Units::Layers,
        "crates" => Units::Crates,
        "modules" => Units::Modules,
        _ => return None,
    };
    let modules = cyclic_modules(reader, view, over);
    let declared = matches!(over, Units::Crates | Units::Modules)
        || root
            .get(view.word("over")?)
            .is_some_and(|units| units.declares_something());
    if !declared && !view.flag("allow-empty") {
        let span = entry.value_span(reader);
        let help = "declare some, or write `allow-empty = true` where this is meant";
        let message = format!("a rule over {}, of which the file declares none", view.word("over")?);
        reader.report(message, span, "the rule judges nothing", help);
    }
    Some(Demand::Acyclic { over, modules })
}

/// `modules`, which stands with `over = "modules"` and with nothing else.
fn cyclic_modules(reader: &mut Reader<'_>, view: View<'_>, over: Units) -> Option<SelectorList> {
    let list = modules(reader, view, "modules");
    not_empty(reader, view, &["modules"]);
    match (&list, over) {
        (None, Units::Modules) => {
            let help = "add `modules = [\"mod:CRATE::*\"]`: the modules between which no cycle may be";
            reader.report(
                "a rule over modules without `modules`",
                view.span(reader),
                "no modules",
                help,
            );
        }
        (Some(list), Units::Contexts | Units::Layers | Units::Crates) => {
            let help = "write `over = \"modules\"`, or take the key out";
            reader.report(
                "`modules` in a rule that is not over modules",
                list.key,
                "has no effect",
                help,
            );
        }
        _ => {}
    }
    list
}
