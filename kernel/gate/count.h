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

/* Are calls counted? */
bool counting(void);

/* Counts a call that has come to the judge. */
void count_judged(const struct seccomp_data *data);

/* Reports what was counted through G, which is about to be freed. */
void count_gate(struct gate *g);

/*
 * Which words of struct seccomp_data the filters of F's stack look at, as struct filter keeps it in
 * `words`. F is about to be attached.
 */
uint8_t count_words(const struct filter *f);

/* At the end of the run: reports everything that was counted, then calls events_end(STATUS). */
void count_end(unsigned status);

/* boot/count.S: the trap vector that counts a call, and then does what trap_entry does. */
void trap_entry_counting(void);
