//! Which locked package is which: members by name, declarations by requirement and source.

use semver::{Version, VersionReq};

use super::{LockedId, LockedPackage};
use crate::workspace::Origin;

/// The member's package has no source. Cargo takes one by its name alone where only one has that name, so that a
/// member whose version was raised since is found too; a package beside the workspace can have the name at another
/// version.
pub(super) fn find_member(packages: &[LockedPackage], name: &str, version: Option<&str>) -> Option<LockedId> {
    let named = |p: &&LockedPackage| p.name == name && p.source.is_none();
    let position = match packages.iter().filter(named).count() {
        0 => None,
        1 => packages.iter().position(|p| named(&p)),
        _ => {
            let version = Version::parse(version.unwrap_or("0.0.0")).ok()?;
            packages.iter().position(|p| named(&p) && p.version == version)
        }
    };
    position.map(LockedId::new)
}

/// Whether cargo takes this version for the requirement: none (a path or a repository without `version`) and `*` take
/// every version, pre-releases too.
pub(super) fn accepts(requirement: Option<&VersionReq>, version: &Version) -> bool {
    requirement.is_none_or(|r| *r == VersionReq::STAR || r.matches(version))
}

/// Whether the locked source is of the declared sort: on disk, of that repository, or of a registry.
pub(super) fn comes_from(origin: &Origin, package: &LockedPackage) -> bool {
    let source = package.source.as_deref();
    match origin {
        Origin::Path(_) => source.is_none(),
        Origin::Git { url, .. } => {
            let locked = source.and_then(|s| s.strip_prefix("git+"));
            locked.is_some_and(|locked| repository(locked) == repository(url))
        }
        Origin::Registry(_) => source.is_some_and(|s| s.starts_with("registry+") || s.starts_with("sparse+")),
    }
}

/// An address without reference, revision and the endings that cargo takes as the same repository.
fn repository(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let bare = url[..end].trim_end_matches('/');
    bare.strip_suffix(".git").unwrap_or(bare).to_lowercase()
}
