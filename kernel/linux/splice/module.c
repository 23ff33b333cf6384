/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module splice: splice, tee, vmsplice, sendfile, copy_file_range, preadv and its
 * like; how large pipes are (F_SETPIPE_SZ), and packets in them (O_DIRECT).
 */
#include <abi/ioctl.h>

#include "file.h"
#include "module.h"
#include "pipe.h"
#include "pipes.h"
#include "rw.h"
#include "transfer.h"
#include "usercopy.h"

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

/* FIONREAD: how many bytes are in a pipe. */
static long pipe_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const uint32_t n = (uint32_t)pipe_used(f);

	return cmd == FIONREAD ? copy_to_user(arg, &n, sizeof(n)) : -ENOTTY;
}

static void forget_pipe(struct pipe *p)
{
	pipe_uncount(p);
	pipe_packets_drop(p);
}

static const struct pipe_ops ops = {
	.admit = pipe_count,
	.forget = forget_pipe,
	.read = pipe_packets_read,
	.write = pipe_packets_write,
	.taken = pipe_packets_taken,
};

static void init_splice(void)
{
	static struct file_controls controls = { .control = splice_control };

	file_also_controls(&controls);
	pipe_ops = &ops;
	pipe_file_ops.ioctl = pipe_ioctl;
	rw_with_flags = splice_transfer_with;
}

const struct module splice_module = { .name = "splice", .init = init_splice };
