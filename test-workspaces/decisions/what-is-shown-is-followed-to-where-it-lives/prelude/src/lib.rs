pub use store::{Pool, Row};
