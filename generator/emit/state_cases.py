# SPDX-License-Identifier: LGPL-2.1-or-later
"""The state tables for the model test: each function that changes a state, and what it does in each."""

from __future__ import annotations

from .. import model, naming, plan, states
from ..cases import Case, Writer, member
from ..model import ReturnKind
from ..text import banner, c_call, c_string, join_paragraphs


def _call(api: model.Api, function: model.Function) -> str:
    """A function that makes the call and tells whether it failed, keeping nothing of its result."""
    lowered = plan.lower(api, function)
    arguments = Writer(api, lowered, Case("good"), document="f->document").arguments()
    name = naming.function(api, function.name)
    call = c_call(f"    {lowered.returns.rstrip()} result = {name}".replace("* result", "*result"),
                  arguments, ";")
    if function.returns.kind is ReturnKind.OBJECT:
        assert function.returns.type is not None
        free = naming.function(api, f"{function.returns.type.name}Free")
        end = f"    if (result)\n        {free}(result);\n    return !result;"
    else:
        end = f"    return result == {lowered.failure};"
    return f"static bool\ncall{function.name}(Contract *f)\n{{\n{call}\n\n{end}\n}}"


def _step(api: model.Api, own: model.Object, step: states.Step) -> str:
    number = [state.name for state in own.states].index(step.to)
    parts = [f".to = {number}"]
    if step.errors:
        parts.append(f".errors = {{ {', '.join(f'VIR_ERR_{code}' for code in step.errors)} }}")
    pairs = [states.constants(api, own, event) for event in step.emits]
    if pairs:
        rows = ", ".join(f"{{ {kind}, {detail} }}" for kind, detail in (p for p in pairs if p))
        parts.append(f".events = {{ {rows} }}, .nevents = {len(pairs)}")
    return "{ " + ", ".join(parts) + " }"


def _table(api: model.Api, own: model.Object, function: model.Function) -> str:
    rows = "".join(
        f"    /* {state.name} */ {_step(api, own, step)},\n"
        for state, step in zip(own.states, states.steps(api, function))
    )
    return f"static const StateStep steps{function.name}[] = {{\n{rows}}};"


def source(api: model.Api) -> str:
    """The tables for tests/contract/test_states.c."""
    blocks = ['#include "contract/states.h"', "#include <libvirt/virterror.h>"]
    objects = ""
    for own in api.objects:
        functions = [f for f in api.functions if f.transitions and states.subject(api, f) is own]
        if not functions:
            continue
        blocks += [_call(api, f) for f in functions]
        blocks += [_table(api, own, f) for f in functions]
        rows = "".join(
            f"    {{ {c_string(naming.function(api, f.name))}, call{f.name}, steps{f.name} }},\n"
            for f in functions
        )
        names = ", ".join(c_string(state.name) for state in own.states)
        label = member(own)
        blocks.append(f"static const StateCall {label}Calls[] = {{\n{rows}    {{ NULL, NULL, NULL }},\n}};")
        blocks.append(f"static const char *const {label}States[] = {{ {names}, NULL }};")
        objects += f"    {{ {c_string(own.name)}, {label}States, {label}Calls }},\n"
    blocks.append(f"const StateObject stateObjects[] = {{\n{objects}    {{ NULL, NULL, NULL }},\n}};")
    purpose = "/* What functions do in each state of their object. */\n\n"
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)
