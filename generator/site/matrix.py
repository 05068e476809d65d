# SPDX-License-Identifier: LGPL-2.1-or-later
"""The support matrix for programs: one row per function as CSV, and all of it with flags as JSON."""

from __future__ import annotations

import csv
import io
import json

from .. import naming
from ..model import Function
from ..emit import vtable
from .reference import Reference, drivers_of, is_answered_by_drivers


def _support(reference: Reference, function: Function) -> dict[str, str]:
    found = drivers_of(reference.api, function, reference.sent)
    return {driver.name: since for driver, since, _ in found}


def as_csv(reference: Reference) -> str:
    """Function, object, since, who answers, and the release since when each driver does."""
    api, text = reference.api, io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["function", "object", "since", "answered by", *(d.name for d in api.known_drivers)])
    for function in api.functions:
        by = _support(reference, function)
        home = "driver" if is_answered_by_drivers(function) else "library"
        writer.writerow([naming.function(api, function.name), reference.object_of(function), function.since,
                         home, *(by.get(d.name, "") for d in api.known_drivers)])
    return text.getvalue()


def as_json(reference: Reference) -> str:
    """The same as an object, with the flags that each driver takes."""
    api, rows = reference.api, []
    for function in api.functions:
        row: dict[str, object] = {
            "name": naming.function(api, function.name), "object": reference.object_of(function),
            "since": function.since,
            "answeredBy": "driver" if is_answered_by_drivers(function) else "library",
            "support": _support(reference, function)}
        argument = vtable.flags_argument(function)
        flags = {
            f"{enum.prefix}{value.name}": [
                d.name for d in api.drivers
                if (mask := reference.masks.get((d.name, function.name))) is not None
                and value.value & mask == value.value]
            for name in (argument.type.names if argument is not None else ()) if name != "ReservedFlags"
            for enum in (api.enum(name),) for value in enum.values}
        if flags:
            row["flags"] = flags
        rows.append(row)
    drivers = [{"name": d.name, "about": d.doc.plain} for d in api.known_drivers]
    return json.dumps({"release": api.release, "drivers": drivers, "functions": rows}, indent=1) + "\n"
