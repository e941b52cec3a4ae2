pub struct Row;
pub trait Query {}
pub mod pool {
    pub struct Pool;
}
