/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdtable.c - descriptor tables: small numbers that stand for open files; file.h has the contracts.
 * Tasks share a table by CLONE_FILES. Called by every system call that takes a descriptor.
 */
#include "file.h"

#include <string.h>

#include "kassert.h"
#include "page.h"
#include "part.h"
#include "task.h"
#include "usercopy.h"

struct files *files_create(void)
{
	struct files *f = kmalloc(sizeof(*f));

	if (f == NULL)
		return NULL;
	f->refs = 1;
	f->slot = f->first;
	f->size = sizeof(f->first) / sizeof(f->first[0]);
	return f;
}

uint32_t fd_nr_open = 1024 * 1024;

/* Makes room for descriptor FD: 0, -EMFILE (fs.nr_open) or -ENOMEM. [expand_files] */
static int fdtable_grow(struct files *files, uint32_t fd)
{
	uint32_t size = files->size;
	struct descriptor *slot;

	if (fd < size)
		return 0;
	if (fd >= fd_nr_open)
		return -EMFILE;
	while (size <= fd)
		size *= 2;
	slot = kmalloc_raw(size * sizeof(*slot));
	if (slot == NULL)
		return -ENOMEM;
	memcpy(slot, files->slot, files->size * sizeof(*slot));
	memset(slot + files->size, 0, (size - files->size) * sizeof(*slot));
	if (files->slot != files->first)
		kfree(files->slot);
	files->slot = slot;
	files->size = size;
	return 0;
}

#define COPIED_AT_ONCE 256U

int files_copy(struct files *from, struct files **out)
{
	struct files *to = files_create();
	uint32_t last = from->size, worked = 0;
	int err = 0;

	*out = NULL;
	if (to == NULL)
		return -ENOMEM;
	while (last > 0 && from->slot[last - 1].file == NULL)
		last--;
	if (last > 0) /* Linux's tables have room for a multiple of 64 [sane_fdtable_size] */
		err = ((last - 1) | 63) < fd_nr_open ? fdtable_grow(to, last - 1) : -EMFILE;
	if (err != 0) {
		kfree(to);
		return err;
	}
	*out = to;
	to->lowest = from->lowest;
	for (uint32_t fd = 0; fd < last;) {
		const uint32_t stop = last - fd < COPIED_AT_ONCE ? last : fd + COPIED_AT_ONCE;

		for (; fd < stop; fd++) {
			to->slot[fd] = from->slot[fd];
			if (to->slot[fd].file != NULL)
				file_get(to->slot[fd].file);
		}
		(void)sched_worked(&worked, COPIED_AT_ONCE * SCHED_STEP);
	}
	return 0;
}

struct files *files_get(struct files *f)
{
	KASSERT(f->refs != 0);
	f->refs++;
	return f;
}

void files_put(struct files *f)
{
	uint32_t worked = 0;

	KASSERT(f == NULL || f->refs != 0);
	if (f == NULL || --f->refs != 0)
		return;
	for (uint32_t fd = 0; fd < f->size; fd++) {
		struct file *file = f->slot[fd].file;

		(void)sched_worked(&worked, SCHED_STEP);
		if (file == NULL)
			continue;
		f->slot[fd].file = NULL;
		file_tell_closing(f, file);
		if (file->refs == 1)
			worked += SCHED_STINT; /* it is released, which may be much work */
		file_put(file);
	}
	file_tell_closed();
	if (f->slot != f->first)
		kfree(f->slot);
	kfree(f);
}

int files_unshare(void)
{
	struct files *shared = current->files;
	struct files *own;
	int err;

	if (shared->refs == 1)
		return 0;
	err = files_copy(shared, &own);
	if (err != 0)
		return err;
	current->files = own;
	files_put(shared);
	return 0;
}

void files_close_on_exec(struct files *f)
{
	uint32_t worked = 0;

	for (uint32_t fd = 0; fd < f->size; fd++) {
		const bool close = f->slot[fd].file != NULL && f->slot[fd].cloexec;

		if (close)
			(void)fd_close(f, fd);
		(void)sched_worked(&worked, close ? SCHED_STINT : SCHED_STEP);
	}
}

struct file *fd_get_any(uint64_t fd)
{
	struct file *f = files_lookup(current->files, (uint32_t)fd);

	return f != NULL ? file_get(f) : NULL;
}

