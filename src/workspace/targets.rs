//! Stub until the reader lands.
use super::{Member, Workspace};
use crate::source::Sources;
pub struct TargetFacts {
    pub lib: bool,
    pub bin: bool,
    pub proc_macro: bool,
    pub build_script: bool,
}
pub fn facts(_w: &Workspace, _s: &Sources, _m: &Member) -> TargetFacts {
    TargetFacts {
        lib: false,
        bin: false,
        proc_macro: false,
        build_script: false,
    }
}
