# SPDX-License-Identifier: LGPL-2.1-or-later
"""The numbers and texts of permissions, and what is told of an object to who decides about it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .. import model, naming, permissions
from ..model import Kind
from ..text import banner, c_call, c_string, join_paragraphs
from . import vtable


def header(api: model.Api) -> str:
    rows = "".join(f"    {permissions.constant(o, p.name)},\n"
                   for o in permissions.guarded(api) for p in o.permissions)
    return banner("api/*.xml") + "/* What a client may be permitted, by number. */\n\n" + join_paragraphs([
        "#pragma once",
        f"typedef enum {{\n{rows}    VIR_ACCESS_PERMISSIONS,     /* their number */\n}} virAccessPermission;",
    ])


def _told(item: model.Object, key: model.Key) -> list[str]:
    """The lines that tell one key of an object."""
    prefix = item.acl_name or permissions.words(item)
    value = f"self->{key.name}"
    lines = []
    for when, name in key.acl_names:
        tell = "virAccessTellUUID" if key.type.kind is Kind.UUID else "virAccessTell"
        line = f"    {tell}(details, \"{prefix}_{name}\", {value});"
        lines.append(f"    if (self->{key.acl_by} == {when})\n    {line}" if when else line)
    return lines


def _constants(api: model.Api, item: model.Object) -> dict[str, str]:
    """The values of the keys that are enums, by their name in the description."""
    found = {}
    for key in item.keys:
        if key.type.kind is Kind.ENUM:
            enum = api.enum(key.type.name)
            found.update({v.name: f"{enum.prefix}{v.name}" for v in enum.values})
    return found


def _describe(api: model.Api, item: model.Object) -> str:
    """What is told of an object of one class."""
    known = _constants(api, item)
    lines = []
    for key in item.keys:
        lines += _told(item, model.Key(key.where, key.name, key.type,
                                       tuple((known.get(when, when), n) for when, n in key.acl_names),
                                       key.acl_by, key.wire, key.doc))
    key_name, holder = item.acl_within
    if holder:
        lookup = permissions.lookup_of(api, item)
        assert lookup is not None and lookup.within is not None
        lines = [f"    {naming.pointer(api, holder)} holder = {find_holder(api, item, 'self')};", "",
                 f"    if (holder)\n        describe{holder}(details, holder);",
                 "    virHandleUnref((virHandle *) holder);", *lines]
    elif item.parent and item.parent != "Connect":
        lines = [f"    describe{item.parent}(details, self->{api.object(item.parent).argument});", *lines]
    gap = "" if holder else "\n"
    return (
        f"static void\ndescribe{item.name}(virAccessDetails *details, const void *handle)\n{{\n"
        f"    const struct {naming.struct(api, item.name)} *self = handle;\n{gap}"
        + "\n".join(lines) + "\n}"
    )


def find_holder(api: model.Api, item: model.Object, value: str) -> str:
    """The call that finds what holds an object, by the key that names it."""
    key, holder = item.acl_within
    by_name = next(f for f in api.functions if f.name == f"{holder}LookupByName")
    group = vtable.group_of(api, by_name)
    return f"virAccessBehind({value}->conn)->{group}->{by_name.name}({value}->conn, {value}->{key})"


def source(api: model.Api) -> str:
    described = [o for o in permissions.guarded(api) if o.name != "Connect"]
    rows = ""
    for item in permissions.guarded(api):
        describe = "NULL" if item.name == "Connect" else f"describe{item.name}"
        for permission in item.permissions:
            rows += f"    {{ {c_string(permissions.action(item, permission.name))}, {describe} }},\n"
    return banner("api/*.xml") + (
        "/* What is told of an object to who decides, and what each permission is called there. */\n\n"
    ) + join_paragraphs([
        '#include "access/guard.h"\n#include "access/permissions.h"\n#include "runtime/objects.h"',
        *(_describe(api, item) for item in described),
        "/* In the order of their numbers. */\n"
        f"const virAccessAction virAccessActions[VIR_ACCESS_PERMISSIONS] = {{\n{rows}}};",
    ])


def told_header(api: model.Api) -> str:
    """Declarations of what src/access has by hand."""
    rows = "\n".join(c_call(f"void *{permissions.told_name(item, told)}",
                            ["void *self", "const char *told", "const char *name"], ";")
                     for item, told in permissions.told_of(api))
    groups = "\n".join(f"extern const {naming.group_type(group)} virAccess{group.capitalize()}Checks;"
                       for group in groups_of(api))
    return banner("api/*.xml") + "/* The tables of checks, and what they stand on. */\n\n" + join_paragraphs([
        "#pragma once", '#include "driver/vtable.h"',
        "/* In front of a driver's hooks: may the client, and then the hook. */\n" + groups,
        "/*\n * The object that a document, a saved image or a name tells of, `self` being what the call is made"
        " on;\n * a new handle, or NULL with an error raised. `name` is not NULL where the call renames it.\n"
        " */\n" + rows,
    ])


def groups_of(api: model.Api) -> list[str]:
    """The groups of hooks that clients reach through the daemon."""
    found = dict.fromkeys(vtable.group_of(api, f) for f in vtable.hooked(api) if permissions.is_hooked(f))
    return [g for g in vtable.groups(api) if g in found]


def policy(api: model.Api) -> str:
    """The actions of polkit, with what an administrator sees of them."""
    actions = ""
    for item in permissions.guarded(api):
        words = permissions.words(item).replace("_", " ")
        for p in item.permissions:
            allowed = "yes" if p.read_only else "no"
            text = escape(p.doc.plain)
            actions += (
                f'  <action id="{permissions.action(item, p.name)}">\n'
                f"    <description>{words}: {text}</description>\n"
                f"    <message>The rules of this host do not allow that ({words}: {text})</message>\n"
                f"    <defaults>\n      <allow_any>{allowed}</allow_any>\n"
                f"      <allow_inactive>{allowed}</allow_inactive>\n"
                f"      <allow_active>{allowed}</allow_active>\n    </defaults>\n  </action>\n")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE policyconfig PUBLIC "-//freedesktop//DTD polkit Policy Configuration 1.0//EN"\n'
        '  "http://www.freedesktop.org/software/polkit/policyconfig-1.dtd">\n'
        + banner("api/*.xml", "xml")
        + f"<policyconfig>\n  <vendor>libvirt</vendor>\n{actions}</policyconfig>\n")
