# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a caller owns after a call: C statements that release it, as the ownership notes say.

The calls of the differential program end with them, so a leak checker tells where a note is wrong.
"""

from __future__ import annotations

import re

from .. import model, naming, plan
from ..model import Direction, Kind, ListMode, ReturnKind, Shape

# Stands where a call leaves nothing to release.
NOTHING = "differNothing"


def _free(api: model.Api, name: str) -> str:
    """The function that drops a reference to a handle, "" if there is none."""
    found = [f.name for f in api.functions if f.shape in (Shape.FREE, Shape.CLOSE)
             and f.self is not None and f.self.type == name]
    return f"CALL({naming.function(api, found[0])})" if found else ""


def _named(api: model.Api, *names: str) -> str:
    """The first of these functions that there is, or ""."""
    known = {f.name for f in api.functions}
    found = next((name for name in names if name in known), "")
    return f"CALL({naming.function(api, found)})" if found else ""


class _Owned:
    """The parts of a function's result that the caller releases."""

    def __init__(self, api: model.Api, lowered: plan.Lowered) -> None:
        self.api = api
        self.lowered = lowered
        self.lines: list[str] = []

    def number(self, parameter: plan.CParameter) -> int:
        return self.lowered.parameters.index(parameter)

    def count(self, source: model.Parameter) -> str:
        """How many entries a list got: a count behind a pointer, or the result."""
        for p in self.lowered.parameters:
            if p.role == "count" and p.type.endswith("*") and (
                    p.source is source or p.name in source.count):
                return f"DIFFER_OUT(f, {self.number(p)}, int)"
        return "result"

    def each(self, items: str, count: str, line: str) -> None:
        self.lines.append(f"for (int i = 0; {items} && i < {count}; i++)\n        {line};")

    def alloc(self, p: plan.CParameter, source: model.Parameter) -> None:
        """A list that the call made."""
        items = p.name
        type_ = p.type.removesuffix("*").rstrip()
        space = "" if type_.endswith("*") else " "
        self.lines.append(f"{type_}{space}{items} = DIFFER_OUT(f, {self.number(p)}, {type_});")
        match source.type.kind:
            case Kind.PARAMS:
                self.lines.append(f"CALL(virTypedParamsFree)({items}, {self.count(source)});")
                return
            case Kind.OBJECT:
                if free := _free(self.api, source.type.name):
                    self.each(items, self.count(source), f"{free}({items}[i])")
            case Kind.STRING:
                self.each(items, self.count(source), f"free({items}[i])")
            case Kind.RECORD:
                if whole := _named(self.api, f"{source.type.name}ListFree"):
                    self.lines.append(f"{whole}({items});")
                    return
                if free := _named(self.api, f"{source.type.name}Free"):
                    self.each(items, self.count(source), f"{free}({items}[i])")
            case _:
                pass    # one block of numbers
        self.lines.append(f"free({items});")

    def fill(self, p: plan.CParameter, source: model.Parameter) -> None:
        """What the call put into a list of the caller."""
        area = f"(void *) f->scratch[{self.number(p)}]"
        if source.type.kind is Kind.PARAMS and len(source.count) == 1:
            self.lines.append(f"CALL(virTypedParamsClear)({area}, {self.count(source)});")
        elif source.type.kind is Kind.STRING:
            self.lines.append(f"char **{p.name} = {area};")
            self.each(p.name, "result", f"free({p.name}[i])")
        elif source.type.kind is Kind.RECORD:
            record = self.api.record(source.type.name)
            texts = [field for field in record.fields
                     if isinstance(field, model.Field) and field.type.kind is Kind.STRING]
            if texts:
                self.lines.append(f"{naming.pointer(self.api, record.name)} {p.name} = {area};")
            for field in texts:
                self.each(p.name, "result", f"free({p.name}[i].{field.name})")

    def parameter(self, p: plan.CParameter) -> None:
        source = p.source
        if source is None or p.role != "value" or source.direction is not Direction.OUT:
            return
        if source.list is ListMode.ALLOC:
            self.alloc(p, source)
        elif source.list is ListMode.FILL:
            self.fill(p, source)
        elif source.type.kind is Kind.RECORD:
            if reset := _named(self.api, f"Reset{source.type.name}"):
                self.lines.append(f"{reset}((void *) f->scratch[{self.number(p)}]);")
        elif source.transfer == "full":
            self.lines.append(f"free(DIFFER_OUT(f, {self.number(p)}, void *));")

    def returned(self) -> None:
        returns = self.lowered.function.returns
        if returns.kind is ReturnKind.OBJECT and returns.transfer == "full" and returns.type:
            if free := _free(self.api, returns.type.name):
                self.lines.append(f"{free}(result);")
        elif returns.type and returns.type.kind is Kind.RECORD and returns.transfer == "full":
            if free := _named(self.api, f"Free{returns.type.name}"):
                self.lines.append(f"{free}(result);")
        elif returns.kind is ReturnKind.VALUE and returns.type and returns.type.kind is Kind.FD:
            self.lines.append("close(result);")
        elif self.lowered.returns.endswith("*") and returns.transfer == "full":
            self.lines.append("free(result);")


def function(api: model.Api, lowered: plan.Lowered) -> tuple[str, str]:
    """The name of what releases the results of a function, and its text; "" if there is nothing."""
    owned = _Owned(api, lowered)
    if lowered.function.shape not in (Shape.GETTER, Shape.PARENT, Shape.REF, Shape.FREE):
        for parameter in lowered.parameters:
            owned.parameter(parameter)
        owned.returned()
    if not owned.lines:
        return NOTHING, ""
    name = f"release{lowered.function.name}"
    result = "void *result" if lowered.returns.endswith(("*", "Ptr")) else "int result"
    body = "".join(f"    {line}\n" for line in owned.lines)
    unused = "".join(
        f"    (void) {word};\n" for word in ("f", "result") if not _mentions(body, word)
    )
    return name, f"static void\n{name}(Contract *f, {result})\n{{\n{body}{unused}}}"


def _mentions(body: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", body) is not None
