# SPDX-License-Identifier: LGPL-2.1-or-later
"""Emitters: one module per layer, each a pure function from the model to text."""
