/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_close_range.c - close_range: closes many descriptors, or marks them to be closed by execve.
 * [fs/file.c]
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "sys.h"
#include "task.h"

long sys_close_range(uint64_t first, uint64_t last, uint64_t flags)
{
	struct files *files = current->files;
	uint32_t worked = 0;

	if ((uint32_t)flags & ~(uint32_t)(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC))
		return -EINVAL;
	if ((uint32_t)first > (uint32_t)last)
		return -EINVAL;
	if (((uint32_t)flags & CLOSE_RANGE_UNSHARE) != 0 && files->refs > 1) {
		const int err = files_unshare();

		if (err != 0)
			return err;
		files = current->files;
	}
	for (uint64_t fd = (uint32_t)first; fd <= (uint32_t)last && fd < files->size; fd++) {
		(void)sched_worked(&worked, files->slot[fd].file != NULL ? SCHED_STINT : SCHED_STEP);
		if (fd >= files->size || files->slot[fd].file == NULL)
			continue;
		if ((uint32_t)flags & CLOSE_RANGE_CLOEXEC)
			files->slot[fd].cloexec = true;
		else
			(void)fd_close(files, fd);
	}
	return 0;
}
