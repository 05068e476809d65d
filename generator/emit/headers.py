# SPDX-License-Identifier: LGPL-2.1-or-later
"""The public C headers, under the names programs include."""

from __future__ import annotations

from .. import model, naming, plan
from ..errors import failures
from ..model import Kind
from ..once import once
from ..text import banner, c_call, c_comment, join_paragraphs

# C conveniences that have no meaning outside C: bit handling of CPU maps.
_CPU_MAPS = """\
#define VIR_CPU_MAPLEN(cpu) (((cpu) + 7) / 8)
#define VIR_USE_CPU(cpumap, cpu) ((cpumap)[(cpu) / 8] |= (1 << ((cpu) % 8)))
#define VIR_UNUSE_CPU(cpumap, cpu) ((cpumap)[(cpu) / 8] &= ~(1 << ((cpu) % 8)))
#define VIR_CPU_USED(cpumap, cpu) ((cpumap)[(cpu) / 8] & (1 << ((cpu) % 8)))
#define VIR_GET_CPUMAP(cpumaps, maplen, vcpu) (&((cpumaps)[(vcpu) * (maplen)]))
#define VIR_CPU_USABLE(cpumaps, maplen, vcpu, cpu) \\
    VIR_CPU_USED(VIR_GET_CPUMAP(cpumaps, maplen, vcpu), cpu)
#define VIR_COPY_CPUMAP(cpumaps, maplen, vcpu, cpumap) \\
    memcpy(cpumap, VIR_GET_CPUMAP(cpumaps, maplen, vcpu), maplen)
"""
_TYPED_ALIASES = """\
#define _virSchedParameter _virTypedParameter
typedef struct _virTypedParameter virSchedParameter;
typedef virSchedParameter *virSchedParameterPtr;
#define _virBlkioParameter _virTypedParameter
typedef struct _virTypedParameter virBlkioParameter;
typedef virBlkioParameter *virBlkioParameterPtr;
#define _virMemoryParameter _virTypedParameter
typedef struct _virTypedParameter virMemoryParameter;
typedef virMemoryParameter *virMemoryParameterPtr;
"""


def headers(api: model.Api) -> tuple[str, ...]:
    """Every header that modules name, in index order."""
    return tuple(dict.fromkeys(module.header for module in api.modules))


def _modules(api: model.Api, header: str) -> list[model.Module]:
    return [module for module in api.modules if module.header == header]


def _since(text: model.Text, since: str) -> list[str]:
    return [part for part in (text.plain, f"Since: {since}" if since else "") if part]


def enum_value(value: int, flags: bool) -> str:
    """A constant as headers spell it: single bits as shifts."""
    if flags and value > 0:
        if value & (value - 1) == 0:
            one = "1U" if value > 0x7FFFFFFF else "1"
            return f"{one} << {value.bit_length() - 1}"
        return hex(value)
    return str(value)


def enumeration(api: model.Api, enum: model.Enumeration) -> str:
    lines = [c_comment([enum.doc.plain or enum.name] + _since(model.Text(""), enum.since)).rstrip()]
    lines.append("typedef enum {")
    for number, value in enumerate(enum.values):
        comma = "," if number + 1 < len(enum.values) else ""
        lines.append(c_comment(_since(value.doc, value.since), "    ", "/*").rstrip())
        lines.append(f"    {enum.prefix}{value.name} = {enum_value(value.value, enum.flags)}{comma}")
    if enum.last:
        last = f"{enum.prefix}{enum.last}"
        if enum.last_value is not None:
            last += f" = {enum.last_value}"
        lines += ["#ifdef VIR_ENUM_SENTINELS", f"    , {last}", "#endif"]
    lines.append(f"}} {naming.typedef(api, enum.name)};")
    return "\n".join(lines)


def _object(api: model.Api, item: model.Object) -> str:
    name = naming.typedef(api, item.name)
    return c_comment([item.doc.plain or item.name]) + (
        f"typedef struct {naming.struct(api, item.name)} {name};\n"
        f"typedef {name} *{naming.pointer(api, item.name)};"
    )


def _field(api: model.Api, field: model.Field, indent: str) -> str:
    type_, tail = plan.field_type(api, field)
    space = "" if type_.endswith("*") else " "
    comment = c_comment([field.doc.plain], indent, "/*") if field.doc.plain else ""
    return f"{comment}{indent}{type_}{space}{field.name}{tail};\n"


def _record_names(api: model.Api, record: model.Record) -> str:
    struct, name = naming.struct(api, record.struct), naming.typedef(api, record.typedef)
    return (
        f"typedef struct {struct} {name};\ntypedef {name} *{naming.pointer(api, record.name)};"
    )


