/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * msg.h - message queues, for msg.c, msg_control.c and report.c.
 */
#pragma once

#include "ipc.h"
#include "waitq.h"

struct msg {
	struct list link;
	int64_t type;
	uint64_t size;
	char text[];
};

struct msg_queue {
	struct ipc_object object;
	int64_t stime, rtime, ctime;
	uint64_t bytes, count, room; /* its bytes and messages; how many bytes it may hold */
	uint32_t lspid, lrpid;
	struct list messages;
	uint32_t sleepers;
	struct waitq changed;
};
