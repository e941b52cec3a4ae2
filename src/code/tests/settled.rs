//! What was settled of an import is what its path leads to once all imports are settled: rounds and force change nothing.

use std::fs;

use camino::Utf8Path;

use super::super::{prelude, resolve, tree};
use super::{EXPECTED, manifests_of, write};
use crate::code::Pace;

#[test]
fn imports_lead_where_their_paths_lead_in_every_case() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src/code/tests/cases");
    for case in folder.read_dir_utf8().unwrap() {
        let case = case.unwrap();
        let text = fs::read_to_string(case.path()).unwrap().replace("\r\n", "\n");
        let (given, _) = text.split_once(EXPECTED).unwrap();
        let (_folder, root) = write(given);
        let (workspace, members, mut sources) = manifests_of(&root);
        let mut forest = tree::read(&Pace::default(), &workspace, &members, &mut sources, None).unwrap();
        let externs = prelude::Externs::new(&workspace, &mut forest);
        let resolver = resolve::Resolver::new(&forest, externs);
        let unsettled = resolver.unsettled();
        assert!(unsettled.is_empty(), "{} {unsettled:?}", case.file_name());
    }
}
