/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.c - calls.def as tables: the handler in C of every number, and how a gate enters it.
 */
#include "syscall.h"

#include <abi/errno.h>
#include <abi/syscall.h>

#include "console.h"
#include "sys.h"
#include "task.h"

/* boot/trap.S */
#define QUICK(name) void quick_##name(void);
#define CALL(name)
#define FULL(name)
#include "calls.def"
#undef QUICK
#undef CALL
#undef FULL

static long sys_none(void)
{
	const uint64_t nr = current->frame->a[7];
	static uint64_t told[SECCOMP_GATE_NRS / 64];
	const char *name = syscall_name(nr);

	/* Once for each call, so that a program that misses one is not a riddle. */
	if (name && !(told[nr / 64] >> nr % 64 & 1)) {
		told[nr / 64] |= 1UL << nr % 64;
		printk("syscall: %s (%u) does not exist here: ENOSYS to \"%s\", pid %u\n", name, (unsigned)nr,
		       current->comm, current->group->id);
	}
	return -ENOSYS;
}

/* Later initialisers win over the range before them; that is what the warning is about. */
#pragma GCC diagnostic ignored "-Woverride-init"

const call_fn call_table[SECCOMP_GATE_NRS] = {
	[0 ... SECCOMP_GATE_NRS - 1] = (call_fn)sys_none,
#define QUICK(name) [__NR_##name] = (call_fn)sys_##name,
#define CALL(name) [__NR_##name] = (call_fn)sys_##name,
#define FULL(name) [__NR_##name] = (call_fn)sys_##name,
#include "calls.def"
#undef QUICK
#undef CALL
#undef FULL
};

const gate_code call_entry[SECCOMP_GATE_NRS] = {
	[0 ... SECCOMP_GATE_NRS - 1] = gate_call,
#define QUICK(name) [__NR_##name] = quick_##name,
#define CALL(name) [__NR_##name] = gate_call,
#define FULL(name) [__NR_##name] = gate_call_full,
#include "calls.def"
#undef QUICK
#undef CALL
#undef FULL
};

long syscall_run(struct trapframe *frame)
{
	typedef long (*handler)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
	const uint64_t nr = frame->a[7];

	if (nr >= SECCOMP_GATE_NRS)
		return -ENOSYS;
	return ((handler)call_table[nr])(frame->orig_a0, frame->a[1], frame->a[2], frame->a[3], frame->a[4],
					 frame->a[5]);
}

const char *syscall_name(uint64_t nr)
{
	static const char *const names[] = {
#define SYSCALL(number, name, nargs) [number] = #name,
#include <abi/syscall.def>
#undef SYSCALL
	};

	return nr < sizeof(names) / sizeof(names[0]) ? names[nr] : NULL;
}
