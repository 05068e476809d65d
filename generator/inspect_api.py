# SPDX-License-Identifier: LGPL-2.1-or-later
"""`show`, `new` and `stats`: what a newcomer wants to see of a function and of the whole."""

from __future__ import annotations

from . import model, naming, plan
from .checks import HOOKED
from .emit import entry, headers, vtable


def show(api: model.Api, name: str) -> str | None:
    """Everything that stands behind one function: the X-ray of the API."""
    short = name.removeprefix(api.prefix)
    for module in api.modules:
        for function in module.functions:
            if function.name == short:
                return _show(api, module, function)
    return None


def _show(api: model.Api, module: model.Module, function: model.Function) -> str:
    lines = [f"{naming.function(api, function.name)}  (api/{module.name}.xml, {function.where})"]
    lines.append(f"  header      libvirt/{module.header}")
    lines.append(f"  symbol      {naming.node(module.library, function.symbol)}")
    lines.append(f"  shape       {function.shape.value}, blocks {function.blocks}, access"
                 f" {function.access or 'any'}")
    if function.proc is not None:
        lines.append(f"  procedure   {function.proc} ({function.priority} priority)")
    if function.self is not None and function.self.acl:
        rules = [f"{r.object}.{r.name}" + (f" when {r.when}" if r.when else "")
                 for r in function.self.acl]
        lines.append(f"  permission  {', '.join(rules)}")
    if function.shape in HOOKED and function.self is not None:
        group = vtable.group_of(api, function)
        lines.append(f"  vtable      {naming.group_type(group)}.{function.name}")
        drivers = {driver.name: driver for driver in api.drivers}
        for support in function.support:
            driver = drivers[support.driver]
            hook = vtable.hook(driver, function, vtable.by_runtime(api, driver))
            lines.append(f"  hook        {hook}"
                         f" (since {support.since})")
    lines += ["", headers.prototype(api, function), "", entry.entry(api, function)]
    return "\n".join(lines) + "\n"


def new(name: str) -> str:
    """The element to add to api/<object>.xml and the hook to write."""
    short = name.removeprefix("vir")
    return (
        f'  <function name="{short}" shape="call" since="RELEASE" proc="NUMBER" access="read"'
        ' blocks="monitor">\n'
        "    <brief>say in one imperative line what it does</brief>\n"
        "    <doc>Meaning, units, ownership, errors.</doc>\n"
        '    <self type="Domain" acl="read"/>\n'
        '    <in name="flags" type="ReservedFlags">reserved, pass 0</in>\n'
        '    <returns kind="status">0 on success, -1 on error</returns>\n'
        '    <support driver="test" since="RELEASE"/>\n'
        "  </function>\n\n"
        f"int\ntest{short}(virDomainPtr domain, unsigned int flags)\n{{\n}}\n"
    )


def undocumented(api: model.Api) -> int:
    """How many places of the specification still have no text."""
    texts: list[model.Text] = []
    for module in api.modules:
        texts.append(module.doc)
        for o in module.objects:
            texts += [o.doc, *(k.doc for k in o.keys), *(p.doc for p in o.permissions)]
        texts += [limit.doc for limit in module.limits]
        for e in module.enums:
            texts += [e.doc, *(v.doc for v in e.values)]
        for r in module.records:
            texts.append(r.doc)
            for f in r.fields:
                texts += [m.doc for m in (f.fields if isinstance(f, model.Union) else (f,))]
        for c in module.callbacks:
            texts += [c.doc, *(p.doc for p in c.parameters)]
        for s in module.paramsets:
            texts += [s.doc, *(k.doc for k in s.keys)]
        texts += [event.doc for event in module.events]
        for function in module.functions:
            texts += [function.brief, function.doc, *(p.doc for p in function.parameters)]
            if function.returns.kind is not model.ReturnKind.NONE:
                texts.append(function.returns.doc)
    return sum(1 for text in texts if not text.plain)


def stats(api: model.Api) -> str:
    quirks = sum(len(function.quirks) for function in api.functions)
    rows = [
        ("functions", len(api.functions)),
        ("objects", len(api.objects)),
        ("enums and flag sets", len(api.enums)),
        ("constants", sum(len(e.values) for e in api.enums)),
        ("records", len(api.records)),
        ("callbacks", len(api.callbacks)),
        ("parameter sets", len(api.paramsets)),
        ("parameter keys", sum(len(s.keys) for s in api.paramsets)),
        ("events", len(api.events)),
        ("permissions", sum(len(o.permissions) for o in api.objects)),
        ("procedures", len({f.proc for f in api.functions if f.proc is not None})),
        ("quirks", quirks),
        ("undocumented places", undocumented(api)),
    ]
    for driver in api.drivers:
        count = sum(1 for f in api.functions if any(s.driver == driver.name for s in f.support))
        rows.append((f"hooks of driver {driver.name}", count))
    return "".join(f"{value:6d}  {label}\n" for label, value in rows)


def prototypes(api: model.Api) -> list[str]:
    """Every public prototype on one line, for the ledger in tests/abi."""
    rows = []
    for function in api.functions:
        lowered = plan.lower(api, function)
        rows.append(f"{lowered.returns}\t{naming.function(api, function.name)}\t"
                    f"{', '.join(p.type for p in lowered.parameters) or 'void'}")
    return sorted(rows)


def ledgers(api: model.Api) -> dict[str, list[str]]:
    """What programs rely on, one fact per line, for the ledgers in tests/abi."""
    return {
        "prototypes": prototypes(api),
        "constants": sorted(f"{e.prefix}{v.name}\t{v.value}" for e in api.enums for v in e.values),
        "keys": sorted(
            f"{s.prefix}{k.name}\t{k.string}\t{k.type.kind.value if k.type else k.part}"
            for s in api.paramsets for k in s.keys),
        "limits": sorted(f"{naming.constant(api, limit.name)}\t{limit.value}"
                         for module in api.modules for limit in module.limits),
        "events": sorted(
            f"{e.object}\t{e.name}\t{naming.typedef(api, e.callback)}\t{e.proc or ''}\t"
            f"{e.callback_proc or ''}" for e in api.events),
        "permissions": sorted(
            f"{naming.function(api, f.name)}\t{rule.object}\t{rule.name}\t{rule.when}"
            for f in api.functions if f.self is not None for rule in f.self.acl),
        "access": sorted(
            f"{naming.function(api, f.name)}\t{f.access}\t"
            f"{' '.join(f.self.write_flags) if f.self else ''}\t"
            f"{'='.join(f.self.write_when) if f.self and f.self.write_when else ''}"
            for f in api.functions if f.access),
    }
