"""A Spark session for one run: quiet, without its web pages, and heard by this machine alone where it runs on it."""

import logging
import os
import shutil
import signal
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from peelian.wash.errors import WashError

NEEDS_JAVA = (
    "Spark needs Java 17 or newer, and there is none: neither JAVA_HOME nor the path leads to it."
    " On Debian, say: apt-get install default-jre-headless"
)
COMPILED = "-XX:-DontCompileHugeMethods"  # all levels of a pair are one long method
LOG = """\
status = error
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
"""


class Session:
    """Spark as one process that this one started and ends. `spark`: PySpark's session."""

    def __init__(self, master: str, folder: Path, *, memory: str) -> None:
        """Start it. `folder`: where it may write; what it says goes to `spark.log` there.

        Raises WashError where PySpark or Java is not installed, or Spark does not start.
        """
        try:
            gateway_of = import_module("pyspark.java_gateway").launch_gateway
            core, sql = import_module("pyspark"), import_module("pyspark.sql")
        except ImportError as fault:
            raise WashError("Washing on Spark needs the extra requirement `spark`: make install-spark") from fault
        if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
            raise WashError(NEEDS_JAVA)
        logging.getLogger().addFilter(_not_of_py4j)
        conf = core.SparkConf(loadDefaults=False)
        conf.setAll(settings(master, folder, memory=memory).items())
        self.log = folder / "spark.log"
        (folder / "log4j2.properties").write_text(LOG, encoding="utf-8")
        with self.log.open("wb") as heard:
            try:
                self._gateway = gateway_of(conf, {"stdout": heard, "stderr": heard})
            except Exception as fault:
                raise WashError(f"Spark does not start. It said: {self.said()}") from fault
        interrupted = signal.getsignal(signal.SIGINT)
        try:
            self.spark: Any = sql.SparkSession(core.SparkContext(conf=conf, gateway=self._gateway))
        except Exception as fault:
            self._end_java()
            raise WashError(f"Spark does not start at {master}. It said: {self.said()}") from fault
        finally:
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, interrupted)  # PySpark puts its own in its place, for good

    def said(self) -> str:
        """The last lines that Spark wrote to its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " / ".join(lines[-3:]) or "nothing"

    def close(self) -> None:
        """End Spark and its process."""
        try:
            self.spark.stop()
        finally:
            self._end_java()

    def _end_java(self) -> None:
        core = import_module("pyspark").SparkContext
        self._gateway.shutdown()
        self._gateway.proc.stdin.close()  # Java ends when it closes
        self._gateway.proc.wait(timeout=60)
        core._gateway = core._jvm = None  # a later session starts a process of its own
        logging.getLogger().removeFilter(_not_of_py4j)


def _not_of_py4j(record: logging.LogRecord) -> bool:
    """Py4J tells the root logger of every interruption, with its stack; whoever interrupted knows."""
    return Path(record.pathname).parent.name != "py4j"


def settings(master: str, folder: Path, *, memory: str) -> dict[str, str]:
    """What Spark is told. On a cluster, its own `spark-defaults.conf` says the rest."""
    log = f"-Dlog4j2.configurationFile={(folder / 'log4j2.properties').as_uri()}"
    # fmt: off
    told = {
        "spark.master": master,
        "spark.app.name": "Peelian wash",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        # what is not in a list is NULL, and the length of NULL is NULL, as in DuckDB
        "spark.sql.ansi.enabled": "false",
        "spark.sql.legacy.sizeOfNull": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.autoBroadcastJoinThreshold": "64m",
        "spark.driver.extraJavaOptions": f"{COMPILED} {log}",
        "spark.executor.extraJavaOptions": COMPILED,
    }
    # fmt: on
    if master.startswith("local"):
        told |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": memory.lower().replace("gb", "g").replace("mb", "m"),
            "spark.sql.shuffle.partitions": "16",
        }
    return told
