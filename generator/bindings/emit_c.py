# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables and thunks of every function, record and callback, for the C core of the bindings."""

from __future__ import annotations

from .. import model, naming
from .. import plan as lowering
from ..model import Direction, Kind, ListMode, Repr, ReturnKind, Shape
from ..text import banner, c_call, c_string, join_paragraphs
from . import plan
from .plan import Form, Method, Part, Role

_KINDS = {
    Kind.INT: "INT", Kind.ENUM: "INT", Kind.EVENT_ID: "INT", Kind.INT64: "INT",
    Kind.UINT: "UINT", Kind.UINT64: "UINT", Kind.FLAGS: "UINT",
    Kind.DOUBLE: "DOUBLE", Kind.BOOL: "BOOL", Kind.STRING: "TEXT", Kind.UUID: "UUID",
    Kind.UUID_STRING: "UUID_TEXT", Kind.BYTES: "BYTES", Kind.BITMAP: "BITMAP", Kind.FD: "FILE",
    Kind.RECORD: "RECORD", Kind.OBJECT: "OBJECT", Kind.PARAMS: "PARAMS",
    Kind.CALLBACK: "CALLBACK", Kind.OPAQUE: "OPAQUE",
}
_NUMBERS = frozenset({"INT", "UINT", "DOUBLE", "BOOL", "FILE"})
_ROLES = {role: role.name for role in Role} | {Role.OPAQUE: "CLOSURE"}
_VALUES = {
    Kind.INT: "INT", Kind.UINT: "UINT", Kind.INT64: "LLONG", Kind.UINT64: "ULLONG",
    Kind.DOUBLE: "DOUBLE", Kind.BOOL: "BOOLEAN", Kind.STRING: "STRING", Kind.ENUM: "INT",
}


def _form(form: Form) -> str:
    return f"VB_FORM_{form.name}"


