/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * play.h - what the director and the members of a family share.
 *
 * A family is up to MEMBERS threads of several processes. Each waits for an order on a pipe of its
 * own, does what it says, and answers on another: with read() and write(), so that a member in
 * strict mode can, too. The descriptors have fixed numbers, for those that have executed a program.
 */
#pragma once

#include "../guest/rights.h"

#define MEMBERS 16
#define FILTER_MAX 48

enum { FD_SHARED = 97, FD_DIRECTOR, FD_SOCKET, FD_PIPES };
#define FD_ORDER(m, end) (FD_PIPES + 4 * (m) + (end))
#define FD_ANSWER(m, end) (FD_PIPES + 4 * (m) + 2 + (end))

struct order {
	char what; /* the first letter of the script's line; see member_obey() */
	uint32_t member;
	uint64_t flags;
	int64_t nr, args[6];
	uint32_t length;
	struct sock_filter filter[FILTER_MAX];
};

struct answer {
	int64_t result;	 /* of the call */
	int32_t trapped; /* SIGSYS came */
	int32_t data, nr;
};

/* In memory that all share. */
struct shared {
	pid_t tid[MEMBERS];
	volatile pid_t lives[MEMBERS]; /* the kernel clears it when the thread is gone */
	struct answer trap[MEMBERS];
	struct order handled[MEMBERS]; /* what a signal handler is to do */
	int64_t result[MEMBERS];       /* and what came of it */
};

extern struct shared *shared;

void shared_map(void);
void member_handle_signals(void);
/* Becomes member M, and obeys. */
_Noreturn void member_live(unsigned m);
