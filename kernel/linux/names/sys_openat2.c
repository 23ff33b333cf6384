/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_openat2.c - openat2: openat that refuses what it does not know, and walks no further than it
 * is told. [fs/open.c]
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/openat2.h>

#include "fs.h"
#include "open.h"
#include "page.h"
#include "sys.h"
#include "usercopy.h"

#define OPEN_FLAGS                                                                                                 \
	(O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_DSYNC | FASYNC | O_DIRECT | \
	 O_LARGEFILE | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_SYNC | O_PATH |                        \
	 O_TMPFILE) /* [VALID_OPEN_FLAGS] */

/* Turns RESOLVE into WALK_* flags. [build_open_flags] */
static int check_resolve(uint64_t resolve, struct open_args *a)
{
	if (resolve & ~(uint64_t)(RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH |
				  RESOLVE_IN_ROOT | RESOLVE_CACHED))
		return -EINVAL;
	if ((resolve & RESOLVE_BENEATH) != 0 && (resolve & RESOLVE_IN_ROOT) != 0)
		return -EINVAL;
	a->walk = (resolve & RESOLVE_NO_XDEV ? WALK_NO_XDEV : 0) |
		  (resolve & RESOLVE_NO_MAGICLINKS ? WALK_NO_JUMPS : 0) |
		  (resolve & RESOLVE_NO_SYMLINKS ? WALK_NO_LINKS : 0) | (resolve & RESOLVE_BENEATH ? WALK_BENEATH : 0) |
		  (resolve & RESOLVE_IN_ROOT ? WALK_IN_ROOT : 0);
	return 0;
}

long sys_openat2(uint64_t dirfd, uint64_t path, uint64_t uhow, uint64_t size)
{
	struct open_how how = { 0 };
	struct open_args a;
	int err;

	if (size < OPEN_HOW_SIZE_VER0)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	err = copy_struct_from_user(&how, sizeof(how), uhow, size);
	if (err != 0)
		return err;
	a = (struct open_args){ .flags = (uint32_t)how.flags, .mode = (uint32_t)how.mode };
	if (how.flags & ~(uint64_t)OPEN_FLAGS)
		return -EINVAL;
	err = check_resolve(how.resolve, &a);
	if (err == 0 && how.mode & ~07777UL)
		err = -EINVAL;
	if (err == 0)
		err = open_check_flags(&a, true);
	/*
	 * Files are always in memory; a file that must be made or truncated does not count as
	 * cached.
	 */
	if (err == 0 && (how.resolve & RESOLVE_CACHED) != 0 &&
	    a.flags & (O_TRUNC | O_CREAT | (O_TMPFILE & ~(uint32_t)O_DIRECTORY)))
		err = -EAGAIN;
	return err != 0 ? err : open_at((int)dirfd, path, &a);
}
