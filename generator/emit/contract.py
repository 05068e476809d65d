# SPDX-License-Identifier: LGPL-2.1-or-later
"""Contract tests: every entry point called rightly and wrongly, and the errors that must follow."""

from __future__ import annotations

from .. import checks, model, naming, plan
from ..cases import Case, Form, Value, Writer, cases, first_mistake, member
from ..checks import HOOKED, Check, Mistake
from ..model import Kind, ReturnKind, Shape
from ..text import banner, c_call, c_string, join_paragraphs
from . import objects, vtable

# Without a driver these still do something when called rightly; it must agree with its error.
_HONEST = frozenset({Shape.GETTER, Shape.PARENT, Shape.LOCAL})


# --- the fixture ----------------------------------------------------------------------------------


def _sample(key: model.Key, item: model.Object) -> str:
    match key.type.kind:
        case Kind.STRING:
            return c_string(f"{item.argument}-{key.name}")
        case Kind.UUID:
            return "contractUUID"
        case _:
            return "1"


def fixture(api: model.Api) -> str:
    """A handle of every object, made without a driver; and what looks objects up."""
    members = "".join(
        f"    {naming.pointer(api, item.name)} {member(item)};\n" for item in api.objects
    )
    identified = [o for o in api.objects if any(k.type.kind is Kind.UUID for k in o.keys)]
    uuids = "".join(f"    unsigned char {member(o)}[VIR_UUID_BUFLEN];\n" for o in identified)
    texts = "".join(f"    char {member(o)}[VIR_UUID_STRING_BUFLEN];\n" for o in identified)
    blocks = [
        "#pragma once",
        "#include <libvirt/libvirt.h>\n#include <libvirt/libvirt-admin.h>",
        f"/* A handle of every object. */\ntypedef struct {{\n{members}}} ContractHandles;",
        f"/* UUIDs of objects to look up. */\ntypedef struct {{\n{uuids}}} ContractUUIDs;\n\n"
        f"typedef struct {{\n{texts}}} ContractUUIDTexts;",
    ]
    return banner("api/*.xml") + "/* What contract and differential tests call with. */\n\n" + (
        join_paragraphs(blocks)
    )


def makers(api: model.Api) -> str:
    """Functions that fill a set of handles without a driver, and release it."""
    makes, frees = "", ""
    for item in api.objects:
        if item.name in objects.BY_HAND:
            continue
        parent = api.object(item.parent)
        arguments = [f"to->{member(parent)}"] + [_sample(key, item) for key in item.keys]
        makes += c_call(f"    to->{member(item)} = {naming.typedef(api, item.name)}New", arguments,
                        ";\n")
        frees = f"    virHandleUnref(&of->{member(item)}->handle);\n" + frees
    blocks = [
        '#include "contract/contract.h"',
        '#include "runtime/objects.h"',
        "static const unsigned char contractUUID[VIR_UUID_BUFLEN] = "
        "{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };",
        f"void\ncontractMakeHandles(ContractHandles *to)\n{{\n{makes}}}",
        f"void\ncontractFreeHandles(ContractHandles *of)\n{{\n{frees}}}",
    ]
    return banner("api/*.xml") + "/* Handles without a driver. */\n\n" + join_paragraphs(blocks)


# --- one function ---------------------------------------------------------------------------------


def _failed(lowered: plan.Lowered, call: str) -> str:
    """An expression that makes the call and tells whether it returned its failure value."""
    returns = lowered.function.returns
    if returns.kind is ReturnKind.NONE:
        return f"({call}, true)"
    if lowered.failure == "NULL":
        return f"!{call}"
    if lowered.failure.startswith("-") and lowered.returns.startswith("unsigned"):
        return f"{call} == ({lowered.returns}) {lowered.failure}"
    return f"{call} == {lowered.failure}"


def _owned(api: model.Api, lowered: plan.Lowered, call: str) -> str:
    """The same for a call that may succeed: what it hands out is released."""
    returns = lowered.function.returns
    if returns.kind is ReturnKind.STRING and returns.transfer == "full":
        return f"!contractTakeString({call})"
    if returns.kind is ReturnKind.VALUE and returns.type is not None and (
            returns.type.kind is Kind.RECORD and returns.transfer == "full"):
        name = returns.type.name
        free = next(f for f in api.functions if f.name in (f"{name}Free", f"Free{name}"))
        return f"({naming.function(api, free.name)}({call}), true)"
    return _failed(lowered, call)


def _delivered(api: model.Api, lowered: plan.Lowered, case: Case, mistake: Check | None) -> str:
    """The connection that gets a copy of the error, NULL when the call never knows it."""
    own = lowered.function.self
    if own is None or own.type.startswith("Adm"):
        return "NULL"
    if mistake is not None and mistake.mistake is Mistake.HANDLE and mistake.parameter == own.name:
        return "NULL"
    return "f->ro.conn" if case.read_only else "f->rw.conn"


