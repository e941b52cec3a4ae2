pub struct Inner(pub crate::b::B);
