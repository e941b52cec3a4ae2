pub struct Row;
