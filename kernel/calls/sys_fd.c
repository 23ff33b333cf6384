/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_fd.c - calls about descriptors: close, dup, fcntl, ioctl, lseek, pipe2.
 */
#include <abi/ioctl.h>

#include "absent.h"
#include "async.h"
#include "file.h"
#include "pipe.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* The flags that F_SETFL may change. [SETFL_MASK] */
#define SETTABLE (O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME)

long sys_close(uint64_t fd)
{
	return fd_close(current->files, fd);
}

long sys_dup(uint64_t fd)
{
	struct file *f = files_lookup(current->files, (uint32_t)fd);

	return f != NULL ? fd_install(current->files, file_get(f), 0, false) : -EBADF;
}

long sys_dup3(uint64_t from, uint64_t to, uint64_t flags)
{
	struct file *f;

	if (((uint32_t)flags & ~(uint32_t)O_CLOEXEC) != 0 || (uint32_t)from == (uint32_t)to)
		return -EINVAL;
	f = fd_get_any(from);
	if (f == NULL)
		return -EBADF;
	return fd_replace(current->files, f, (uint32_t)to, (flags & O_CLOEXEC) != 0);
}

/*
 * Turns O_ASYNC of F, which is open as FD, on or off: 0 or -errno. -ENOTTY: F cannot send SIGIO.
 */
static int async_turn(struct file *f, uint32_t fd, bool on)
{
	return async_ops != NULL ? async_ops->set(f, fd, on) : -ENOTTY;
}

static long fd_set_flags(struct file *f, uint32_t fd, uint64_t flags)
{
	int err = 0;

	if ((flags & ~f->flags & O_NOATIME) != 0 && !inode_owned(f->inode))
		return -EPERM;
	if ((flags & O_DIRECT) != 0 && (pipe_ops == NULL || !inode_is(f->inode, S_IFIFO)))
		return -EINVAL;
	if (((uint32_t)flags ^ f->flags) & FASYNC)
		err = async_turn(f, fd, (flags & FASYNC) != 0);
	if (err != 0 && err != -ENOTTY)
		return err;
	f->flags = (f->flags & ~(uint32_t)SETTABLE) | ((uint32_t)flags & SETTABLE);
	return 0;
}

/* May CMD be used on an O_PATH file, too? [check_fcntl_cmd] */
static bool is_about_descriptor(uint32_t cmd)
{
	return cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC || cmd == F_GETFD || cmd == F_SETFD || cmd == F_GETFL;
}

static long fd_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg)
{
	struct descriptor *d = &current->files->slot[fd];
	long result;

	switch (cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		if ((uint32_t)arg >= current->group->limits[RLIMIT_NOFILE].rlim_cur)
			return -EINVAL;
		return fd_install(current->files, file_get(f), (uint32_t)arg, cmd == F_DUPFD_CLOEXEC);
	case F_GETFD:
		return d->cloexec ? FD_CLOEXEC : 0;
	case F_SETFD:
		d->cloexec = (arg & FD_CLOEXEC) != 0;
		return 0;
	case F_GETFL:
		return f->flags;
	case F_SETFL:
		return fd_set_flags(f, fd, arg);
	default:
		result = file_control(f, fd, cmd, arg);
		if (result == -EINVAL)
			absent_say_known("fcntl", "command", cmd, "EINVAL");
		return result;
	}
}

long sys_fcntl(uint64_t fd, uint64_t cmd, uint64_t arg)
{
	struct file *f = fd_get_any(fd);
	long result;

	if (f == NULL)
		return -EBADF;
	if ((f->flags & O_PATH) != 0 && !is_about_descriptor((uint32_t)cmd))
		result = -EBADF;
	else
		result = fd_control(f, (uint32_t)fd, (uint32_t)cmd, arg);
	file_put(f);
	return result;
}

/* ---- ioctl: what concerns every kind of file, then the file's own. [do_vfs_ioctl] ---- */

/*
 * FIONBIO, or FIOASYNC: turns a flag of F, which is open as FD, on or off, as the int at ARG says.
 */
