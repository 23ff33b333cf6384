/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listener.h - what the two sides of a notification share: notify.c, which runs in the task whose
 * call it is about, and listener.c, through which the supervisor answers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/seccomp.h>

#include "filter.h"
#include "list.h"
#include "wait.h"

/*
 * The filter and the open file hold one reference each. `orphan` and `closed` say which of them is
 * gone. A notification is in the queue while its task waits for the answer, and lies on that task's
 * stack. A task that waits has its filter, so a listener that is freed has no notifications.
 */
struct notify_listener {
	struct listener base; /* what the filter points to */
	uint32_t refs;	      /* the filter and the open file */
	bool closed;	      /* the file is gone: nobody will answer */
	bool orphan;	      /* the filter is gone: nobody will ask */
	bool killable;	      /* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV */
	uint64_t next_id;
	uint32_t requests;  /* not received yet; includes those whose tasks gave up, for which RECV gives ENOENT */
	struct list notifs; /* struct notif, oldest first */
	struct waitq event; /* RECV and poll sleep here */
};

/* Not received yet; received by RECV; answered. */
enum notif_state { NOTIF_INIT, NOTIF_SENT, NOTIF_REPLIED };

/* A call that waits for its answer. Lives on the stack of the task that made it. */
struct notif {
	struct list link;
	enum notif_state state;
	uint64_t id;
	uint32_t tid;
	const struct seccomp_data *data;
	uint32_t flags; /* the answer, with error and val: see struct seccomp_notif_resp */
	int32_t error;
	int64_t val;
	struct list gifts; /* struct gift, newest first as on Linux */
	struct waitq ready;
};

/*
 * A file that SECCOMP_IOCTL_NOTIF_ADDFD puts into the descriptor table of the task that waits: as
 * descriptor `fd` if `at_fd` (SETFD), else as the lowest free one. `reply` (SEND): that descriptor
 * is also the answer. `done`: it was taken, and `result` is the descriptor or -errno. Lies on the
 * stack of the task that made the ioctl. [seccomp_kaddfd]
 */
struct gift {
	struct list link;
	struct file *file; /* the reference of the task that made the ioctl */
	bool cloexec, at_fd, reply;
	uint32_t fd;
	bool done;
	long result;
	struct waitq ready;
};

/* Gives up one reference; the last one frees L. */
void listener_put(struct notify_listener *l);
