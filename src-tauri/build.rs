//! Allows the window exactly the commands of `watches-ipc`: a name that is not listed there cannot
//! be called, and one that is listed needs no second list here.

fn main() {
    // The manifest wants `'static` names; the list itself is static already.
    let commands: Vec<&'static str> = watches_ipc::command_names().collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes)
        .expect("tauri.conf.json, capabilities and icons must be valid");
}
