/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.c - see events.h.
 */
#include "events.h"

#include <stddef.h>

uint32_t events;
const struct event_ops *event_ops;