static long turn_flag(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg)
{
	int32_t on;

	if (copy_from_user(&on, arg, sizeof(on)) != 0)
		return -EFAULT;
	if (cmd == FIOASYNC)
		return async_turn(f, fd, on != 0);
	f->flags = on ? f->flags | O_NONBLOCK : f->flags & ~(uint32_t)O_NONBLOCK;
	return 0;
}

static long bytes_left(const struct file *f, uint64_t arg)
{
	int32_t n = (int32_t)(f->inode->size - f->pos);

	return copy_to_user(arg, &n, sizeof(n));
}

/*
 * Says on the console that CMD is missing, if its number is one of those that Linux's files or
 * sockets have; a terminal does so itself. Returns -ENOTTY, which Linux, too, gives for a request
 * that does not concern F's kind.
 */
static long absent_request(const struct file *f, uint32_t cmd)
{
	const bool is_socket = inode_is(f->inode, S_IFSOCK),
		   is_file = inode_is(f->inode, S_IFREG) || inode_is(f->inode, S_IFDIR);
	const uint32_t type = cmd >> _IOC_TYPESHIFT & 0xff;

	if ((is_socket && type == 0x89) || (is_file && (type == 'f' || type == 0x94 || type == 'X')))
		absent_say("ioctl", "request", cmd, "ENOTTY");
	return -ENOTTY;
}

long sys_ioctl(uint64_t fd, uint64_t request, uint64_t arg)
{
	struct file *f = fd_get(fd);
	uint32_t cmd = (uint32_t)request;
	long result = -ENOTTY;

	if (f == NULL)
		return -EBADF;
	if (cmd == FIOCLEX || cmd == FIONCLEX) {
		current->files->slot[(uint32_t)fd].cloexec = cmd == FIOCLEX;
		result = 0;
	} else if (cmd == FIONBIO || cmd == FIOASYNC) {
		result = turn_flag(f, (uint32_t)fd, cmd, arg);
	} else if (cmd == FIONREAD && inode_is(f->inode, S_IFREG)) {
		result = bytes_left(f, arg);
	} else if ((async_ops == NULL || !async_ops->ioctl(f, cmd, arg, &result)) && f->ops->ioctl != NULL) {
		result = f->ops->ioctl(f, cmd, arg);
	}
	if (result == -ENOTTY)
		result = absent_request(f, cmd);
	file_put(f);
	return result;
}

/* ---- lseek ---- */

int64_t (*file_seek_hole)(struct file *f, uint64_t at, bool hole);

static int64_t seek_file(struct file *f, int64_t offset, uint32_t whence)
{
	int64_t pos;

	if (f->ops->rewinds) {
		f->pos = 0;
		return 0;
	}
	if (!f->ops->seekable)
		return -ESPIPE;
	switch (whence) {
	case SEEK_SET:
		pos = offset;
		break;
	case SEEK_CUR:
		pos = (int64_t)((uint64_t)offset + f->pos);
		break;
	case SEEK_END:
		pos = (int64_t)((uint64_t)offset + f->inode->size);
		break;
	default: /* SEEK_DATA, SEEK_HOLE */
		if (file_seek_hole == NULL)
			return -EINVAL;
		return file_seek_hole(f, (uint64_t)offset, whence == SEEK_HOLE);
	}
	if (pos < 0)
		return -EINVAL;
	f->pos = (uint64_t)pos;
	return pos;
}

long sys_lseek(uint64_t fd, uint64_t offset, uint64_t whence)
{
	struct file *f = fd_get(fd);
	long result;

	if (f == NULL)
		return -EBADF;
	result = (uint32_t)whence > SEEK_MAX ? -EINVAL : seek_file(f, (int64_t)offset, (uint32_t)whence);
	file_put(f);
	return result;
}

/* ---- pipe2 ---- */

long sys_pipe2(uint64_t ufds, uint64_t flags)
{
	struct file *end[2];
	int err;

	if (((uint32_t)flags & ~(uint32_t)(O_CLOEXEC | O_NONBLOCK | (pipe_ops != NULL ? O_DIRECT : 0))) != 0)
		return -EINVAL;
	err = pipe_create((uint32_t)flags & ~(uint32_t)O_CLOEXEC, &end[0], &end[1]);
	return err != 0 ? err : fd_install_pair(end, (flags & O_CLOEXEC) != 0, ufds);
}
