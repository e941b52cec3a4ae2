pub mod price {}
