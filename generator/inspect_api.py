# SPDX-License-Identifier: LGPL-2.1-or-later
"""`show`, `new` and `stats`: what a newcomer wants to see of a function and of the whole."""

from __future__ import annotations

from . import checks, model, naming, plan, states, wire
from .cases import cases
from .checks import HOOKED, Check
from .emit import entry, headers, vtable
from .model import Shape

# What the runtime itself answers.
LOCAL = frozenset({Shape.RUNTIME, Shape.LOCAL, Shape.OPEN, Shape.CLOSE})


def show(api: model.Api, name: str) -> str | None:
    """Everything that stands behind one function: the X-ray of the API."""
    short = name.removeprefix(api.prefix)
    for module in api.modules:
        for function in module.functions:
            if function.name == short:
                return _show(api, module, function)
    return None


def _hook_lines(api: model.Api, function: model.Function) -> list[str]:
    """The table of hooks a function stands in, and each driver's hook with its signature."""
    if function.shape not in HOOKED or function.self is None:
        return [f"  runtime     {naming.local(function.name)}"] if function.shape in LOCAL else []
    lines = [f"  vtable      {naming.group_type(vtable.group_of(api, function))}.{function.name}"]
    lowered = plan.lower(api, function)
    for driver in api.drivers:
        support = vtable.support_of(api, driver, function)
        if support is None:
            continue
        name = vtable.hook(driver, function, vtable.by_runtime(api, driver))
        flags = "" if support.flags is None else f", flags {' '.join(support.flags) or 'none'}"
        lines.append(f"  hook        {lowered.returns} {name}({', '.join(lowered.declarations)})")
        lines.append(f"              driver {driver.name}, since {support.since}{flags}")
    return lines


def _check_line(check: Check) -> str:
    what = " ".join(part for part in (check.mistake.value, check.parameter, *check.flags) if part)
    guard = f" unless {check.guard} is 0" if check.guard else ""
    return f"  refuses     {what}{guard}: VIR_FROM_{check.domain}, VIR_ERR_{check.code}"


