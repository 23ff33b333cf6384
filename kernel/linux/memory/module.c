/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for mremap, mlock, madvise and the like.
 */
#include "module.h"

#include <abi/errno.h>
#include <abi/prctl.h>

#include "prctl.h"
#include "task.h"
#include "vm.h"

/*
 * PR_SET_THP_DISABLE and PR_GET_THP_DISABLE: sets and returns a flag that has no effect, as there
 * are no huge pages.
 */
static bool huge_pages_prctl(int option, const uint64_t args[4], long *result)
{
	const bool rest = args[1] != 0 || args[2] != 0 || args[3] != 0;

	if (option == PR_GET_THP_DISABLE) {
		*result = args[0] != 0 || rest ? -EINVAL : current->mm->no_huge_pages;
		return true;
	}
	if (option != PR_SET_THP_DISABLE)
		return false;
	*result = rest ? -EINVAL : 0;
	if (!rest)
		current->mm->no_huge_pages = args[0] != 0;
	return true;
}

static void init_memory(void)
{
	static struct prctl_options options = { .control = huge_pages_prctl };

	prctl_also(&options);
}

const struct module memory_module = { .name = "memory", .init = init_memory };
