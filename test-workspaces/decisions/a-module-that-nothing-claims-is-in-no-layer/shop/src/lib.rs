pub mod domain;
pub mod payments;
pub mod ui;

#[cfg(test)]
mod tests {}
