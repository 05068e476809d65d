# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the hooks of all commands that the description defines completely, group by group."""

from __future__ import annotations

from typing import assert_never

from generator import model as api_model
from generator.shell.emit.calls import command_source
from generator.shell.emit.edits import edit_source
from generator.shell.emit.events import events_source
from generator.shell.emit.tunes import tune_source
from generator.shell.emit.views import list_source, show_source
from generator.shell.model import Call, Command, Edit, Events, Group, Listing, Shell, Show, Tune
from generator.text import banner

INCLUDES = """
#include <stdlib.h>
#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/connect.h"
#include "client/document.h"
#include "client/edit.h"
#include "client/events.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/tune.h"
#include "client/@OBJECTS@.h"

"""


def _hook(shell: Shell, api: api_model.Api, command: Command) -> str:
    body = command.bodies[0]
    match body:
        case Call():
            return command_source(shell, api, command)
        case Listing():
            return list_source(shell, api, command, body)
        case Show():
            return show_source(shell, api, command, body)
        case Edit():
            return edit_source(shell, api, command, body)
        case Tune():
            return tune_source(shell, api, command, body)
        case Events():
            return events_source(shell, api, command, body)
        case _:
            assert_never(body)


def source(shell: Shell, api: api_model.Api, group: Group) -> str:
    """gen/client/<group>_calls.c"""
    hooks = [_hook(shell, api, command) for command in group.commands if command.bodies]
    includes = INCLUDES.replace("@OBJECTS@", f"{shell.stem}_objects")
    return banner(group.source) + includes + "\n".join(hooks)
