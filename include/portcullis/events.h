/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.h - what the kernel reports on a channel of its own, apart from the
 * program's console: a stream of records.
 *
 * The kernel writes them (kernel/linux/report/), the host tool reads
 * them (policy/events.c). Everything is little endian, each record is a multiple of 8 bytes long,
 * and their order is the order in which the kernel did things. None is dropped: the kernel waits
 * for the host. docs/events.md describes each kind.
 */
#pragma once

#include <stdint.h>

#include <abi/seccomp.h>

#define EVENTS_MAGIC 0x73746e6576656350UL /* "Pcevents" */
#define EVENTS_VERSION 1U

enum event_type {
	EVENT_START = 1, /* struct event_start: the first record of a stream */
	EVENT_CALL,	 /* struct event_call: a verdict */
	EVENT_RESULT,	 /* struct event_result: what became of a call that was reported */
	EVENT_INSTALL,	 /* struct event_install: a filter was installed */
	EVENT_REFUSED,	 /* struct event_refused: a filter was not installed */
	EVENT_FORK,	 /* struct event_fork: a task made another one */
	EVENT_EXEC,	 /* struct event_exec: a task became another program */
	EVENT_NAME,	 /* nothing: event.comm is the task's new name */
	EVENT_MAP,	 /* struct event_map: a file can be executed at an address */
	EVENT_EXIT,	 /* struct event_exit: a thread ended */
	EVENT_ABSENT,	 /* a string: something that does not exist here was asked for */
	EVENT_END,	 /* struct event_end: the last record of a complete stream */
	EVENT_COUNT,	 /* struct event_count: how often a call was made */
};

/* What every record begins with. */
struct event {
	uint32_t size; /* of the whole record, bytes */
	uint16_t type; /* enum event_type */
	uint16_t flags;
	uint64_t seq;  /* 0, 1, 2, ... without a gap */
	uint64_t time; /* of the monotonic clock, ns */
	uint32_t pid, tid;
	char comm[16];
};

struct event_start {
	uint64_t magic;
	uint32_t version;
	uint32_t events; /* what was asked for: EVENTS_* */
};

/* What the kernel command line asks for. */
#define EVENTS_REFUSED 1U /* verdicts other than ALLOW; installs, forks and the like always */
#define EVENTS_ALL 2U	  /* every call, of tasks without a filter, too */
#define EVENTS_RESULTS 4U /* what the calls returned */
#define EVENTS_COUNT 8U	  /* how often each call was made */

/* event.flags */
#define EVENT_FRAME 32U /* where the call came from: struct event_frame, of a call the record's last part */

/* event.flags of EVENT_CALL */
#define EVENT_CALL_CONSTANT 1U	 /* the answer stood in the gate: no filter was run, and no answers follow */
#define EVENT_CALL_STRICT 2U	 /* by mode strict, which has no filters */
#define EVENT_CALL_UNFILTERED 4U /* the task has no filter */
#define EVENT_CALL_AGAIN 8U	 /* judged again after its tracer had changed it */
#define EVENT_CALL_SUSPENDED 16U /* a tracer with the right to has suspended the filters */

struct event_call {
	struct seccomp_data data;
	uint32_t ret;	   /* the stack's answer, as the deciding filter gave it */
	uint32_t pc;	   /* of the return that was reached in that filter */
	uint64_t id;	   /* of that filter; 0: none, all of them allow */
	uint32_t answers;  /* struct event_answer, newest filter first */
	uint32_t memories; /* struct event_memory behind the answers */
};

struct event_answer {
	uint64_t id;
	uint32_t ret;
	uint32_t pc;
};

#define EVENT_PC_UNBOUND UINT32_MAX /* the filter is private to another task and was not run */

enum event_memory_kind { EVENT_MEMORY_STRING, EVENT_MEMORY_BYTES };

/*
 * What an argument pointed to when the verdict was given. Another thread may
 * change it before the call reads it.
 */
struct event_memory {
	uint8_t arg;
	uint8_t kind;	/* enum event_memory_kind */
	uint8_t length; /* of what counts of bytes[] */
	uint8_t flags;
	uint32_t size; /* of BYTES: what the program said; of a string 0 */
	uint8_t bytes[64];
};

#define EVENT_MEMORY_CUT 1U   /* there is more of it */
#define EVENT_MEMORY_FAULT 2U /* it could not be read */

#define EVENT_STACK_MAX 1024U

/* Where the call came from: what a debugger needs to find the callers. */
struct event_frame {
	uint64_t x[32];	     /* registers by number; x[0] is pc, behind the ecall */
	uint32_t stack_size; /* bytes of stack[] that could be read */
	uint32_t reserved;
	uint8_t stack[EVENT_STACK_MAX]; /* memory from x[2], sp, upwards */
};

struct event_result {
	uint64_t call; /* seq of the EVENT_CALL */
	int64_t value; /* or -errno */
};

struct event_install {
	uint64_t id;
	uint64_t below; /* id of the filter that was the newest before, or 0 */
	uint32_t length;
	uint32_t flags; /* SECCOMP_FILTER_FLAG_* that it keeps: LOG, NEW_LISTENER, TSYNC, and the private SELF */
	uint32_t boot;	/* n: it is the n-th filter of the command line; 0: a program installed it */
	uint32_t reserved;
	/* struct sock_filter insns[length] */
};

#define EVENT_NO_PC UINT32_MAX

struct event_refused {
	int32_t error; /* errno */
	uint32_t pc;   /* of the instruction that is to blame, or EVENT_NO_PC */
	uint32_t flags;
	uint32_t length; /* 0: not known yet */
			 /* with EVENT_FRAME struct event_frame, then the reason, a string */
};

struct event_fork {
	uint32_t pid, tid; /* of the new task */
	uint64_t flags;	   /* of clone(2) */
};

struct event_exec {
	uint32_t old_tid; /* a thread that execs takes its leader's id, which is the record's */
	uint32_t reserved;
	/* the new program's path, a string */
};

struct event_map {
	uint64_t start, size, offset;
	/* the file's path, a string */
};

struct event_exit {
	uint32_t status; /* a wait status */
	uint32_t last;	 /* 1: and with it the process */
};

/*
 * So many calls were judged by the stack whose newest filter is STACK (0: by none). Of a call with
 * EVENT_CALL_CONSTANT or _STRICT in event.flags, data has the number alone; of others what a filter
 * of the stack looks at, and 0 in the place of the rest. There may be several records of one call.
 */
struct event_count {
	struct seccomp_data data;
	uint64_t stack;
	uint64_t calls;
};

struct event_end {
	uint32_t status; /* of the machine */
	uint32_t reserved;
};

_Static_assert(sizeof(struct event) == 48, "read by another machine");
_Static_assert(sizeof(struct event_call) == 88, "read by another machine");
_Static_assert(sizeof(struct event_memory) == 72, "read by another machine");
_Static_assert(sizeof(struct event_install) == 32, "read by another machine");
