/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listener.h - what the two sides of a notification share: notify.c, in whose task's call it arose,
 * and listener.c, which answers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/seccomp.h>

#include "filter.h"
#include "list.h"
#include "wait.h"

/*
 * The filter and the open file hold one reference each. `orphan` and `closed` remember which of
 * them is gone. A notification is in the queue while its task waits in the call; it lies on that
 * task's stack. So a listener that is freed has none.
 */
struct notify_listener {
	struct listener base; /* what the filter has of it */
	uint32_t refs;	      /* the filter and the open file */
	bool closed;	      /* the file is gone: nobody will answer */
	bool orphan;	      /* the filter is gone: nobody will ask */
	bool killable;	      /* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV */
	uint64_t next_id;
	uint32_t requests;  /* not received yet; one that gave up still counts, and its RECV gives ENOENT */
	struct list notifs; /* struct notif, oldest first */
	struct waitq event; /* RECV and poll sleep here */
};

enum notif_state { NOTIF_INIT, NOTIF_SENT, NOTIF_REPLIED };

/* A call that waits for its answer. Lives on the stack of the task that made it. */
struct notif {
	struct list link;
	enum notif_state state;
	uint64_t id;
	uint32_t tid;
	const struct seccomp_data *data;
	uint32_t flags; /* of the answer */
	int32_t error;
	int64_t val;
	struct list gifts; /* struct gift, newest first as on Linux */
	struct waitq ready;
};

/*
 * A descriptor that the waiting task is to put into its table. Lies on the stack of the task that
 * gives it. [seccomp_kaddfd]
 */
struct gift {
	struct list link;
	struct file *file; /* the giver's reference */
	bool cloexec, at_fd, reply;
	uint32_t fd;
	bool done;
	long result;
	struct waitq ready;
};

/* Gives up one reference. */
void listener_put(struct notify_listener *l);
