"""The wash beside the same others, with ten million records; Splink takes some 16 GiB of memory: see `wash`."""

from benchmarks.figures import report
from benchmarks.wash import measure

if __name__ == "__main__":
    report(lambda words: measure(["--records", "10m", *words]))
