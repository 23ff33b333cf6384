/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for making and removing names, attributes, locks, and files of memory.
 */
#include "file.h"
#include "lock.h"
#include "memfd.h"
#include "module.h"

static void descriptor_closes(struct files *files, struct file *f)
{
	lock_release(files, f->inode);
}

static void file_ends(struct file *f)
{
	lock_release(f, f->inode);
}

/* fcntl(2)'s commands for locks and seals. */
static long names_module_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg)
{
	switch (cmd) {
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return lock_control(f, fd, cmd, arg);
	case F_ADD_SEALS:
		return memfd_add_seals(f, arg);
	case F_GET_SEALS:
		return memfd_get_seals(f);
	default:
		return -EINVAL;
	}
}

static void names_module_init(void)
{
	static struct file_watcher watcher = { .closing = descriptor_closes, .ended = file_ends };

	file_watch(&watcher);
	file_also_controls(names_module_control);
}

static const struct counted names_counted[] = { { "locks", lock_count }, { NULL, NULL } };

const struct module names_module = { .name = "names", .init = names_module_init, .counted = names_counted };
