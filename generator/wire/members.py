# SPDX-License-Identifier: LGPL-2.1-or-later
"""Members of the protocol's structures: from a parameter, a record's field, an identity key."""

from __future__ import annotations

from dataclasses import replace

from .. import model, naming, plan
from .model import Form, Kind, Limit, Member, Role

UUID_SIZE = 16

_SCALARS = {
    "char": Kind.CHAR,
    "signed char": Kind.CHAR,
    "unsigned char": Kind.BYTE,
    "unsigned short": Kind.SHORT,
    "int": Kind.INT,
    "unsigned int": Kind.UINT,
    "long long": Kind.INT64,
    "unsigned long": Kind.UINT64,
    "unsigned long long": Kind.UINT64,
    "size_t": Kind.UINT,
    "virDomainBlockJobCursor": Kind.UINT64,
    "double": Kind.DOUBLE,
}


def by_order(members: list[Member], order: tuple[str, ...]) -> list[Member]:
    """Members moved to where wire-order says: those it names come first."""
    named = [m for name in order for m in members if m.name == name]
    return named + [m for m in members if m not in named]


def _goes_out(p: model.Parameter) -> bool:
    return p.direction is model.Direction.OUT


def scalar(c_type: str) -> Kind | None:
    """What a plain C number is on the wire."""
    return _SCALARS.get(c_type)


