use store::Row;

pub struct Price(pub Row);
