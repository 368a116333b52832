"""Expands recurrence rules with python-dateutil: a JSON array of cases in, a JSON array of answers out.

Each case has: rule (without COUNT and UNTIL), count, start (local ISO time), anchor (where the rule begins to
count periods), end (local ISO time), zone. An answer is the list of starts in seconds since 1970 UTC, or
{"refused": "..."} where dateutil refuses the rule.
"""

import datetime
import json
import sys

from dateutil import rrule as rrule_module
from dateutil import tz
from dateutil.rrule import rrulestr


class PastEnd(Exception):
    """Raised where dateutil would go on looking until the year 9999 for a rule without further instances."""


last_month = (9999, 12)
rebuild_year = rrule_module._iterinfo.rebuild


def rebuild(self, year, month):
    if (year, month) > last_month:
        raise PastEnd
    return rebuild_year(self, year, month)


rrule_module._iterinfo.rebuild = rebuild


def rule_times(rule, end):
    try:
        for local in rule:
            if local > end:
                return
            yield local
    except PastEnd:
        return


def to_epoch(local, zone):
    return int(tz.resolve_imaginary(local.replace(tzinfo=zone, fold=0)).timestamp())


def expand(case, zones):
    global last_month
    start = datetime.datetime.fromisoformat(case["start"])
    anchor = datetime.datetime.fromisoformat(case["anchor"])
    end = datetime.datetime.fromisoformat(case["end"])
    is_clock = any(freq in case["rule"] for freq in ("HOURLY", "MINUTELY", "SECONDLY"))
    last_month = (end.year, end.month if is_clock else 12)
    try:
        rule = rrulestr(case["rule"], dtstart=anchor)
    except ValueError as error:
        return {"refused": str(error)}
    locals_ = [start]
    try:
        for local in rule_times(rule, end):
            if len(locals_) == case["count"]:
                break
            if local > start:
                locals_.append(local)
    except ValueError as error:
        return {"refused": str(error)}
    zone = zones.setdefault(case["zone"], tz.gettz(case["zone"]))
    return sorted({to_epoch(local, zone) for local in locals_})


def main():
    zones = {}
    json.dump([expand(case, zones) for case in json.load(sys.stdin)], sys.stdout)


main()
