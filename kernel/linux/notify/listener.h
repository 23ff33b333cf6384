/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listener.h - what the two sides of a notification share: notify.c, in whose call it
 * arose, and listener.c, who answers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/seccomp.h>

#include "filter.h"
#include "list.h"
#include "wait.h"

/*
 * The filter and the open file hold one reference each, so that whichever goes first is remembered
 * (`orphan`, `closed`). A notification is in the queue while its task waits in the call, on whose
 * stack it lies: a listener that is freed has none.
 */
struct notify_listener {
	struct listener base; /* the filter's */
	uint32_t refs;	      /* the filter and the open file */
	bool closed;	      /* the file is gone: nobody will answer */
	bool orphan;	      /* the filter is gone: nobody will ask */
	bool killable;	      /* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV */
	uint64_t next_id;
	uint32_t requests;  /* asked and not yet received; one that gave up still counts, and its RECV says ENOENT */
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
	uint32_t flags; /* the answer */
	int32_t error;
	int64_t val;
	struct list gifts; /* struct gift, newest first as on Linux */
	struct waitq ready;
};

/*
 * A descriptor to be put into the waiting task's table, by that task. Lives on the stack of
 * who gives it. [seccomp_kaddfd]
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

/* One holder less. */
void listener_put(struct notify_listener *l);
