/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shapes.c - structures for calls to read: well formed as a rule, of words of all sorts now and
 * then.
 */
#include "calls.h"

#include <abi/capability.h>
#include <abi/ipc.h>
#include <abi/openat2.h>
#include <abi/ptrace.h>

static long short_time(struct fuzz *f, uint64_t *at)
{
	at[0] = any(f, 30) ? 0 : any(f, 3);
	at[1] = any(f, 30) ? any(f, 3000000) : (uint64_t)word(f);
	return (long)(uintptr_t)at;
}

uint64_t *words_of(struct fuzz *f)
{
	return room(f, 64 * sizeof(uint64_t));
}

long pieces(struct fuzz *f, uint64_t *at)
{
	for (int i = 0; i < 8; i++) {
		at[2 * i] = (uint64_t)pointer(f);
		at[2 * i + 1] = (uint64_t)(any(f, 6) ? (long)any(f, 600) : size_of_any(f));
	}
	return (long)(uintptr_t)at;
}

#define INSTRUCTIONS_AT_MOST 220U

/* Installs are small and mostly right: a few calls with an answer each. */
static long program(struct fuzz *f)
{
	static const uint32_t answers[] = { SECCOMP_RET_ALLOW,
					    SECCOMP_RET_ALLOW,
					    ERRNO(1),
					    ERRNO(77),
					    SECCOMP_RET_TRAP,
					    SECCOMP_RET_TRACE,
					    SECCOMP_RET_TRAP,
					    SECCOMP_RET_USER_NOTIF,
					    SECCOMP_RET_USER_NOTIF,
					    0,
					    0x80000000U,
					    SECCOMP_RET_LOG };
	struct sock_fprog *const p = room(f, sizeof(*p));
	struct sock_filter *const at = room(f, 8 * INSTRUCTIONS_AT_MOST);
	unsigned n = 0;

	if (once_in(f, 6)) { /* a long list of one argument's values */
		at[n++] = (struct sock_filter)LOAD(ARG_LOW(any(f, 6)));
		for (unsigned i = 10 + any(f, 80), first = any(f, 50); i > 0; i--) {
			at[n++] = (struct sock_filter)SKIP_UNLESS(first + 3 * i, 1);
			at[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
		}
	}
	at[n++] = (struct sock_filter)LOAD_NR;
	for (unsigned i = any(f, 6); i > 0; i--) {
		at[n++] = (struct sock_filter)SKIP_UNLESS(any(f, 450), 1 + any(f, 2) * 0);
		at[n++] = (struct sock_filter)RETURN(
			answers[any(f, 10) ? any(f, COUNT_OF(answers) - 1) : COUNT_OF(answers) - 1]);
	}
	if (once_in(f, 2)) {
		at[n++] = (struct sock_filter)LOAD(any(f, 16) * 4);
		at[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | any(f, 5) << 4 | BPF_K, any(f, 100), 0, 1);
		at[n++] = (struct sock_filter)RETURN(answers[any(f, 6)]);
	}
	at[n++] = (struct sock_filter)RETURN(any(f, 20) ? SECCOMP_RET_ALLOW : ERRNO(5));
	if (once_in(f, 15))
		at[any(f, n)] = (struct sock_filter){ (uint16_t)any(f, 256), (uint8_t)any(f, 4), (uint8_t)any(f, 4),
						      any(f, 100) };
	p->len = (uint16_t)(any(f, 30) ? n : any(f, 60));
	p->filter = at;
	return (long)(uintptr_t)p;
}

static long polls(struct fuzz *f)
{
	struct pollfd *const at = (struct pollfd *)words_of(f);

	for (int i = 0; i < 32; i++)
		at[i] = (struct pollfd){ (int)any(f, 44) - 1, (short)any(f, 0x4000), 0 };
	return (long)(uintptr_t)at;
}

static long strings(struct fuzz *f)
{
	uint64_t *const at = words_of(f);

	at[0] = (uint64_t)(uintptr_t)strcpy((char *)words_of(f), "worker");
	at[1] = any(f, 8) ? 0 : (uint64_t)pointer(f);
	at[2] = 0;
	return (long)(uintptr_t)at;
}

/*
 * What the answer to a notification, ADDFD, a terminal's settings and a number have in common:
 * words that lie there.
 */
static long ioctl_data(struct fuzz *f)
{
	/* one place, so that RECV's id is there for SEND */
	uint64_t *const at = (uint64_t *)(DATA + 0x8000);

	if (once_in(f, 3))
		return any(f, 4) ? (long)any(f, 10) : pointer(f);
	at[1] = any(f, 3) ? 0 : any(f, 60) | (uint64_t)any(f, 60) << 32;
	at[2] = any(f, 3) ? 0 : (uint64_t)any(f, 2) << 32;
	if (once_in(f, 4))
		memset(at, 0, 80);
	return (long)(uintptr_t)at;
}

static long trace_data(struct fuzz *f)
{
	uint64_t *const at = words_of(f);
	long options;

	switch (any(f, 4)) {
	case 0:
		return any(f, 66);
	case 1:
		return listed(f, TRACE_OPTIONS, &options) ? options : 0;
	case 2:
		at[0] = (uint64_t)pointer(f);
		at[1] = any(f, 400);
		return (long)(uintptr_t)at;
	default:
		return (long)(uintptr_t)at;
	}
}

static long waiters(struct fuzz *f)
{
	uint64_t *const at = words_of(f);

	for (int i = 0; i < 10; i++) {
		at[3 * i] = any(f, 3);
		at[3 * i + 1] = SHARED + 4 * any(f, 4);
		at[3 * i + 2] = 2 | (uint64_t)any(f, 2) << 7;
	}
	return (long)(uintptr_t)at;
}

static long small_words(struct fuzz *f, unsigned n, uint32_t below)
{
	uint64_t *const at = words_of(f);

	for (unsigned i = 0; i < n; i++)
		at[i] = any(f, below);
	return (long)(uintptr_t)at;
}

static long text_of(struct fuzz *f, const char *text)
{
	return (long)(uintptr_t)strcpy(room(f, 64), text);
}

/* Of a set of semaphores, most of them of one that there is. */
static long operations(struct fuzz *f, struct sembuf *at)
{
	for (int i = 0; i < 20; i++)
		at[i] = (struct sembuf){ (uint16_t)any(f, any(f, 20) ? 4 : 0x10000), (int16_t)((int)any(f, 5) - 2),
					 (int16_t)((any(f, 4) ? IPC_NOWAIT : 0) | (once_in(f, 2) ? SEM_UNDO : 0)) };
	return (long)(uintptr_t)at;
}

/* What is written to files of /proc, and to a terminal. */
static const char *const texts[] = {
	"0 0 1\n",
	"0 65534 1\n",
	"1000 0 1",
	"0 0 4294967295\n",
	"0 1000 1\n5 0 1",
	"deny",
	"allow",
	"1\n",
	"-1",
	"1000",
	"0x33",
	"18446744073709551615",
	"trap errno",
	"allow log\n",
	"32000 1 1 1\n",
	"name",
	"\003\021\032\004",
	"ab\025\177\022\027c\n",
	"\t\t\t\010\025x",
	"",
};

static long made(struct fuzz *f, enum kind kind)
{
	uint64_t *const at = words_of(f);

	switch (kind) {
	case PIECES:
		return pieces(f, at);
	case SIGNAL_SET:
		at[0] = any(f, 4) ? 1UL << any(f, 64) : ~0UL >> any(f, 64);
		return (long)(uintptr_t)at;
	case ACTION:
		at[0] = any(f, 3); /* 2 faults when it is called */
		at[1] = any(f, 2) ? SA_RESTART : (uint64_t)word(f);
		return (long)(uintptr_t)at;
	case TIME:
		return short_time(f, at);
	case TIMER_TIME:
		(void)short_time(f, at);
		return short_time(f, at + 2) - 16;
	case TIMER_EVENT:
		at[1] = any(f, 66) | (uint64_t)any(f, 5) << 32;
		at[2] = any(f, 20);
		return (long)(uintptr_t)at;
	case INFO:
		at[0] = any(f, 66);
		at[1] = (uint32_t) - (int)any(f, 8);
		return (long)(uintptr_t)at;
	case ALTSTACK:
		at[0] = SHARED + 0x1000;
		at[1] = any(f, 3);
		at[2] = any(f, 3) ? 8192 : (uint64_t)size_of_any(f);
		return (long)(uintptr_t)at;
	case NAME:
		return socket_name(f, at, &(uint64_t){ 0 });
	case EPOLL_EVENT:
		*(uint32_t *)(void *)at = any(f, 0x20) | 1U << (27 + any(f, 5));
		return (long)(uintptr_t)at;
	case FD_BITS:
		at[0] = once_in(f, 3) ? ~0UL : 1UL << any(f, 40);
		return any(f, 3) ? (long)(uintptr_t)at : 0;
	case LOCK:
		at[0] = any(f, 3) | (uint64_t)any(f, 3) << 16;
		at[1] = any(f, 20);
		at[2] = any(f, 20);
		return (long)(uintptr_t)at;
	case HOW:
		(void)listed(f, OPEN, (long *)at);
		at[1] = (at[0] & O_CREAT) != 0 ? 0600 : 0;
		at[2] = any(f, 64);
		return (long)(uintptr_t)at;
	case CAPABILITY_HEADER:
		at[0] = _LINUX_CAPABILITY_VERSION_3;
		return (long)(uintptr_t)at;
	case SCHED_ATTR:
		memset(at, 0, SCHED_ATTR_SIZE_VER1);
		at[0] = SCHED_ATTR_SIZE_VER0 | (uint64_t)any(f, 7) << 32;
		at[2] = any(f, 20) | (uint64_t)any(f, 3) << 32;
		return (long)(uintptr_t)at;
	case FILE_SYSTEM:
		return text_of(f, (const char *const[]){ "tmpfs", "tmpfs", "tmpfs", "proc", "sysfs", "devpts", "x",
							 "" }[any(f, 8)]);
	case TEXT:
		return text_of(f, texts[any(f, COUNT_OF(texts))]);
	case MOUNT_DATA:
		return text_of(f, (const char *const[]){ "", "size=64k", "nr_inodes=5,mode=700", "size=1%,uid=1000",
							 "mode=9", "ro,size=0", "source=x", "," }[any(f, 8)]);
	case OPERATIONS:
		return operations(f, (struct sembuf *)(void *)at);
	case MESSAGE_OF_QUEUE:
		at[0] = any(f, 10) ? 1 + any(f, 4) : (uint64_t)word(f);
		return (long)(uintptr_t)at;
	case QUEUE_NAME:
		return text_of(f, (const char *const[]){ "a", "a", "b", "c", "..", "", "d/e", "long name" }[any(f, 8)]);
	default:
		return 0;
	}
}

bool shaped(struct fuzz *f, enum kind kind, long *v)
{
	if (kind < OFFSET_AT || kind > WAITERS)
		return false;
	if (once_in(f, 24)) {
		*v = pointer(f);
		return true;
	}
	switch (kind) {
	case OFFSET_AT:
		*v = once_in(f, 2) ? 0 : small_words(f, 1, 9000);
		break;
	case NAME_SIZE_AT:
		*v = small_words(f, 1, 120);
		break;
	case PRIORITY: /* below those who lead, or nothing would end who computes */
		*v = small_words(f, 1, 90);
		return true;
	case LIMIT:
	case QUEUE_ATTR:
		*v = any(f, 3) ? small_words(f, 3, 1 << any(f, 24)) : 0;
		break;
	case MESSAGE:
	case MESSAGES:
		*v = socket_message(f);
		break;
	case POLLS:
		*v = polls(f);
		break;
	case PROGRAM:
		*v = program(f);
		break;
	case STRINGS:
		*v = strings(f);
		break;
	case IOCTL_DATA:
		*v = ioctl_data(f);
		break;
	case TRACE_DATA:
		*v = trace_data(f);
		break;
	case WAITERS:
		*v = waiters(f);
		break;
	default:
		*v = made(f, kind);
	}
	if (once_in(f, 40))
		*v += 8 * (long)any(f, 100);
	return true;
}
