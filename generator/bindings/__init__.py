# SPDX-License-Identifier: LGPL-2.1-or-later
"""The language bindings: what every language makes of a function, decided once (plan.py).

`emit_c.py` writes the plan as tables that the C core of all bindings (`bindings/core`) walks.
"""
