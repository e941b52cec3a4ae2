//! Whether facts that come from a file of the cache can be used: every position in them leads somewhere.

use super::facts::{Facts, Name, PathText, Sight, When};

impl Facts {
    /// Whether all positions hold, for a text of this length.
    pub(super) fn is_sound(&self, length: u32) -> bool {
        let name = |name: &Name| (*name as usize) < self.names.len();
        let path = |path: &PathText| path.names.iter().all(name);
        let sight = |sight: &Sight| sight.within.as_ref().is_none_or(path);
        let when = |when: &Option<When>| when.is_none_or(|when| name(&when.name));
        let place = |start: u32, end: u32| start <= end && end <= length;
        let scopes = self.scopes.len();
        let scope = |(position, scope): (usize, &super::facts::Scope)| {
            let parent = scope.parent as usize;
            (parent < position || position == 0 && parent == 0)
                && scope.items.iter().all(|item| {
                    name(&item.name)
                        && when(&item.when)
                        && sight(&item.sight)
                        && item.variants.iter().all(name)
                        && item.alias.iter().chain(&item.stands_for).all(path)
                })
                && scope.imports.iter().all(|import| {
                    path(&import.path)
                        && import.name.iter().all(name)
                        && import.macros.iter().flatten().all(name)
                        && when(&import.when)
                        && sight(&import.sight)
                        && place(import.start, import.end)
                })
                && scope.modules.iter().all(|module| {
                    name(&module.name)
                        && when(&module.when)
                        && module.alternatives.iter().all(|alternative| when(&alternative.when))
                        && sight(&module.sight)
                        && place(module.start, module.end)
                        && module.inline.is_none_or(|inline| {
                            let inline = inline as usize;
                            inline > position && inline < scopes
                        })
                })
                && scope
                    .paths
                    .iter()
                    .all(|used| path(&used.path) && used.places.iter().all(|(start, end)| place(*start, *end)))
                && scope.includes.iter().all(|include| place(include.start, include.end))
                && scope.shown.iter().all(|show| {
                    path(&show.owner)
                        && show.of_trait.iter().all(path)
                        && path(&show.path)
                        && place(show.start, show.end)
                })
        };
        scopes > 0
            && self.scopes.iter().enumerate().all(scope)
            && self.failures.iter().all(|failure| place(failure.start, failure.end))
    }
}
