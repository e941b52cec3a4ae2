pub mod page {}
pub mod theme {}
