//! The real window of the real app, driven through WebKit's WebDriver.
//!
//! The app is started by us, with the webview's automation port open, and the driver attaches to
//! it. So the app may close its window, replace its process and open another: we attach again.

use std::{net::TcpListener, path::Path};

use anyhow::{Context, Result};
use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::{Element, ElementRef},
    key::Key,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::{
    program::{self, Running},
    session::Session,
    waiting::{until, within},
};

/// A running app, with or without a window.
#[derive(Debug)]
pub struct DesktopApp {
    pub process: Running,
    automation_port: u16,
}

/// An open window under the driver's hand.
#[derive(Debug)]
pub struct AppWindow {
    pub client: Client,
    _driver: Running,
}

impl DesktopApp {
    /// Starts the app in `session` with `line` as its arguments.
    ///
    /// # Errors
    /// The app was not built.
    pub fn start(session: &Session, line: &[&str]) -> Result<DesktopApp> {
        DesktopApp::start_program(session, "watches-desktop", line)
    }

    /// Starts any Tauri program of the workspace the same way.
    ///
    /// # Errors
    /// It was not built.
    pub fn start_program(session: &Session, name: &str, line: &[&str]) -> Result<DesktopApp> {
        let automation_port = free_port()?;
        let mut vars = session.vars.clone();
        vars.push(("TAURI_WEBVIEW_AUTOMATION".to_owned(), "true".to_owned()));
        vars.push(("WEBKIT_INSPECTOR_SERVER".to_owned(), format!("127.0.0.1:{automation_port}")));
        vars.push(("WATCHES_LOG".to_owned(), "info".to_owned()));
        let log = session.home.join("app.log");
        let process = program::start(&program::built(name)?, line, &vars, &log)?;
        Ok(DesktopApp { process, automation_port })
    }

    /// The process's id; it stays the same when the app replaces itself.
    ///
    /// # Errors
    /// The app has ended.
    pub fn pid(&self) -> Result<u32> {
        self.process.child.id().context("the app has ended")
    }

    /// Waits for the window and takes it in hand.
    ///
    /// # Errors
    /// No window opened in time, or the driver is not installed.
    pub async fn window(&self, session: &Session) -> Result<AppWindow> {
        wait_for_port("the window's automation port", self.automation_port).await?;
        let port = free_port()?;
        let target = format!("--target=127.0.0.1:{}", self.automation_port);
        let own = format!("--port={port}");
        let line = [own.as_str(), target.as_str()];
        let program = Path::new("WebKitWebDriver");
        let driver =
            program::start(program, &line, &session.vars, &session.home.join("driver.log"))?;
        wait_for_port("WebKitWebDriver", port).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("attaching to the window")?;
        Ok(AppWindow { client, _driver: driver })
    }
}

impl AppWindow {
    /// Waits for the element that `css` selects.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn find(&self, css: &str) -> Result<Element> {
        until(&format!("`{css}`"), || async { Ok(self.client.find(Locator::Css(css)).await.ok()) })
            .await
    }

    /// Waits until `css` selects an element whose text contains `text`.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn find_text(&self, css: &str, text: &str) -> Result<Element> {
        // The page looks by itself: asking element by element would be slow, and the list moves.
        let script = "const [css, text] = arguments;
            return [...document.querySelectorAll(css)].find(it => it.innerText.includes(text));";
        until(&format!("`{css}` with the text `{text}`"), || async {
            let found = self.client.execute(script, vec![json!(css), json!(text)]).await?;
            let id = found.as_object().and_then(|found| found.values().next());
            Ok(id.and_then(Value::as_str).map(|id| {
                Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
            }))
        })
        .await
    }

    /// Clicks what `css` selects.
    ///
    /// # Errors
    /// There is nothing to click in time.
    pub async fn click(&self, css: &str) -> Result<()> {
        Ok(self.find(css).await?.click().await?)
    }

    /// Clicks the first of `css` that says `text`.
    ///
    /// # Errors
    /// There is nothing to click in time.
    pub async fn click_text(&self, css: &str, text: &str) -> Result<()> {
        Ok(self.find_text(css, text).await?.click().await?)
    }

    /// Types `text` into the field that `css` selects, over what it held.
    ///
    /// # Errors
    /// There is no such field in time.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.click().await?;
        field.send_keys(&format!("{}a{}", char::from(Key::Control), char::from(Key::Null))).await?;
        Ok(field.send_keys(text).await?)
    }

    /// Goes to a page by its word in the address, and waits until it stands still.
    ///
    /// # Errors
    /// It does not come to rest in time.
    pub async fn go(&self, page: &str) -> Result<()> {
        let script = format!("location.hash = '#/{page}'; return true;");
        self.client.execute(&script, vec![]).await?;
        let there = format!(
            "location.hash.startsWith('#/{page}')
             && document.querySelector(\"[href^='#/{page}'][aria-current], .{page}\")"
        );
        self.until_script(&format!("the page {page}"), &there).await?;
        self.rest().await
    }

    /// Waits until the page is whole: fonts and photos there, nothing loading or moving, and the same
    /// words at three looks in a row.
    ///
    /// # Errors
    /// It does not come to rest in time.
    pub async fn rest(&self) -> Result<()> {
        const WORDS: &str = "return performance.getEntriesByName('usable').length > 0
            && location.hash !== '' && document.fonts.status === 'loaded'
            && !document.querySelector('.skeleton, .loading, [aria-busy=true], .slot:not([style])')
            && [...document.images].every(image => image.complete)
            && document.getAnimations().every(moving => moving.playState !== 'running')
            && document.body.innerText + document.images.length;";
        let mut before = (Value::Null, 0);
        within("the page at rest", async {
            let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
            while before.1 < 3 {
                looks.tick().await;
                let words = self.client.execute(WORDS, vec![]).await?;
                before = match words {
                    Value::String(_) if words == before.0 => (words, before.1 + 1),
                    Value::String(_) => (words, 1),
                    _ => (Value::Null, 0),
                };
            }
            Ok(())
        })
        .await
    }

    /// Waits until the script, a JavaScript expression, is neither false nor null.
    ///
    /// # Errors
    /// It stays so, or throws.
    pub async fn until_script(&self, what: &str, expression: &str) -> Result<Value> {
        until(what, || async {
            let value = self.client.execute(&format!("return ({expression});"), vec![]).await?;
            Ok((!matches!(value, Value::Null | Value::Bool(false))).then_some(value))
        })
        .await
    }

    /// Calls one of the app's commands as the page would.
    ///
    /// # Errors
    /// The command answered with a fault.
    pub async fn call(&self, command: &str, args: Value) -> Result<Value> {
        let script = "const [name, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(name, { args })
                .then(ok => done({ ok }), fault => done({ fault }));";
        let asked = self.client.execute_async(script, vec![json!(command), args]);
        let answer = within(command, async { Ok(asked.await?) }).await?;
        anyhow::ensure!(answer["fault"].is_null(), "{command}: {}", answer["fault"]);
        Ok(answer["ok"].clone())
    }
}

/// A port of loopback that is free now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

async fn wait_for_port(what: &str, port: u16) -> Result<()> {
    until(what, || async { Ok(TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop)) }).await
}
