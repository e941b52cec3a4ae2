pub mod wide {
    pub struct Wide;
}
pub struct Row;