def _record(api: model.Api, record: model.Record) -> str:
    out = c_comment([record.doc.plain or record.name] + _since(model.Text(""), record.since))
    out += f"struct {naming.struct(api, record.struct)} {{\n"
    for field in record.fields:
        if isinstance(field, model.Union):
            out += "    union {\n"
            out += "".join(_field(api, member, "        ") for member in field.fields)
            out += f"    }} {field.name};\n"
        else:
            out += _field(api, field, "    ")
    return out + "};"


def _parameter_notes(parameters: tuple[model.Parameter, ...]) -> list[str]:
    return [f"@{p.name}: {p.doc.plain}" for p in parameters if p.doc.plain]


def _callback(api: model.Api, callback: model.Callback) -> str:
    returns, _ = plan.return_type(api, callback.returns)
    declarations = [p.declaration for p in plan.c_parameters(api, callback.parameters, True)]
    comment = c_comment(
        [f"{naming.typedef(api, callback.name)}:"]
        + _parameter_notes(callback.parameters)
        + _since(callback.doc, callback.since)
    )
    head = f"typedef {returns} (*{naming.typedef(api, callback.name)})"
    return comment + c_call(head, declarations or ["void"], ";")


def function_comment(api: model.Api, function: model.Function) -> str:
    paragraphs = [f"{naming.function(api, function.name)}:"]
    if function.self is not None:
        paragraphs.append(f"@{function.self.name}: the {function.self.type} to act on")
    paragraphs += _parameter_notes(function.parameters)
    brief = function.brief.plain
    if brief:
        paragraphs.append(f"{brief[0].upper()}{brief[1:]}.")
    if function.doc.plain:
        paragraphs.append(function.doc.plain)
    if function.returns.doc.plain:
        paragraphs.append(f"Returns {function.returns.doc.plain.removesuffix('.')}.")
    errors = [f"VIR_ERR_{f.code} when {f.when}" for f in failures(api, function)]
    if errors:
        paragraphs.append(f"Errors: {'; '.join(errors)}.")
    return c_comment(paragraphs + [f"Since: {function.since}"])


