# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scenarios for compare_calls.py: functions that make calls on a library."""

from __future__ import annotations

from calls import domain_documents, domain_life, domain_moment, domain_tune, host

SCENARIOS = [
    *domain_documents.SCENARIOS,
    *domain_life.SCENARIOS,
    *domain_tune.SCENARIOS,
    *domain_moment.SCENARIOS,
    *host.SCENARIOS,
]
# (scenario, what stock says): what ours says
DIFFERENT = {**domain_documents.DIFFERENT, **domain_life.DIFFERENT, **host.DIFFERENT}
