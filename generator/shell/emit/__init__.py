# SPDX-License-Identifier: LGPL-2.1-or-later
"""Emitters of the shell: model to text, nothing else."""
