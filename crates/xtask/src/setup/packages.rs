//! System packages by installer: which are needed, which are missing, how they are installed.

use crate::process::{exists, output, program, run};

/// What the packages are for; each includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Run,
    Test,
    Platforms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installer {
    Apt,
    Dnf,
    Pacman,
    Zypper,
}

impl Installer {
    const ALL: [Installer; 4] =
        [Installer::Apt, Installer::Dnf, Installer::Pacman, Installer::Zypper];

    pub fn find() -> Option<Installer> {
        Installer::ALL.into_iter().find(|installer| exists(installer.name()))
    }

    pub fn name(self) -> &'static str {
        match self {
            Installer::Apt => "apt-get",
            Installer::Dnf => "dnf",
            Installer::Pacman => "pacman",
            Installer::Zypper => "zypper",
        }
    }

    /// Packages that are not installed yet. `npm` is asked of the path: it often comes another way.
    pub fn missing(self, need: Need) -> Vec<&'static str> {
        let mut names: Vec<&str> = Vec::new();
        for (least, packages) in self.packages() {
            if need >= *least {
                names.extend(packages.split_whitespace());
            }
        }
        names.retain(|name| {
            let comes_another_way = matches!(*name, "npm" | "nodejs") && exists("npm");
            !comes_another_way && !self.installed(name)
        });
        names
    }

    fn installed(self, name: &str) -> bool {
        let mut query = match self {
            Installer::Apt => program("dpkg-query", &["-W", "-f=${db:Status-Status}", name]),
            Installer::Dnf | Installer::Zypper => program("rpm", &["-q", "--whatprovides", name]),
            Installer::Pacman => program("pacman", &["-Q", name]),
        };
        match self {
            Installer::Apt => output(&mut query).is_some_and(|status| status == "installed"),
            Installer::Dnf | Installer::Zypper | Installer::Pacman => output(&mut query).is_some(),
        }
    }

    pub fn install(self, names: &[&str]) -> anyhow::Result<()> {
        match self {
            Installer::Apt => {
                run(&mut as_root("apt-get", &["update", "-q"]))?;
                let mut install = as_root("apt-get", &["install", "-y", "--no-install-recommends"]);
                run(install.args(names).env("DEBIAN_FRONTEND", "noninteractive"))
            }
            Installer::Dnf => run(as_root("dnf", &["install", "-y"]).args(names)),
            Installer::Pacman => {
                run(as_root("pacman", &["-Syu", "--noconfirm", "--needed"]).args(names))
            }
            Installer::Zypper => {
                run(as_root("zypper", &["--non-interactive", "install"]).args(names))
            }
        }
    }

    fn packages(self) -> &'static [(Need, &'static str)] {
        match self {
            Installer::Apt => &[
                (
                    Need::Run,
                    "build-essential pkg-config cmake file libssl-dev libwebkit2gtk-4.1-dev \
                     libayatana-appindicator3-dev librsvg2-dev libxdo-dev fonts-dejavu-core nodejs npm",
                ),
                (
                    Need::Test,
                    "xvfb xauth webkit2gtk-driver dbus dbus-x11 gnome-keyring libsecret-tools dunst openbox \
                     xfce4-panel x11-utils xdotool imagemagick at-spi2-core dovecot-imapd chromium",
                ),
                (Need::Platforms, "mingw-w64 wine wine64 python3-venv"),
            ],
            Installer::Dnf => &[
                (
                    Need::Run,
                    "gcc gcc-c++ make pkgconf cmake file openssl-devel webkit2gtk4.1-devel \
                     libayatana-appindicator-gtk3-devel librsvg2-devel libxdo-devel dejavu-sans-fonts npm",
                ),
                (
                    Need::Test,
                    "xorg-x11-server-Xvfb xorg-x11-xauth webkit2gtk-driver dbus-daemon dbus-x11 \
                     gnome-keyring libsecret dunst openbox xfce4-panel xprop xdotool ImageMagick at-spi2-core dovecot \
                     chromium",
                ),
                (Need::Platforms, "mingw64-gcc wine"),
            ],
            Installer::Pacman => &[
                (
                    Need::Run,
                    "base-devel cmake file openssl webkit2gtk-4.1 libayatana-appindicator librsvg xdotool \
                     ttf-dejavu npm",
                ),
                (
                    Need::Test,
                    "xorg-server-xvfb xorg-xauth dbus gnome-keyring libsecret dunst openbox xfce4-panel \
                     xorg-xprop imagemagick at-spi2-core dovecot \
                     chromium",
                ),
                (Need::Platforms, "mingw-w64-gcc wine"),
            ],
            Installer::Zypper => &[
                (
                    Need::Run,
                    "gcc gcc-c++ make pkg-config cmake file libopenssl-devel webkit2gtk3-devel \
                     libayatana-appindicator3-devel librsvg-devel xdotool-devel dejavu-fonts npm",
                ),
                (
                    Need::Test,
                    "xorg-x11-server-Xvfb xauth webkit2gtk-driver dbus-1-x11 gnome-keyring libsecret-tools \
                     dunst openbox xfce4-panel xprop xdotool ImageMagick at-spi2-core dovecot \
                     chromium",
                ),
                (Need::Platforms, "mingw64-cross-gcc wine"),
            ],
        }
    }
}

/// The command itself for root, through sudo for anyone else.
fn as_root(name: &str, arguments: &[&str]) -> std::process::Command {
    let is_root = output(&mut program("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    if is_root {
        return program(name, arguments);
    }
    let mut command = program("sudo", &[name]);
    command.args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_installer_names_packages_for_every_need() {
        for installer in Installer::ALL {
            let needs: Vec<Need> = installer.packages().iter().map(|(need, _)| *need).collect();
            assert_eq!(needs, [Need::Run, Need::Test, Need::Platforms], "{}", installer.name());
        }
    }
}
