//! Journey `mail`: an account on a real mail server becomes a source; its saved-search mails become listings and
//! an alert, once, and what goes wrong is said. Through the real `watches serve`, Dovecot and gnome-keyring.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use watches_tests::{
    mail_server::{MailServer, PASSWORD, USER},
    serve::{Answer, Serve},
    session::Session,
};

const PRIVATE: &str = "From: Anna <anna@example.org>\r\nSubject: a private matter\r\n\
    Date: Mon, 02 Nov 2020 09:15:00 +0100\r\n\r\nhttps://www.ebay.de/itm/306812345671 8.000 EUR\r\n";
const ODD: &str = "From: Chrono24 <info@chrono24.com>\r\nSubject: Neues Aussehen\r\n\
    Content-Type: text/html\r\n\r\n<a href=\"https://click.chrono24.com/x/1\">Rolex</a> 9.000 EUR\r\n";

/// A saved search of Chrono24 with one watch. Without a date it is as new as its delivery.
fn offer(id: &str, title: &str, price: &str) -> String {
    format!(
        "From: Chrono24 <info@chrono24.com>\r\nTo: max@example.org\r\nSubject: Ihr Suchauftrag\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<table><tr><td>\
         <a href=\"https://www.chrono24.de/rolex/submariner--id{id}.htm?utm_source=mail\">{title}</a>\
         <br><b>{price}</b><br>Deutschland</td></tr></table>\r\n"
    )
}

fn place(server: &MailServer) -> Value {
    json!({
        "kind": "imap", "host": "localhost", "port": server.port, "user": USER, "folder": "INBOX",
        "ca_file": server.certificate(),
    })
}

/// Only what this journey asks for is read: the schedule would take a mail before it.
fn rest(serve: &mut Serve) -> Result<()> {
    serve.get("pause_polling", &json!({ "minutes": 60 })).map(drop)
}

fn poll(serve: &mut Serve) -> Result<Value> {
    serve.get("poll_now", &json!({ "watchlist": null }))
}

fn source(serve: &mut Serve, key: &str) -> Result<Value> {
    let sources = serve.get("list_sources", &json!({}))?;
    let all = sources.as_array().cloned().unwrap_or_default();
    all.into_iter().find(|source| source["key"] == key).context("the mail source")
}

fn fault(answer: Answer) -> Result<Value> {
    match answer {
        Answer::Fault(fault) => Ok(fault),
        Answer::Ok(value) => anyhow::bail!("it was taken: {value}"),
        Answer::Gone => anyhow::bail!("the process ended"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_read_once_and_says_what_it_needs() -> Result<()> {
    let session = Session::start("mail", 640, 480).await?;
    let mut server = MailServer::start().await?;
    let folder = session.home.join("data");
    let mut serve = Serve::start_in(&session.vars, &folder, &[])?;
    rest(&mut serve)?;
    let list = json!({
        "id": null, "name": "Submariner", "query": "", "sources": ["file"], "interval_minutes": 30,
        "paused": false,
        "rules": [{ "id": null, "text": "when price <= 9000 EUR then toast", "enabled": true }],
    });
    serve.get("save_watchlist", &list)?;

    // Testing the connection says what is wrong, and keeps nothing.
    let test = |place: Value, password: &str| json!({ "place": place, "password": password });
    let refused = fault(serve.ask("test_mail_source", &test(place(&server), "wrong"))?)?;
    ensure!(refused["code"] == "needs_you", "{refused}");
    ensure!(refused["message"].as_str().is_some_and(|why| why.contains("password")), "{refused}");
    let mut untrusted = place(&server);
    untrusted["ca_file"] = Value::Null;
    let refused = fault(serve.ask("test_mail_source", &test(untrusted, PASSWORD))?)?;
    ensure!(
        refused["message"].as_str().is_some_and(|why| why.contains("certificate")),
        "{refused}"
    );
    let mut elsewhere = place(&server);
    elsewhere["folder"] = json!("Nowhere");
    let refused = fault(serve.ask("test_mail_source", &test(elsewhere, PASSWORD))?)?;
    ensure!(refused["message"].as_str().is_some_and(|why| why.contains("Nowhere")), "{refused}");
    server.deliver(PRIVATE)?;
    let tested = serve.get("test_mail_source", &test(place(&server), PASSWORD))?;
    ensure!(tested["messages"] == 1, "{tested}");

    // With the wrong password the source needs the person; with the right one it is well.
    let added = serve.get("add_mail_source", &test(place(&server), "wrong"))?;
    let key = added["key"].as_str().context("a key")?.to_owned();
    let report = poll(&mut serve)?;
    ensure!(report["problems"][0].as_str().is_some_and(|why| why.contains("password")), "{report}");
    let state = source(&mut serve, &key)?["state"].clone();
    ensure!(state["state"] == "needs_you", "{state}");
    serve.get("set_mail_password", &json!({ "key": key, "password": PASSWORD }))?;

    server.deliver(&offer("40110021", "Rolex Submariner Date 126610LN", "9.850 €"))?;
    server.deliver(&offer("40110022", "Rolex Submariner 124060", "8.900 €"))?;
    server.deliver(ODD)?;
    let first = poll(&mut serve)?;
    ensure!(first["new"] == 2 && first["alerts"] == 1, "{first}");
    ensure!(first["problems"] == json!([]), "{first}");
    ensure!(source(&mut serve, &key)?["state"]["state"] == "ok");
    let alerts =
        serve.get("list_alerts", &json!({ "filter": "inbox", "offset": 0, "limit": 5 }))?;
    let told = alerts["rows"][0].to_string();
    ensure!(told.contains("124060") && told.contains("Chrono24"), "{alerts}");
    let kept = serve.get("list_quarantine", &json!({}))?;
    ensure!(kept.as_array().is_some_and(|kept| kept.len() == 1), "{kept}");
    ensure!(kept[0]["subject"] == "Neues Aussehen", "{kept}");

    // Nothing is read twice, also after a restart; what is new is.
    ensure!(poll(&mut serve)?["listings"] == 0);
    serve.finish()?;
    let mut serve = Serve::start_in(&session.vars, &folder, &[])?;
    rest(&mut serve)?;
    ensure!(poll(&mut serve)?["listings"] == 0);
    server.deliver(&offer("40110021", "Rolex Submariner Date 126610LN", "8.500 €"))?;
    let next = poll(&mut serve)?;
    ensure!(next["listings"] == 1 && next["changed"] == 1 && next["alerts"] == 1, "{next}");
    ensure!(serve.get("list_quarantine", &json!({}))?.as_array().is_some_and(|all| all.len() == 1));
    serve.finish()?;

    // The account is as it was, and neither its password nor private mail is in the store.
    ensure!(server.seen()?.is_empty(), "{:?}", server.seen()?);
    let line = ["lookup", "service", "fyi.watches.desktop", "username", &*key];
    ensure!(session.output("secret-tool", &line).await? == PASSWORD);
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.is_file() {
            let bytes = fs::read(&path)?;
            for secret in [PASSWORD, "a private matter"] {
                let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                ensure!(!found, "`{secret}` is in {}", path.display());
            }
        }
    }
    session.passed();
    Ok(())
}
