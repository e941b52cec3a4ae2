//! What several tests share, and the tests of no one module.

mod documents;

/// Compares a file that the project commits with what its source says today. `UPDATE_DOCS=1 cargo test` writes it anew.
#[track_caller]
pub(crate) fn expect_file(path: &str, text: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, text).expect("the file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        committed == text,
        "{path} is not what the source says: `UPDATE_DOCS=1 cargo test` writes it anew"
    );
}
