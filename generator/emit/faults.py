# SPDX-License-Identifier: LGPL-2.1-or-later
"""A second table of a driver's hooks, each of which first asks whether a fault was planted.

For drivers with faults="yes" in the index. A connection without faults uses the first table, so
nothing is paid for what is not asked for.
"""

from __future__ import annotations

from .. import model, naming, plan
from ..text import banner, c_call, c_string, join_paragraphs
from . import vtable
from .objects import path_to_connection


def _wrapper(api: model.Api, driver: model.Driver, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    own = function.self
    assert own is not None
    path = path_to_connection(api, api.object(own.type))
    conn = own.name + (f"->{path}" if path else "")
    fault = naming.hook(driver.name, "Fault")
    real = f"{driver.name}Driver.{vtable.group_of(api, function)}->{function.name}"
    return (
        c_call(f"static {lowered.returns}\n{naming.faulty(function.name)}", lowered.declarations,
               "\n{\n")
        + f"    if ({fault}({conn}, {c_string(function.name)}) < 0)\n"
        f"        return {lowered.failed};\n"
        + c_call(f"    return {real}", lowered.arguments, ";\n}")
    )


def source(api: model.Api, driver: model.Driver) -> str:
    functions = vtable.supported(api, driver)
    blocks = [f'#include "driver/{driver.name}.h"\n\n#include <stddef.h>',
              '#include "runtime/connect.h"\n#include "runtime/objects.h"']
    blocks += [_wrapper(api, driver, f) for f in functions]
    names = "".join(f"    {c_string(f.name)},\n" for f in functions)
    blocks.append(f"const char *const {driver.name}FaultFunctions[] = {{\n{names}    NULL,\n}};")
    blocks += vtable.tables(api, driver, "Faulty", lambda f: naming.faulty(f.name))
    purpose = f"/* Hooks of the {driver.name} driver that fail when asked to. */\n\n"
    return banner("api.xml and api/*.xml") + purpose + join_paragraphs(blocks)