struct file *fd_get(uint64_t fd)
{
	struct file *f = files_lookup(current->files, (uint32_t)fd);

	return f != NULL && (f->flags & O_PATH) == 0 ? file_get(f) : NULL;
}

#define FD_MAX 65536U /* a table of so many is cleared, or searched, in one step */

/* The current process's descriptors must be below it. */
static uint64_t fdtable_limit(void)
{
	uint64_t n = current->group->limits[RLIMIT_NOFILE].rlim_cur;

	return n < FD_MAX ? n : FD_MAX;
}

/* The lowest free descriptor from MIN on, which may be behind the end of the table. */
static uint32_t lowest_free(const struct files *files, uint32_t min)
{
	uint32_t fd = min > files->lowest ? min : files->lowest;

	while (fd < files->size && files->slot[fd].file != NULL)
		fd++;
	return fd;
}

long fd_reserve(const struct files *files)
{
	uint32_t fd = lowest_free(files, 0);

	return fd < fdtable_limit() ? (long)fd : -EMFILE;
}

long fd_install(struct files *files, struct file *f, uint32_t min, bool cloexec)
{
	uint32_t fd = lowest_free(files, min);
	const int err = fd >= fdtable_limit() ? -EMFILE : fdtable_grow(files, fd);

	if (err != 0) {
		file_put(f);
		return err;
	}
	KASSERT(fd < files->size && files->slot[fd].file == NULL && fd >= files->lowest);
	files->slot[fd].file = f;
	files->slot[fd].cloexec = cloexec;
	if (min <= files->lowest)
		files->lowest = fd + 1;
	return fd;
}

long fd_install_pair(struct file *end[2], bool cloexec, uint64_t to)
{
	struct files *files = current->files;
	const long first = fd_install(files, end[0], 0, cloexec);
	const long second = fd_install(files, end[1], 0, cloexec);
	const int32_t fds[2] = { (int32_t)first, (int32_t)second };
	const long err = first < 0 ? first : second < 0 ? second : copy_to_user(to, fds, sizeof(fds));

	if (err != 0) { /* one that was not installed is not found */
		(void)fd_close(files, (uint64_t)second);
		(void)fd_close(files, (uint64_t)first);
	}
	return err;
}

long fd_create(const struct file_ops *ops, const char *name, uint32_t flags, void *data)
{
	struct file *f = data != NULL ? file_create(ops, NULL, flags, data) : NULL;

	if (f == NULL) {
		kfree(data);
		return -ENOMEM;
	}
	f->name = name;
	return fd_install(current->files, f, 0, (flags & O_CLOEXEC) != 0);
}

long fd_replace(struct files *files, struct file *f, uint32_t fd, bool cloexec)
{
	const int err = fd >= fdtable_limit() ? -EBADF : fdtable_grow(files, fd);
	struct file *old;

	if (err != 0) {
		file_put(f);
		return err == -EMFILE ? -EBADF : err;
	}
	KASSERT(fd < files->size);
	old = files->slot[fd].file;
	files->slot[fd].file = f;
	files->slot[fd].cloexec = cloexec;
	if (old != NULL) {
		file_tell_closing(files, old);
		file_put(old);
		file_tell_closed();
	}
	return fd;
}

long fd_close(struct files *files, uint64_t number)
{
	uint32_t fd = (uint32_t)number;
	struct file *f = files_lookup(files, fd);

	if (f == NULL)
		return -EBADF;
	KASSERT(f->refs != 0);
	files->slot[fd].file = NULL;
	files->slot[fd].cloexec = false;
	if (fd < files->lowest)
		files->lowest = fd;
	file_tell_closing(files, f);
	file_put(f);
	file_tell_closed();
	return 0;
}

static void files_exit(struct task *t, bool last)
{
	struct files *files = t->files;

	(void)last;
	KASSERT(files->refs != 0);
	t->files = NULL; /* other tasks run while the table is given up, and must not find it */
	files_put(files);
}

const struct task_part files_part = { .exit = files_exit };

int fd_process(uint64_t fd, struct group **g, bool *nonblock)
{
	struct file *f = fd_get(fd);
	const bool found = f != NULL && f->ops->process != NULL;

	*g = found ? f->ops->process(f) : NULL;
	*nonblock = found && (f->flags & O_NONBLOCK) != 0;
	if (f != NULL)
		file_put(f);
	return found ? 0 : -EBADF;
}
