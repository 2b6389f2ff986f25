//! The interface for other programs.

mod coordination;
mod document;
mod forged;
mod learning;
mod people;
mod problems;
mod quota;
mod refresh;
mod tokens;
