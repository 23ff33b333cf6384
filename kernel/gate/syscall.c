/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.c - runs a call for the judge; the calls with an entry of their own, for gate_init(); and
 * sys_none, which serves numbers without a call. The table of handlers is boot/call_table.S.
 */
#include "syscall.h"

#include <stdio.h>

#include <abi/errno.h>
#include <abi/syscall.h>

#include "absent.h"
#include "sys.h"
#include "task.h"
#include "words.h"

/* boot/call_table.S: the address of each number's handler, as a sign-extended 32-bit word. */
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
	 * The console has a line for the first try of each missing call, so that whoever wonders
	 * why a program fails sees what it lacks.
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
	 * The mask keeps a hart that speculates past the comparison within the table (Spectre v1),
	 * as in trap.S. The empty asm keeps the compiler from dropping the mask because of the
	 * comparison.
	 */
	__asm__("" : "+r"(nr));
	return ((handler)(intptr_t)call_table[nr % SECCOMP_GATE_NRS])(frame->orig_a0, frame->a[1], frame->a[2],
								      frame->a[3], frame->a[4], frame->a[5]);
}
