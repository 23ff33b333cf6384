/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module splice: splice, tee, vmsplice, sendfile, copy_file_range, preadv and its
 * like; and fcntl's F_GETPIPE_SZ and F_SETPIPE_SZ.
 */
#include "file.h"
#include "module.h"
#include "pipe.h"
#include "rw.h"
#include "transfer.h"

static bool splice_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result)
{
	(void)fd;
	switch (cmd) {
	case F_GETPIPE_SZ:
		*result = pipe_size(f);
		return true;
	case F_SETPIPE_SZ:
		*result = pipe_set_size(f, (uint32_t)arg);
		return true;
	default:
		return false;
	}
}

static void init_splice(void)
{
	static struct file_controls controls = { .control = splice_control };

	file_also_controls(&controls);
	rw_with_flags = splice_transfer_with;
}

const struct module splice_module = { .name = "splice", .init = init_splice };
