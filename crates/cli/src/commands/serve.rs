//! `watches serve`: the window's commands as lines of JSON, for scripts and tests.
//!
//! In: `{"id", "command", "args"}` a line. Out: `{"id", "ok"}` or `{"id", "fault"}`, and `{"event"}` as
//! they happen. Commands run side by side; each answer comes after its commit. The end of stdin ends it.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    sync::{
        broadcast::error::RecvError,
        mpsc::{UnboundedSender, unbounded_channel},
        watch,
    },
    task::JoinSet,
};
use watches_app::{
    App,
    env::{Shell, Toast},
};
use watches_ipc::fault::{Fault, FaultCode};

use super::session::{Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    session: Session,
}

/// A longer line is no command: the largest is a dropped page of 32 MB, escaped.
const LONGEST_LINE: usize = 80 * 1024 * 1024;

#[derive(Debug, Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    command: String,
    #[serde(default)]
    args: Value,
}

impl Serve {
    pub fn run(self) -> anyhow::Result<Exit> {
        runtime()?.block_on(serve(&self.session))
    }
}

async fn serve(session: &Session) -> anyhow::Result<Exit> {
    let (lines, mut written) = unbounded_channel::<Value>();
    // One writer: lines never mix. Blocking, because stdout may be a full pipe.
    let writer = tokio::task::spawn_blocking(move || {
        while let Some(line) = written.blocking_recv() {
            output::line(&line)?;
        }
        Ok::<(), anyhow::Error>(())
    });
    let app = session.open(Arc::new(LineShell(lines.clone()))).await?;
    let events = forward_events(&app, lines.clone());
    let (stop, stopped) = watch::channel(false);
    let background = tokio::spawn(Arc::clone(&app).run(stopped));
    answer_stdin(&app, &lines).await?;
    stop.send_replace(true);
    background.await.context("the background")?;
    events.abort();
    drop((app, lines));
    // The shell inside the app holds a sender too, so the writer ends only when the app is gone.
    writer.await.context("the writer")??;
    Ok(Exit::Done)
}

fn forward_events(app: &App, lines: UnboundedSender<Value>) -> tokio::task::JoinHandle<()> {
    let mut events = app.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                // A closed channel of lines means that we are ending.
                Ok(event) => drop(lines.send(json!({ "event": event }))),
                Err(RecvError::Lagged(missed)) => tracing::warn!("{missed} events were not told"),
                Err(RecvError::Closed) => return,
            }
        }
    })
}

/// Until stdin ends; then until every answer is given.
async fn answer_stdin(app: &Arc<App>, lines: &UnboundedSender<Value>) -> anyhow::Result<()> {
    let mut input = BufReader::new(tokio::io::stdin());
    let mut commands = JoinSet::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).await.context("reading stdin")? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read(&line) {
            Ok(request) => {
                let (app, lines) = (Arc::clone(app), lines.clone());
                commands.spawn(async move {
                    let reply = app.dispatch(&request.command, request.args).await;
                    drop(lines.send(answer(request.id, reply)));
                });
            }
            Err(fault) => drop(lines.send(answer(Value::Null, Err(fault)))),
        }
        while commands.try_join_next().is_some() {}
    }
    while let Some(done) = commands.join_next().await {
        done.context("a command")?;
    }
    Ok(())
}

fn read(line: &[u8]) -> Result<Request, Fault> {
    if line.len() > LONGEST_LINE {
        return Err(Fault::new(FaultCode::BadRequest, "the line is too long"));
    }
    serde_json::from_slice(line)
        .map_err(|error| Fault::new(FaultCode::BadRequest, format!("the line: {error}")))
}

fn answer(id: Value, reply: Result<Value, Fault>) -> Value {
    match reply {
        Ok(ok) => json!({ "id": id, "ok": ok }),
        Err(fault) => json!({ "id": id, "fault": fault }),
    }
}

/// Tells on stdout what a window would show or open.
struct LineShell(UnboundedSender<Value>);

impl LineShell {
    fn tell(&self, kind: &str, body: Value) -> Result<(), String> {
        let line = json!({ "event": { "kind": kind, "body": body } });
        self.0.send(line).map_err(|_| "nobody reads any more".to_owned())
    }
}

impl Shell for LineShell {
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        let Toast { title, body, critical, alerts } = toast;
        self.tell(
            "toast",
            json!({ "title": title, "body": body, "critical": critical, "alerts": alerts }),
        )
    }

    fn open_url(&self, url: &str) -> Result<(), String> {
        self.tell("open_url", json!(url))
    }

    fn open_folder(&self, path: &Path) -> Result<(), String> {
        self.tell("open_folder", json!(path))
    }
}
