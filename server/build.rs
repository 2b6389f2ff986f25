//! Rebuilds this crate when a course of the embedded library changes.
fn main() {
    println!("cargo:rerun-if-changed=../courses/library");
    println!("cargo:rerun-if-changed=build.rs");
}
