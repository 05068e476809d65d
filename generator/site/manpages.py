# SPDX-License-Identifier: LGPL-2.1-or-later
"""A manual page in section 3 for each public function."""

from __future__ import annotations

from .. import model, naming, plan
from ..emit import vtable
from ..emit.headers import prototype
from ..errors import failures
from ..roff import entry, escape, paragraph, strong
from ..text import banner
from . import calls
from .reference import Reference, drivers_of, is_answered_by_drivers

_LINK = {"libvirt": "-lvirt", "libvirt-qemu": "-lvirt-qemu", "libvirt-lxc": "-lvirt-lxc",
         "libvirt-admin": "-lvirt-admin"}


def _sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    text = text.rstrip(".")
    if not text:
        return ""
    first = text.split()[0]
    if not any(c.isupper() or c == "_" for c in first):
        text = text[0].upper() + text[1:]
    return text + "."


def _code(text: str) -> str:
    lines = "".join(escape(line) + "\n" for line in text.rstrip("\n").split("\n"))
    return f".EX\n{lines}.EE\n"


def _parameters(reference: Reference, function: model.Function) -> str:
    out = ""
    for p in plan.lower(reference.api, function).parameters:
        if p.source is not None and p.role == "value" and p.source.doc.plain:
            out += entry(strong(p.name), _sentence(p.source.doc.plain))
    return out


def _flags(reference: Reference, function: model.Function) -> str:
    argument = vtable.flags_argument(function)
    out = ""
    for name in argument.type.names if argument is not None else ():
        enum = reference.api.enum(name) if name != "ReservedFlags" else None
        for value in enum.values if enum is not None else ():
            assert enum is not None
            out += entry(strong(f"{enum.prefix}{value.name}"), _sentence(value.doc.plain))
    return f".SS Flags\n{out}" if out else ""


def page(reference: Reference, function: model.Function) -> str:
    """The text of one page."""
    api = reference.api
    name = naming.function(api, function.name)
    module = api.module_of(function)
    text = prototype(api, function)
    shown = text[text.index("*/\n") + 3:].strip()
    out = banner("api/*.xml", "roff")
    out += f".TH {name} 3 \"\" \"{module.library} {api.release}\" \"Library Functions\"\n"
    brief = function.brief.plain or "function of the library"
    out += f".SH NAME\n{escape(name)} \\- {escape(brief)}\n"
    linked = f" ({_LINK[module.library]})" if module.library in _LINK else ""
    out += f".SH LIBRARY\n{escape(module.library + linked)}\n"
    out += f".SH SYNOPSIS\n.nf\n{strong(f'#include <libvirt/{module.header}>')}\n.PP\n"
    out += "".join(f"{strong(line)}\n" for line in shown.split("\n")) + ".fi\n"
    out += f".SH DESCRIPTION\n{paragraph(_sentence(function.doc.plain or brief))}"
    out += _parameters(reference, function) + _flags(reference, function)
    returns = function.returns.doc.plain
    if returns:
        out += f".SH RETURN VALUE\n{paragraph(_sentence(returns))}"
    errors = "".join(entry(strong(f"VIR_ERR_{f.code}"), f"{f.when}.") for f in failures(api, function))
    if errors:
        out += f".SH ERRORS\n{errors}"
    out += f".SH VERSIONS\nSince {function.since}.\n"
    if is_answered_by_drivers(function):
        found = drivers_of(api, function, reference.sent)
        said = ", ".join(f"{driver.name} (since {since})" for driver, since, _ in found)
        out += f".PP\n{paragraph(f'Drivers that have it: {said}.' if said else 'No driver of this release has it.')}"
    out += f".SH EXAMPLES\n{_code(calls.in_c(api, function))}"
    return out + ".SH SEE ALSO\n" + _see(api, function)


def _see(api: model.Api, function: model.Function) -> str:
    """Neighbours in the same module, and the shell."""
    module = api.module_of(function)
    at = module.functions.index(function)
    near = [f for f in module.functions[max(0, at - 2):at + 3] if f is not function]
    names = [f"{strong(naming.function(api, f.name))}(3)" for f in near] + [f"{strong('virsh')}(1)"]
    return ",\n".join(names) + "\n"
