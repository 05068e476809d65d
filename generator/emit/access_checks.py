# SPDX-License-Identifier: LGPL-2.1-or-later
"""Access checks: a table of hooks in front of a driver's, each of which first asks whether the client may."""

from __future__ import annotations

from typing import assert_never

from .. import model, naming, permissions, plan
from ..model import Kind, Shape, Told
from ..permissions import Plan
from ..text import banner, c_call, c_string, join_paragraphs
from . import access, vtable
from .objects import path_to_connection


class _Check:
    """The check in front of one hook."""

    def __init__(self, api: model.Api, function: model.Function) -> None:
        assert function.self is not None
        self.api = api
        self.function = function
        self.lowered = plan.lower(api, function)
        self.own = function.self
        self.item = api.object(self.own.type)
        self.group = vtable.group_of(api, function)
        path = path_to_connection(api, self.item)
        self.conn = self.own.name + (f"->{path}" if path else "")
        self.given = self.item.name == "Connect"
        self.self = self.own.name if self.given else "known"

    def behind(self, function: model.Function, arguments: list[str]) -> str:
        group = vtable.group_of(self.api, function)
        return c_call(f"virAccessBehind({self.conn})->{group}->{function.name}", arguments, "")

    def arguments(self, **replaced: str) -> list[str]:
        """The arguments of the hook, on the object that the driver knows."""
        names = {**replaced, self.own.name: self.self}
        return [names.get(name, name) for name in self.lowered.arguments]

    @staticmethod
    def spared(rule: model.Permission) -> str:
        """When a permission is not needed, "" for never."""
        argument, equals, value = rule.when.partition("=")
        if equals:
            return f"{argument} != {value}"
        unset = rule.when.startswith("!")
        names = rule.when.removeprefix("!").split("|")
        if not names[0]:
            return ""
        flags = names[0] if len(names) == 1 else f"({' | '.join(names)})"
        return f"(flags & {flags})" if unset else f"!(flags & {flags})"

    def may(self, rule: model.Permission, handle: str) -> str:
        """The expression that is true where the client may; it raises the error where not."""
        item = permissions.object_of(self.api, rule)
        assert item is not None
        asks = f"virAccessMay({self.conn}, {permissions.constant(item, rule.name)}, {handle})"
        spared = self.spared(rule)
        return f"({spared} ||\n         {asks})" if spared else asks

    def part(self, rule: model.Permission) -> str:
        """The object of a rule, from the object that the call is made on."""
        wanted = permissions.object_of(self.api, rule)
        item, value = self.item, self.self
        while item is not wanted and item.parent:
            item = self.api.object(item.parent)
            value += f"->{item.argument}"
        return value

    # -- the beginnings of functions

    def declare(self, failed: str | None = None) -> list[str]:
        lines = []
        if not self.given:
            pointer = naming.pointer(self.api, self.item.name)
            lines.append(f"    {pointer} known = known{self.item.name}({self.own.name});")
        returns = self.lowered.returns
        space = "" if returns.endswith("*") else " "
        lines.append(f"    {returns}{space}ret = {failed or self.lowered.failed};")
        return lines

    def finish(self) -> list[str]:
        """The end of a function that knows an object of its own."""
        if self.given:
            return ["    return ret;"]
        lines = []
        if self.own.wire_updated or self.own.wire_refresh:
            lines += [f"    if (known)\n        {self.own.name}->{key.name} = known->{key.name};"
                      for key in self.item.keys if key.type.kind is Kind.INT]
        return [*lines, "    virHandleUnref((virHandle *) known);", "    return ret;"]

    def allowed(self, rules: tuple[model.Permission, ...]) -> str:
        """The condition under which the call goes on, over several lines."""
        parts = [] if self.given else ["known"]
        parts += [self.may(rule, self.part(rule)) for rule in rules]
        return " &&\n        ".join(parts)

    def function_text(self, body: list[str]) -> str:
        head = c_call(f"static {self.lowered.returns}\n{naming.guarded(self.function.name)}",
                      self.lowered.declarations, "\n{\n")
        return head + "\n".join(body) + "\n}"

    # -- the plans

    def open(self) -> str:
        call = self.behind(self.function, self.lowered.arguments)
        return self.function_text([f"    return {call};"])

    def before(self) -> str:
        if self.given:
            refused = [self.may(rule, "NULL") for rule in self.own.acl]
            return self.function_text([
                f"    if (!{self.both(refused)})\n        return {self.lowered.failed};",
                f"    return {self.behind(self.function, self.arguments())};"])
        return self.function_text([
            *self.declare(), "", f"    if ({self.allowed(self.own.acl)})",
            f"        ret = {self.behind(self.function, self.arguments())};", *self.finish()])

    @staticmethod
    def both(parts: list[str]) -> str:
        return parts[0] if len(parts) == 1 else "(" + " &&\n          ".join(parts) + ")"

    def found(self) -> str:
        """By what a look-up found."""
        refused = " || ".join(f"!{self.may(rule, 'ret')}" for rule in self.own.acl)
        start = f"    ret = {self.behind(self.function, self.arguments())};"
        if not self.given:
            start = "    if (known)\n    " + start
        return self.function_text([
            *self.declare(), "", start,
            f"    if (ret && ({refused})) {{" if len(self.own.acl) > 1 else f"    if (ret && {refused}) {{",
            "        virHandleUnref((virHandle *) ret);", "        ret = NULL;", "    }", *self.finish()])

    def argument(self, name: str) -> str:
        """An argument that tells of an object: a parameter, or a typed parameter among several."""
        list_, dot, key = name.partition(".")
        if not dot:
            return name
        parameter = next(p for p in self.function.parameters if p.name == list_)
        return f"virAccessText({list_}, {parameter.count[0]}, {c_string(key)})"

    def once(self) -> list[str]:
        """Typed parameters that tell of an object are there once."""
        parts = []
        for name in dict.fromkeys(n for s in permissions.subjects(self.function)
                                  for n in (s.argument, s.name) if "." in n):
            list_, _, key = name.partition(".")
            parameter = next(p for p in self.function.parameters if p.name == list_)
            parts.append(f"virAccessOnce({list_}, {parameter.count[0]}, {c_string(key)})")
        return parts

    def subject(self) -> str:
        """By what the arguments tell."""
        item = permissions.object_of(self.api, self.own.acl[0])
        assert item is not None
        count = len(self.own.acl)
        needed = ", ".join(permissions.constant(item, rule.name) for rule in self.own.acl)
        lines = [f"    static const virAccessPermission needed[] = {{\n        {needed},\n    }};",
                 *self.declare(), ""]
        parts = [] if self.given else ["known"]
        parts += self.once()
        for index, subject in enumerate(permissions.subjects(self.function)):
            if subject.told is Told.NOTHING:
                tell, argument, name = "NULL", "NULL", "NULL"
            else:
                tell = permissions.told_name(item, subject.told)
                argument = self.argument(subject.argument)
                name = self.argument(subject.name) if subject.name else "NULL"
            call = (f"virAccessToldMay({self.conn}, {self.self}, {tell}, {argument},\n"
                    f"                         {name}, needed, {count})")
            parts.append(f"(!{argument} ||\n         {call})" if index else call)
        condition = " &&\n        ".join(parts)
        return self.function_text([*lines, f"    if ({condition})",
                                   f"        ret = {self.behind(self.function, self.arguments())};",
                                   *self.finish()])

    def filter(self) -> str:
        rule = self.own.acl_filter
        assert rule is not None
        item = permissions.object_of(self.api, rule)
        assert item is not None
        return permissions.constant(item, rule.name)

    def list_all(self) -> str:
        """Without those that may not be seen."""
        parameter = next(p for p in self.function.parameters
                         if p.list is model.ListMode.ALLOC and p.type.kind is Kind.OBJECT)
        pointer = naming.pointer(self.api, parameter.type.name)
        return self.function_text([
            f"    {pointer} *found = NULL;", *self.declare(), "",
            f"    if ({self.allowed(self.own.acl)})",
            f"        ret = {self.behind(self.function, self.arguments(**{parameter.name: '&found'}))};",
            f"    ret = virAccessFilter({self.conn}, {self.filter()}, (void **) found, ret);",
            f"    virAccessGive((void **) found, (void ***) {parameter.name});", *self.finish()])

    def records(self) -> str:
        """Without those about objects that may not be seen."""
        parameter = permissions.records(self.function)
        assert parameter is not None and self.own.acl_filter is not None
        wanted = permissions.object_of(self.api, self.own.acl_filter)
        record = self.api.record(parameter.type.name)
        member = next(f.name for f in record.fields if isinstance(f, model.Field)
                      and f.type.kind is Kind.OBJECT and wanted is not None and f.type.name == wanted.name)
        assert wanted is not None
        pointer, type_ = naming.pointer(self.api, record.name), naming.pointer(self.api, wanted.name)
        return self.function_text([
            f"    {pointer} *found = NULL;", *self.declare(), "    int kept = 0;", "",
            f"    if ({self.allowed(self.own.acl)})",
            f"        ret = {self.behind(self.function, self.arguments(**{parameter.name: '&found'}))};",
            "    for (int i = 0; i < ret; i++) {",
            f"        {type_} item = known{wanted.name}(found[i]->{member});", "",
            f"        if (item && virAccessMay({self.conn}, {self.filter()}, item)) {{",
            "            found[kept++] = found[i];", "        } else {",
            *self.drop(record), "            virErrorReset();", "        }",
            "        virHandleUnref((virHandle *) item);", "    }",
            "    if (ret < 0)\n        return ret;",
            "    if (found)\n        found[kept] = NULL;",
            f"    *{parameter.name} = found;", "    return kept;"])

    def drop(self, record: model.Record) -> list[str]:
        """Frees one record: alone, or as a list of one where the API frees lists only."""
        name = f"{self.api.prefix}{record.name}"
        if any(f.name == f"{record.name}Free" for f in self.api.functions):
            return [f"            {name}Free(found[i]);"]
        pointer = naming.pointer(self.api, record.name)
        return [f"            {pointer} *gone = g_new0({pointer}, 2);", "",
                "            gone[0] = found[i];", f"            {name}ListFree(gone);"]

    def visible(self) -> str:
        """What fills in the handles of a list of names, those that may be seen; shared with their number."""
        parameter = permissions.filled(self.function)
        assert parameter is not None and self.own.acl_filter is not None
        item = permissions.object_of(self.api, self.own.acl_filter)
        assert item is not None
        pointer = naming.pointer(self.api, item.name)
        out = {parameter.name, parameter.count[0]}
        declarations = [p.declaration for p in self.lowered.parameters if p.name not in out]
        declarations.append(f"{pointer} **found")
        count = next(f for f in self.api.functions if f.name == self.function.name.replace("List", "NumOf"))
        text, by, read = {
            Kind.INT: ("int", "ID", "names[i]"),
            Kind.STRING: ("char *", "Name", "names[i]"),
            Kind.UUID_STRING: ("char *", "UUID", "uuid"),
        }[parameter.type.kind]
        lookup = next(f for f in self.api.functions if f.name == f"{item.name}LookupBy{by}")
        assert lookup.self is not None
        self_ = self.own.name
        arguments = [{parameter.name: "names", parameter.count[0]: "room"}.get(n, n)
                     for n in self.lowered.arguments]
        group = f"virAccessBehind({self.conn})->{vtable.group_of(self.api, lookup)}"
        counted = [p.name for p in plan.lower(self.api, count).parameters]
        space = "" if text.endswith("*") else " "
        lines = ["    int room, count;", f"    g_autofree {text}{space}*names = NULL;"]
        if by == "UUID":
            lines.append("    unsigned char uuid[VIR_UUID_BUFLEN];")
        lines += [
            "", f"    if (!{group}->{count.name} || !{group}->{lookup.name})",
            f"        return virAccessUnknown({c_string(self.function.name)});",
            f"    room = {self.behind(count, [self_, *counted[1:]])};",
            "    if (room < 0)\n        return -1;",
            f"    names = g_new0({text}, (size_t) room + 1);",
            f"    count = {self.behind(self.function, arguments)};",
            f"    *found = g_new0({pointer}, (size_t) MAX(count, 0) + 1);",
            "    for (int i = 0; i < count; i++) {"]
        call = f"(*found)[i] = {group}->{lookup.name}({self_}, {read});"
        if by == "UUID":
            lines += ["        if (virUUIDParse(names[i], uuid) == 0)", f"            {call}"]
        else:
            lines.append(f"        {call}")
        if parameter.type.kind is not Kind.INT:
            lines.append("        g_free(names[i]);")
        lines += ["    }",
                  f"    return virAccessFilter({self.conn}, {self.filter()}, (void **) *found, count);"]
        return c_call(f"static int\nvisible{self.function.name}", declarations, "\n{\n") + "\n".join(lines) + "\n}"

    def counted(self, list_: model.Function, fill: list[str]) -> list[str]:
        """Asks for the handles that may be seen, does something with them and lets go of them."""
        assert self.own.acl_filter is not None
        item = permissions.object_of(self.api, self.own.acl_filter)
        assert item is not None
        parameter = permissions.filled(list_)
        assert parameter is not None
        out = {parameter.name, parameter.count[0]}
        arguments = [self.self if n == self.own.name else n
                     for n in plan.lower(self.api, list_).arguments if n not in out]
        return [
            f"    {naming.pointer(self.api, item.name)} *found = NULL;", *self.declare(), "",
            f"    if ({self.allowed(self.own.acl)})",
            c_call(f"        ret = visible{list_.name}", [*arguments, "&found"], ";"),
            *fill, "    virAccessGive((void **) found, NULL);", *self.finish()]

    def names(self) -> str:
        parameter = permissions.filled(self.function)
        assert parameter is not None
        name = parameter.name
        line = {
            Kind.INT: f"{name}[i] = found[i]->id;",
            Kind.STRING: f"{name}[i] = g_strdup(found[i]->name);",
            Kind.UUID_STRING: f"{name}[i] = virAccessUUIDText(found[i]->uuid);",
        }[parameter.type.kind]
        fill = [f"    ret = MIN(ret, {parameter.count[0]});",
                "    for (int i = 0; i < ret; i++)", f"        {line}"]
        return self.visible() + "\n\n" + self.function_text(self.counted(self.function, fill))

    def count(self) -> str:
        return self.function_text(self.counted(permissions.listed(self.api, self.function), []))

    def render(self) -> str:
        found = permissions.plan_of(self.api, self.function)
        assert found is not None
        match found:
            case Plan.OPEN:
                return self.open()
            case Plan.BEFORE:
                return self.before()
            case Plan.FOUND:
                return self.found()
            case Plan.SUBJECT:
                return self.subject()
            case Plan.LIST:
                return self.list_all()
            case Plan.RECORDS:
                return self.records()
            case Plan.NAMES:
                return self.names()
            case Plan.COUNT:
                return self.count()
            case _:
                assert_never(found)


