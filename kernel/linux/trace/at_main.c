/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at_main.c - for `--at main`: installs the filters of kernel/gate/bootfilter.c when the first
 * program gets to main. As a debugger would, it writes a breakpoint instruction there.
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
 * Is the breakpoint in FRAME the one at main? If so, puts the program's own instruction back, and
 * installs the filters; the program goes on at main. Called through trap_breakpoint. A child that
 * was forked before main has a copy of the breakpoint, and gets the filters there, too.
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
