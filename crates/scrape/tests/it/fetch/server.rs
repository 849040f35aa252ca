//! A server that says exactly the bytes a test wants, and counts who asks for what.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicI64, atomic::Ordering},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use url::Url;
use watches_core::time::{Span, Timestamp};
use watches_scrape::fetch::{HttpFetcher, HttpOptions};

/// What the server does once it has read a request.
#[derive(Debug, Clone)]
pub enum Act {
    /// These bytes, then the end.
    Say(Vec<u8>),
    /// These bytes first, then the same piece again and again until the client leaves.
    Repeat { first: Vec<u8>, piece: Vec<u8>, pause: Duration },
    /// Nothing, with the connection held open.
    Hold,
    /// The connection is closed without a word.
    Hang,
}

/// Requests as they came in, newest last.
#[derive(Debug, Default, Clone)]
pub struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    /// How many requests asked for exactly this path.
    pub fn count(&self, path: &str) -> usize {
        let start = format!(" {path} ");
        self.all()
            .iter()
            .filter(|request| request.lines().next().is_some_and(|l| l.contains(&start)))
            .count()
    }

    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

type Script = HashMap<&'static str, Vec<Act>>;

/// Paths and what happens there: the first time, the second time, …, and the last for ever after.
#[derive(Debug)]
pub struct Server {
    pub address: Url,
    pub seen: Seen,
    serving: JoinHandle<()>,
}

impl Server {
    pub async fn start(script: impl FnOnce(&Url) -> Script) -> Server {
        let listener =
            TcpListener::bind("127.0.0.1:0").await.expect("a loopback server can be set up");
        let port = listener.local_addr().expect("a loopback server can be set up").port();
        let address = Url::parse(&format!("http://127.0.0.1:{port}/"))
            .expect("a loopback server can be set up");
        let script = Arc::new(Mutex::new(script(&address)));
        let seen = Seen::default();
        let (watched, acts) = (seen.clone(), script.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, acts.clone(), watched.clone()));
            }
        });
        Server { address, seen, serving }
    }

    pub fn url(&self, path: &str) -> Url {
        self.address.join(path).expect("a loopback server can be set up")
    }

    /// A fetcher that may reach this server, with `total` as its network time.
    pub fn fetcher(&self, clock: &FakeClock, total: Duration) -> HttpFetcher {
        self.fetcher_with(clock, |options| options.total = total)
    }

    pub fn fetcher_with(
        &self,
        clock: &FakeClock,
        change: impl FnOnce(&mut HttpOptions),
    ) -> HttpFetcher {
        let clock = clock.clone();
        let mut options = HttpOptions::new(move || clock.now(), || 0);
        options.demo_market = Some(self.address.clone());
        change(&mut options);
        HttpFetcher::new(options).expect("a loopback server can be set up")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A clock that moves only when told.
#[derive(Debug, Clone, Default)]
pub struct FakeClock(Arc<AtomicI64>);

impl FakeClock {
    pub fn now(&self) -> Timestamp {
        Timestamp::from_seconds(1_793_000_000) + Span(self.0.load(Ordering::SeqCst))
    }

    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>, seen: Seen) {
    let Some(request) = read_request(&mut stream).await else { return };
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    seen.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    let act = next_act(&script, &path);
    // A client that leaves in the middle is what many tests are about.
    let _ = perform(&mut stream, act).await;
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(request).ok()
}

fn next_act(script: &Mutex<Script>, path: &str) -> Act {
    let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
    match script.get_mut(path) {
        Some(acts) if acts.len() > 1 => acts.remove(0),
        Some(acts) => acts[0].clone(),
        None => say("404 Not Found", "", b"none"),
    }
}

async fn perform(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Say(bytes) => stream.write_all(&bytes).await?,
        Act::Repeat { first, piece, pause } => {
            stream.write_all(&first).await?;
            let mut pace = (pause > Duration::ZERO).then(|| tokio::time::interval(pause));
            loop {
                if let Some(pace) = &mut pace {
                    pace.tick().await;
                }
                stream.write_all(&piece).await?;
                stream.flush().await?;
            }
        }
        Act::Hold => {
            // Ends when the client gives up and closes its side.
            stream.read_u8().await?;
        }
        Act::Hang => {}
    }
    stream.shutdown().await
}

/// A whole answer; `headers` are lines that each end in CRLF.
pub fn say(status: &str, headers: &str, body: &[u8]) -> Act {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    Act::Say([head.as_bytes(), body].concat())
}

pub fn page(body: &str) -> Act {
    say("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

pub fn redirect(to: &str) -> Act {
    say("302 Found", &format!("Location: {to}\r\n"), b"")
}
