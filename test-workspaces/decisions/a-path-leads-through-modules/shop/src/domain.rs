use crate::clean::Clean;
use crate::util::Helper;

pub struct Order(pub Helper, pub Clean);
