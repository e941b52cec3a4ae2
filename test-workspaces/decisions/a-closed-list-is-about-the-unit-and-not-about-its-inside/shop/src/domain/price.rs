pub struct Price;
