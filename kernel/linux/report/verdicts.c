/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * verdicts.c - records about verdicts, and about filters as they are installed:
 * kernel/gate/report.h says when each is written.
 */
#include "records.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/syscall.h>

#include "channel.h"
#include "counts.h"
#include "usercopy.h"

/* ---- what arguments point to ---- */

#define STRING 0U		      /* up to a NUL */
#define SIZE_IN(arg) (0x100U + (arg)) /* as many bytes as argument ARG says */
#define BYTES(n) (n)

/*
 * Arguments that point to paths, addresses of sockets, and structures that decide what a call does.
 */
static const struct pointer {
	uint16_t nr;
	uint8_t arg;
	uint16_t size;
} pointers[] = {
	{ __NR_setxattr, 0, STRING },
	{ __NR_lsetxattr, 0, STRING },
	{ __NR_getxattr, 0, STRING },
	{ __NR_mknodat, 1, STRING },
	{ __NR_mkdirat, 1, STRING },
	{ __NR_unlinkat, 1, STRING },
	{ __NR_symlinkat, 0, STRING },
	{ __NR_symlinkat, 2, STRING },
	{ __NR_linkat, 1, STRING },
	{ __NR_linkat, 3, STRING },
	{ __NR_umount2, 0, STRING },
	{ __NR_mount, 0, STRING },
	{ __NR_mount, 1, STRING },
	{ __NR_mount, 2, STRING },
	{ __NR_pivot_root, 0, STRING },
	{ __NR_pivot_root, 1, STRING },
	{ __NR_statfs, 0, STRING },
	{ __NR_truncate, 0, STRING },
	{ __NR_faccessat, 1, STRING },
	{ __NR_chdir, 0, STRING },
	{ __NR_chroot, 0, STRING },
	{ __NR_fchmodat, 1, STRING },
	{ __NR_fchownat, 1, STRING },
	{ __NR_openat, 1, STRING },
	{ __NR_quotactl, 1, STRING },
	{ __NR_readlinkat, 1, STRING },
	{ __NR_newfstatat, 1, STRING },
	{ __NR_utimensat, 1, STRING },
	{ __NR_acct, 0, STRING },
	{ __NR_sethostname, 0, SIZE_IN(1) },
	{ __NR_setdomainname, 0, SIZE_IN(1) },
	{ __NR_bind, 1, SIZE_IN(2) },
	{ __NR_connect, 1, SIZE_IN(2) },
	{ __NR_sendto, 4, SIZE_IN(5) },
	{ __NR_add_key, 0, STRING },
	{ __NR_request_key, 0, STRING },
	{ __NR_execve, 0, STRING },
	{ __NR_swapon, 0, STRING },
	{ __NR_swapoff, 0, STRING },
	{ __NR_init_module, 2, STRING },
	{ __NR_delete_module, 0, STRING },
	{ __NR_renameat2, 1, STRING },
	{ __NR_renameat2, 3, STRING },
	{ __NR_memfd_create, 0, STRING },
	{ __NR_execveat, 1, STRING },
	{ __NR_statx, 1, STRING },
	{ __NR_open_tree, 1, STRING },
	{ __NR_move_mount, 1, STRING },
	{ __NR_move_mount, 3, STRING },
	{ __NR_fsopen, 0, STRING },
	{ __NR_clone3, 0, SIZE_IN(1) },
	{ __NR_openat2, 1, STRING },
	{ __NR_openat2, 2, SIZE_IN(3) },
	{ __NR_faccessat2, 1, STRING },
	{ __NR_prlimit64, 2, BYTES(16) },
};

static struct event_memory read_string(uint64_t from)
{
	struct event_memory m = { .kind = EVENT_MEMORY_STRING };
	const long n = copy_string_from_user((char *)m.bytes, from, sizeof(m.bytes));

	if (n >= 0)
		m.length = (uint8_t)n;
	else if (n == -EFAULT)
		m.flags = EVENT_MEMORY_FAULT;
	else {
		m.flags = EVENT_MEMORY_CUT;
		m.length = sizeof(m.bytes);
	}
	return m;
}

static struct event_memory read_bytes(uint64_t from, uint64_t size)
{
	struct event_memory m = { .kind = EVENT_MEMORY_BYTES, .size = (uint32_t)size };
	const size_t n = size < sizeof(m.bytes) ? (size_t)size : sizeof(m.bytes);

	if (copy_from_user(m.bytes, from, n) != 0)
		m.flags = EVENT_MEMORY_FAULT;
	else
		m.length = (uint8_t)n;
	if (size > n)
		m.flags |= EVENT_MEMORY_CUT;
	return m;
}

#define MEMORIES_MAX 3U /* mount(2) has three */

/* Copies what the call's arguments point to into MEMORIES: how many there are. */
static uint32_t read_memories(const struct seccomp_data *data, struct event_memory memories[MEMORIES_MAX])
{
	uint32_t n = 0;

	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]) && n < MEMORIES_MAX; i++) {
		const struct pointer *p = &pointers[i];

		if (p->nr != data->nr || data->args[p->arg] == 0)
			continue;
		if (p->size == STRING)
			memories[n] = read_string(data->args[p->arg]);
		else
			memories[n] = read_bytes(data->args[p->arg],
						 p->size >= SIZE_IN(0) ? data->args[p->size - SIZE_IN(0)] : p->size);
		memories[n++].arg = p->arg;
	}
	return n;
}

/* ---- records ---- */