def _known(api: model.Api, item: model.Object) -> str:
    """The function that asks the driver for an object that a client speaks of."""
    pointer, name = naming.pointer(api, item.name), item.argument
    step = permissions.lookup_of(api, item)
    conn = f"{name}->{path_to_connection(api, item)}"
    parent = api.object(item.parent)
    if step is None:
        keys = ", ".join(f"{name}->{key.name}" for key in item.keys)
        body = (f"    {naming.pointer(api, parent.name)} of = known{parent.name}({name}->{parent.argument});\n"
                f"    {pointer} found = of ? {naming.typedef(api, item.name)}New(of, {keys}) : NULL;\n\n"
                "    virHandleUnref((virHandle *) of);\n    return found;\n")
        return f"static {pointer}\nknown{item.name}({pointer} {name})\n{{\n{body}}}"
    hook = f"virAccessBehind({conn})->{vtable.group_of(api, step.function)}->{step.function.name}"
    refuse = f"    if (!{hook})\n        virAccessUnknown({c_string(step.function.name)});\n"
    if step.within is None:
        body = (f"    {pointer} found = NULL;\n\n{refuse}    else\n"
                f"        found = {hook}({name}->conn, {name}->{step.key});\n    return found;\n")
    else:
        holder = access.find_holder(api, item, name) if step.holder_key else (
            f"known{parent.name}({name}->{parent.argument})")
        body = (f"    {naming.pointer(api, step.within.name)} of = NULL;\n    {pointer} found = NULL;\n\n{refuse}"
                f"    else\n        of = {holder};\n    if (of)\n        found = {hook}(of, {name}->{step.key}{_rest(step)});\n"
                "    virHandleUnref((virHandle *) of);\n    return found;\n")
    return f"static {pointer}\nknown{item.name}({pointer} {name})\n{{\n{body}}}"


