"""Many rules that put pairs together, as one pass over the records: Spark starts a job for each part of a union."""

from sqlglot import exp

from peelian.wash.spark.spoken import parsed, spoken


def put_together(candidates: str) -> str:
    """The query `candidates` in Spark's words.

    Where joins for one rule each are among the parts of a union (`candidates.candidate_sql`), each record's keys are
    laid below one another and joined once; the pairs are the same. Any other part is left as it is.
    """
    arms = _arms(parsed(candidates))
    rules = [rule for arm in arms if (rule := _rule(arm))]
    ruled, others = [arm for arm in arms if _rule(arm)], [arm for arm in arms if not _rule(arm)]
    if len(ruled) < 2 or len({_without_rule(arm) for arm in ruled}) > 1:
        return spoken(candidates)
    first = ruled[0].copy()
    laid = ", ".join(f"{number}, k.{column}" for number, column in rules)
    where = spoken(f"SELECT 1 WHERE {first.args['where'].this.sql(dialect='duckdb')}").split(" WHERE ", 1)[1]
    given = ", ".join(one.sql(dialect="spark") for one in first.expressions)
    together = (
        f"SELECT DISTINCT {given} FROM (SELECT k.*, stack({len(rules)}, {laid}) AS (laid_rule, laid_key)"
        f" FROM record_key k WHERE {where}) k"
        f" JOIN {first.args['joins'][0].this.sql(dialect='spark')} ON p.key = k.laid_key"
        " AND p.rule - k.laid_rule = 0"  # not `=`: a key of one number takes Spark a quarter of the memory of two
    )
    return " UNION ".join([together, *(spoken(one.sql(dialect="duckdb")) for one in others)])


def _arms(tree: exp.Expr) -> list[exp.Expr]:
    """The parts of a union without doubles, in order; the whole where it is none."""
    found, left = [], [tree]
    while left:
        one = left.pop()
        if isinstance(one, exp.Union) and one.args.get("distinct"):
            left += [one.expression, one.this]
        else:
            found.append(one)
    return found


def _rule(arm: exp.Expr) -> tuple[int, str] | None:
    """The rule of a part, `p.rule = 3 AND p.key = k.k_born`, as (3, k_born)."""
    joins = arm.args.get("joins") or []
    on = joins[0].args.get("on") if len(joins) == 1 and arm.args.get("where") else None
    match on:
        case exp.And(args={"this": exp.EQ() as rule, "expression": exp.EQ() as key}):
            if rule.this.sql() == "p.rule" and key.this.sql() == "p.key" and key.expression.args["table"].name == "k":
                return int(rule.expression.name), key.expression.name
    return None


def _without_rule(arm: exp.Expr) -> str:
    said = arm.copy()
    for join in said.args.get("joins") or []:
        join.set("on", None)
    return said.sql()
