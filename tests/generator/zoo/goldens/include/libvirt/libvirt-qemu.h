/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/keeper.xml; change that, not this. */

#ifndef LIBVIRT_QEMU_H
#define LIBVIRT_QEMU_H

#include <libvirt/libvirt-common.h>
#include <libvirt/libvirt-animal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * virKeeperCallback:
 *
 * @animal: the animal the keeper looks after
 *
 * @text: what was said
 *
 * @opaque: the data of the registration
 *
 * Called with what a keeper says.
 *
 * Since: 2.0.0
 */
typedef void (*virKeeperCallback)(virAnimalPtr animal, const char *text, void *opaque);

/**
 * virAnimalKeeperCommand:
 *
 * @animal: the Animal to act on
 *
 * @cmd: what the keeper shall do
 *
 * @timeout: seconds, -1 for ever
 *
 * @result: set to the answer, to be freed
 *
 * @flags: no flags exist; pass 0
 *
 * Send a command to the keeper of an animal.
 *
 * And wait.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, cmd is NULL, result is
 * NULL or flags has a bit that the driver does not know; VIR_ERR_OPERATION_DENIED when the
 * connection is read-only; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC
 * when the connection to a daemon broke.
 *
 * Since: 2.0.0
 */
int virAnimalKeeperCommand(virAnimalPtr animal,
                           const char *cmd,
                           int timeout,
                           char **result,
                           unsigned int flags);

/**
 * virConnectKeeperRegister:
 *
 * @conn: the Connect to act on
 *
 * @animal: the animal, or NULL for all
 *
 * @cb: the callback
 *
 * @opaque: passed to it
 *
 * @freecb: releases the data
 *
 * Listen to a keeper.
 *
 * A registration the runtime knows nothing of.
 *
 * Returns the number of the registration, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_INVALID_ARG when animal is
 * no virAnimal, or was freed, animal is of another connection or cb is NULL; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 2.1.0
 */
int virConnectKeeperRegister(virConnectPtr conn,
                             virAnimalPtr animal,
                             virKeeperCallback cb,
                             void *opaque,
                             virFreeCallback freecb);

#ifdef __cplusplus
}
#endif

#endif /* LIBVIRT_QEMU_H */