def _line(api: model.Api, lowered: plan.Lowered, case: Case, found: tuple[Check, ...]) -> str:
    function = lowered.function
    mistake = first_mistake(case, found)
    call = f"{naming.function(api, function.name)}({', '.join(Writer(api, lowered, case).arguments())})"
    conn = _delivered(api, lowered, case, mistake)
    own = function.self
    if own is not None and own.nullable and case.value(own.name).form is Form.NULL:
        return (f"    contractHonest(f, {c_string(case.name)}, {_failed(lowered, call)},\n"
                f"                   NULL);")
    if mistake is not None and function.errors == "keep":
        return f"    contractSilent(f, {c_string(case.name)}, {_failed(lowered, call)});"
    if mistake is not None:
        domain, code = mistake.domain, mistake.code
    elif function.shape in HOOKED or function.shape is Shape.LOOKUP_STRING:
        domain, code = checks.unsupported(api, function)
    elif function.shape in _HONEST:
        return (f"    contractHonest(f, {c_string(case.name)}, {_owned(api, lowered, call)},\n"
                f"                   {conn});")
    elif not found:
        return f"    contractCalled(f, {c_string(case.name)}, {_owned(api, lowered, call)});"
    else:
        return ""
    return (f"    contractFails(f, {c_string(case.name)}, {_failed(lowered, call)},\n"
            f"                  {conn}, VIR_FROM_{domain}, VIR_ERR_{code});")


def _function(api: model.Api, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    found = checks.checks(api, lowered)
    lines = []
    for case in cases(api, lowered):
        # With nothing to violate one call is enough, and a number may have any meaning.
        if not found and case.name != "good":
            continue
        # A class that hides behind NULL in the list of a domain is not looked at by the checks.
        if case.has(Form.FREED) and case.read_only:
            continue
        lines.append(_line(api, lowered, case, found))
    body = "\n".join(line for line in lines if line)
    return f"static void\ncontract{function.name}(Contract *f)\n{{\n{body}\n}}"


def source(api: model.Api, module: model.Module) -> str:
    """The tests of one module's functions."""
    blocks = [f'#include <libvirt/{module.header}>\n#include <libvirt/virterror.h>',
              '#include "contract/contract.h"']
    blocks += [_function(api, function) for function in module.functions]
    rows = "".join(
        f"    {{ {c_string(naming.function(api, f.name))}, contract{f.name} }},\n"
        for f in module.functions
    )
    blocks.append(f"const ContractFunction {table(module)}[] = {{\n{rows}    {{ NULL, NULL }},\n}};")
    purpose = f"/* Contracts of the functions of api/{module.name}.xml. */\n\n"
    return banner(f"api/{module.name}.xml") + purpose + join_paragraphs(blocks)


def driver(api: model.Api, driver: model.Driver) -> str:
    """The flags that a driver's table must refuse: those it does not support, and one unknown."""
    local = vtable.by_runtime(api, driver)
    blocks = ['#include "contract/contract.h"', f'#include "driver/{driver.name}.h"']
    rows = ""
    for function in vtable.supported(api, driver):
        flags = vtable.flags_argument(function)
        if flags is None or function.name in local:
            continue
        lowered = plan.lower(api, function)
        mask = vtable.supported_flags(api, driver, function)
        refused = [Case("unknown", (("flags", Value(Form.UNKNOWN)),))]
        for name in flags.type.names:
            enum = api.enum(name)
            refused += [Case(f"{enum.prefix}{v.name}",
                             (("flags", Value(Form.BITS, (f"{enum.prefix}{v.name}",))),))
                        for v in enum.values if v.value & ~mask]
        lines = ""
        for case in refused:
            arguments = ", ".join(Writer(api, lowered, case).arguments())
            call = f"table->{vtable.group_of(api, function)}->{function.name}({arguments})"
            lines += (f"    contractRefuses(f, {c_string(case.name)}, {_failed(lowered, call)},\n"
                      f"                    VIR_FROM_{driver.error_domain}, VIR_ERR_INVALID_ARG);\n")
        hook = naming.hook(driver.name, function.name)
        blocks.append(
            f"static void\nrefuse{function.name}(Contract *f)\n{{\n"
            f"    const virDriver *table = contractDriver({c_string(driver.name)});\n\n{lines}}}"
        )
        rows += f"    {{ {c_string(hook)}, refuse{function.name} }},\n"
    blocks.append(f"const ContractFunction contractDriver{driver.name.capitalize()}[] = {{\n"
                  f"{rows}    {{ NULL, NULL }},\n}};")
    purpose = f"/* Flags that the {driver.name} driver does not know. */\n\n"
    return banner("api.xml and api/*.xml") + purpose + join_paragraphs(blocks)


def table(module: model.Module) -> str:
    return f"contract{naming.camel(module.name.replace('-', '_'))}Functions"


def tested(api: model.Api) -> list[model.Module]:
    return [module for module in api.modules if module.functions]


def index(api: model.Api, drivers: tuple[model.Driver, ...] = ()) -> str:
    """The list of all tables, and how many functions the specification has."""
    externs = "\n".join(f"extern const ContractFunction {table(m)}[];" for m in tested(api))
    rows = "".join(f"    {table(m)},\n" for m in tested(api))
    blocks = [
        '#include "contract/contract.h"', externs,
        f"const ContractFunction *const contractTables[] = {{\n{rows}    NULL,\n}};\n\n"
        f"const int contractFunctionCount = {len(api.functions)};",
    ]
    if drivers:
        names = [f"contractDriver{one.name.capitalize()}" for one in drivers]
        blocks.append("\n".join(f"extern const ContractFunction {name}[];" for name in names))
        rows = "".join(f"    {name},\n" for name in names)
        blocks.append(f"const ContractFunction *const contractDrivers[] = {{\n{rows}    NULL,\n}};")
    return banner("api/*.xml") + "/* All contract tests. */\n\n" + join_paragraphs(blocks)