class Members:
    """Makes the members of one program's structures."""

    def __init__(self, api: model.Api, program: str, limits: dict[str, Limit]) -> None:
        self.api = api
        self.program = program
        self.limits = limits
        self.wire_enums = {e.name for e in api.wire_enums}

    def limit(self, name: str) -> Limit | None:
        if not name:
            return None
        if name.isdigit():
            return Limit(self.program, "", int(name))
        return self.limits.get(name)

    def string(self, name: str, nullable: bool) -> Member:
        form = Form.OPTIONAL if nullable else Form.ONE
        return Member(name, Kind.STRING, form, self.limits.get("STRING_MAX"))

    def item(
        self, name: str, type_: model.TypeRef, c_type: str, nullable: bool
    ) -> Member:
        """One value of a semantic type."""
        match type_.kind:
            case model.Kind.STRING | model.Kind.UUID_STRING:
                return self.string(name, nullable)
            case model.Kind.UUID:
                limit = Limit(self.program, "", UUID_SIZE)
                return Member(name, Kind.OPAQUE, Form.FIXED, limit)
            case model.Kind.OBJECT:
                form = Form.OPTIONAL if nullable else Form.ONE
                return Member(name, Kind.STRUCT, form, structure=type_.name, object=type_.name)
            case model.Kind.RECORD:
                return Member(name, Kind.STRUCT, structure=type_.name)
            case model.Kind.PARAMS:
                return Member(name, Kind.PARAM, limit=self.limits.get("STRING_MAX"))
            case model.Kind.BYTES | model.Kind.BITMAP:
                return Member(name, Kind.OPAQUE, Form.LIST)
            case _:
                kind = scalar(c_type)
                named = type_.name if type_.name in self.wire_enums else ""
                return Member(name, kind if kind is not None else Kind.INT, enumeration=named)

    def overridden(self, member: Member, note: model.WireNote) -> Member:
        """What history made different: wire-name, wire-type, wire-nullable."""
        if note.name:
            member = replace(member, name=note.name)
        if note.nullable is not None:
            member = replace(member, form=Form.OPTIONAL if note.nullable else Form.ONE)
        if note.type == "chars":
            # A list of characters, or an array when its length is fixed, four bytes each.
            form = Form.FIXED if member.form is Form.FIXED else Form.LIST
            member = replace(member, kind=Kind.CHAR, form=form)
        elif note.type:
            member = replace(member, kind=Kind(note.type), enumeration="")
        return member

    def key(self, key: model.Key) -> Member:
        member = self.item(key.name, key.type, self._key_type(key), False)
        return self.overridden(member, key.wire)

    @staticmethod
    def _key_type(key: model.Key) -> str:
        return {
            model.Kind.INT64: "long long",
            model.Kind.UINT64: "unsigned long long",
        }.get(key.type.kind, "int")

    def field(self, record: model.Record, field: model.Field) -> Member:
        """One field of a record, nullable when it says so."""
        c_type, suffix = plan.field_type(self.api, field)
        if field.type.kind is model.Kind.ENUM:
            c_type = "int"
        if suffix:
            c_type = "char *"
        if field.list is model.ListMode.ARRAY:
            c_type = c_type.rstrip("* ")
        member = replace(
            self.item(field.name, field.type, c_type, field.nullable), field=field
        )
        maximum = self.limit(field.max)
        if maximum is None and field.type.kind is model.Kind.PARAMS:
            maximum = self.set_limit(field.type)
        if maximum is None and field.type.kind is model.Kind.BITMAP:
            maximum = self.limit("CPUMAP_MAX")
        if field.list is model.ListMode.ARRAY or member.form is Form.LIST:
            member = replace(member, form=Form.LIST, limit=maximum)
        member = self.overridden(member, field.wire)
        if member.kind is Kind.CHAR and field.length:
            if field.length.isdigit():
                return replace(member, form=Form.FIXED, limit=self.limit(field.length))
            return replace(member, form=Form.LIST, limit=maximum)
        return member

    def fields(self, record: model.Record) -> list[Member]:
        """The fields of a record that travel: counts do as the length of their list."""
        plain = [f for f in record.fields if isinstance(f, model.Field)]
        counts = {f.count for f in plain if f.count} | {f.stride for f in plain if f.stride}
        return [
            self.field(record, f)
            for f in plain
            if f.name not in counts
            and not (f.type.kind is model.Kind.OBJECT and f.type.name == "Connect")
            and f.type.kind is not model.Kind.OPAQUE
        ]

    def parameter(self, p: model.Parameter, role: Role = Role.VALUE) -> Member:
        """A parameter that comes in, or the value one that goes out is set to."""
        c_type = plan.parameter_type(self.api, p).removeprefix("const ").strip()
        while c_type.endswith("*") and c_type not in ("char *",):
            c_type = c_type[:-1].strip()
        is_list = p.list is not model.ListMode.NO or p.type.kind in (
            model.Kind.BYTES, model.Kind.BITMAP
        )
        nullable = p.nullable and p.direction is model.Direction.IN and not is_list
        member = replace(
            self.item(p.name, p.type, c_type, nullable), parameter=p, role=role, secret=p.secret,
            path=p.path,
        )
        if is_list:
            member = replace(member, form=Form.LIST, limit=self.list_limit(p))
        return self.overridden(member, p.wire)

    def list_limit(self, p: model.Parameter) -> Limit | None:
        """The bound of a list: its own, or that of the object it lists."""
        if p.max:
            return self.limit(p.max)
        if p.type.kind is model.Kind.OBJECT:
            return self.limit(self.api.object(p.type.name).max)
        if p.type.kind is model.Kind.BITMAP:
            return self.limit("CPUMAPS_MAX" if p.stride and _goes_out(p) else "CPUMAP_MAX")
        if p.type.kind is model.Kind.PARAMS:
            return self.set_limit(p.type)
        return None

    def set_limit(self, type_: model.TypeRef) -> Limit | None:
        return next((self.limit(s.max) for s in self.api.paramsets if s.name == type_.name), None)

    def object_members(self, item: model.Object) -> list[Member]:
        """The identity of an object, behind that of its parent unless that is the connection."""
        members = []
        if item.parent and "Connect" not in item.parent:
            parent = self.api.object(item.parent)
            kind = Member(self.word(parent), Kind.STRUCT, structure=parent.name, object=parent.name)
            members.append(kind)
        members += [self.key(k) for k in item.keys if k.wire.type != "none"]
        return by_order(members, item.wire_order)

    @staticmethod
    def word(item: model.Object) -> str:
        """What the protocol calls an object where it stands for itself."""
        return item.wire.name or item.argument

    def self_member(self, own: model.Self) -> Member | None:
        item = self.api.object(own.type)
        if "Connect" in item.name:
            return None
        name = own.wire.name or self.word(item)
        if item.wire_by_key:
            key = replace(self.key(item.keys[0]), role=Role.SELF_KEY, object=item.name)
            return key
        return Member(name, Kind.STRUCT, structure=item.name, object=item.name, role=Role.SELF)

    def spelled_type(self, words: str) -> str:
        """The protocol's name of a type; those of the message itself start alike."""
        if self.program == "net" and not words.startswith("stream"):
            words = f"message_{words}"
        return naming.wire_type(self.program, words)
