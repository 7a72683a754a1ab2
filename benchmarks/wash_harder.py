"""The wash beside the same others, with records twice as dirty, which no weight was learnt from: see `wash`."""

from benchmarks.figures import report
from benchmarks.wash import measure

if __name__ == "__main__":
    report(lambda words: measure(["--dirt", "harder", *words]))
