//! Alert rules: the grammar of product rule 5.3, read, checked and evaluated.
