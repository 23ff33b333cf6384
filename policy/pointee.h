/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pointee.h - what a call's arguments pointed to, as strace writes it: strings,
 * addresses of sockets, structures.
 */
#pragma once

#include "events.h"

/* The memory M of a call of number NR, as text. */
const char *pointee_text(struct arena *arena, uint32_t nr, const struct event_memory *m);

/* A recorded call with its arguments, and with what was read behind them. */
const char *pointee_call(struct arena *arena, const struct event *e);
