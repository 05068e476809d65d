# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes how objects are found by the words of people, freed, and listed for completion."""

from __future__ import annotations

from generator import model as api_model
from generator.shell.emit.bind import function_of, has_flags
from generator.shell.model import Lookup, Object, Shell
from generator.text import banner, c_call, c_string


def _camel(item: Object) -> str:
    return item.find.removeprefix("virshFind")


def header(shell: Shell) -> str:
    """gen/client/<shell>_objects.h"""
    out = banner(shell.source) + '\n#pragma once\n\n#include "client/arguments.h"\n\n'
    types = list(dict.fromkeys(item.type for item in shell.objects))
    for type_ in types:
        out += f"typedef vir{type_} virsh{type_};\n"
    out += "\n"
    for type_ in types:
        out += f"G_DEFINE_AUTOPTR_CLEANUP_FUNC(virsh{type_}, vir{type_}Free)\n"
    out += (
        "\n/* Each finds what the word of an option names; `typed`, when given, gets that word.\n"
        " * NULL after reporting that there is no such object. */\n"
    )
    for item in shell.objects:
        out += c_call(
            f"vir{item.type}Ptr {item.find}",
            ["virshControl *ctl", "const virshArguments *arguments", "const char *option",
             "const char **typed"],
            ";\n",
        )
    for item in shell.objects:
        if item.lookups:
            out += f"vir{item.type}Ptr {item.find}ByWord(virshControl *ctl, const char *word);\n"
    return out


def _condition(item: Lookup) -> str:
    match item.form:
        case "id":
            return " && virshWordIsId(word)"
        case "uuid":
            return " && strlen(word) == VIR_UUID_STRING_BUFLEN - 1"
        case _:
            return ""


def _by_word(shell: Shell, api: api_model.Api, item: Object) -> str:
    """The lookups in their order; what an early one did not find is no failure yet."""
    out = f"vir{item.type}Ptr {item.find}ByWord(virshControl *ctl, const char *word)\n{{\n"
    out += f"    vir{item.type}Ptr object = NULL;\n\n"
    for number, lookup in enumerate(item.lookups):
        value = "(int)strtol(word, NULL, 10)" if lookup.form == "id" else "word"
        out += f"    if (!object{_condition(lookup)}) {{\n" if number or lookup.form != "any" else (
            "    {\n")
        if number:
            out += "        virshForgetFailure(ctl);\n"
        flags = ", 0" if has_flags(function_of(api, lookup.function)) else ""
        out += f"        object = vir{lookup.function}({shell.handle}, {value}{flags});\n    }}\n"
    out += "    if (object)\n        return object;\n"
    if item.quiet:
        out += "    virshForgetFailure(ctl);\n"
    if item.fail:
        out += f"    virshError(ctl, {c_string(item.fail.replace('{word}', '%s'))}, word);\n"
    return out + "    return NULL;\n}\n"


def _find(item: Object) -> str:
    out = c_call(
        f"vir{item.type}Ptr {item.find}",
        ["virshControl *ctl", "const virshArguments *arguments", "const char *option",
         "const char **typed"],
        "\n{\n",
    )
    out += "    const char *word = NULL;\n\n"
    out += "    if (!virshString(ctl, arguments, option, &word))\n        return NULL;\n"
    out += "    if (typed)\n        *typed = word;\n"
    return out + f"    return {item.find}ByWord(ctl, word);\n}}\n"


_OFFER = ("virshControl *ctl", "const virshArguments *arguments G_GNUC_UNUSED", "GPtrArray *found",
          "const char *prefix", "unsigned int flags")


def _offer(shell: Shell, item: Object) -> str:
    pointer = f"vir{item.type}Ptr"
    parent = next((o for o in shell.objects if o.name == item.within), None)
    out = c_call(f"static void offer{_camel(item)}", _OFFER, "\n{\n")
    out += f"    {pointer} *objects = NULL;\n"
    if parent is None:
        out += f"    int count = vir{item.list}({shell.handle}, &objects, flags);\n\n"
    else:
        option = c_string(parent.name)
        out += f"    vir{parent.type}Ptr parent = NULL;\n    int count;\n\n"
        out += f"    if (virshText(arguments, {option}))\n"
        out += f"        parent = {parent.find}(ctl, arguments, {option}, NULL);\n"
        out += "    if (!parent)\n        return;\n"
        out += f"    count = vir{item.list}(parent, &objects, flags);\n"
    out += "    for (int i = 0; i < count; i++) {\n"
    if item.label.endswith("UUIDString"):
        out += "        char uuid[VIR_UUID_STRING_BUFLEN];\n\n"
        out += f"        if (vir{item.label}(objects[i], uuid) == 0)\n"
        out += "            virshOffer(found, prefix, uuid);\n"
    else:
        out += f"        virshOffer(found, prefix, vir{item.label}(objects[i]));\n"
    out += f"        vir{item.type}Free(objects[i]);\n    }}\n    free(objects);\n"
    if parent is not None:
        out += f"    vir{parent.type}Free(parent);\n"
    return out + "}\n"


def source(shell: Shell, api: api_model.Api) -> str:
    """gen/client/<shell>_objects.c"""
    out = banner(shell.source)
    out += f'\n#include "client/{shell.stem}_objects.h"\n\n#include <stdlib.h>\n#include <string.h>\n\n'
    headers = ["arguments", "complete", "lookup", "output", "program"]
    out += "".join(f'#include "client/{name}.h"\n' for name in headers) + "\n"
    for item in shell.objects:
        if item.lookups:
            out += _by_word(shell, api, item) + "\n" + _find(item) + "\n"
    offered = [item for item in shell.objects if item.list]
    for item in offered:
        out += _offer(shell, item) + "\n"
    out += "void virshOfferObjects(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,\n"
    out += "                       const char *prefix, const virshOption *option)\n{\n"
    out += "    static const struct {\n        const char *name;\n"
    out += "        void (*offer)(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,\n"
    out += "                      const char *prefix, unsigned int flags);\n"
    rows = ", ".join(f"{{ {c_string(item.name)}, offer{_camel(item)} }}" for item in offered)
    out += f"    }} kinds[] = {{ {rows} }};\n\n"
    out += "    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)\n"
    out += "        if (g_str_equal(kinds[i].name, option->object))\n"
    out += "            kinds[i].offer(ctl, arguments, found, prefix, option->only);\n}\n"
    return out
