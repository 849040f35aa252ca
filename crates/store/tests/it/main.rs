//! The store on real files in temporary folders, through its public functions only.

mod backups;
mod build;
mod crashes;
mod damage;
mod raw_pages;
mod search;
mod tables;
