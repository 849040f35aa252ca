//! A desktop session of its own: screen, bus, keyring, window manager, notifications, panel.
//!
//! Each lives in its own folders and ends when it is dropped; nothing of the real session is seen.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;
use zbus::{Connection, connection, fdo::DBusProxy, names::BusName};

use crate::{
    program::{self, Running},
    screen,
    waiting::within,
};

#[derive(Debug)]
pub struct Session {
    /// The session's HOME, below `target/journeys`.
    pub home: PathBuf,
    pub bus: Connection,
    /// The environment of every program in the session.
    pub vars: Vec<(String, String)>,
    /// In the order they were started; the screen first, so dropped last of all.
    children: Vec<Running>,
    passed: bool,
}

impl Session {
    /// Starts a session called `name` with a screen of `width` × `height`.
    ///
    /// # Errors
    /// A program is missing (`cargo xtask setup` installs them) or did not come up in time.
    pub async fn start(name: &str, width: u32, height: u32) -> Result<Session> {
        let home = program::output_folder()?.join(format!("{name}-{}", std::process::id()));
        let mut vars = folders(&home)?;
        let mut screen = run(
            &home,
            &vars,
            "Xvfb",
            &[
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
                "-nolisten",
                "tcp",
            ],
        )?;
        let display = within("Xvfb", screen.first_line()).await?;
        vars.push(("DISPLAY".to_owned(), format!(":{display}")));
        let line = ["--session", "--nofork", "--nopidfile", "--nosyslog", "--print-address=1"];
        let mut daemon = run(&home, &vars, "dbus-daemon", &line)?;
        let address = within("dbus-daemon", daemon.first_line()).await?;
        vars.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), address.clone()));
        let bus = connection::Builder::address(address.as_str())?.build().await?;
        let mut session =
            Session { home, bus, vars, children: vec![screen, daemon], passed: false };
        session.start_services().await?;
        Ok(session)
    }

    async fn start_services(&mut self) -> Result<()> {
        let line = ["--foreground", "--unlock", "--components=secrets"];
        let mut keyring = self.run("gnome-keyring-daemon", &line)?;
        let stdin = keyring.child.stdin.as_mut().context("stdin is a pipe")?;
        stdin.write_all(b"\n").await?;
        drop(keyring.child.stdin.take());
        self.children.push(keyring);
        self.wait_for_name("org.freedesktop.secrets").await?;
        self.keep("openbox", &[])?;
        self.keep("dunst", &[])?;
        self.wait_for_name("org.freedesktop.Notifications").await?;
        self.keep("xfce4-panel", &["--disable-wm-check"])?;
        self.wait_for_name("org.kde.StatusNotifierWatcher").await
    }

    fn keep(&mut self, name: &str, line: &[&str]) -> Result<()> {
        let running = self.run(name, line)?;
        self.children.push(running);
        Ok(())
    }

    /// Starts an installed program in the session.
    ///
    /// # Errors
    /// It is not installed.
    pub fn run(&self, name: &str, line: &[&str]) -> Result<Running> {
        run(&self.home, &self.vars, name, line)
    }

    /// Runs an installed program to its end and gives what it printed.
    ///
    /// # Errors
    /// It is not installed, or ended with an error.
    pub async fn output(&self, name: &str, line: &[&str]) -> Result<String> {
        let output = within(name, async {
            let child = self.run(name, line)?.child;
            Ok(child.wait_with_output().await?)
        })
        .await?;
        anyhow::ensure!(output.status.success(), "{name} {line:?} ended with {}", output.status);
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Waits until somebody owns `name` on the session bus.
    ///
    /// # Errors
    /// Nobody does in time.
    pub async fn wait_for_name(&self, name: &str) -> Result<()> {
        let daemon = DBusProxy::new(&self.bus).await?;
        let mut changes = daemon.receive_name_owner_changed().await?;
        let owned = daemon.name_has_owner(BusName::try_from(name)?).await?;
        within(name, async {
            if owned {
                return Ok(());
            }
            loop {
                let change = changes.next().await.context("the bus is gone")?;
                let change = change.args()?;
                if change.name() == name && change.new_owner().is_some() {
                    return Ok(());
                }
            }
        })
        .await
    }

    /// Closes the window whose title contains `title`, as its close button does.
    ///
    /// # Errors
    /// There is no such window.
    pub async fn close_window(&self, title: &str) -> Result<()> {
        let window = self.window_id(title).await?;
        let display = self.vars.iter().find(|(name, _)| name == "DISPLAY");
        let (_, display) = display.context("the session has a screen")?;
        screen::ask_to_close(display, window.parse().context("an id is a number")?)
    }

    /// A picture of the window whose title contains `title`, as `target/journeys/<name>.png`.
    ///
    /// Taken off the screen: WebKit's own screenshot waits for a frame that a still page never draws.
    ///
    /// # Errors
    /// There is no such window, or ImageMagick is missing.
    pub async fn window_picture(&self, title: &str, name: &str) -> Result<PathBuf> {
        let window = self.window_id(title).await?;
        self.picture_of(&window, name).await
    }

    async fn window_id(&self, title: &str) -> Result<String> {
        let found = self.output("xdotool", &["search", "--onlyvisible", "--name", title]).await?;
        found.lines().next().map(str::to_owned).context("an id of a window")
    }

    async fn picture_of(&self, window: &str, name: &str) -> Result<PathBuf> {
        let path = program::output_folder()?.join(format!("{name}.png"));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = path.to_string_lossy().into_owned();
        self.output("import", &["-window", window, &file]).await?;
        Ok(path)
    }

    /// The mean brightness of a picture, from 0 (black) to 1 (white).
    ///
    /// # Errors
    /// It is no picture, or ImageMagick is missing.
    pub async fn brightness(&self, picture: &Path) -> Result<f64> {
        let file = picture.to_string_lossy();
        let line = [&*file, "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"];
        Ok(self.output("convert", &line).await?.trim().parse()?)
    }

    /// The journey went well. A session dropped without this leaves a picture of its screen.
    pub fn passed(mut self) {
        self.passed = true;
    }

    /// What the screen showed when the journey failed: `target/journeys/<session>/failed.png`.
    fn picture_of_failure(&self) {
        let picture = std::process::Command::new("import")
            .args(["-window", "root"])
            .arg(self.home.join("failed.png"))
            .env_clear()
            .envs(self.vars.iter().map(|(name, value)| (name, value)))
            .status();
        // The failure itself is what is reported.
        drop(picture);
    }

    /// A picture of the whole screen, as `target/journeys/<name>.png`.
    ///
    /// # Errors
    /// ImageMagick is missing.
    pub async fn picture(&self, name: &str) -> Result<PathBuf> {
        self.picture_of("root", name).await
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.passed {
            self.picture_of_failure();
        }
        // The screen goes last, or everything else dies complaining.
        while let Some(mut running) = self.children.pop() {
            // It may have ended by itself.
            drop(running.child.start_kill());
        }
    }
}

