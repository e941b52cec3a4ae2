pub struct Rows(pub store::Row);