class Tables:
    """The tables of one specification."""

    def __init__(self, api: model.Api) -> None:
        self.api = api
        keyed = {s.name for s in api.paramsets if s.keys}
        types = [p.type for f in api.functions for p in f.parameters]
        types += [p.type for c in api.callbacks for p in c.parameters]
        types += [g.type for r in api.records for g in plan.shown(r)]
        used = {t.name for t in types if t.kind is Kind.PARAMS}
        self.paramsets = keyed & used

    def type(self, type_: model.TypeRef, c_type: str, array: bool = False) -> str:
        """A vbType; `c_type` is that of one value."""
        kind = _KINDS[type_.kind]
        members = [f".kind = VB_{kind}"]
        if kind in _NUMBERS:
            members.append(f".size = sizeof({c_type})")
        match type_.kind:
            case Kind.OBJECT:
                members.append(f".object = &object{type_.name}")
            case Kind.RECORD:
                members.append(f".record = &record{type_.name}")
            case Kind.PARAMS if type_.name in self.paramsets:
                members.append(f".params = &params{type_.name}")
            case Kind.CALLBACK:
                members.append(f".callback = &callback{type_.name}")
            case _:
                pass
        return "{" + ", ".join(members) + "}"

    # --- objects, typed parameters, records ----------------------------------------------------

    def objects(self) -> str:
        by_shape = {(f.shape, f.self.type): f for f in self.api.functions if f.self is not None}
        blocks = []
        for number, o in enumerate(self.api.objects):
            for word, shape in (("ref", Shape.REF), ("free", Shape.FREE)):
                found = by_shape.get((shape, o.name))
                if found is None and shape is Shape.FREE:
                    found = by_shape.get((Shape.CLOSE, o.name))
                call = f"{naming.function(self.api, found.name)}(handle)" if found else "0"
                unused = "" if found else "    (void) handle;\n"
                blocks.append(f"static int\n{word}{o.name}(void *handle)\n{{\n{unused}    return {call};\n}}")
            parent = f"&object{o.parent}" if o.parent else "NULL"
            blocks.append(
                f"static const vbObject object{o.name} = {{{c_string(o.name)}, {parent}, ref{o.name}, "
                f"free{o.name}, {number}}};")
        return join_paragraphs(blocks)

    def params(self) -> str:
        blocks = []
        for s in self.api.paramsets:
            if s.name not in self.paramsets:
                continue
            rows = "".join(
                f"    {{{c_string(k.string)}, VIR_TYPED_PARAM_{_VALUES[k.type.kind]}}},\n"
                for k in s.keys if k.type is not None and not k.part)
            rows = rows or "    {NULL, 0},\n"
            blocks.append(f"static const vbKey keys{s.name}[] = {{\n{rows}}};\n"
                          f"static const vbParams params{s.name} = {{{c_string(s.name)}, keys{s.name}, "
                          f"sizeof(keys{s.name}) / sizeof(keys{s.name}[0])}};")
        return join_paragraphs(blocks)

    def field(self, record: model.Record, f: model.Field, words: str) -> str:
        struct = naming.typedef(self.api, record.typedef)
        c_type, suffix = lowering.field_type(self.api, f)
        value = c_type.removesuffix("*").rstrip() if f.list is ListMode.ARRAY else c_type
        members = [f".name = {c_string(f.name)}", f".type = {self.type(f.type, value)}",
                   f".offset = offsetof({struct}, {f.name})"]
        if f.list is ListMode.ARRAY or f.type.kind is Kind.PARAMS:
            members.append(".mode = VB_ARRAY")
        if f.transfer == "full":
            members.append(".owned = true")
        if suffix:
            members.append(f".length = sizeof((({struct} *) 0)->{f.name})")
        count = f.count or next((g.name for g in record.fields if isinstance(g, model.Field)
                                 and f.type.kind is Kind.BITMAP and g.name == f"{f.name}len"), "")
        if count:
            members += [f".count_offset = offsetof({struct}, {count})",
                        f".count_size = sizeof((({struct} *) 0)->{count})"]
        if f.scale:
            members.append(f".scale = {f.scale}")
        if words:
            members.append(words)
        return "    {" + ", ".join(members) + "},\n"

    def words(self, record: model.Record) -> tuple[str, str]:
        """The names of tags of a list of tagged values."""
        enum = next((e for e in self.api.enums if e.name == f"{record.name}Tags"), None)
        if enum is None:
            return "", ""
        rows = "".join(f"    [{v.value}] = {c_string(v.text or v.name.lower())},\n" for v in enum.values)
        return (f"static const char *const words{record.name}[] = {{\n{rows}}};\n",
                f".words = words{record.name}, .nwords = sizeof(words{record.name}) / "
                f"sizeof(words{record.name}[0])")

    def records(self) -> str:
        records = [r for r in self.api.records if r.name != "TypedParameter"]
        blocks = ["\n".join([
            *(f"static const vbRecord record{r.name};" for r in records),
            *(f"static const vbCallback callback{c.name};" for c in self.api.callbacks)])]
        for r in records:
            shown = plan.shown(r)
            table, member = self.words(r)
            rows = [self.field(r, f, member if f is shown[0] else "") for f in shown]
            struct = naming.typedef(self.api, r.typedef)
            form = Form(r.form)
            blocks.append(
                f"{table}static const vbField fields{r.name}[] = {{\n{''.join(rows)}}};\n"
                f"static const vbRecord record{r.name} = {{{c_string(r.name)}, sizeof({struct}), "
                f"{_form(form)}, fields{r.name}, sizeof(fields{r.name}) / sizeof(fields{r.name}[0])}};")
        return join_paragraphs(blocks)

    # --- parts -----------------------------------------------------------------------------------

    def item_type(self, p: model.Parameter) -> str:
        """The C type of one value of a parameter that is a number."""
        c_type = lowering.parameter_type(self.api, p)
        return c_type.replace("*", "").strip()

    def part(self, method: Method, part: Part) -> str:
        if part.role is Role.SELF:
            assert method.function.self is not None
            own = method.function.self
            type_ = f"{{.kind = VB_OBJECT, .object = &object{own.type}}}"
            return (f"    {{.name = {c_string(part.name)}, .type = {type_}, .role = VB_SELF, .of = -1, "
                    ".counts = {-1, -1}, .stride = -1},\n")
        p = part.parameter
        plain = part.c.role != "value" or p.direction is Direction.COUNT
        members = [f".name = {c_string(part.name)}"]
        if plain:
            base = part.c.type.removesuffix("*").strip()
            members.append(f".type = {{.kind = VB_INT, .size = sizeof({base})}}")
        else:
            members.append(f".type = {self.type(p.type, self.item_type(p))}")
        members.append(f".role = VB_{_ROLES[part.role]}")
        about = part.of if any(q.name == part.of for q in method.parts) else ""
        members.append(f".of = {method.index(about) if about else -1}")
        counts = [method.index(name) for name in p.count] if not plain else []
        counts = (counts + [-1, -1])[:2]
        members.append(f".counts = {{{counts[0]}, {counts[1]}}}")
        stride = method.index(p.stride) if p.stride and not plain else -1
        members.append(f".stride = {stride}")
        if part.c.type.endswith("*") and (plain or part.role is Role.COUNT):
            members.append(".by_pointer = true")
        if plain:
            return "    {" + ", ".join(members) + "},\n"
        return "    {" + ", ".join(members + self.traits(p, part)) + "},\n"

    def traits(self, p: model.Parameter, part: Part) -> list[str]:
        members = [f".mode = VB_{'ONE' if p.list is ListMode.NO else p.list.name}"]
        for name, holds in (
            ("nullable", p.nullable or p.null_if_empty), ("probe", p.probe), ("owned", p.transfer == "full"),
            ("pointers", p.type.kind is Kind.RECORD and p.list is ListMode.ALLOC and p.repr is not Repr.FLAT),
            ("whole", p.type.kind is Kind.OBJECT and p.list is ListMode.ARRAY),
        ):
            if holds:
                members.append(f".{name} = true")
        if p.type.kind is Kind.RECORD:
            form = plan.record_form(self.api.record(p.type.name), p)
            members.append(f".form = {_form(form)}")
        if limit := self.limit(p.max):
            members.append(f".limit = {limit}")
        if part.default is not None:
            members.append(f".fallback = {c_string(part.default)}")
        return members

    def limit(self, name: str) -> int:
        """A limit of the protocol; what would exceed it is not asked for."""
        for program in self.api.programs:
            for limit in program.limits:
                if limit.name == name and limit.value.isdigit():
                    return int(limit.value)
        return 0

    # --- functions -------------------------------------------------------------------------------

    @staticmethod
    def slot(number: int, c_type: str, kind: str) -> str:
        """A slot as a C argument."""
        if kind == "CALLBACK":
            return f"({c_type}) s[{number}].f"
        if c_type.endswith("*") or c_type.endswith("Ptr") or c_type.endswith("const"):
            return f"s[{number}].p"
        member = "d" if c_type == "double" else "i" if not c_type.startswith(("unsigned", "size_t")) else "u"
        return f"({c_type}) s[{number}].{member}"

    def thunk(self, method: Method) -> str:
        arguments = []
        for number, part in enumerate(method.parts, 1):
            callback = part.c.role == "value" and part.kind is Kind.CALLBACK
            arguments.append(self.slot(number, part.c.type, "CALLBACK" if callback else ""))
        name = naming.function(self.api, method.function.name)
        returns = method.lowered.returns
        if returns == "void":
            body = c_call(f"    {name}", arguments, ";") + "\n    s[0].i = 0;\n    return false;\n"
        elif returns.endswith("*") or returns.endswith("Ptr"):
            cast = "(void *) " if returns.startswith("const") else ""
            body = c_call(f"    s[0].p = {cast}{name}", arguments, ";") + "\n    return !s[0].p;\n"
        else:
            member = "u" if returns.startswith("unsigned") else "i"
            body = c_call(f"    s[0].{member} = {name}", arguments, ";")
            body += f"\n    return s[0].{member} == ({returns}) {method.lowered.failure};\n"
        unused = "" if method.parts or returns else "    (void) s;\n"
        return f"static bool\ncall{method.function.name}(vbSlot *s)\n{{\n{unused}{body}}}"

    def answer(self, method: Method) -> str:
        returns = method.function.returns
        match returns.kind:
            case ReturnKind.NONE | ReturnKind.STATUS:
                return "{.kind = VB_NOTHING}"
            case ReturnKind.COUNT:
                return "{.kind = VB_INT, .size = sizeof(int)}"
            case ReturnKind.BOOL:
                return "{.kind = VB_BOOL, .size = sizeof(int)}"
            case ReturnKind.STRING:
                return "{.kind = VB_TEXT}"
            case _:
                assert returns.type is not None
                return self.type(returns.type, method.lowered.returns)

    def events(self, method: Method) -> tuple[str, str]:
        """The callback of each event that a function registers for."""
        own = next((p.parameter.type.name for p in method.parts if p.role is Role.GIVEN
                    and p.kind is Kind.OBJECT), "")
        found = [e for e in self.api.events if e.object == own]
        if method.function.shape is not Shape.EVENT_REGISTER or not any(
                p.c.role == "value" and p.role is Role.GIVEN and p.kind is Kind.ENUM for p in method.parts):
            return "", ""
        enum = next(e for e in self.api.enums if e.name == f"{own}EventID")
        numbers = {v.name.removeprefix("EVENT_ID_").removeprefix("ID_"): v.value for v in enum.values}
        rows = "".join(f"    [{numbers[e.name]}] = &callback{e.callback},\n" for e in found)
        name = f"events{method.function.name}"
        return (f"static const vbCallback *const {name}[] = {{\n{rows}}};\n",
                f", .events = {name}, .nevents = sizeof({name}) / sizeof({name}[0])")

    def function(self, method: Method) -> str:
        f = method.function
        rows = "".join(self.part(method, part) for part in method.parts)
        parts = f"static const vbPart parts{f.name}[] = {{\n{rows}}};\n" if rows else ""
        events, member = self.events(method)
        named = f"parts{f.name}" if rows else "NULL"
        count = method.index(f.returns.count) if f.returns.count else -1
        owned = "true" if f.returns.transfer == "full" else "false"
        doc = " ".join(filter(None, (f.brief.plain[:1].upper() + f.brief.plain[1:] + ".", f.doc.plain)))
        bundle = c_string(method.bundle) if method.bundle else "NULL"
        return (
            f"{self.thunk(method)}\n\n{parts}{events}static const vbFunction function{f.name} = {{\n"
            f"    .name = {c_string(f.name)}, .symbol = {c_string(naming.function(self.api, f.name))},\n"
            f"    .run = call{f.name}, .parts = {named}, .nparts = {len(method.parts)},\n"
            f"    .answer = VB_ANSWER_{method.answer.name}, .type = {self.answer(method)}, .owned = {owned},\n"
            f"    .count = {count}, .form = {_form(method.form)}, .bundle = {bundle}{member},\n"
            f"    .doc = {c_string(doc)},\n}};")

    # --- callbacks -------------------------------------------------------------------------------

    def callback(self, number: int, callback: model.Callback) -> str:
        parameters = lowering.c_parameters(self.api, callback.parameters, in_callback=True)
        returns, _ = lowering.return_type(self.api, callback.returns)
        rows, fills = [], []
        # What is handed to a program's own event loop carries the closure of the library, not ours.
        handed = any(p.type.kind is Kind.CALLBACK for p in callback.parameters)
        closure = -1
        for index, c in enumerate(parameters):
            assert c.source is not None
            p = c.source
            is_value = c.role == "value"
            kind = p.type.kind if is_value else Kind.INT
            if is_value and kind is Kind.OPAQUE and not handed:
                closure = index
            base = c.type.replace("*", "").replace("const ", "").strip()
            type_ = self.type(p.type, base) if is_value else f"{{.kind = VB_INT, .size = sizeof({base})}}"
            counts = [i for i, q in enumerate(parameters) if q.role == "count" and q.source is p and is_value]
            role = "TAKEN" if p.direction is Direction.OUT and is_value else "GIVEN" if is_value else "LENGTH"
            mode = "ONE" if p.list is ListMode.NO or not is_value else p.list.name
            mutable = ", .owned = true" if p.repr is not Repr.MUTABLE and p.list is not ListMode.NO \
                and kind is Kind.RECORD else ""
            of = next((i for i, q in enumerate(parameters) if q.source is p), -1) if not is_value else -1
            rows.append(f"    {{.name = {c_string(c.name)}, .type = {type_}, .role = VB_{role}, "
                        f".mode = VB_{mode}, .of = {of}, .counts = {{{counts[0] if counts else -1}, -1}}, "
                        f".stride = -1{mutable}}},\n")
            if kind is Kind.CALLBACK:
                fills.append(f"{{.f = (void (*)(void)) {c.name}}}")
            elif c.type.endswith("*") or c.type.endswith("Ptr"):
                fills.append(f"{{.p = (void *) {c.name}}}")
            else:
                fills.append(f"{{.i = (long long) {c.name}}}")
        declared = ", ".join(c.declaration for c in parameters)
        result = "" if returns == "void" else "return (int) "
        body = f"    vbSlot slots[] = {{{', '.join(fills)}}};\n\n"
        body += f"    {result}vbUpcall(&callback{callback.name}, slots);\n"
        return_type = "void" if returns == "void" else "int"
        kind_text = "{.kind = VB_NOTHING}" if returns == "void" else "{.kind = VB_INT, .size = sizeof(int)}"
        return (
            f"static {return_type}\non{callback.name}({declared})\n{{\n{body}}}\n\n"
            f"static const vbPart parameters{callback.name}[] = {{\n{''.join(rows)}}};\n"
            f"static const vbCallback callback{callback.name} = {{\n"
            f"    {c_string(callback.name)}, (void (*)(void)) on{callback.name}, parameters{callback.name},\n"
            f"    {len(parameters)}, {kind_text}, {closure}, {number},\n}};")

    def callbacks(self) -> str:
        return join_paragraphs(self.callback(i, c) for i, c in enumerate(self.api.callbacks))


