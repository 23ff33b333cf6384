/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.c - how calls.def says that calls are entered, and the call that is not there. The table
 * of handlers is boot/call_table.S.
 */
#include "syscall.h"

#include <stdio.h>

#include <abi/errno.h>
#include <abi/syscall.h>

#include "absent.h"
#include "sys.h"
#include "task.h"
#include "words.h"

/* boot/call_table.S: the low 32 bits of the handler of each number, which are all of it. */
extern const int32_t call_table[SECCOMP_GATE_NRS];

/* boot/trap.S */
#define QUICK(name) void quick_##name(void);
#define CALL(name)
#define FULL(name)
#include "calls.def"
#undef QUICK
#undef CALL
#undef FULL

long sys_none(void)
{
	const uint64_t nr = current->frame->a[7];
	static uint64_t told[SECCOMP_GATE_NRS / 64];
	const char *name = words_call((int)nr, NULL);
	char what[64];

	/*
	 * Said once for each call, so that whoever wonders why a program fails sees what it lacks.
	 */
	if ((words == NULL || name != NULL) && !(told[nr / 64] >> nr % 64 & 1)) {
		told[nr / 64] |= 1UL << nr % 64;
		if (name != NULL)
			snprintf(what, sizeof(what), "%s (%u%s)", name, (unsigned)nr, words_since(nr));
		else
			snprintf(what, sizeof(what), "%u", (unsigned)nr);
		absent_tell(what, "ENOSYS");
	}
	return -ENOSYS;
}

const struct syscall_special syscall_specials[] = {
#define QUICK(name) { __NR_##name, quick_##name },
#define CALL(name)
#define FULL(name) { __NR_##name, gate_call_full },
#include "calls.def"
#undef QUICK
#undef CALL
#undef FULL
};

const size_t syscall_special_count = sizeof(syscall_specials) / sizeof(syscall_specials[0]);

long syscall_run(struct trapframe *frame)
{
	typedef long (*handler)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
	uint64_t nr = frame->a[7];

	if (nr >= SECCOMP_GATE_NRS)
		return -ENOSYS;
	/*
	 * Masked as in trap.S: a hart that speculates past the comparison reads inside the table
	 * (Spectre v1). The compiler must not conclude from the comparison that the mask does
	 * nothing.
	 */
	__asm__("" : "+r"(nr));
	return ((handler)(intptr_t)call_table[nr % SECCOMP_GATE_NRS])(frame->orig_a0, frame->a[1], frame->a[2],
								      frame->a[3], frame->a[4], frame->a[5]);
}
