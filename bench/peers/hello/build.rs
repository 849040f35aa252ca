//! What every Tauri app needs built in.

fn main() {
    tauri_build::build();
}
