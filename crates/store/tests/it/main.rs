//! The store on real files in temporary folders, through its public functions only.

mod build;
mod tables;
