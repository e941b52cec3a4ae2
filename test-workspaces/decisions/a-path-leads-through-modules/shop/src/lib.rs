pub mod clean;
pub mod domain;
pub mod util;
