//! `cargo boundaries unused`: permissions and exceptions that nothing needs, whatever their level.

use camino::Utf8Path;

use super::mend::{contradiction, counted, listed, write};
use super::{Exit, fail, print};
use crate::cli::{Common, UnusedArguments};
use crate::error::Error;
use crate::pipeline::{Mend, load};
use crate::source::printable;

pub(super) fn run(common: &Common, arguments: UnusedArguments) -> Exit {
    if let Some(error) = contradiction(common) {
        return fail(&error, common);
    }
    common.each_workspace(|manifest| of(common, arguments, manifest))
}

/// One workspace.
fn of(common: &Common, arguments: UnusedArguments, manifest: Option<&Utf8Path>) -> Result<Exit, Error> {
    let mending = load(&common.options(manifest))?.mend(Mend::Unused)?;
    let style = common.stdout_style();
    let Some(change) = mending.files.first() else {
        return Ok(print("every permission and every exception is needed\n", style));
    };
    let path = mending.file(change).path.clone();
    let (counted, path) = (counted(&mending), printable(&path));
    if arguments.fix {
        write(&mending)?;
        let text = format!("{}took {counted} out of {path}\n", listed(&mending, "- "));
        return Ok(print(&text, style));
    }
    let (is, them) = match mending.findings.len() {
        1 => ("is", "it"),
        _ => ("are", "them"),
    };
    let text = format!(
        "{}{counted} {is} not needed: `cargo boundaries unused --fix` takes {them} out of {path}\n",
        listed(&mending, "")
    );
    Ok(print(&text, style).max(Exit::Findings))
}