def _index(kind: str, name: str, names: list[str]) -> str:
    rows = "".join(f"    &{n},\n" for n in names)
    return (f"const {kind} *const {name}s[] = {{\n{rows}}};\n"
            f"const size_t {name}Count = sizeof({name}s) / sizeof({name}s[0]);")


def needs(api: model.Api) -> str:
    """What every binding needs of the library by itself; a specification may lack some of it."""
    names = {f.name for f in api.functions}
    last = "GetLastError" in names
    nodes = "NodeGetCPUMap" in names
    p = api.prefix
    return join_paragraphs([
        f"virErrorPtr\nvbLastError(void)\n{{\n    return {f'{p}GetLastError()' if last else 'NULL'};\n}}",
        f"void\nvbForgetError(void)\n{{\n{f'    {p}ResetLastError();' if last else ''}\n}}",
        "static void\nignore(void *data, virErrorPtr error)\n{\n    (void) data;\n    (void) error;\n}",
        f"void\nvbSilence(void)\n{{\n    {f'{p}SetErrorFunc(NULL, ignore);' if last else '(void) ignore;'}\n}}",
        "int\nvbProcessors(void *conn)\n{\n"
        + (f"    return {p}NodeGetCPUMap(conn, NULL, NULL, 0);\n" if nodes
           else "    (void) conn;\n    return -1;\n") + "}",
    ])


def source(api: model.Api) -> str:
    """gen/bindings/calls.c."""
    tables = Tables(api)
    methods = list(plan.methods(api))
    headers = "".join(f"#include <libvirt/{name}.h>\n" for name in api.libraries if name != "libvirt")
    return banner("api.xml and api/*.xml") + "\n" + join_paragraphs([
        f'#include "call.h"\n\n{headers}',
        tables.objects(), tables.params(), tables.records(), tables.callbacks(),
        *(tables.function(m) for m in methods),
        _index("vbFunction", "vbFunction", [f"function{m.function.name}" for m in methods]),
        _index("vbObject", "vbObject", [f"object{o.name}" for o in api.objects]),
        _index("vbCallback", "vbCallback", [f"callback{c.name}" for c in api.callbacks]),
        "long long (*vbUpcall)(const vbCallback *callback, vbSlot *slots);",
        "const vbRecord *const vbErrorRecord = &recordError;" if any(
            r.name == "Error" for r in api.records) else "const vbRecord *const vbErrorRecord = NULL;",
        needs(api),
    ])