def _show(api: model.Api, module: model.Module, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    lines = [f"{naming.function(api, function.name)}  ({function.where})"]
    lines.append(f"  header      libvirt/{module.header}")
    lines.append(f"  library     {module.library}, {naming.node(module.library, function.symbol)}")
    lines.append(f"  shape       {function.shape.value}, blocks {function.blocks}, access"
                 f" {function.access or 'any'}")
    if function.proc is not None:
        lines.append(f"  procedure   {function.proc} ({function.priority} priority)")
    if function.self is not None and function.self.acl:
        rules = [f"{r.object}.{r.name}" + (f" when {r.when}" if r.when else "")
                 for r in function.self.acl]
        lines.append(f"  permission  {', '.join(rules)}")
    lines += _hook_lines(api, function)
    lines += [_check_line(check) for check in checks.checks(api, lowered)]
    if function.transitions:
        own = states.subject(api, function)
        for state, step in zip(own.states, states.steps(api, function)):
            end = f"error {' or '.join(step.errors)}" if step.errors else (
                f"{step.to} {' '.join(step.emits)}".strip())
            lines.append(f"  state       {state.name} -> {end}")
    lines += [f"  throws      VIR_ERR_{t.error}: {t.doc.plain}" for t in function.throws]
    lines.append(f"  tests       {len(cases(api, lowered))} calls in contract/{module.name}.c")
    lines += ["", headers.prototype(api, function), "", entry.entry(api, function)]
    return "\n".join(lines) + "\n"


# Verbs of functions that change nothing.
_LOOKING = ("Get", "Is", "List", "NumOf", "Lookup", "Has")


def new(api: model.Api, name: str) -> str:
    """An element for api/<object>.xml that passes every rule, and a hook that compiles."""
    short = name.removeprefix(api.prefix)
    homes = {o.name: (module, o) for module in api.modules for o in module.objects
             if not o.name.startswith("Adm")}
    found = max((o for o in homes if short.startswith(o)), key=len, default="Connect")
    module, own = homes[found]
    verb = short.removeprefix(found).removeprefix("Node")
    access = "read" if verb.startswith(_LOOKING) else "write"
    permission = f' acl="{access}"' if access in {p.name for p in own.permissions} else ""
    driver = api.drivers[0].name
    pointer = naming.pointer(api, own.name)
    return (
        f"<!-- at the end of {module.where.file} -->\n"
        f'  <function name="{short}" shape="call" since="{api.release}" access="{access}"'
        ' blocks="monitor">\n'
        "    <brief>say in one imperative line what it does</brief>\n"
        "    <doc>Meaning, units, ownership, errors.</doc>\n"
        f'    <self type="{own.name}"{permission}/>\n'
        '    <in name="flags" type="ReservedFlags">reserved, pass 0</in>\n'
        '    <returns kind="status">0 on success, -1 on error</returns>\n'
        f'    <support driver="{driver}" since="{api.release}"/>\n'
        "  </function>\n\n"
        f"/* in drivers/{driver}/{driver}_{own.name.lower()}.c */\n"
        f"int\n{naming.hook(driver, short)}({pointer} {own.argument}, unsigned int flags)\n{{\n"
        f"    (void) {own.argument};\n    (void) flags;\n"
        f"    virErrorRaise(VIR_FROM_{api.drivers[0].error_domain}, VIR_ERR_NO_SUPPORT,\n"
        f'                  "{naming.function(api, short)} is not written yet");\n'
        "    return -1;\n}\n"
    )


def undocumented(api: model.Api) -> int:
    """How many places of the specification still have no text."""
    texts: list[model.Text] = []
    for module in api.modules:
        texts.append(module.doc)
        for o in module.objects:
            texts += [s.doc for s in o.states]
            texts += [o.doc, *(k.doc for k in o.keys), *(q.doc for q in o.permissions)]
        texts += [limit.doc for limit in module.limits]
        for p in module.wire.programs:
            texts += [p.doc, *(limit.doc for limit in p.limits)]
        for e in (*module.enums, *module.wire.enums):
            texts += [e.doc, *(v.doc for v in e.values)]
        for r in (*module.records, *module.wire.records):
            texts.append(r.doc)
            for f in r.fields:
                texts += [m.doc for m in (f.fields if isinstance(f, model.Union) else (f,))]
        for c in module.callbacks:
            texts += [c.doc, *(q.doc for q in c.parameters)]
        for s in module.paramsets:
            texts += [s.doc, *(k.doc for k in s.keys)]
        texts += [event.doc for event in module.events]
        for function in (*module.functions, *module.wire.functions):
            texts += [function.brief, function.doc, *(q.doc for q in function.parameters)]
            if function.returns.kind is not model.ReturnKind.NONE:
                texts.append(function.returns.doc)
            texts += [t.doc for t in function.throws]
    return sum(1 for text in texts if not text.plain)


def wire_notes(api: model.Api) -> int:
    """How often the specification says that the protocol differs from what would be derived."""
    notes: list[model.WireNote] = []
    others = 0
    for module in api.modules:
        for o in module.objects:
            notes += [o.wire, *(k.wire for k in o.keys)]
            others += bool(o.wire_order) + o.wire_by_key
        for r in (*module.records, *module.wire.records):
            notes += [r.wire, *(f.wire for f in r.fields if isinstance(f, model.Field))]
        for c in module.callbacks:
            notes += [p.wire for p in c.parameters]
        others += sum(bool(e.wire_late) + bool(e.wire_rename) for e in module.events)
        for function in (*module.functions, *module.wire.functions):
            notes += [function.returns.wire, *(p.wire for p in function.parameters)]
            others += bool(function.wire_order) + bool(function.returns.wire_order)
            if function.self is not None:
                notes.append(function.self.wire)
                others += function.self.wire_updated + function.self.wire_refresh
    return others + sum(note.notes for note in notes)


def _protocol(api: model.Api) -> list[tuple[str, int]]:
    programs = wire.derive(api).programs
    structures = [s for p in programs for s in p.structures]
    return [
        ("programs of the protocol", sum(1 for p in programs if p.procedures)),
        ("procedures", sum(len(p.procedures) for p in programs)),
        ("structures", len(structures)),
        ("members of structures", sum(len(s.members) for s in structures)),
        ("limits", sum(len(p.limits) for p in programs)),
        ("wire notes", wire_notes(api)),
    ]


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
        *_protocol(api),
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
