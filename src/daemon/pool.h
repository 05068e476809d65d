/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Worker threads for calls that may wait: so many as are needed, some for urgent jobs only. */

#pragma once

#include <stdbool.h>

typedef struct virPool virPool;

/* What a worker does; freed by `run`. */
typedef struct virPoolJob virPoolJob;
struct virPoolJob {
    virPoolJob *next;
    void (*run)(virPoolJob *job);
};

typedef struct {
    unsigned int least;     /* threads that always wait for jobs */
    unsigned int most;
    unsigned int urgent;    /* besides those: threads that run urgent jobs only */
    unsigned int together;  /* ordinary jobs that run at once, 0: as many as there are threads */
} virPoolLimits;

typedef struct {
    virPoolLimits limits;
    unsigned int threads;   /* but for the urgent ones */
    unsigned int free;
    unsigned int urgent;
    unsigned int depth;     /* jobs that wait */
} virPoolState;

virPool *virPoolNew(const virPoolLimits *limits);
/* Waits for the jobs that run; those that wait are run, too. */
void virPoolFree(virPool *pool);

/* An urgent job may be taken by any thread, the others by ordinary ones only. */
void virPoolPush(virPool *pool, virPoolJob *job, bool urgent);
/* 0, or -1 with an error raised when the limits contradict each other. */
int virPoolSetLimits(virPool *pool, const virPoolLimits *limits);
void virPoolLook(virPool *pool, virPoolState *state);
