/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at_main.c - notices when the first program gets to main, where its filters are installed with
 * --at main: a breakpoint waits there, as a debugger would put one. See kernel/gate/bootfilter.c.
 */
#include "at_main.h"

#include <stddef.h>
#include <stdint.h>

#include "filter.h"
#include "options.h"
#include "panic.h"
#include "task.h"
#include "trap.h"
#include "vm.h"

#define C_EBREAK 0x9002 /* [unpriv 18.9] */

static uint64_t main_at;	 /* address of main */
static uint16_t main_insn;	 /* the 16 bits that the breakpoint replaced */
static struct backing *main_exe; /* the executable file that has this main; a reference */

/*
 * Is the breakpoint in FRAME the one at main? Then the filters are installed, and the program goes
 * on. Called from trap_user(). A child that was forked before main has a copy of the breakpoint.
 */
static bool reach_main(struct trapframe *frame)
{
	uint16_t insn;

	if (frame->pc != main_at || current->mm->exe != main_exe ||
	    vm_access_remote(current->mm, main_at, &insn, sizeof(insn), false) != 0 || insn != C_EBREAK)
		return false;
	if (vm_access_remote(current->mm, main_at, &main_insn, sizeof(main_insn), true) != 0)
		refuse("seccomp: main: no memory");
	bootfilter_install();
	return true;
}

void at_main_wait(void)
{
	const uint16_t insn = C_EBREAK;
	struct mm *mm = current->mm;

	bootfilter_check();
	main_at = mm->entry + (uint64_t)options.main_from_entry;
	main_exe = mm->exe;
	main_exe->ops->get(main_exe);
	if (vm_access_remote(mm, main_at, &main_insn, sizeof(main_insn), false) != 0 ||
	    vm_access_remote(mm, main_at, (void *)&insn, sizeof(insn), true) != 0)
		refuse("seccomp: main at 0x%lx is not in the program", (unsigned long)main_at);
	trap_breakpoint = reach_main;
}
