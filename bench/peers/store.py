"""Peer of `bench store`: Python's sqlite3 with FTS5 kept by row triggers, and tantivy.

One JSON line in, one JSON line out; `crates/bench/src/store.rs` is the other side. Each side is given its
best: the same tables, indexes and prefix indexes as ours for sqlite3, and for tantivy the fastest query
that finds every prefix (a phrase prefix query stops at 50 words, so it misses hits).
"""

import json
import sqlite3
import sys
import time

import tantivy


class Rows:
    """sqlite3 with the store's own tables, the word index filled by a trigger on every row."""

    def __init__(self, path, migration):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("pragma page_size = 8192")
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma synchronous = full")
        schema = open(migration, encoding="utf-8").read()
        before, after = schema.split("create virtual table listing_words")
        after = after.split("values ('hashsize'", 1)[1].split(";", 1)[1]
        self.db.executescript(before + after)
        # Contentless-delete needs SQLite 3.43; Python may bring an older one, so the text is external.
        self.db.executescript(
            """
            create virtual table listing_words using fts5 (
                words, content = 'listings', content_rowid = 'seq', detail = none,
                prefix = '1 2 3 4 5 6 7 8', tokenize = 'ascii');
            create trigger listings_indexed after insert on listings begin
                insert into listing_words (rowid, words) values (new.seq, new.words);
            end;
            """
        )
        self.columns = None

    def insert(self, path, transaction):
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        listings = [row["listing"] for row in rows]
        documents = [(row["listing"][0], row["document"], None, 0) for row in rows]
        marks = ", ".join("?" * len(listings[0]))
        begun = time.process_time()
        for start in range(0, len(listings), transaction):
            part = slice(start, start + transaction)
            self.db.execute("begin immediate")
            self.db.executemany(f"insert into listings values ({marks})", listings[part])
            self.db.executemany("insert into listing_documents values (?, ?, ?, ?)", documents[part])
            self.db.execute("commit")
        return time.process_time() - begun

    def search(self, words):
        match = " AND ".join(f'"{word}" *' for word in words)
        found = self.db.execute(
            "select rowid from listing_words where listing_words match ? order by rowid desc limit 50",
            (match,),
        )
        return [row[0] for row in found]

    def rows(self):
        return self.db.execute("select count(*) from listings").fetchone()[0]


class Words:
    """tantivy over the same folded words, newest first by a fast field."""

    def __init__(self, path):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field(
            "words", stored=False, tokenizer_name="whitespace", index_option="basic"
        )
        builder.add_unsigned_field("seq", stored=False, indexed=False, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=path)
        self.writer = self.index.writer(256_000_000, 1)

    def add(self, path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                seq, words = line.rstrip("\n").split("\t")
                document = tantivy.Document()
                document.add_text("words", words)
                document.add_unsigned("seq", int(seq))
                self.writer.add_document(document)

    def finish(self):
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        return self.searcher.num_docs

    def search(self, words):
        begun = time.perf_counter()
        terms = [
            tantivy.Query.fuzzy_term_query(self.schema, "words", word, distance=0, prefix=True)
            for word in words
        ]
        query = terms[0]
        if len(terms) > 1:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
        found = self.searcher.search(
            query, 50, count=False, order_by_field="seq", order=tantivy.Order.Desc
        )
        ids = [hit[0] for hit in found.hits]
        return time.perf_counter() - begun, ids


def first_rows(path, sql):
    """Opens the database as a script would, and reads the rows."""
    begun = time.perf_counter()
    db = sqlite3.connect(path)
    rows = db.execute(sql).fetchall()
    taken = time.perf_counter() - begun
    db.close()
    return taken, [row[0] for row in rows]


def main():
    rows = words = None
    for line in sys.stdin:
        ask = json.loads(line)
        match ask["do"]:
            case "versions":
                answer = {"sqlite": sqlite3.sqlite_version, "tantivy": "0.27.0"}
            case "make_rows":
                rows, answer = Rows(ask["path"], ask["migration"]), {}
            case "insert":
                answer = {"seconds": rows.insert(ask["path"], ask["transaction"])}
            case "find_rows":
                answer = {"ids": rows.search(ask["words"]), "rows": rows.rows()}
            case "make_words":
                words, answer = Words(ask["path"]), {}
            case "add_words":
                words.add(ask["path"])
                answer = {}
            case "finish_words":
                answer = {"rows": words.finish()}
            case "search":
                seconds, ids = words.search(ask["words"])
                answer = {"seconds": seconds, "ids": ids}
            case "open":
                seconds, ids = first_rows(ask["path"], ask["sql"])
                answer = {"seconds": seconds, "ids": ids}
        print(json.dumps(answer), flush=True)


main()
