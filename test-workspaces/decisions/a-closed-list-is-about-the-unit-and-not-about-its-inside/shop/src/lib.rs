pub mod domain;
pub mod shared;
pub mod ui;