fn run(home: &Path, vars: &[(String, String)], name: &str, line: &[&str]) -> Result<Running> {
    program::start(Path::new(name), line, vars, &home.join(format!("{name}.log")))
}

/// Makes the session's folders and says so in the environment.
fn folders(home: &Path) -> Result<Vec<(String, String)>> {
    use std::os::unix::fs::PermissionsExt;
    let mut vars = vec![
        ("HOME".to_owned(), home.to_string_lossy().into_owned()),
        ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
        // Numbers as an English reader expects them; `C` would leave out the thousands' commas.
        ("LANG".to_owned(), "en_US.UTF-8".to_owned()),
        ("XDG_CURRENT_DESKTOP".to_owned(), "XFCE".to_owned()),
        ("XDG_SESSION_TYPE".to_owned(), "x11".to_owned()),
        // The panel's first start asks which layout; take the default.
        ("XFCE_PANEL_MIGRATE_DEFAULT".to_owned(), "1".to_owned()),
        ("NO_AT_BRIDGE".to_owned(), "1".to_owned()),
        ("LIBGL_ALWAYS_SOFTWARE".to_owned(), "1".to_owned()),
    ];
    for (name, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("TMPDIR", "tmp"),
    ] {
        let path = home.join(folder);
        std::fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700))?;
        vars.push((name.to_owned(), path.to_string_lossy().into_owned()));
    }
    Ok(vars)
}
