#!/usr/bin/env python3
"""Puts the lines of JSON that .github/benchmark.sh collected into a table in Markdown.

    python3 .github/benchmark_table.py FOLDER

The folder has files ROUND.ENGINE.jsonl, such as 1.mtl4j.jsonl and 1.torch.jsonl. In each round the best line of an engine
counts for a cell (an engine may have been tried with several thread set-ups), over the rounds the median. The peer of a
cell is the faster of the other engines.
"""

import collections
import json
import pathlib
import statistics
import sys

OURS = "mtl4j"


def read(folder):
    """Examples a second by cell, engine and round, and the set-up of each engine's best line."""
    rates = collections.defaultdict(lambda: collections.defaultdict(dict))
    setups = {}
    for file in sorted(pathlib.Path(folder).glob("*.*.jsonl")):
        turn, engine = file.name.split(".")[:2]
        for line in map(json.loads, file.read_text().splitlines()):
            cell, rate = (line["case"], line["mode"]), line["samples_per_s"]
            rounds = rates[cell][engine]
            rounds[turn] = max(rate, rounds.get(turn, 0))
            if rate >= setups.get((cell, engine), (0, ""))[0]:
                setups[cell, engine] = rate, line["setup"]
    return rates, setups


def row(cell, engines, setups):
    medians = {engine: statistics.median(rounds.values()) for engine, rounds in engines.items()}
    peers = {engine: rate for engine, rate in medians.items() if engine != OURS}
    fields = [*cell, "-", "-", "-", "-", "-"]
    if OURS in medians:
        fields[2:4] = f"{medians[OURS]:,.0f}", setups[cell, OURS][1]
    if peers:
        peer = max(peers, key=peers.get)
        fields[4:6] = f"{peers[peer]:,.0f}", setups[cell, peer][1]
        if OURS in medians:
            fields[6] = f"{medians[OURS] / peers[peer]:.2f}"
    return fields


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rates, setups = read(sys.argv[1])
    if not rates:
        sys.exit(f"{sys.argv[1]}: no files ROUND.ENGINE.jsonl with lines in them; run .github/benchmark.sh train first")
    rounds = max(len(r) for engines in rates.values() for r in engines.values())
    print(f"Examples trained in a second, median of {rounds} round(s); ratio = MTL4J / fastest peer.\n")
    print("| case | mode | MTL4J | setup | peer | setup | ratio |")
    print("|---|---|--:|---|--:|---|--:|")
    for cell, engines in rates.items():
        print("| " + " | ".join(row(cell, engines, setups)) + " |")


if __name__ == "__main__":
    main()
