/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's agent: a program inside that answers over a channel, if it likes. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

/* The channel of the agent; NULL when the guest has none. */
#define QEMU_AGENT_CHANNEL "org.qemu.guest_agent.0"

/*
 * Asks the agent of a running guest: its result, to be put; NULL with an error raised. Takes `arguments`,
 * which may be NULL. Lets go of the lock meanwhile; needs no job: a silent agent holds up nobody but those
 * who ask it.
 */
json_object *qemuAgentCall(qemuDomain *domain, const char *command, json_object *arguments);
/* The same with what somebody wrote, and the whole answer; seconds or a virDomainQemuAgentCommandTimeoutValues. */
char *qemuAgentPass(qemuDomain *domain, const char *line, int timeout);
/* Asks for what ends the conversation, such as the guest's end: silence is agreement. */
bool qemuAgentTell(qemuDomain *domain, const char *command, json_object *arguments);

/* Whether the guest has an agent that listens; raises when not. */
bool qemuAgentIsThere(const qemuDomain *domain);