@once
def prototype(api: model.Api, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    space = "" if lowered.returns.endswith("*") else " "
    head = f"{lowered.returns}{space}{naming.function(api, function.name)}"
    return function_comment(api, function) + c_call(head, lowered.declarations, ";")


def _keys(paramset: model.ParameterSet) -> list[str]:
    blocks = []
    for key in paramset.keys:
        notes = _since(key.doc, key.since)
        if key.type is not None:
            notes.append(f"Type: {key.type.kind.value}")
        blocks.append(c_comment(notes) + f'#define {paramset.prefix}{key.name} "{key.string}"')
    return blocks


def _includes(api: model.Api, header: str) -> list[str]:
    """The headers that define the types this one mentions."""
    owner: dict[str, str] = {}
    for module in api.modules:
        names = [o.name for o in module.objects] + [e.name for e in module.enums]
        names += [r.name for r in module.records] + [c.name for c in module.callbacks]
        owner.update({name: module.header for name in names})
    used: list[str] = []

    def use(type_: model.TypeRef | None) -> None:
        if type_ is None:
            return
        if type_.kind is Kind.PARAMS:
            used.append(owner["TypedParameter"])
        elif type_.kind in (Kind.OBJECT, Kind.RECORD, Kind.CALLBACK):
            used.extend(owner[name] for name in type_.names)

    for module in _modules(api, header):
        for record in module.records:
            for member in record.fields:
                for field in member.fields if isinstance(member, model.Union) else (member,):
                    use(field.type)
                    if field.type.kind is Kind.ENUM:
                        used.append(owner[field.type.name])
        for callback in module.callbacks:
            for parameter in callback.parameters:
                use(parameter.type)
        for function in module.functions:
            if function.self is not None:
                used.append(owner[function.self.type])
            use(function.returns.type)
            for parameter in function.parameters:
                use(parameter.type)
    order = headers(api)
    return [name for name in order if name in set(used) and name != header]


def _extras_before(api: model.Api, header: str) -> list[str]:
    """Version macros and C conveniences that stand before the types."""
    match header:
        case "libvirt-common.h":
            number = naming.release_number(api.release)
            return [
                "#ifndef VIR_DEPRECATED\n# if defined(__GNUC__)\n"
                "#  define VIR_DEPRECATED __attribute__((__deprecated__))\n# else\n"
                "#  define VIR_DEPRECATED\n# endif\n#endif",
                "#ifndef VIR_EXPORT_VAR\n# define VIR_EXPORT_VAR extern\n#endif",
                c_comment(["The API level of these headers: major * 1000000 + minor * 1000 + "
                           "micro."]) + f"#define LIBVIR_VERSION_NUMBER {number}",
                c_comment(["True when these headers are of the given API level or later."])
                + "#define LIBVIR_CHECK_VERSION(major, minor, micro) \\\n"
                "    ((major) * 1000000 + (minor) * 1000 + (micro) <= LIBVIR_VERSION_NUMBER)",
            ]
        case "libvirt-host.h":
            return [
                c_comment(["Processors a node can have at most, from a filled virNodeInfo."])
                + "#define VIR_NODEINFO_MAXCPUS(nodeinfo) \\\n    ((nodeinfo).nodes * "
                "(nodeinfo).sockets * (nodeinfo).cores * (nodeinfo).threads)"
            ]
        case "libvirt-domain.h":
            return [
                c_comment(["A position in a block job, in bytes."])
                + "typedef unsigned long long virDomainBlockJobCursor;",
                c_comment(["Bit handling of CPU maps: one bit per processor, lowest first."])
                + _CPU_MAPS.rstrip(),
                c_comment(["Older names of virTypedParameter."]) + _TYPED_ALIASES.rstrip(),
            ]
        case _:
            return []


def _extras_after(api: model.Api, header: str) -> list[str]:
    blocks = []
    objects = {o.name: m.header for m in api.modules for o in m.objects}
    for object_ in dict.fromkeys(event.object for event in api.events):
        if objects[object_] == header:
            generic = f"virConnect{object_}EventGenericCallback"
            name = f"VIR_{naming.upper_snake(object_)}_EVENT_CALLBACK"
            blocks.append(
                c_comment([f"Cast an event callback to {generic}, as registration wants it."])
                + f"#define {name}(cb) (({generic}) (void (*)(void)) (cb))"
            )
    if header == "libvirt-host.h":
        blocks.append(
            c_comment(["Credentials asked on the terminal: a ready made auth argument."])
            + "VIR_EXPORT_VAR virConnectAuthPtr virConnectAuthPtrDefault;"
        )
    return blocks


def render(api: model.Api, header: str) -> str:
    """One public header."""
    modules = _modules(api, header)
    guard = naming.guard(header)
    includes = [f"#include <libvirt/{name}>" for name in _includes(api, header)]
    if header == "libvirt-domain.h":
        includes.insert(0, "#include <string.h>")
    elif header in ("libvirt-host.h", "libvirt-stream.h", "libvirt-secret.h"):
        includes.insert(0, "#include <stddef.h>")
    blocks = ["\n".join(includes), '#ifdef __cplusplus\nextern "C" {\n#endif']
    blocks += [_object(api, o) for m in modules for o in m.objects]
    blocks += _extras_before(api, header)
    for module in modules:
        for limit in module.limits:
            value = limit.value if len(limit.value) < 10 else f"{limit.value}LL"
            blocks.append(
                c_comment(_since(limit.doc, limit.since))
                + f"#define {naming.constant(api, limit.name)} {value}"
            )
    blocks += [enumeration(api, e) for m in modules for e in m.enums]
    blocks += [_record_names(api, r) for m in modules for r in m.records]
    blocks += [_callback(api, c) for m in modules for c in m.callbacks]
    blocks += [_record(api, r) for m in modules for r in m.records]
    blocks += [block for m in modules for s in m.paramsets for block in _keys(s)]
    blocks += [prototype(api, f) for m in modules for f in m.functions]
    blocks += _extras_after(api, header)
    blocks.append("#ifdef __cplusplus\n}\n#endif")
    sources = ", ".join(f"api/{module.name}.xml" for module in modules)
    body = join_paragraphs(blocks)
    return f"{banner(sources)}\n#ifndef {guard}\n#define {guard}\n\n{body}\n#endif /* {guard} */\n"


def umbrella(api: model.Api) -> str:
    """libvirt.h: everything of the main library."""
    main = [h for h in headers(api) if all(m.library == "libvirt" for m in _modules(api, h))]
    names = [h for h in main if h != "virterror.h"] + ["virterror.h"]
    lines = "".join(f"#include <libvirt/{name}>\n" for name in names)
    return f"{banner('api.xml')}\n#ifndef LIBVIRT_H\n#define LIBVIRT_H\n\n{lines}\n#endif /* LIBVIRT_H */\n"
