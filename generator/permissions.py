# SPDX-License-Identifier: LGPL-2.1-or-later
"""Access checks, lowered once: whose permission a call needs, and how the daemon knows whom it is about.

What a client says of an object is not believed: the driver is asked for it, and the call goes on with
what the driver answered. So a check and the call that follows it are about the same object.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import model, naming
from .checks import HOOKED
from .model import Direction, Kind, ListMode, Shape, Told


class Plan(Enum):
    """How a call is checked; the set is closed."""

    OPEN = "open"               # said to need no permission
    BEFORE = "before"           # what it is about is known
    FOUND = "found"             # a look-up: by what it found
    SUBJECT = "subject"         # by what its arguments tell
    LIST = "list"               # what may not be seen is left out of a list of objects,
    NAMES = "names"             # of a list of names or numbers,
    COUNT = "count"             # of their number,
    RECORDS = "records"         # of a list of records about objects


@dataclass(frozen=True)
class Step:
    """One way from a handle to the object it stands for: a look-up by a key of the handle."""

    function: model.Function
    key: str
    within: model.Object | None     # asked of this object, which is known by then
    holder_key: str = ""            # found by this key of the handle; else it is the parent


def object_of(api: model.Api, rule: model.Permission) -> model.Object | None:
    """The object of a permission, which rules may write as words: storage_vol is StorageVol."""
    plain = rule.object.lower().replace("_", "")
    return next((o for o in api.objects if o.name.lower() == plain), None)


def words(item: model.Object) -> str:
    """An object in names of permissions: StorageVol -> storage_vol."""
    return "_".join(naming.words(item.name)).lower()


def constant(item: model.Object, name: str) -> str:
    """The number of a permission: StorageVol, data_read -> VIR_ACCESS_STORAGE_VOL_DATA_READ."""
    return f"VIR_ACCESS_{words(item)}_{name}".upper()


def action(item: model.Object, name: str) -> str:
    """What an authority is asked for: org.libvirt.api.storage-vol.data-read."""
    return f"org.libvirt.api.{words(item)}.{name}".replace("_", "-")


def guarded(api: model.Api) -> list[model.Object]:
    """The objects that have permissions."""
    return [o for o in api.objects if o.permissions]


def lookup_of(api: model.Api, item: model.Object) -> Step | None:
    """How the driver is asked for an object; by its UUID where it has one, since names change."""
    for wanted in ("UUID", "Name", "PortDev"):
        function = next((f for f in (*api.functions,) if f.name == f"{item.name}LookupBy{wanted}"
                         and f.shape is Shape.LOOKUP and f.self is not None), None)
        key = next((k.name for k in item.keys if k.name == wanted.lower()), "")
        if function is None or not key or function.self is None:
            continue
        if function.self.type == "Connect":
            return Step(function, key, None)
        return Step(function, key, api.object(function.self.type), item.acl_within[0])
    return None


def is_hooked(function: model.Function) -> bool:
    """Whether a driver's table has it, and a client may call it."""
    own = function.self
    return function.shape in HOOKED and own is not None and not own.type.startswith("Adm")


def document(function: model.Function) -> str:
    """The argument that describes an object."""
    return next((p.name for p in function.parameters if p.direction is Direction.IN
                 and p.type.kind is Kind.STRING and "xml" in p.name.lower()), "")


def subjects(function: model.Function) -> tuple[model.Subject, ...]:
    """What tells whom a call is about; where nothing is said, the document among its arguments."""
    own = function.self
    assert own is not None
    if own.subjects:
        return own.subjects
    argument = document(function)
    return (model.Subject(Told.DOCUMENT, argument),) if argument else ()


def holds(api: model.Api, item: model.Object, wanted: model.Object) -> bool:
    """Whether an object is another one, or part of it: a snapshot is of its domain."""
    while item is not wanted:
        if not item.parent:
            return False
        item = api.object(item.parent)
    return True


def listed(api: model.Api, function: model.Function) -> model.Function:
    """The list behind a number of objects: ConnectNumOfDomains counts ConnectListDomains."""
    return next(f for f in api.functions if f.name == function.name.replace("NumOf", "List"))


def filled(function: model.Function) -> model.Parameter | None:
    """The names or numbers that a list fills in."""
    return next((p for p in function.parameters if p.list is ListMode.FILL), None)


def records(function: model.Function) -> model.Parameter | None:
    return next((p for p in function.parameters
                 if p.list is ListMode.ALLOC and p.type.kind is Kind.RECORD), None)


def plan_of(api: model.Api, function: model.Function) -> Plan | None:
    """How a call is checked; None when the specification does not say enough."""
    own = function.self
    assert own is not None
    if own.acl_none:
        return Plan.OPEN
    if not own.acl:
        return None
    if own.acl_filter is not None and function.shape not in (Shape.EVENT_REGISTER,):
        if function.shape is Shape.LIST_ALL:
            return Plan.LIST
        if filled(function) is not None:
            return Plan.NAMES
        return Plan.RECORDS if records(function) is not None else Plan.COUNT
    self_type = api.object(own.type)
    found = [object_of(api, rule) for rule in own.acl]
    if all(o is not None and holds(api, self_type, o) for o in found):
        return Plan.BEFORE
    if function.shape is Shape.LOOKUP:
        return Plan.FOUND
    return Plan.SUBJECT if subjects(function) else None


def told_of(api: model.Api) -> list[tuple[model.Object, Told]]:
    """The objects that src/access reads out of documents, images and names, each with what tells of it."""
    found = dict.fromkeys(
        (item.name, subject.told)
        for module in api.modules for function in module.all_functions
        if is_hooked(function) and plan_of(api, function) is Plan.SUBJECT and function.self is not None
        for item in (object_of(api, function.self.acl[0]),) if item is not None
        for subject in subjects(function) if subject.told is not Told.NOTHING)
    return [(api.object(name), told) for name, told in found]


def told_name(item: model.Object, told: Told) -> str:
    """The function that knows an object from what tells of it: virAccessDomainOfDocument."""
    return f"virAccess{item.name}Of{told.value.capitalize()}"


def filter_of(api: model.Api, object_: str) -> model.Permission | None:
    """The permission that an event's listener needs to be told of an object."""
    return next((f.self.acl_filter for f in api.functions
                 if f.shape is Shape.EVENT_REGISTER and f.self is not None
                 and f.self.acl_filter is not None
                 and getattr(object_of(api, f.self.acl_filter), "name", "") == object_), None)


def listening(api: model.Api, object_: str) -> str:
    """The number of the permission that a listener of an object's events needs on the connection."""
    function = next(f for f in api.functions
                    if f.shape is Shape.EVENT_REGISTER and f.self is not None
                    and f.self.acl_filter is not None
                    and getattr(object_of(api, f.self.acl_filter), "name", "") == object_)
    assert function.self is not None
    item = object_of(api, function.self.acl[0])
    assert item is not None
    return constant(item, function.self.acl[0].name)