def _rest(step: permissions.Step) -> str:
    """The further arguments of a look-up: its flags, of which none is asked for."""
    return ", 0" * (len(step.function.parameters) - 1)


def _functions(api: model.Api, group: str) -> list[model.Function]:
    return [f for f in vtable.hooked(api) if vtable.group_of(api, f) == group and permissions.is_hooked(f)
            and any(vtable.support_of(api, driver, f) is not None for driver in api.drivers)]


def _needed(api: model.Api, functions: list[model.Function]) -> list[model.Object]:
    """The objects whose handles these functions are given, parents first."""
    names: dict[str, None] = {}

    def add(item: model.Object) -> None:
        if item.name == "Connect":
            return
        step = permissions.lookup_of(api, item)
        if step is None or (step.within is not None and not step.holder_key):
            add(api.object(item.parent))
        names.setdefault(item.name)

    for function in functions:
        assert function.self is not None
        add(api.object(function.self.type))
        if permissions.plan_of(api, function) is Plan.RECORDS and function.self.acl_filter is not None:
            found = permissions.object_of(api, function.self.acl_filter)
            assert found is not None
            add(found)
    return [api.object(name) for name in names]


def source(api: model.Api, group: str) -> str:
    functions = _functions(api, group)
    checks = {f.name: _Check(api, f).render() for f in functions}
    order = sorted(functions, key=lambda f: permissions.plan_of(api, f) is Plan.COUNT)
    rows = "".join(f"    .{f.name} = {naming.guarded(f.name)},\n" for f in functions)
    type_ = naming.group_type(group)
    return banner("api/*.xml") + (
        f"/* Checks in front of the hooks of the group {group}. */\n\n"
    ) + join_paragraphs([
        '#include "access/checks.h"\n\n#include <glib.h>\n#include <libvirt/libvirt.h>\n\n'
        '#include "access/guard.h"\n#include "access/permissions.h"\n#include "base/uuid.h"\n'
        '#include "runtime/error.h"\n#include "runtime/objects.h"',
        *(_known(api, item) for item in _needed(api, functions)),
        *(checks[f.name] for f in order),
        f"const {type_} virAccess{group.capitalize()}Checks = {{\n{rows}}};",
    ])
