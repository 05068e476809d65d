# SPDX-License-Identifier: LGPL-2.1-or-later
"""The flattened description of a library that other tools read (libvirt-api.xml and siblings)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .. import model, naming, plan
from ..errors import failures
from ..text import banner, quoted


def _attributes(**values: str) -> str:
    return "".join(f" {name.rstrip('_')}={quoted(value)}" for name, value in values.items())


def _info(text: model.Text) -> str:
    return escape(text.plain)


def _function(api: model.Api, function: model.Function, file: str) -> str:
    lowered = plan.lower(api, function)
    name = naming.function(api, function.name)
    out = f"    <function{_attributes(name=name, file=file, module=file, version=function.since)}>\n"
    text = ". ".join(t.plain for t in (function.brief, function.doc) if t.plain)
    out += f"      <info>{escape(text)}</info>\n"
    out += (
        f"      <return{_attributes(type=lowered.returns, info=function.returns.doc.plain)}/>\n"
    )
    for p in lowered.parameters:
        info = p.source.doc.plain if p.source is not None else ""
        out += f"      <arg{_attributes(name=p.name, type=p.type, info=info)}/>\n"
    for failure in failures(api, function):
        out += f"      <throws{_attributes(error=f'VIR_ERR_{failure.code}', info=failure.when)}/>\n"
    for t in function.transitions:
        for name in t.states:
            out += f"      <state{_attributes(name=name, to=t.to, emits=' '.join(t.emits), error=' '.join(t.errors))}/>\n"
    for support in function.support:
        facts = {"driver": support.driver, "since": support.since}
        if support.until:
            facts["until"] = support.until
        if support.flags is not None:
            facts["flags"] = " ".join(support.flags)
        out += f"      <support{_attributes(**facts)}/>\n"
    for without in function.without:
        facts = {"driver": without.driver, "info": without.reason.plain}
        out += f"      <without{_attributes(**facts)}/>\n"
    return out + "    </function>\n"


def render(api: model.Api, library: str) -> str:
    modules = [module for module in api.modules if module.library == library]
    files, symbols = "", ""
    for header in dict.fromkeys(module.header for module in modules):
        file = header.removesuffix(".h")
        exports = ""
        for module in (m for m in modules if m.header == header):
            for enum in module.enums:
                for value in enum.values:
                    constant = f"{enum.prefix}{value.name}"
                    exports += f"      <exports{_attributes(symbol=constant, type='enum')}/>\n"
                    symbols += (
                        "    <enum"
                        + _attributes(name=constant, file=file, value=str(value.value),
                                      type=naming.typedef(api, enum.name), info=value.doc.plain,
                                      version=value.since)
                        + "/>\n"
                    )
            for paramset in module.paramsets:
                for key in paramset.keys:
                    constant = f"{paramset.prefix}{key.name}"
                    exports += f"      <exports{_attributes(symbol=constant, type='macro')}/>\n"
                    symbols += (
                        f"    <macro{_attributes(name=constant, file=file, string=key.string, version=key.since)}>\n"
                        f"      <info>{_info(key.doc)}</info>\n    </macro>\n"
                    )
            for record in module.records:
                name = naming.typedef(api, record.typedef)
                exports += f"      <exports{_attributes(symbol=name, type='struct')}/>\n"
                symbols += (
                    "    <struct"
                    + _attributes(name=name, file=file, type=f"struct {naming.struct(api, record.struct)}",
                                  version=record.since)
                    + ">\n"
                )
                for field in record.fields:
                    if isinstance(field, model.Union):
                        symbols += f"      <field{_attributes(name=field.name, type='union', info='')}/>\n"
                    else:
                        type_, tail = plan.field_type(api, field)
                        symbols += (
                            f"      <field{_attributes(name=field.name, type=type_ + tail, info=field.doc.plain)}/>\n"
                        )
                symbols += "    </struct>\n"
            for callback in module.callbacks:
                name = naming.typedef(api, callback.name)
                exports += f"      <exports{_attributes(symbol=name, type='functype')}/>\n"
                returns, _ = plan.return_type(api, callback.returns)
                symbols += f"    <functype{_attributes(name=name, file=file, module=file, version=callback.since)}>\n"
                symbols += f"      <info>{_info(callback.doc)}</info>\n"
                symbols += f"      <return{_attributes(type=returns, info=callback.returns.doc.plain)}/>\n"
                for p in plan.c_parameters(api, callback.parameters, True):
                    info = p.source.doc.plain if p.source is not None else ""
                    symbols += f"      <arg{_attributes(name=p.name, type=p.type, info=info)}/>\n"
                symbols += "    </functype>\n"
            for function in module.functions:
                name = naming.function(api, function.name)
                exports += f"      <exports{_attributes(symbol=name, type='function')}/>\n"
                symbols += _function(api, function, file)
        files += f"    <file{_attributes(name=file)}>\n{exports}    </file>\n"
    head = banner("api.xml and api/*.xml", "xml")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<api{_attributes(name=library)}>\n  <files>\n'
        f"{files}  </files>\n  <symbols>\n{symbols}  </symbols>\n</api>\n"
    )
