# SPDX-License-Identifier: LGPL-2.1-or-later
"""`new`, `stats` and `ledger`: a first draft, numbers, and what programs rely on."""

from __future__ import annotations

from . import model, naming, plan, text_rules, wire
from .bindings import plan as bindings
from .explain import explanations
from .outputs import Specification, outputs
from .wire import lower

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
    return sum(1 for said in text_rules.texts(api) if not said.text)


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
    derivation = wire.derive(api)
    programs = derivation.programs
    calls = [call for program in programs for call in lower.calls(derivation, program)]
    structures = [s for p in programs for s in p.structures]
    return [
        ("programs of the protocol", sum(1 for p in programs if p.procedures)),
        ("procedures", sum(len(p.procedures) for p in programs)),
        ("calls that both ends make and serve", len(calls)),
        ("procedures by hand", sum(1 for _ in lower.refusals(derivation))),
        ("structures", len(structures)),
        ("members of structures", sum(len(s.members) for s in structures)),
        ("limits", sum(len(p.limits) for p in programs)),
        ("wire notes", wire_notes(api)),
    ]


def stats(specification: Specification) -> str:
    """Numbers of the whole."""
    api = specification.api
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
        ("functions of the languages", sum(1 for _ in bindings.methods(api))),
        ("names that a language spells by exception", sum(len(f.spellings) for f in api.functions)),
        ("undocumented places", undocumented(api)),
    ]
    for driver in api.drivers:
        count = sum(1 for f in api.functions if any(s.driver == driver.name for s in f.support))
        rows.append((f"hooks of driver {driver.name}", count))
    rows.append(("document formats", len(specification.formats)))
    rows += [(f"commands of {one.name}", len(one.commands())) for one in specification.shells]
    rows.append(("settings", sum(len(one.settings()) for one in specification.settings)))
    rows.append(("rules", len(explanations())))
    rows.append(("generated files", len(outputs(specification))))
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
