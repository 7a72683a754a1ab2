"""The wash beside the same others, with five million records: see `wash`."""

from benchmarks.figures import report
from benchmarks.wash import measure

if __name__ == "__main__":
    report(lambda words: measure(["--records", "5m", *words]))