/* Puts the answer of each filter, NEWEST first. One that does not bind the task gives none. */
static void put_answers(const struct seccomp_filter *newest, const struct seccomp_data *data)
{
	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		struct event_answer a = { .id = f->id, .pc = EVENT_PC_UNBOUND };

		if (seccomp_filter_binds(f, current->seccomp_self)) {
			const struct seccomp_result r = seccomp_run(f->program->insns, f->program->len, data);

			a.ret = r.ret;
			a.pc = r.pc;
		}
		event_put(&a, sizeof(a));
	}
}

static struct event_frame frame; /* too big for the stack; nothing sleeps while it is in use */

/* Fills `frame` with the registers of the call, by number, and with the top of its stack. */
static void read_frame(void)
{
	struct event_frame *to = &frame;
	const struct trapframe *f = current->frame;
	const uint64_t x[32] = { f->pc,	  f->ra,   f->sp,      f->gp,	f->tp,	 f->t0,	  f->t1,   f->t2,
				 f->s0,	  f->s1,   f->orig_a0, f->a[1], f->a[2], f->a[3], f->a[4], f->a[5],
				 f->a[6], f->a[7], f->s2,      f->s3,	f->s4,	 f->s5,	  f->s6,   f->s7,
				 f->s8,	  f->s9,   f->s10,     f->s11,	f->t3,	 f->t4,	  f->t5,   f->t6 };

	memcpy(to->x, x, sizeof(x));
	to->reserved = 0;
	memset(to->stack, 0, sizeof(to->stack));
	/* Fewer bytes are read if the stack has fewer, or if its pages end before that. */
	for (to->stack_size = EVENT_STACK_MAX; to->stack_size > 0; to->stack_size /= 2)
		if (copy_from_user(to->stack, f->sp, to->stack_size) == 0)
			break;
}

/*
 * Is the call the first with its number from this place in the program? A place is an address, its
 * caller's address and a process. Only a small table is kept, so places that were forgotten count
 * as new.
 */
static bool report_new_place(const struct seccomp_data *data)
{
	static uint64_t places[256];
	const uint64_t place = ((data->instruction_pointer * 31 + current->frame->ra) * 31 + (uint64_t)data->nr) * 31 +
			       current->group->id;
	uint64_t *known = &places[(place ^ place >> 12) % (sizeof(places) / sizeof(places[0]))];

	if (*known == place)
		return false;
	*known = place;
	return true;
}

static uint64_t verdicts_call(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match,
			      uint32_t pc, unsigned flags)
{
	const bool run =
		!(flags & (EVENT_CALL_CONSTANT | EVENT_CALL_STRICT | EVENT_CALL_UNFILTERED | EVENT_CALL_SUSPENDED));
	const struct seccomp_filter *newest = run && current->filter != NULL ? &current->filter->node : NULL;
	const bool refused = (ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ALLOW;
	struct event_memory memories[MEMORIES_MAX];
	struct event_call call;
	uint64_t seq;
	bool framed;

	if (events & EVENTS_COUNT && !(flags & EVENT_CALL_AGAIN))
		count_judged(data);
	if (!(events & EVENTS_ALL) && !(events & EVENTS_REFUSED && refused))
		return 0;
	call = (struct event_call){
		.data = *data,
		.ret = ret,
		.pc = pc,
		.id = match == NULL ? 0 : match->id,
		.answers = newest == NULL ? 0 : newest->depth,
		.memories = read_memories(data, memories),
	};
	framed = refused || (report_all() && report_new_place(data));
	if (framed)
		read_frame();
	seq = event_begin(EVENT_CALL, flags | (framed ? EVENT_FRAME : 0),
			  sizeof(call) + call.answers * sizeof(struct event_answer) +
				  call.memories * sizeof(memories[0]) + (framed ? sizeof(frame) : 0));
	event_put(&call, sizeof(call));
	put_answers(newest, data);
	event_put(memories, call.memories * sizeof(memories[0]));
	if (framed)
		event_put(&frame, sizeof(frame));
	event_end();
	return seq + 1;
}

static void verdicts_result(uint64_t call, long value)
{
	const struct event_result result = { .call = call - 1, .value = value };

	event_whole(EVENT_RESULT, &result, sizeof(result));
}

static void verdicts_install(const struct filter *f, uint32_t flags, uint32_t boot)
{
	const struct seccomp_program *program = f->node.program;
	const struct event_install install = {
		.id = f->node.id,
		.below = f->node.prev == NULL ? 0 : f->node.prev->id,
		.length = program->len,
		.flags = flags,
		.boot = boot,
	};

	event_begin(EVENT_INSTALL, 0, sizeof(install) + program->len * sizeof(program->insns[0]));
	event_put(&install, sizeof(install));
	event_put(program->insns, program->len * sizeof(program->insns[0]));
	event_end();
}

static void verdicts_refused(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length)
{
	const struct event_refused refused = { .error = err, .pc = pc, .flags = flags, .length = length };

	read_frame();
	event_begin(EVENT_REFUSED, EVENT_FRAME, sizeof(refused) + sizeof(frame) + strlen(why) + 1);
	event_put(&refused, sizeof(refused));
	event_put(&frame, sizeof(frame));
	event_put(why, strlen(why) + 1);
	event_end();
}

static void verdicts_count(const struct event_count *row, unsigned flags)
{
	event_begin(EVENT_COUNT, flags, sizeof(*row));
	event_put(row, sizeof(*row));
	event_end();
}

const struct report_ops report_verdicts = {
	.call = verdicts_call,
	.result = verdicts_result,
	.install = verdicts_install,
	.refused = verdicts_refused,
	.count = verdicts_count,
};
