"""DuckDB's SQL as Spark speaks it, so that both engines are given one description of what is compared."""

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator
from sqlglot.parsers.duckdb import DuckDBParser


class Held(DuckDB):
    """DuckDB's dialect as the wash writes it: `len` is of lists and `length` of strings."""

    class Parser(DuckDBParser):
        FUNCTIONS = {
            **DuckDBParser.FUNCTIONS,
            "LEN": lambda said: exp.ArraySize(this=said[0]),
        }


class Spoken(Spark):
    """Spark's dialect, with every number that has a point as a double: Spark would make decimals of them and round."""

    class Generator(SparkGenerator):
        TRANSFORMS = {
            **SparkGenerator.TRANSFORMS,
            exp.ArrayOverlaps: lambda self, one: self.func("arrays_overlap", one.this, one.expression),
        }

        def literal_sql(self, expression: exp.Literal) -> str:
            said = super().literal_sql(expression)
            is_whole = expression.is_string or said.lstrip("-").isdigit()
            return said if is_whole else f"{said}D"


def spoken(sql: str) -> str:
    """`sql` in Spark's words: what it gives of the same rows is the same.

    Lists are counted from 1 in DuckDB's words and from 0 in Spark's; what is not there is NULL in both (Spark's ANSI
    mode, which would fail, is off). Both sort NULL last where nothing else is said.
    """
    tree = parsed(sql)
    for cte in tree.find_all(exp.CTE):
        cte.set("materialized", None)
    return tree.transform(_slices).sql(dialect=Spoken)


def parsed(sql: str) -> exp.Expr:
    """`sql`, one statement as the wash writes it, as a tree."""
    tree = Held().parse(sql)[0]
    assert tree is not None
    return tree


def tables(sql: str) -> set[str]:
    """The names of the tables that `sql` reads, without what it names itself."""
    tree = parsed(sql)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {one.name for one in tree.find_all(exp.Table)} - own - {""}


def _slices(node: exp.Expr) -> exp.Expr:
    """`x[a:b]` of a string, both ends counted in, as `substring(x, a, b - a + 1)`."""
    if not isinstance(node, exp.Bracket) or not isinstance(node.expressions[0], exp.Slice):
        return node
    part = node.expressions[0]
    first = int(part.this.name) if part.this else 1
    length = [exp.Literal.number(int(part.expression.name) - first + 1)] if part.expression else []
    return exp.func("substring", node.this, exp.Literal.number(first), *length, dialect=Spark)
