/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.h - how often each call was made, by which stack it was judged, and with which arguments
 * where they matter: for the host, which works out from it how often each instruction of a filter
 * was reached.
 *
 * Where the gate knows the answer, boot/count.S adds one to the call's word behind the gate's page;
 * what comes to the judge is counted in a small table, whose rows are reported when others need
 * their places. Off, nothing of it is run: the trap vector is another one.
 */
#pragma once

#include "gate.h"

struct filter;
struct task;

/* Boot: from now on calls are counted. Returns NULL, or why that cannot be done. */
const char *count_init(void);

/* Are they? */
bool counting(void);

/* A call has come to the judge. */
void count_judged(const struct seccomp_data *data);

/* G goes: what was counted through it is reported. */
void count_gate(struct gate *g);

/* Which of data's words the stack of F, which is about to be one, looks at; see struct filter. */
uint8_t count_words(const struct filter *f);

/* The end of the machine: everything that was counted is reported; then events_end(STATUS). */
void count_end(unsigned status);

/* boot/count.S: trap_entry, which counts first. */
void trap_entry_counting(void);
