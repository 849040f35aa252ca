//! Asks the window manager to close a window, as its close button does.
//!
//! Keys would go to whatever has the focus at that moment; this message names its window
//! (Extended Window Manager Hints, `_NET_CLOSE_WINDOW`).

use anyhow::{Context, Result};
use x11rb::{
    connection::Connection,
    protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask},
};

/// The source of the request is a pager or the like: a person's own wish.
const BY_A_PERSON: u32 = 2;

/// Sends the request to the window manager of `display`.
///
/// # Errors
/// The display is gone.
pub fn ask_to_close(display: &str, window: u32) -> Result<()> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let root = connection.setup().roots.get(screen).context("the display has a screen")?.root;
    let request = connection.intern_atom(false, b"_NET_CLOSE_WINDOW")?.reply()?.atom;
    let message = ClientMessageEvent::new(32, window, request, [0, BY_A_PERSON, 0, 0, 0]);
    let listeners = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    connection.send_event(false, root, listeners, message)?.check()?;
    Ok(())
}
