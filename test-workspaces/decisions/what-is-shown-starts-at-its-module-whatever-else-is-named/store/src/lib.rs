pub mod rows;
pub struct Pool;
