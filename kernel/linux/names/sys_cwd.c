/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_cwd.c - the current directory: fchdir(2), and getcwd(2), which tells its path. [fs/open.c,
 * fs/d_path.c]
 */
#include <string.h>

#include <abi/errno.h>

#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

long sys_fchdir(uint64_t fd)
{
	struct file *f = fd_get_any(fd);
	int err;

	if (f == NULL)
		return -EBADF;
	err = fs_enter(&current->fs->cwd, path_get((struct path){ f->mount, f->inode }));
	file_put(f);
	return err;
}

/* The path is from the task's root on; for a directory outside the root it says so. */
long sys_getcwd(uint64_t buf, uint64_t n)
{
	static const char outside[] = "(unreachable)";
	const struct path cwd = current->fs->cwd;
	const size_t before = path_is_below(cwd, current->fs->root, true) ? 0 : sizeof(outside) - 1;
	char *page;
	bool fits;
	long len = 1;

	if (cwd.inode->parent != NULL && !cwd.inode->linked)
		return -ENOENT;
	page = page_alloc(0);
	if (page == NULL)
		return -ENOMEM;
	fits = path_text(cwd, page + before, PAGE_SIZE - before) == page + before;
	memcpy(page, outside, before);
	while (page[len - 1] != '\0')
		len++;
	if (!fits)
		len = -ENAMETOOLONG;
	else if ((uint64_t)len > n)
		len = -ERANGE;
	else if (copy_to_user(buf, page, (uint64_t)len) != 0)
		len = -EFAULT;
	page_free(page, 0);
	return len;
}
