/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for making and removing names, FIFOs, attributes, locks, files of memory,
 * holes in files, and what /dev/random does beside giving bytes.
 */
#include "fifo.h"
#include "file.h"
#include "lock.h"
#include "memfd.h"
#include "module.h"
#include "random_device.h"
#include "seek_hole.h"

static void descriptor_closes(struct files *files, struct file *f)
{
	lock_release(files, f->inode);
}

static void file_ends(struct file *f)
{
	lock_release(f, f->inode);
}

/* fcntl(2)'s commands for locks and seals. */
static bool names_module_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result)
{
	switch (cmd) {
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		*result = lock_control(f, fd, cmd, arg);
		return true;
	case F_ADD_SEALS:
		*result = memfd_add_seals(f, arg);
		return true;
	case F_GET_SEALS:
		*result = memfd_get_seals(f);
		return true;
	default:
		return false;
	}
}

static void names_module_init(void)
{
	static struct file_watcher watcher = { .closing = descriptor_closes, .ended = file_ends };
	static struct file_controls controls = { .control = names_module_control };

	lock_init();
	file_watch(&watcher);
	file_on_fifo(fifo_open);
	file_also_controls(&controls);
	file_seek_hole = seek_hole_or_data;
	random_device_init();
}

static const struct counted names_counted[] = { { "locks", lock_count }, { NULL, NULL } };

const struct module names_module = { .name = "names", .init = names_module_init, .counted = names_counted };
