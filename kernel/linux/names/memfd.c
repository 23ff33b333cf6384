/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memfd.c - memfd_create(2). The bytes are those of any file in memory (regular.c), which also
 * obeys the seals.
 */
#include "memfd.h"

#include <string.h>

#include <abi/memfd.h>
#include <abi/mman.h>

#include "absent.h"
#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

#define PREFIX "memfd:"
#define NAME_ROOM (NAME_MAX - (sizeof(PREFIX) - 1) + 1) /* [MFD_NAME_MAX_LEN] */
#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)

static const struct volume volume_memfd = { .dev = 1, .magic = TMPFS_MAGIC, .type = "tmpfs", .fixed = true };

static bool is_memfd(const struct file *f)
{
	return f->inode->volume == &volume_memfd;
}

long memfd_add_seals(struct file *f, uint64_t seals)
{
	if (!f->writable)
		return -EPERM;
	if (((uint32_t)seals & ~(uint32_t)SEALS) != 0 || !is_memfd(f))
		return -EINVAL;
	if (f->inode->seals & F_SEAL_SEAL)
		return -EPERM;
	if ((seals & F_SEAL_WRITE) != 0 && (f->inode->seals & F_SEAL_WRITE) == 0 && f->inode->backing.writable != 0)
		return -EBUSY;
	f->inode->seals |= (uint32_t)seals;
	return 0;
}

long memfd_get_seals(const struct file *f)
{
	return is_memfd(f) ? (long)f->inode->seals : -EINVAL;
}

/*
 * Makes a file that looks as if it had been created in the root and removed: "/memfd:NAME
 * (deleted)".
 */
static struct file *memfd_make(char *name, uint32_t flags)
{
	struct inode *i = inode_create(&volume_memfd, S_IFREG | 0777);
	struct file *f = NULL;

	if (i == NULL)
		return NULL;
	i->name = kmalloc(strlen(name) + 1);
	if (i->name != NULL) {
		i->name_len = (uint32_t)strlen(name);
		memcpy(i->name, name, i->name_len);
		i->parent = inode_get(inode_root);
		i->nlink = 0;
		i->seals = (flags & MFD_ALLOW_SEALING) != 0 ? 0 : F_SEAL_SEAL;
		f = file_create(&regular_ops, i, O_RDWR | O_LARGEFILE, NULL);
	}
	inode_put(i);
	return f;
}

long sys_memfd_create(uint64_t uname, uint64_t flags)
{
	char name[sizeof(PREFIX) - 1 + NAME_ROOM] = PREFIX;
	struct file *f;
	long len;

	if ((uint32_t)flags & ~(uint32_t)(MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
		if (flags & MFD_HUGETLB)
			absent_say("memfd_create", "flag", MFD_HUGETLB, "EINVAL");
		return -EINVAL;
	}
	len = copy_string_from_user(name + sizeof(PREFIX) - 1, uname, NAME_ROOM);
	if (len < 0)
		return len == -ENAMETOOLONG ? -EINVAL : len;
	f = memfd_make(name, (uint32_t)flags);
	if (f == NULL)
		return -ENOMEM;
	return fd_install(current->files, f, 0, (flags & MFD_CLOEXEC) != 0);
}
