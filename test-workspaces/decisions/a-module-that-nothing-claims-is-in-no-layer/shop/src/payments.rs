pub mod card {}
