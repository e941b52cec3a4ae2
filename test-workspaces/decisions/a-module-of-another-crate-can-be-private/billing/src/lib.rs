pub mod api;
pub mod internal;
