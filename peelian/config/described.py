"""Every environment variable that Peelian reads, in words; printed into docs/reference/settings.md."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """`unset`: what happens where the variable is not set."""

    name: str
    words: str
    unset: str
    example: str = ""


VARIABLES = (
    Variable(
        "PEELIAN_HOME",
        "The folder where the database (if it is SQLite), keys and files lie. Back it up; keep it from other accounts.",
        "`var/` beside the program",
        "/srv/peelian",
    ),
    Variable(
        "PEELIAN_DATABASE",
        "The database, as a URL: PostgreSQL or a SQLite file.",
        "`peelian.sqlite3` in PEELIAN_HOME",
        "postgresql://peelian:secret@127.0.0.1:5432/peelian",
    ),
    Variable(
        "PEELIAN_SECRET_KEY",
        "The key that signs sessions. Every server process of one installation needs the same.",
        "made once, in `keys/session.key` under PEELIAN_HOME",
    ),
    Variable(
        "PEELIAN_HOSTS",
        "Host names that the server answers to, separated by commas.",
        "this machine alone: `127.0.0.1,localhost,[::1]`",
        "peelian.force.example",
    ),
    Variable(
        "PEELIAN_ORIGINS",
        "Origins that a form may come from when a proxy ends TLS, with their scheme, separated by commas.",
        "none beside the server's own",
        "https://peelian.force.example",
    ),
    Variable(
        "PEELIAN_SECOND_FACTOR",
        "`required`: nobody goes past the sign-in without a passkey or a one-time code; `optional`: they may.",
        "`required`",
    ),
    Variable(
        "PEELIAN_INVESTIGATORS_HOLD",
        "Accreditations, separated by semicolons, of which an investigator must hold one on the day they are given a"
        " matter. Written as in the register of people.",
        "none is asked for; the accreditations that each person holds are shown",
        "Investigator, PIP level 2; Professional standards investigator",
    ),
    Variable(
        "PEELIAN_CLAMD",
        "Where ClamAV’s clamd listens: `unix:/path/to/socket` or `tcp:host:port`. Once set, no file of a matter is kept"
        " that it did not pass, and none while it does not answer.",
        "files are not scanned, and their pages say so",
        "unix:/run/clamav/clamd.ctl",
    ),
    Variable(
        "PEELIAN_CLAMD_MOST_MB",
        "The largest file that clamd scans, in millions of bytes: its `MaxFileSize`, `MaxScanSize` and"
        " `StreamMaxLength` are at least as much. Past them it calls a file clean that it did not read, so"
        " no larger one is kept.",
        "100",
    ),
    Variable(
        "PEELIAN_FILE_MOST_MB",
        "The largest file that may be kept on a matter, in millions of bytes.",
        "1000",
    ),
    Variable(
        "PEELIAN_WASHES",
        "Where the page *Wash a workforce* looks for workforces: a folder for each, with its manifest `wash.toml`.",
        "`washes` in `PEELIAN_HOME`",
        "/srv/washes",
    ),
    Variable(
        "PEELIAN_WASH_ENGINE",
        "What weighs the pairs of `peelian wash run`: `duckdb`, or `spark`, which needs `make install-spark` and Java"
        " 17 or newer. Both find the same pairs with the same weights. Nights are washed by DuckDB.",
        "`duckdb`",
        "spark",
    ),
    Variable(
        "PEELIAN_SPARK_MASTER",
        "Where Spark is: the address of a cluster’s master.",
        "Spark runs on this machine, heard by it alone",
        "spark://cluster.force.example:7077",
    ),
    Variable(
        "PEELIAN_SPARK_FOLDER",
        "A folder that this machine and all of Spark’s see under the same path. While a wash runs it holds what the"
        " store holds: encrypt it, and give it to the account of the wash alone.",
        "the folder of the store",
        "/srv/shared/wash",
    ),
    Variable(
        "JAVA_HOME", "Where Java lies, for the wash on Spark.", "the `java` on the path", "/usr/lib/jvm/default-java"
    ),
    Variable(
        "PEELIAN_SESSION_IDLE_MINUTES",
        "Minutes without a click after which a session ends.",
        "30",
    ),
    Variable(
        "PEELIAN_OWN_VIEW_TRIES",
        "How many wrong references or codes at `/your-matter/` one network address may send before it has to wait.",
        "20",
    ),
    Variable(
        "PEELIAN_OWN_VIEW_WAIT_MINUTES",
        "Within how many minutes they are counted, and for how many minutes it then has to wait.",
        "15",
    ),
    Variable(
        "PEELIAN_PROXIES",
        "How many proxies of your own stand before the server, each of which adds the address it was asked from to"
        " `X-Forwarded-For`. Behind a proxy and unset, all visitors count as one address.",
        "0: the address that the server itself was asked from",
        "1",
    ),
    Variable("PEELIAN_SESSION_HOURS", "Hours after which a session ends whatever is done in it.", "12"),
    Variable(
        "PEELIAN_OIDC_URL",
        "The force's own directory (OpenID Connect): its issuer's address. Set with the three below.",
        "no directory; passwords and passkeys alone",
        "https://login.force.example/tenant/v2.0",
    ),
    Variable("PEELIAN_OIDC_CLIENT", "The name by which the directory knows Peelian.", "empty", "peelian"),
    Variable("PEELIAN_OIDC_SECRET", "The secret that goes with it.", "empty"),
    Variable("PEELIAN_OIDC_NAME", "What the button on the sign-in page calls the directory.", "a general name"),
    Variable(
        "PEELIAN_DEMONSTRATION",
        "`1` says on every page that every person here is invented. `peelian serve` sets it, and makes the second"
        " factor optional, where `peelian demo` has filled the database.",
        "not a demonstration",
        "1",
    ),
    Variable("PORT", "The port of `peelian serve` and `make run` on 127.0.0.1.", "8000", "8080"),
)
