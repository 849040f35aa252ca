//! Date texts as markets write them, in their languages.

use super::*;

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    let now = Timestamp::parse_iso("2026-10-30T12:00:00Z").expect("a valid instant");
    let read = read_date(text, now, Zone::Utc).and_then(Timestamp::to_iso);
    assert_eq!(read.as_deref(), expected, "{text}");
}

#[test]
fn distances_from_now_are_read_in_our_languages() {
    check("3 days ago", Some("2026-10-27T12:00:00Z"));
    check("Listed over a week ago", Some("2026-10-23T12:00:00Z"));
    check("vor 2 Stunden", Some("2026-10-30T10:00:00Z"));
    check("il y a 40 min", Some("2026-10-30T11:20:00Z"));
    check("2 ore fa", Some("2026-10-30T10:00:00Z"));
    check("hace 3 semanas", Some("2026-10-09T12:00:00Z"));
    check("5 dagen geleden", Some("2026-10-25T12:00:00Z"));
    check("há 2 meses", Some("2026-08-30T12:00:00Z"));
    check("3日前", Some("2026-10-27T12:00:00Z"));
    check("za 2 dni", Some("2026-11-01T12:00:00Z"));
    check("in 1.5 hours", Some("2026-10-30T13:30:00Z"));
    check("1 year, 2 months and 3 days", Some("2025-08-27T12:00:00Z"));
}

#[test]
fn days_by_name_and_clock_are_read() {
    check("Heute, 09:09", Some("2026-10-30T09:09:00Z"));
    check("Gestern, 21:56", Some("2026-10-29T21:56:00Z"));
    check("hier à 08:00", Some("2026-10-29T08:00:00Z"));
    check("昨日", Some("2026-10-29T12:00:00Z"));
    check("Monday at 5:15 PM", Some("2026-10-26T17:15:00Z"));
    check("heute um 9 Uhr", Some("2026-10-30T09:00:00Z"));
    check("vor 30+ Tagen", Some("2026-09-30T12:00:00Z"));
    check("just now", Some("2026-10-30T12:00:00Z"));
}

#[test]
fn calendar_dates_are_read() {
    check("12.10.2026", Some("2026-10-12T00:00:00Z"));
    check("18.10.26 um 22:56 Uhr", Some("2026-10-18T22:56:00Z"));
    check("10/12/2026", Some("2026-10-12T00:00:00Z"));
    check("2026-10-12", Some("2026-10-12T00:00:00Z"));
    check("2026-10-12T08:00:00+02:00", Some("2026-10-12T06:00:00Z"));
    check("Oct 5, 2026 at 3:07 PM", Some("2026-10-05T15:07:00Z"));
    check("le 08 Déc 2014 15:11", Some("2014-12-08T15:11:00Z"));
    check("22 janvier 2015 à 14h40", Some("2015-01-22T14:40:00Z"));
    check("2016年6月2911:30", Some("2016-06-29T11:30:00Z"));
    check("2016年3月20日(日) 21時40分", Some("2016-03-20T21:40:00Z"));
    check("15 May 2004 16:10 -0400", Some("2004-05-15T20:10:00Z"));
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "Rolex Submariner 16610",
        "8.500 €",
        "12",
        "3",
        "soon",
        "10:99",
        "45/45/2020",
        "vor in 3 Tagen",
    ] {
        check(text, None);
    }
    check(&"1 day ".repeat(60), None);
}

#[test]
fn a_zone_has_its_summer() {
    let now = Timestamp::parse_iso("2026-07-01T12:00:00Z").expect("a valid instant");
    let read = |text| read_date(text, now, Zone::CentralEurope).and_then(Timestamp::to_iso);
    assert_eq!(read("Heute, 09:09").as_deref(), Some("2026-07-01T07:09:00Z"));
    assert_eq!(read("12.12.2025 09:00").as_deref(), Some("2025-12-12T08:00:00Z"));
}
