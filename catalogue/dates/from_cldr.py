"""CLDR's JSON -> cldr.tsv: the words of dates in every language that CLDR knows how to say "3 days ago" in.

Run by hand when CLDR has a new release: unpack the npm packages cldr-dates-full and cldr-units-full and give
both folders: python3 from_cldr.py DATES/package UNITS/package > cldr.tsv
A word is normalised as crates/core/src/date_text/token.rs does it; a test there reads every row back.
"""
import collections
import json
import pathlib
import re
import sys
import unicodedata

UNITS = ["second", "minute", "hour", "day", "week", "month", "year"]
WIDTHS = ["", "-short", "-narrow"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
APOSTROPHES = dict.fromkeys(map(ord, "’ʼʻ‘`´՚Ꞌꞌ＇‵′"), "'")


def fold(text):
    text = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).lower()
    text = "".join(c for c in text if not "\u0300" <= c <= "\u036f" and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", text)


def words(text):
    """Runs of letters, marks, and apostrophes, hyphens and dots between letters."""
    found, word = [], ""
    text = fold(text)
    for at, c in enumerate(text):
        after = text[at + 1] if at + 1 < len(text) else " "
        if letter(c) or (c in "'-." and word and letter(word[-1]) and letter(after)):
            word += c
        elif word:
            found.append(word)
            word = ""
    return found + ([word] if word else [])


def letter(c):
    return unicodedata.category(c)[0] in "LM"


def phrase(text):
    return " ".join(words(text))


def language(tag, dates, units):
    """Rows of one language as {(kind, value): {phrase}}."""
    rows = collections.defaultdict(set)

    def add(kind, value, text):
        if text and phrase(text):
            rows[(kind, str(value))].add(phrase(text))

    fields = load(dates / "main" / tag / "dateFields.json", tag)["fields"]
    calendar = load(dates / "main" / tag / "ca-gregorian.json", tag)["calendars"]["gregorian"]
    names(calendar, add)
    relatives(fields, add)
    patterns = list(relative_patterns(fields))
    marks = markers(patterns)
    for unit, direction, text in patterns:
        before, after = [[word for word in words(part) if word not in marks] for part in text.split("{0}")]
        marked = len(before) + len(after) < len(words(text.replace("{0}", " ")))
        if before and after:
            # Said of too few units for its word to be known as a sign: the one before the number is.
            rows[("sign", direction)].add(" ".join(before))
            rows[("unit", unit)].add(" ".join(after))
        elif before or after:
            rows[("unit" if marked else direction, unit)].add(" ".join(before or after))
    for word, direction in marks.items():
        rows[("sign", direction)].add(word)
    for unit in UNITS:
        for width in WIDTHS:
            name = fields[unit + width].get("displayName", "")
            if not any(c.isdigit() for c in name):
                add("unit", unit, name)
        for text in unit_patterns(units, tag, unit, "unitPattern-"):
            add("unit", unit, text.replace("{0}", " "))
        directed = rows[("past", unit)] | rows[("future", unit)]
        for text in unit_patterns(units, tag, unit, ""):
            # A case that alone says the direction says more there.
            if phrase(text.replace("{0}", " ")) not in directed:
                add("unit", unit, text.replace("{0}", " "))
    order(calendar, rows)
    skips(calendar, add)
    clean(rows)
    return rows


def load(path, tag):
    return json.loads(path.read_text())["main"][tag]["dates"]


def names(calendar, add):
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in calendar["months"][form][width].items():
                if not re.fullmatch(r"[\d월月M ]*\d[\d월月M ]*", name):
                    add("month", number, name)
        for width in ("wide", "abbreviated", "short"):
            for number, day in enumerate(DAYS):
                add("weekday", number, calendar["days"][form].get(width, {}).get(day))
        for width in ("wide", "abbreviated"):
            for half in ("am", "pm"):
                add("half", half, calendar["dayPeriods"][form][width].get(half))


def relatives(fields, add):
    for unit in UNITS:
        for width in WIDTHS:
            for key, text in fields[unit + width].items():
                if key.startswith("relative-type-"):
                    add("relative", f"{unit}:{key.removeprefix('relative-type-')}", text)
                if key.startswith("relativeTime-type-"):
                    sign = "-" if key.endswith("past") else ""
                    for plural, pattern in text.items():
                        number = {"one": 1, "two": 2}.get(plural.rsplit("-", 1)[1])
                        if "{0}" not in pattern and number:
                            add("relative", f"{unit}:{sign}{number}", pattern)
    for number, day in enumerate(DAYS):
        for width in WIDTHS:
            add("weekday", number, fields[day + width].get("relative-type--1"))


def relative_patterns(fields):
    for unit in UNITS:
        for width in WIDTHS:
            for direction in ("past", "future"):
                for text in fields[unit + width].get(f"relativeTime-type-{direction}", {}).values():
                    if "{0}" in text and not text.lstrip().startswith(("-{0}", "+{0}", "−{0}")):
                        yield unit, direction, text


def markers(patterns):
    """Words that several units share say past or future, not a unit."""
    units, directions = collections.defaultdict(set), collections.defaultdict(set)
    for unit, direction, text in patterns:
        for word in words(text.replace("{0}", " ")):
            units[word].add(unit)
            directions[word].add(direction)
    shared = {word: directions[word] for word in units if len(units[word]) >= 3}
    return {word: next(iter(found)) if len(found) == 1 else "none" for word, found in shared.items()}


def unit_patterns(units, tag, unit, prefix):
    try:
        widths = json.loads((units / "main" / tag / "units.json").read_text())["main"][tag]["units"]
    except FileNotFoundError:
        return
    for width in ("long", "short", "narrow"):
        for key, text in widths[width].get(f"duration-{unit}", {}).items():
            if "-count-" in key and key.startswith(prefix):
                yield text


def order(calendar, rows):
    short = calendar["dateFormats"]["short"]
    text = short if isinstance(short, str) else short["_value"]
    letters = "".join(dict.fromkeys(c for c in text.lower() if c in "dmy"))
    rows[("order", letters)].add(letters)


def skips(calendar, add):
    formats = list(calendar["dateFormats"].values()) + list(calendar["timeFormats"].values())
    times = calendar["dateTimeFormats"]
    formats += [times[width] for width in ("full", "long", "medium", "short")]
    formats += [text for text in times["availableFormats"].values()]
    formats += list(calendar.get("dateTimeFormats-atTime", {}).get("standard", {}).values())
    for text in formats:
        text = text if isinstance(text, str) else text.get("_value", "")
        for literal in re.findall(r"'([^']+)'", text):
            for word in words(literal):
                add("skip", "", word)


def clean(rows):
    """A skipped word that means something else is not skipped; a sign that is a unit too is a unit."""
    meaning = set().union(*(found for (kind, _), found in rows.items() if kind not in ("skip", "order")))
    rows[("skip", "")] -= meaning
    unit = set().union(*(found for (kind, _), found in rows.items() if kind == "unit"))
    for direction in ("past", "future"):
        for name in UNITS:
            rows[(direction, name)] -= unit


def main(dates, units):
    print("# Words of dates, made by from_cldr.py from CLDR 48.2 (Unicode licence beside this file). Do not edit.")
    print("# language\tkind\tvalue\twords")
    for folder in sorted((dates / "main").iterdir()):
        tag = folder.name
        script = re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", tag)
        if tag == "und" or not script or not (folder / "dateFields.json").exists():
            continue
        # A language whose months have no names yet has nothing to say.
        calendar = load(folder / "ca-gregorian.json", tag)["calendars"]["gregorian"]
        if calendar["months"]["format"]["wide"]["1"] == "M01":
            continue
        rows = language(tag, dates, units)
        for (kind, value), found in sorted(rows.items()):
            if found:
                print(tag, kind, value, ";".join(sorted(found)), sep="\t")


main(*map(pathlib.Path, sys.argv[1:]))
