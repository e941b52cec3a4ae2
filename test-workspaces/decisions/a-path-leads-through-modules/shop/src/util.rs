mod rows;

pub struct Helper(pub rows::Rows);
