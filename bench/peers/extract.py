"""Peer of `bench extract`: pages to listings with extruct, selectolax or parsel.

Reads one JSON request a line on stdin and answers with one JSON line:
  {"do": "versions"}                                         -> {"extruct_ld": "...", ...}
  {"do": "rows", "with": W, "kind": K}                       -> {"rows": [[title, url, minor, currency, image, condition], ...]}
  {"do": "slice", "with": W, "kind": K, "cpu_seconds": S}    -> {"pages_per_cpu_s": ...}
Pages lie in the folder of the first argument as <kind>-<n>.html. Each tool is used as its manual shows.
"""

import json
import pathlib
import sys
import time
from importlib.metadata import version

import extruct
import parsel
from price_parser import Price
from selectolax.lexbor import LexborHTMLParser

FOLDER = pathlib.Path(sys.argv[1])
BASE = "https://shop.example/"


def from_product(product):
    offer = product.get("offers") or {}
    price = Price.fromstring(str(offer.get("price", "")), currency_hint=offer.get("priceCurrency"))
    minor = None if price.amount is None else int(price.amount * 100)
    condition = (offer.get("itemCondition") or "").rsplit("/", 1)[-1]
    return [product.get("name"), product.get("url"), minor, offer.get("priceCurrency"), product.get("image"), condition]


def extruct_ld(html):
    data = extruct.extract(html, base_url=BASE, syntaxes=["json-ld"])
    rows = []
    for block in data["json-ld"]:
        if block.get("@type") == "ItemList":
            rows.extend(from_product(element["item"]) for element in block["itemListElement"])
    return rows


def extruct_microdata(html):
    data = extruct.extract(html, base_url=BASE, syntaxes=["microdata"])
    rows = []
    for item in data["microdata"]:
        properties = dict(item["properties"])
        properties["offers"] = properties["offers"]["properties"]
        rows.append(from_product(properties))
    return rows


def dollars(text):
    """The cards' prices have one form; a general parser would only slow the peer down."""
    return int(text.strip().removeprefix("$").replace(",", "").replace(".", ""))


def selectolax(html):
    rows = []
    for card in LexborHTMLParser(html).css("li.s-card"):
        link = card.css_first("a.s-card__link").attributes["href"]
        rows.append([
            card.css_first(".s-card__title span").text(strip=True),
            link.split("?", 1)[0],
            dollars(card.css_first(".s-card__price").text()),
            "USD",
            card.css_first("img.s-card__image").attributes["src"],
            card.css_first(".s-card__subtitle").text(strip=True),
        ])
    return rows


def parsel_cards(html):
    rows = []
    for card in parsel.Selector(text=html).css("li.s-card"):
        rows.append([
            card.css(".s-card__title span::text").get().strip(),
            card.css("a.s-card__link::attr(href)").get().split("?", 1)[0],
            dollars(card.css(".s-card__price::text").get()),
            "USD",
            card.css("img.s-card__image::attr(src)").get(),
            card.css(".s-card__subtitle span::text").get().strip(),
        ])
    return rows


TOOLS = {
    "extruct_ld": extruct_ld,
    "extruct_microdata": extruct_microdata,
    "selectolax": selectolax,
    "parsel": parsel_cards,
}


def pages(kind):
    return [path.read_text() for path in sorted(FOLDER.glob(f"{kind}-*.html"))]


def run_slice(tool, kind, cpu_seconds):
    loaded = pages(kind)
    done = 0
    begin = time.process_time()
    while True:
        tool(loaded[done % len(loaded)])
        done += 1
        spent = time.process_time() - begin
        if spent >= cpu_seconds:
            return {"pages_per_cpu_s": done / spent}


def answer(request):
    if request["do"] == "versions":
        extruct_version = f"extruct {version('extruct')} + price-parser {version('price-parser')}"
        return {
            "extruct_ld": extruct_version,
            "extruct_microdata": extruct_version,
            "selectolax": f"selectolax {version('selectolax')}",
            "parsel": f"parsel {version('parsel')}",
        }
    tool = TOOLS[request["with"]]
    if request["do"] == "rows":
        return {"rows": [row for page in pages(request["kind"]) for row in tool(page)]}
    return run_slice(tool, request["kind"], request["cpu_seconds"])


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
