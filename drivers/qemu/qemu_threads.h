/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The threads of a running QEMU: one for each processor of its guest, and those that serve disks. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "qemu_domain.h"

/* Asks for the threads and remembers them; false with an error raised. Lets go of the lock meanwhile. */
bool qemuThreadsLearn(qemuDomain *domain);
/* Thread of a processor, or of an I/O thread, of the running guest; 0: there is none. */
pid_t qemuThreadsVcpu(const qemuDomain *domain, unsigned int vcpu);
pid_t qemuThreadsIothread(const qemuDomain *domain, unsigned int id);
/* Their numbers, of unsigned int. */
GArray *qemuThreadsNumbers(const GArray *threads);
/* How many processors are plugged in. */
unsigned int qemuThreadsVcpus(const qemuDomain *domain);
void qemuThreadsForget(qemuDomain *domain);

/* Where the document lets a processor, an I/O thread or QEMU itself run; NULL: anywhere. */
const virDocBitmap *qemuPinOfVcpu(const virDocDomain *document, unsigned int vcpu);
const virDocBitmap *qemuPinOfIothread(const virDocDomain *document, unsigned int id);
const virDocBitmap *qemuPinOfEmulator(const virDocDomain *document);

/* Puts every thread where the document says; false with an error raised. */
bool qemuThreadsPlace(qemuDomain *domain, const virDocDomain *document);
/* The same for all threads that are neither a processor nor an I/O thread. */
bool qemuThreadsPlaceEmulator(qemuDomain *domain, const virDocBitmap *set);
