//! Behaviours on a port: reads requests, acts. `/3/anything` is the behaviour of that number.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::{Act, Behaviour, pieces::say};

/// Longer requests are no request of ours.
const LONGEST_REQUEST: usize = 64 * 1024;

/// Serves until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Server {
    /// # Errors
    /// When no loopback port is free.
    pub async fn start(behaviours: Vec<Behaviour>) -> std::io::Result<Server> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let behaviours = Arc::new(behaviours);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&behaviours), address.port()));
            }
        });
        Ok(Server { address, serving })
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(mut stream: TcpStream, behaviours: Arc<Vec<Behaviour>>, port: u16) {
    let Some(request) = read_request(&mut stream).await else { return };
    let path = request.split(' ').nth(1).unwrap_or_default();
    let act = if path.starts_with("/robots.txt") {
        behaviours.iter().find_map(|one| one.robots).map(|robots| robots(port))
    } else {
        let number = path.split('/').nth(1).and_then(|number| number.parse::<usize>().ok());
        number.and_then(|number| behaviours.get(number)).map(|one| (one.page)(port))
    };
    let act = act.unwrap_or_else(|| say("404 Not Found", "", b"none"));
    // A client that leaves in the middle is what most behaviours are about.
    let _ = perform(&mut stream, act).await;
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
        if request.len() > LONGEST_REQUEST {
            return None;
        }
    }
    String::from_utf8(request).ok()
}

async fn perform(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Say(bytes) => stream.write_all(&bytes).await?,
        Act::Repeat { first, piece, times, pause } => {
            stream.write_all(&first).await?;
            let mut pace = (pause > Duration::ZERO).then(|| tokio::time::interval(pause));
            let mut left = times;
            while left != Some(0) {
                if let Some(pace) = &mut pace {
                    pace.tick().await;
                }
                stream.write_all(&piece).await?;
                left = left.map(|left| left - 1);
            }
        }
        Act::Hold(bytes) => {
            stream.write_all(&bytes).await?;
            // Ends when the client gives up and closes its side.
            stream.read_u8().await?;
        }
        Act::Reset(bytes) => {
            stream.write_all(&bytes).await?;
            stream.set_zero_linger()?;
            return Ok(());
        }
    }
    stream.shutdown().await
}
