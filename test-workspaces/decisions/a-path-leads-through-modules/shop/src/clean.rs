pub struct Clean;
