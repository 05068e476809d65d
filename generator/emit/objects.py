# SPDX-License-Identifier: LGPL-2.1-or-later
"""Object handles: their structs, classes and constructors, from the identity keys."""

from __future__ import annotations

from .. import model, naming
from ..model import Kind
from ..text import banner, c_call, join_paragraphs

# Connections and streams hold more than an identity; the runtime defines them by hand.
BY_HAND = frozenset({"Connect", "AdmConnect", "Stream"})


def path_to_connection(api: model.Api, object_: model.Object) -> str:
    """The member path from a handle to its connection: "domain->conn" for a snapshot."""
    steps = []
    while object_.parent:
        parent = api.object(object_.parent)
        steps.append(parent.argument)
        object_ = parent
    return "->".join(steps)


def generated(api: model.Api) -> list[model.Object]:
    return [o for o in api.objects if o.name not in BY_HAND]


def _member(key: model.Key) -> str:
    match key.type.kind:
        case Kind.STRING:
            return f"char *{key.name};"
        case Kind.UUID:
            return f"unsigned char {key.name}[VIR_UUID_BUFLEN];"
        case Kind.INT64:
            return f"long long {key.name};"
        case Kind.UINT64:
            return f"unsigned long long {key.name};"
        case _:
            # The number of an instance changes while other threads use the handle.
            return f"_Atomic int {key.name};"


def _argument(key: model.Key) -> str:
    match key.type.kind:
        case Kind.STRING:
            return f"const char *{key.name}"
        case Kind.UUID:
            return f"const unsigned char *{key.name}"
        case _:
            return _member(key).rstrip(";").removeprefix("_Atomic ")


def _constructor(api: model.Api, item: model.Object) -> tuple[str, list[str]]:
    parent = api.object(item.parent)
    arguments = [f"{naming.pointer(api, parent.name)} {parent.argument}"]
    arguments += [_argument(key) for key in item.keys]
    return f"{naming.pointer(api, item.name)}\n{naming.typedef(api, item.name)}New", arguments


def header(api: model.Api) -> str:
    blocks = ["#pragma once", "#include <libvirt/libvirt.h>\n#include <libvirt/libvirt-admin.h>\n\n"
              '#include "runtime/handle.h"']
    for item in api.objects:
        blocks.append(f"VIR_MODULE_API extern const virHandleClass {naming.handle_class(item.name)};")
    for item in generated(api):
        parent = api.object(item.parent)
        members = [f"{naming.pointer(api, parent.name)} {parent.argument};"]
        members += [_member(key) for key in item.keys]
        body = "".join(f"    {member}\n" for member in members)
        name, arguments = _constructor(api, item)
        blocks.append(
            f"struct {naming.struct(api, item.name)} {{\n    virHandle handle;\n{body}}};"
        )
        blocks.append("VIR_MODULE_API " + c_call(name.replace("\n", " "), arguments, ";"))
    return f"{banner('api/*.xml')}/* Object handles: identity, parent and class. */\n\n" + (
        join_paragraphs(blocks)
    )


def source(api: model.Api) -> str:
    blocks = ['#include "runtime/objects.h"', "#include <string.h>\n\n#include <glib.h>",
              '#include "runtime/connect.h"']
    for item in generated(api):
        parent = api.object(item.parent)
        argument = parent.argument
        type_ = naming.pointer(api, item.name)
        frees = "".join(
            f"    g_free(self->{key.name});\n" for key in item.keys if key.type.kind is Kind.STRING
        )
        class_ = naming.handle_class(item.name)
        dispose = f"vir{item.name}Dispose"
        blocks.append(
            f"static void\n{dispose}(virHandle *handle)\n{{\n    {type_} self = ({type_}) handle;\n\n"
            f"{frees}    virHandleUnref(&self->{argument}->handle);\n}}"
        )
        blocks.append(
            f"const virHandleClass {class_} = {{\n    .name = \"{naming.typedef(api, item.name)}\",\n"
            f"    .size = sizeof(struct {naming.struct(api, item.name)}),\n"
            f"    .invalidCode = VIR_ERR_{item.error},\n"
            f"    .dispose = {dispose},\n}};"
        )
        name, arguments = _constructor(api, item)
        sets = []
        for key in item.keys:
            match key.type.kind:
                case Kind.STRING:
                    sets.append(f"    self->{key.name} = g_strdup({key.name});\n")
                case Kind.UUID:
                    sets.append(f"    memcpy(self->{key.name}, {key.name}, VIR_UUID_BUFLEN);\n")
                case _:
                    sets.append(f"    self->{key.name} = {key.name};\n")
        blocks.append(
            c_call(name, arguments, "\n{\n")
            + f"    {type_} self = virHandleNew(&{class_});\n\n"
            + f"    virHandleRef(&{argument}->handle);\n    self->{argument} = {argument};\n"
            + "".join(sets)
            + "    return self;\n}"
        )
    return banner("api/*.xml") + "/* Object handles: construction and disposal. */\n\n" + (
        join_paragraphs(blocks)
    )
