# SPDX-License-Identifier: LGPL-2.1-or-later
"""Driver tables: one struct of hooks per group, and each driver's filled table."""

from __future__ import annotations

from collections.abc import Callable

from .. import model, naming, plan
from ..checks import HOOKED, home, known_bits
from ..model import Direction, Kind
from ..text import banner, c_call, join_paragraphs
from . import events

def group_of(api: model.Api, function: model.Function) -> str:
    return home(api, function).driver


def may_be_hooked(function: model.Function) -> bool:
    """Whether a driver may do what the runtime does itself: it has a procedure that says more."""
    public = function.visibility == "public"
    return public and function.shape is model.Shape.LOCAL and function.proc is not None


def hooked(api: model.Api) -> list[model.Function]:
    """The functions a driver implements: public ones, and phases that only the wire knows."""
    return [f for module in api.modules for f in module.all_functions
            if f.shape in HOOKED and f.self is not None or may_be_hooked(f)]


def groups(api: model.Api) -> list[str]:
    """The driver groups in index order; the runtime's own objects are no group."""
    found = dict.fromkeys(group_of(api, f) for f in hooked(api))
    return [group for group in found if group != "runtime"]


def _pointer(api: model.Api, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    space = "" if lowered.returns.endswith("*") else " "
    head = f"    {lowered.returns}{space}(*{function.name})"
    return c_call(head, lowered.declarations, ";")


def header(api: model.Api) -> str:
    blocks = [
        "#pragma once",
        "#include <libvirt/libvirt.h>\n#include <libvirt/libvirt-admin.h>\n"
        "#include <libvirt/libvirt-lxc.h>\n#include <libvirt/libvirt-qemu.h>",
    ]
    for enum in (e for e in api.wire_enums if e.name == model.FEATURES):
        rows = ",\n".join(f"    {enum.prefix}{v.name} = {v.value}" for v in enum.values)
        blocks.append(f"/* {enum.doc.plain} */\ntypedef enum {{\n{rows},\n}} "
                      f"{naming.typedef(api, enum.name)};")
    for group in groups(api):
        name = naming.group_type(group)
        hooks = "\n".join(_pointer(api, f) for f in hooked(api) if group_of(api, f) == group)
        blocks.append(f"typedef struct {name} {name};\nstruct {name} {{\n{hooks}\n}};")
    return banner("api/*.xml") + "/* What a driver can implement; a hook left out is NULL. */\n\n" + (
        join_paragraphs(blocks)
    )


def support_of(api: model.Api, driver: model.Driver, function: model.Function) -> model.Support | None:
    """What the driver does of a function in this release, None for nothing."""
    for support in function.support:
        over = support.until and naming.release_key(support.until) <= naming.release_key(api.release)
        if support.driver == driver.name and not over:
            return support
    return None


def supported(api: model.Api, driver: model.Driver) -> list[model.Function]:
    return [f for f in hooked(api) if support_of(api, driver, f) is not None]


def flags_argument(function: model.Function) -> model.Parameter | None:
    """The parameter whose unknown bits are refused."""
    return next((p for p in function.parameters if p.type.kind is Kind.FLAGS and p.name == "flags"
                 and p.direction is Direction.IN), None)


def supported_flags(api: model.Api, driver: model.Driver, function: model.Function) -> int:
    """The bits of its flags that the driver acts upon."""
    support, flags = support_of(api, driver, function), flags_argument(function)
    assert support is not None and flags is not None
    if support.flags is None:
        return known_bits(api, flags.type)
    values = {f"{e.prefix}{v.name}": v.value for e in api.enums for v in e.values}
    mask = 0
    for name in support.flags:
        mask |= values[name]
    return mask


def is_checked(function: model.Function, local: frozenset[str]) -> bool:
    """Whether the table holds a function that looks at the flags before the hook does."""
    return flags_argument(function) is not None and function.name not in local


def _checked(api: model.Api, driver: model.Driver, function: model.Function) -> str:
    """A table entry that refuses the flags the driver does not know, as its own mistake."""
    lowered = plan.lower(api, function)
    hook_name = naming.hook(driver.name, function.name)
    mask = supported_flags(api, driver, function)
    bits = f"{hex(mask)}u" if mask else "0"
    failure = lowered.failure
    return (
        c_call(f"static {lowered.returns}\n{naming.checked(function.name)}", lowered.declarations, "\n{\n")
        + (f"    if (flags & ~{bits}) {{\n" if mask else "    if (flags != 0) {\n")
        + f"        virEntryFlags(VIR_FROM_{driver.error_domain}, \"{hook_name}\", "
        f"(unsigned int) flags, {bits});\n        return {failure};\n    }}\n"
        + c_call(f"    return {hook_name}", lowered.arguments, ";\n}")
    )


def by_runtime(api: model.Api, driver: model.Driver) -> frozenset[str]:
    """The names of the functions that the runtime answers for a driver."""
    return events.by_runtime(api) if driver.events is model.EventHome.RUNTIME else frozenset()


def hook(driver: model.Driver, function: model.Function, local: frozenset[str]) -> str:
    """The C function that does the work; `local` is what the runtime answers."""
    if function.name in local:
        return naming.local(function.name)
    return naming.hook(driver.name, function.name)


def entry_of(driver: model.Driver, function: model.Function, local: frozenset[str]) -> str:
    """The C function that stands in a driver's table."""
    if is_checked(function, local):
        return naming.checked(function.name)
    return hook(driver, function, local)


def _fault_prototypes(driver: model.Driver) -> list[str]:
    """What the driver's header says of its faults."""
    name = driver.name
    return [
        "/* The table for connections with planted faults. */\n"
        f"extern const virDriver {name}FaultyDriver;",
        "/* The functions that a fault can be planted in, NULL-terminated. */\n"
        f"extern const char *const {name}FaultFunctions[];",
        "/* Suffers what was planted in a function: 0 to go on, -1 with an error raised. */\n"
        f"int {naming.hook(name, 'Fault')}(virConnectPtr conn, const char *function);",
    ]


def driver_header(api: model.Api, driver: model.Driver) -> str:
    blocks = ["#pragma once", '#include "driver/vtable.h"\n#include "runtime/driver.h"']
    blocks.append(f"extern const virDriver {driver.name}Driver;")
    prototypes = [
        f"int {naming.hook(driver.name, 'ConnectOpen')}(virConnectPtr conn, virConnectAuthPtr auth,"
        " unsigned int flags);",
        f"int {naming.hook(driver.name, 'ConnectClose')}(virConnectPtr conn);",
    ]
    if driver.place != "here":
        prototypes += [
            f"int {naming.hook(driver.name, 'ServeBegin')}(void);",
            f"void {naming.hook(driver.name, 'ServeEnd')}(void);",
        ]
    local = by_runtime(api, driver)
    for function in supported(api, driver):
        if function.name in local:
            continue
        lowered = plan.lower(api, function)
        space = "" if lowered.returns.endswith("*") else " "
        head = f"{lowered.returns}{space}{hook(driver, function, local)}"
        prototypes.append(c_call(head, lowered.declarations, ";"))
    blocks.append("\n".join(prototypes))
    if driver.faults:
        blocks += _fault_prototypes(driver)
    return banner("api.xml and api/*.xml") + f"/* Hooks of the {driver.name} driver. */\n\n" + (
        join_paragraphs(blocks)
    )


def _place(driver: model.Driver) -> str:
    """The members that say where a driver is opened."""
    if driver.place == "here":
        return ""
    embedded = "    .embeds = true,\n" if driver.place == "embed" else ""
    return (
        f"    .daemonOnly = true,\n{embedded}"
        f"    .ServeBegin = {naming.hook(driver.name, 'ServeBegin')},\n"
        f"    .ServeEnd = {naming.hook(driver.name, 'ServeEnd')},\n"
    )


def _features(api: model.Api, driver: model.Driver) -> str:
    """The features of the protocol that a driver has, as the row of a set."""
    prefix = next((e.prefix for e in api.wire_enums if e.name == model.FEATURES), "")
    bits = " |\n                ".join(f"1u << {prefix}{name}" for name in driver.features)
    return f"    .features = {bits},\n" if bits else ""


def tables(
    api: model.Api, driver: model.Driver, variant: str, row: Callable[[model.Function], str]
) -> list[str]:
    """One table per group that has hooks, and the driver that names them; `row` gives a hook."""
    blocks = []
    used = []
    name = driver.name + variant
    for group in groups(api):
        functions = [f for f in supported(api, driver) if group_of(api, f) == group]
        if not functions:
            continue
        used.append(group)
        rows = "".join(f"    .{f.name} = {row(f)},\n" for f in functions)
        blocks.append(
            f"static const {naming.group_type(group)} {name}{group.capitalize()} = {{\n{rows}}};"
        )
    schemes = ", ".join(f'"{scheme}"' for scheme in driver.schemes)
    rows = "".join(f"    .{group} = &{name}{group.capitalize()},\n" for group in used)
    blocks.append(
        f"static const char *const {name}Schemes[] = {{ {schemes}, NULL }};\n\n"
        f"const virDriver {name}Driver = {{\n    .name = \"{driver.name}\",\n"
        f"    .schemes = {name}Schemes,\n{_place(driver)}"
        f"    .ConnectOpen = {naming.hook(driver.name, 'ConnectOpen')},\n"
        f"    .ConnectClose = {naming.hook(driver.name, 'ConnectClose')},\n"
        f"{_features(api, driver)}{rows}}};"
    )
    return blocks


def driver_source(api: model.Api, driver: model.Driver) -> str:
    blocks = [f'#include "driver/{driver.name}.h"\n\n#include <stddef.h>',
              '#include "runtime/entry.h"\n#include "runtime/events.h"']
    local = by_runtime(api, driver)
    blocks += [_checked(api, driver, f) for f in supported(api, driver) if is_checked(f, local)]
    blocks += tables(api, driver, "", lambda f: entry_of(driver, f, local))
    return banner("api.xml and api/*.xml") + f"/* The table of the {driver.name} driver. */\n\n" + (
        join_paragraphs(blocks)
    )
