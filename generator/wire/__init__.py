# SPDX-License-Identifier: LGPL-2.1-or-later
"""The wire protocol: what it is (model.py) and how it follows from the API (derive.py)."""

from .derive import Derivation, derive
from .model import Form, Kind, Limit, Member, Procedure, Program, Role, Structure

__all__ = [
    "Derivation", "Form", "Kind", "Limit", "Member", "Procedure", "Program", "Role", "Structure",
    "derive",
]
