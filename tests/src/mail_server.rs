//! A real mail server of the test's own: Dovecot on loopback, a Maildir, TLS by a certificate made for it.
//!
//! Works for root (Dovecot's own users, mail of `nobody`) and for anyone else (everything as that user). It
//! ends when it is dropped.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::waiting::until;

pub const USER: &str = "max";
pub const PASSWORD: &str = "an-app-password";
/// The user and group that own mail where the server runs as root.
const NOBODY: u32 = 65_534;

#[derive(Debug)]
pub struct MailServer {
    folder: TempDir,
    child: Child,
    pub port: u16,
    delivered: u32,
}

impl MailServer {
    /// Starts it with an empty INBOX and waits until it listens.
    ///
    /// # Errors
    /// Dovecot is not installed (`cargo xtask setup` installs it) or does not come up.
    pub async fn start() -> Result<MailServer> {
        let folder = tempfile::Builder::new().prefix("watches-mail").tempdir()?;
        // Its login process runs as a user of its own.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let own = fs::metadata(folder.path())?.uid();
        certificate(folder.path())?;
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(folder.path().join("mail/max").join(part))?;
        }
        give_away(&folder.path().join("mail"), own)?;
        fs::create_dir(folder.path().join("run"))?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = folder.path().join("dovecot.conf");
        fs::write(&settings, configuration(folder.path(), port, own)?)?;
        let child = Command::new("dovecot")
            .arg("-F")
            .arg("-c")
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr"))?)
            .spawn()
            .or_else(|_not_in_path| {
                Command::new("/usr/sbin/dovecot").arg("-F").arg("-c").arg(&settings).spawn()
            })
            .context("starting dovecot")?;
        let server = MailServer { folder, child, port, delivered: 0 };
        until("dovecot to listen", || async move {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop))
        })
        .await?;
        Ok(server)
    }

    /// The certificate that a client must trust.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// Puts a message into INBOX as a delivery agent does: written aside, then moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn deliver(&mut self, message: &str) -> Result<()> {
        self.delivered += 1;
        let inbox = self.folder.path().join("mail/max");
        let name = format!("{}.M{}.localhost", 1_795_000_000 + self.delivered, self.delivered);
        let aside = inbox.join("tmp").join(&name);
        fs::write(&aside, message)?;
        give_away(&aside, fs::metadata(self.folder.path())?.uid())?;
        Ok(fs::rename(aside, inbox.join("new").join(name))?)
    }

    /// Names of messages that some client marked as seen.
    ///
    /// # Errors
    /// When the Maildir cannot be read.
    pub fn seen(&self) -> Result<Vec<String>> {
        let mut seen = Vec::new();
        for entry in fs::read_dir(self.folder.path().join("mail/max/cur"))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let flags = name.split_once(":2,").map(|(_, flags)| flags.to_owned());
            seen.extend(flags.filter(|flags| flags.contains('S')).map(|_| name));
        }
        Ok(seen)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // Its master ends its children on SIGTERM, not when it is killed.
        let pid = self.child.id().to_string();
        drop(Command::new("kill").arg(pid).status());
        drop(self.child.wait());
    }
}

/// Root's server reads mail as nobody.
fn give_away(path: &Path, own: u32) -> Result<()> {
    if own != 0 {
        return Ok(());
    }
    chown(path, Some(NOBODY), Some(NOBODY))?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            give_away(&entry?.path(), own)?;
        }
    }
    Ok(())
}

/// A certificate for `localhost`, signed by itself.
fn certificate(folder: &Path) -> Result<()> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    fs::write(folder.join("cert.pem"), made.cert.pem())?;
    Ok(fs::write(folder.join("key.pem"), made.signing_key.serialize_pem())?)
}

fn configuration(folder: &Path, port: u16, own: u32) -> Result<String> {
    let (at, gid) = (folder.display(), fs::metadata(folder)?.gid());
    let (uid, gid) = if own == 0 { (NOBODY, NOBODY) } else { (own, gid) };
    let users = if own == 0 {
        String::new()
    } else {
        let name = |line: &[&str]| -> Result<String> {
            let output = Command::new("id").args(line).output().context("asking for the user")?;
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let (user, group) = (name(&["-un"])?, name(&["-gn"])?);
        format!(
            "default_internal_user = {user}\ndefault_login_user = {user}\n\
             default_internal_group = {group}\nservice imap-login {{\n  chroot =\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n"
        )
    };
    Ok(format!(
        "protocols = imap\nbase_dir = {at}/run\nstate_dir = {at}/run\nlog_path = {at}/log\n\
         listen = 127.0.0.1\nssl = required\nssl_cert = <{at}/cert.pem\nssl_key = <{at}/key.pem\n\
         first_valid_uid = 1\nmail_location = maildir:{at}/mail/%u\nauth_failure_delay = 0\n\
         passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
         userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={at}/mail/%u\n}}\n\
         service imap-login {{\n  inet_listener imap {{\n    port = 0\n  }}\n  \
         inet_listener imaps {{\n    port = {port}\n    ssl = yes\n  }}\n}}\n{users}"
    ))
}
