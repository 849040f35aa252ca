"""Peer of `bench refs`: the listed reference in a title with pyahocorasick, re and rapidfuzz.

Reads one JSON request a line on stdin and answers with one JSON line:
  {"do": "versions"}                                       -> {"ahocorasick": "...", "re": "...", "rapidfuzz": "..."}
  {"do": "load", "refs": N}                                -> {"ok": true}
  {"do": "ids", "with": W, "titles": K}                    -> {"ids": [id or -1, ...]} of the first K titles
  {"do": "slice", "with": W, "cpu_seconds": S}             -> {"titles_per_cpu_s": ...}
titles.txt and refs-<N>.txt lie in the folder of the first argument. A reference counts where it stands as a
word of its own; of those that begin first, the longest.
"""

import json
import pathlib
import platform
import re
import sys
import time
from importlib.metadata import version

import ahocorasick
from rapidfuzz import fuzz, process

FOLDER = pathlib.Path(sys.argv[1])
TITLES = (FOLDER / "titles.txt").read_text().splitlines()
CHUNK = re.compile(r"[A-Z0-9]+(?:[./-]+[A-Z0-9]+)*")
PARTS = re.compile(r"[A-Z0-9]+")
state = {}


def load(count):
    refs = (FOLDER / f"refs-{count}.txt").read_text().splitlines()
    automaton = ahocorasick.Automaton()
    for place, ref in enumerate(refs):
        automaton.add_word(ref, (place, len(ref)))
    automaton.make_automaton()
    state.update(refs=refs, automaton=automaton, known={ref: place for place, ref in enumerate(refs)})
    return {"ok": True}


def with_ahocorasick(title):
    title = title.upper()
    best, best_start, best_length = -1, len(title), 0
    for last, (place, length) in state["automaton"].iter(title):
        start = last - length + 1
        if start > best_start or (start == best_start and length <= best_length):
            continue
        if (start and title[start - 1].isalnum()) or (last + 1 < len(title) and title[last + 1].isalnum()):
            continue
        best, best_start, best_length = place, start, length
    return best


def with_re(title):
    known = state["known"]
    for chunk in CHUNK.findall(title.upper()):
        place = known.get(chunk)
        if place is not None:
            return place
        if not chunk.isalnum():
            spans = [part.span() for part in PARTS.finditer(chunk)]
            for first, (start, _) in enumerate(spans):
                for _, end in reversed(spans[first:]):
                    place = known.get(chunk[start:end])
                    if place is not None:
                        return place
    return -1


def with_rapidfuzz(title):
    found = process.extractOne(title.upper(), state["refs"], scorer=fuzz.partial_ratio, score_cutoff=95)
    return found[2] if found else -1


TOOLS = {"ahocorasick": with_ahocorasick, "re": with_re, "rapidfuzz": with_rapidfuzz}


def run_slice(tool, cpu_seconds):
    done = 0
    begin = time.process_time()
    while True:
        batch = 1 if tool is with_rapidfuzz else 500
        for at in range(done, done + batch):
            tool(TITLES[at % len(TITLES)])
        done += batch
        spent = time.process_time() - begin
        if spent >= cpu_seconds:
            return {"titles_per_cpu_s": done / spent}


def answer(request):
    if request["do"] == "versions":
        return {
            "ahocorasick": f"pyahocorasick {version('pyahocorasick')}",
            "re": f"python re {platform.python_version()}",
            "rapidfuzz": f"rapidfuzz {version('rapidfuzz')} extractOne(partial_ratio)",
        }
    if request["do"] == "load":
        return load(request["refs"])
    tool = TOOLS[request["with"]]
    if request["do"] == "ids":
        return {"ids": [tool(title) for title in TITLES[: request["titles"]]]}
    return run_slice(tool, request["cpu_seconds"])


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
