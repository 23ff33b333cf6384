/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * siblings.h - threads that do something when told to, for the programs
 * that claim something about TSYNC.
 */
#pragma once

#include "guest.h"

struct sibling {
	struct thread thread;
	volatile int tid;   /* set once it runs */
	volatile int order; /* 0: wait; then what to do next */
	volatile long result;
};

enum { WAIT, CALL_GETPPID, INSTALL_ONE, INSTALL_FOR_ALL, GO_STRICT, ASK_NNP, SET_NNP, LEAVE };

static inline int obey(void *argument)
{
	struct sibling *me = argument;

	me->tid = (int)raw0(SYS_gettid);
	for (;;) {
		switch (me->order) {
		case WAIT:
			pause_for(1000000);
			continue;
		case CALL_GETPPID:
			me->result = raw0(SYS_getppid);
			break;
		case INSTALL_ONE:
			me->result = INSTALL_RAW(0, ALLOW);
			break;
		case INSTALL_FOR_ALL:
			me->result = INSTALL_RAW(SECCOMP_FILTER_FLAG_TSYNC, ALLOW);
			break;
		case ASK_NNP:
			me->result = raw(SYS_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0, 0);
			break;
		case SET_NNP:
			me->result = raw(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
			break;
		case GO_STRICT:
			me->result = raw(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0, 0);
			me->order = WAIT;
			while (me->order == WAIT) /* it may not even sleep any more */
				;
			continue;
		case LEAVE:
			return 0;
		}
		me->order = WAIT;
	}
}

static inline void sibling_start(struct sibling *s)
{
	thread_start(&s->thread, obey, s);
	while (s->tid == 0)
		pause_for(1000000);
}

/* Has it done; its result. */
static inline long sibling_do(struct sibling *s, int order)
{
	s->order = order;
	while (s->order == order)
		pause_for(1000000);
	return s->result;
}

static inline void sibling_leave(struct sibling *s)
{
	s->order = LEAVE;
	thread_join(&s->thread);
}
