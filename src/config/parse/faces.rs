//! What contexts say of their faces and of each other: `may-use`, `public-to`, `faces`. What would have no effect is
//! reported: who wrote it meant something by it.

use super::names::{Names, known};
use super::view::{Reader, View};
use crate::config::nearest::quoted;
use crate::config::{Config, Context, ContextKind, NameList};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;

/// Checks the names in `may-use` and in `public-to` of every context.
pub fn check(reader: &mut Reader<'_>, config: &Config, contexts: &Names) {
    for context in &config.contexts {
        for name in context.may_use.iter().flat_map(|list| &list.names) {
            match name.value.split_once(':') {
                None => _ = known(reader, "context", name, contexts),
                Some((owner, _)) => {
                    let owner = Spanned::new(owner.to_owned(), reader.inside(name, 0..owner.len()));
                    if known(reader, "context", &owner, contexts) {
                        face(reader, config, context, name);
                    }
                }
            }
        }
        for part in &context.public_to {
            if known(reader, "context", &part.name, contexts) {
                public_to(reader, config, context, &part.name);
            }
        }
    }
}

fn named<'c>(config: &'c Config, name: &str) -> Option<&'c Context> {
    config.contexts.iter().find(|context| context.name.value == name)
}

/// Checks `CONTEXT:FACE` in `may-use`, where the context is one.
fn face(reader: &mut Reader<'_>, config: &Config, user: &Context, written: &Spanned<String>) {
    let Some((owner, face)) = written.value.split_once(':') else {
        return;
    };
    // A context that could not be read was reported.
    let Some(context) = named(config, owner) else {
        return;
    };
    let at = reader.inside(written, owner.len() + 1..written.value.len());
    if context.faces.is_empty() {
        let help = format!(
            "declare it under `faces` of that context, or name the whole context: {}",
            quoted(owner)
        );
        let message = format!("context {} has no faces", quoted(owner));
        return reader.report(message, at, "no such face", help);
    }
    let faces = Names::new(context.faces.iter().map(|face| face.name.value.as_str()));
    if !known(reader, "face", &Spanned::new(face.to_owned(), at), &faces) {
        return;
    }
    let own = &user.name.value;
    let listed = |list: &&NameList| list.names.iter().any(|name| name.value == owner);
    if owner == own {
        let message = format!("context {} names a face of itself in `may-use`", quoted(own));
        reader.report(
            message,
            written.span,
            "its own face",
            "remove it: a context may use itself",
        );
    } else if user.may_use.as_ref().is_some_and(|list| listed(&list)) {
        let message = format!(
            "{} beside {}, which lists all of it",
            quoted(&written.value),
            quoted(owner)
        );
        let problem = Problem::new(ProblemKind::Config, message).at(written.span, "permits nothing more");
        let help = format!(
            "keep one: {} for all that is public, {} for that face alone",
            quoted(owner),
            quoted(&written.value)
        );
        reader.problems.push(problem.help(help));
    } else if context.kind == ContextKind::CompositionRoot {
        let message = format!(
            "context {} is a composition root, which no other context may use",
            quoted(owner)
        );
        reader.report(message, written.span, "permits nothing", "remove it");
    } else if context.kind == ContextKind::SharedKernel && user.kind == ContextKind::Bounded {
        let message = format!(
            "context {} is a shared kernel: its public face may be used unlisted",
            quoted(owner)
        );
        let help = format!(
            "remove it, or `kind` of context {} where it is to be listed",
            quoted(owner)
        );
        reader.report(message, written.span, "narrows nothing", help);
    }
}

/// Checks a name in `public-to`, where it is a context's.
fn public_to(reader: &mut Reader<'_>, config: &Config, context: &Context, to: &Spanned<String>) {
    let own = &context.name.value;
    let kind = named(config, &to.value).map(|other| other.kind);
    if to.value == *own {
        let message = format!("context {} opens crates to itself", quoted(own));
        reader.report(
            message,
            to.span,
            "its own crates",
            "remove it: a context may use itself",
        );
    } else if kind == Some(ContextKind::CompositionRoot) {
        let message = format!(
            "context {} is a composition root, which may use everything",
            quoted(&to.value)
        );
        reader.report(message, to.span, "opens nothing more", "remove it");
    } else if context.public.is_none() && config.settings.default_face.is_none() {
        let message = format!(
            "all of context {} is public: `public-to` opens nothing more",
            quoted(own)
        );
        let help = "say first what every context may use: `public = [..]`, or `public = []` for nothing";
        reader.report(message, to.span, "opens nothing more", help);
    }
}

/// Reports the keys that have no effect on a composition root: it may use everything, and nobody may use it.
pub fn inert(reader: &mut Reader<'_>, view: View<'_>, name: &str) {
    if view.word("kind") != Some("composition-root") {
        return;
    }
    for key in ["public", "public-to", "faces", "may-use"] {
        let Some(entry) = view.get(key) else { continue };
        let why = match key {
            "may-use" => "it may use everything",
            _ => "no other context may use it",
        };
        let span = entry.key(reader);
        let message = format!("`{key}` of the composition root {} has no effect: {why}", quoted(name));
        let help = format!("remove `{key}`, or `kind` where it is to be an ordinary context");
        reader.report(message, span, "has no effect", help);
    }
}
