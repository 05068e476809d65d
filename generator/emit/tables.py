# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run-time tables: names of enum values and flags, error texts, parameter types, permissions."""

from __future__ import annotations

from .. import model, naming
from ..checks import HOOKED
from ..model import Kind, Shape
from ..text import banner, c_string, join_paragraphs

_TYPES = {
    Kind.INT: "VIR_TYPED_PARAM_INT",
    Kind.UINT: "VIR_TYPED_PARAM_UINT",
    Kind.INT64: "VIR_TYPED_PARAM_LLONG",
    Kind.UINT64: "VIR_TYPED_PARAM_ULLONG",
    Kind.DOUBLE: "VIR_TYPED_PARAM_DOUBLE",
    Kind.BOOL: "VIR_TYPED_PARAM_BOOLEAN",
    Kind.STRING: "VIR_TYPED_PARAM_STRING",
}


def header(api: model.Api) -> str:
    blocks = [
        "#pragma once",
        '#include <stdbool.h>\n#include <stddef.h>\n\n#include "base/visibility.h"',
        "/* A name and the number it stands for; a list ends with a NULL name. */\n"
        "typedef struct {\n    const char *name;\n    long long value;\n} virNamedValue;",
        "/* A typed parameter and its type, with %u for each index; a list ends with a NULL name. */\n"
        "typedef struct {\n    const char *name;\n    int type;\n} virParameterKey;",
        "/* The standard text of an error code, with a %s for a detail if asked; NULL: unknown code. */\n"
        "VIR_MODULE_API const char *virErrorCodeText(int code, bool detailed);\n"
        "/* The name of an error domain in printed errors, NULL for an unknown one. */\n"
        "VIR_MODULE_API const char *virErrorDomainText(int domain);",
    ]
    rows = [f"VIR_MODULE_API extern const virNamedValue vir{e.name}Names[];" for e in api.enums]
    blocks.append("\n".join(rows))
    rows = [f"VIR_MODULE_API extern const virParameterKey vir{s.name}Keys[];" for s in api.paramsets]
    blocks.append("\n".join(rows))
    return banner("api/*.xml") + "/* Names, texts and types known at run time. */\n\n" + (
        join_paragraphs(blocks)
    )


def _error_texts(codes: model.Enumeration) -> str:
    """The texts of the error codes, alone and with a detail."""
    rows = ""
    for value in codes.values:
        text = value.text or value.name.lower().replace("_", " ")
        detailed = value.detailed or f"{text}: %s"
        rows += f"    [{value.value}] = {{ {c_string(text)}, {c_string(detailed)} }},\n"
    return (
        "static const struct {\n    const char *alone, *detailed;\n"
        f"}} errorTexts[] = {{\n{rows}}};\n\n"
        "const char *\nvirErrorCodeText(int code, bool detailed)\n{\n"
        "    if (code < 0 || (size_t) code >= sizeof(errorTexts) / sizeof(errorTexts[0]))\n"
        "        return NULL;\n"
        "    return detailed ? errorTexts[code].detailed : errorTexts[code].alone;\n}"
    )


def whole_name(paramset: model.ParameterSet, key: model.ParameterKey) -> str:
    """The whole name of a parameter, with %u for each index; "" if its parts are not named after another.

    DISK_SUFFIX_ALIAS belongs to DISK_PREFIX, FS_SUFFIX_DISK_SUFFIX_ALIAS to FS_SUFFIX_DISK_PREFIX.
    """
    if key.part not in ("suffix", "prefix"):
        return key.string
    name = key.name.removesuffix("_PREFIX") if key.part == "prefix" else key.name
    owner, _, _ = name.rpartition("_SUFFIX_")
    if not owner:
        return key.string if key.part == "prefix" else ""
    prefix = next((k for k in paramset.keys if k.name == f"{owner}_PREFIX"), None)
    before = whole_name(paramset, prefix) if prefix is not None else ""
    return f"{before}%u{key.string}" if before else ""


def source(api: model.Api) -> str:
    blocks = ['#include "runtime/tables.h"\n\n#include <libvirt/libvirt.h>']
    for enum in api.enums:
        rows = "".join(
            f"    {{ {c_string(v.name.lower().replace('_', '-'))}, {v.value}LL }},\n"
            for v in enum.values
        )
        blocks.append(f"const virNamedValue vir{enum.name}Names[] = {{\n{rows}    {{ NULL, 0 }},\n}};")
    for paramset in api.paramsets:
        rows = "".join(
            f"    {{ {c_string(text)}, {_TYPES[k.type.kind]} }},\n"
            for k in paramset.keys
            if k.type is not None and (text := whole_name(paramset, k))
        )
        blocks.append(
            f"const virParameterKey vir{paramset.name}Keys[] = {{\n{rows}    {{ NULL, 0 }},\n}};"
        )
    codes = next(e for e in api.enums if e.name == "ErrorNumber")
    blocks.append(_error_texts(codes))
    parts = next(e for e in api.enums if e.name == "ErrorDomain")
    rows = "".join(f"    [{v.value}] = {c_string(v.text)},\n" for v in parts.values)
    blocks.append(
        f"static const char *const errorParts[] = {{\n{rows}}};\n\n"
        "const char *\nvirErrorDomainText(int domain)\n{\n"
        "    if (domain < 0 || (size_t) domain >= sizeof(errorParts) / sizeof(errorParts[0]))\n"
        "        return NULL;\n    return errorParts[domain];\n}"
    )
    return banner("api/*.xml") + "/* Names, texts and types known at run time. */\n\n" + (
        join_paragraphs(blocks)
    )


def permissions(api: model.Api) -> str:
    """The permission table as tab separated text: function, object, permission, condition."""
    rows = ["function\tobject\tpermission\twhen\n"]
    for function in api.functions:
        if function.self is not None:
            for rule in function.self.acl:
                rows.append(
                    f"{naming.function(api, function.name)}\t{rule.object}\t{rule.name}\t{rule.when}\n"
                )
    return "".join(rows)


def _span(support: model.Support) -> str:
    """Since and until when, and with which flags: "1.0.0-2.0.0 VIR_A VIR_B"; 0 for none at all."""
    span = support.since + (f"-{support.until}" if support.until else "")
    if support.flags is None:
        return span
    return " ".join([span, *(support.flags or ("0",))])


def support(api: model.Api) -> str:
    """The support matrix as tab separated text: who answers a function, and since when."""
    names = [driver.name for driver in api.drivers]
    rows = ["\t".join(["function", "since", "answered by", *names]) + "\n"]
    for function in api.functions:
        by = {s.driver: _span(s) for s in function.support}
        home = "driver" if function.shape in HOOKED or function.shape is Shape.LOOKUP_STRING else "library"
        cells = [naming.function(api, function.name), function.since, home]
        rows.append("\t".join(cells + [by.get(name, "") for name in names]) + "\n")
    return "".join(rows)
