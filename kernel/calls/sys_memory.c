/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_memory.c - brk, mmap and the like. [mm/mmap.c of Linux]
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "absent.h"
#include "dev.h"
#include "events.h"
#include "exec.h"
#include "file.h"
#include "inode.h"
#include "riscv.h"
#include "sys.h"
#include "task.h"
#include "vm.h"

#define LOWEST PAGE_SIZE /* nothing may be mapped at address 0 [vm.mmap_min_addr] */

/* Flags that MAP_SHARED_VALIDATE knows. [LEGACY_MAP_MASK] */
#define VALIDATED                                                                                             \
	(MAP_TYPE | MAP_FIXED | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_DENYWRITE | MAP_EXECUTABLE | MAP_LOCKED | \
	 MAP_NORESERVE | MAP_POPULATE | MAP_NONBLOCK | MAP_STACK | MAP_HUGETLB)

static bool memory_overlaps(const struct mm *mm, uint64_t start, uint64_t end)
{
	const struct vma *v = vma_from(mm, start);

	return v != NULL && v->start < end;
}

/*
 * Is LEN more than all memory, in a mapping that would be written to? That is refused at once.
 * [overcommit heuristic]
 */
static bool memory_too_much(uint64_t len, uint32_t prot, uint32_t flags)
{
	return prot & PROT_WRITE && !(flags & MAP_NORESERVE) && len >> PAGE_SHIFT > page_count_total();
}

/*
 * Brings in the pages of a new locked mapping. A page for which there is no memory now stays
 * missing: the program meets that when it touches the page. [mm_populate]
 */
static void memory_lock_new(struct mm *mm, uint32_t locked, uint64_t start, uint64_t len)
{
	if (locked != 0 && !mm->lock_on_fault)
		(void)memory_walk(mm, start, start + len, true);
}

static long brk_locked(struct mm *mm, uint64_t addr)
{
	const uint64_t old = PAGE_UP(mm->brk), new = PAGE_UP(addr);
	const uint32_t locked = mm->lock_future ? VMA_LOCKED : 0;

	if (addr < mm->brk_start || addr >= USER_TOP)
		return (long)mm->brk;
	if (new > old) {
		if (new - mm->brk_start > current->group->limits[RLIMIT_DATA].rlim_cur ||
		    memory_overlaps(mm, old, new + PAGE_SIZE) || !vm_may_grow(mm, new - old, true) ||
		    memory_too_much(new - old, PROT_WRITE, 0) || !memory_may_lock_more(mm, locked, new - old))
			return (long)mm->brk;
		if (vma_add(mm, old, new - old, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | locked, NULL, 0,
			    "[heap]") != 0)
			return (long)mm->brk;
		memory_lock_new(mm, locked, old, new - old);
	} else if (new < old && vma_remove(mm, new, old - new) != 0) {
		return (long)mm->brk;
	}
	mm->brk = addr;
	return (long)addr;
}

long sys_brk(uint64_t addr)
{
	struct mm *mm = current->mm;
	long result;

	if (mm_lock(mm) != 0)
		return (long)mm->brk;
	result = brk_locked(mm, addr);
	mm_unlock(mm);
	return result;
}

/*
 * Stores the file behind a new mapping in *OUT, with a reference, after checking its mode against
 * PROT and FLAGS. Private anonymous memory has none: NULL. Shared anonymous memory gets a new file
 * without a name, of LEN bytes. *NO_WRITE is set if mprotect() must never make the mapping
 * writable. 0, -EBADF, -ENODEV, -EACCES, -EPERM or -ENOMEM. [do_mmap]
 */
static int find_inode(int fd, uint32_t prot, uint32_t flags, uint64_t len, struct inode **out, bool *no_write)
{
	const bool shared = (flags & MAP_TYPE) != MAP_PRIVATE;
	struct file *f;
	bool zeroes;
	int err = 0;

	*out = NULL;
	if (flags & MAP_ANONYMOUS) {
		if (!shared)
			return 0;
		*out = inode_create(&volume_anon,
				    S_IFREG | S_IRUSR | S_IWUSR); /* a file without a name, for parent and child */
		if (*out == NULL)
			return -ENOMEM;
		(*out)->size = len;
		(*out)->nlink = 0;
		return 0;
	}
	f = fd_get((uint64_t)fd);
	if (f == NULL)
		return -EBADF;
	zeroes = f->inode->rdev == DEVICE_ZERO;
	if (f->ops != &regular_ops && !zeroes)
		err = -ENODEV;
	else if ((f->flags & O_ACCMODE) == O_WRONLY)
		err = -EACCES;
	else if (shared && prot & PROT_WRITE && (f->flags & O_ACCMODE) != O_RDWR)
		err = -EACCES;
	else if (prot & PROT_EXEC && mount_may_execute(f->mount) != 0)
		err = -EPERM;
	else if (shared && prot & PROT_WRITE && f->inode->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		err = -EPERM;
	*no_write = shared && (!f->writable || f->inode->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE));
	if (err == 0 && zeroes) /* a private mapping of /dev/zero is anonymous memory */
		err = find_inode(-1, prot, flags | MAP_ANONYMOUS, len, out, no_write);
	else if (err == 0)
		*out = inode_get(f->inode);
	file_put(f);
	return err;
}

/* Refusals that do not depend on the address space, in Linux's order. [ksys_mmap_pgoff, do_mmap] */
static int check_mmap(uint64_t len, uint64_t flags, uint64_t fd, uint64_t offset)
{
	const uint32_t type = flags & MAP_TYPE;

	if (offset & PAGE_MASK)
		return -EINVAL;
	if ((flags & MAP_ANONYMOUS) == 0 && files_lookup(current->files, (uint32_t)fd) == NULL)
		return -EBADF;
	if (len == 0)
		return -EINVAL;
	if (len > USER_TOP)
		return -ENOMEM;
	if (type != MAP_PRIVATE && type != MAP_SHARED && type != MAP_SHARED_VALIDATE)
		return -EINVAL;
	if (type == MAP_SHARED_VALIDATE && (flags & (MAP_ANONYMOUS | ~(uint64_t)VALIDATED)) != 0)
		return (flags & MAP_ANONYMOUS) != 0 ? -EINVAL : -EOPNOTSUPP;
	if (flags & MAP_HUGETLB) { /* as on a Linux without huge pages */
		absent_say("mmap", "flag", MAP_HUGETLB, "EINVAL");
		return -EINVAL;
	}
	return 0;
}

/* Replaces *ADDR, the address asked for, by where LEN bytes go: 0 or -errno. [get_unmapped_area] */
static int find_room(const struct mm *mm, uint64_t *addr, uint64_t len, uint64_t flags)
{
	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
		if (*addr & PAGE_MASK)
			return -EINVAL;
		if (*addr > USER_TOP - len)
			return -ENOMEM;
		if (*addr < LOWEST)
			return -EPERM;
		return flags & MAP_FIXED_NOREPLACE && memory_overlaps(mm, *addr, *addr + len) ? -EEXIST : 0;
	}
	*addr = PAGE_UP(*addr);
	if (*addr < LOWEST || *addr > USER_STACK_TOP - len || memory_overlaps(mm, *addr, *addr + len))
		*addr = vma_gap(mm, len);
	return *addr == 0 ? -ENOMEM : 0;
}

/* Do the limits allow LEN more bytes to be locked, mapped, and promised? 0 or -errno. */
static int check_room(struct mm *mm, uint64_t len, uint64_t prot, uint64_t flags, uint32_t locked)
{
	if (flags & MAP_LOCKED && !memory_may_lock())
		return -EPERM;
	if (!memory_may_lock_more(mm, locked, len))
		return -EAGAIN;
	if (!vm_may_grow(mm, len, (flags & MAP_TYPE) == MAP_PRIVATE && (prot & PROT_WRITE) != 0))
		return -ENOMEM;
	return flags & MAP_ANONYMOUS && memory_too_much(len, (uint32_t)prot, (uint32_t)flags) ? -ENOMEM : 0;
}

static long mmap_locked(struct mm *mm, uint64_t addr, uint64_t len, uint64_t prot, uint64_t flags, uint64_t fd,
			uint64_t offset)
{
	const uint32_t locked = flags & MAP_LOCKED || mm->lock_future ? VMA_LOCKED : 0;
	const uint32_t shared = (flags & MAP_TYPE) == MAP_PRIVATE ? MAP_PRIVATE : MAP_SHARED;
	struct inode *inode;
	bool no_write = false;
	int err = check_mmap(len, flags, fd, offset);

	len = PAGE_UP(len);
	if (err == 0 && mm->vma_count > vma_max)
		err = -ENOMEM;
	if (err == 0)
		err = find_room(mm, &addr, len, flags);
	if (err == 0)
		err = check_room(mm, len, prot, flags, locked);
	if (err == 0 && (flags & MAP_ANONYMOUS) == 0 && (offset | (offset + len)) > INT64_MAX)
		err = -EOVERFLOW;
	if (err == 0)
		err = find_inode((int)fd, (uint32_t)prot, (uint32_t)flags, len, &inode, &no_write);
	if (err != 0)
		return err;
	if (flags & MAP_FIXED)
		err = vma_remove(mm, addr, len);
	if (err == 0)
		err = vma_add(mm, addr, len, prot & (PROT_READ | PROT_WRITE | PROT_EXEC),
			      shared | (flags & (MAP_GROWSDOWN | MAP_ANONYMOUS)) | (no_write ? VMA_NO_WRITE : 0) |
				      locked,
			      inode_backing(inode), flags & MAP_ANONYMOUS ? 0 : offset, NULL);
	if (err == 0)
		memory_lock_new(mm, locked, addr, len);
	if (events != 0 && err == 0 && prot & PROT_EXEC && inode != NULL)
		event_ops->map(addr, len, offset, inode);
	if (inode != NULL)
		inode_put(inode);
	return err != 0 ? err : (long)addr;
}

long sys_mmap(uint64_t addr, uint64_t len, uint64_t prot, uint64_t flags, uint64_t fd, uint64_t offset)
{
	struct mm *mm = current->mm;
	long result = mm_lock(mm);

	if (result != 0)
		return result;
	result = mmap_locked(mm, addr, len, prot, flags, fd, offset);
	mm_unlock(mm);
	return result;
}

long sys_munmap(uint64_t addr, uint64_t len)
{
	struct mm *mm = current->mm;
	int err;

	if (addr & PAGE_MASK || len == 0 || addr > USER_TOP || len > USER_TOP - addr)
		return -EINVAL;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	err = vma_remove(mm, addr, PAGE_UP(len));
	mm_unlock(mm);
	return err;
}

#define PROT_GROWS (PROT_GROWSDOWN | PROT_GROWSUP)

/*
 * mprotect(2) with PROT_GROWSDOWN begins where the mapping at *ADDR does, which must be one that
 * grows: 0, -ENOMEM (there is none before END), or -EINVAL. No mapping grows up.
 */
static int begin_of_growing(const struct mm *mm, uint64_t *addr, uint64_t end, uint64_t grows)
{
	const struct vma *v = vma_from(mm, *addr);

	if (v == NULL || v->start >= end)
		return -ENOMEM;
	*addr = v->start;
	return grows == PROT_GROWSDOWN && (v->flags & MAP_GROWSDOWN) != 0 ? 0 : -EINVAL;
}

long sys_mprotect(uint64_t addr, uint64_t len, uint64_t prot)
{
	struct mm *mm = current->mm;
	const uint64_t grows = prot & PROT_GROWS, end = addr + PAGE_UP(len);
	int err;

	if (addr & PAGE_MASK || grows == PROT_GROWS)
		return -EINVAL;
	if (len == 0)
		return 0;
	if (end <= addr)
		return -ENOMEM;
	if (prot & ~(uint64_t)(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM | PROT_GROWS))
		return -EINVAL;
	if (end > USER_TOP)
		return -ENOMEM;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	if (grows != 0)
		err = begin_of_growing(mm, &addr, end, grows);
	if (err == 0)
		err = vma_protect(mm, addr, end - addr, (uint32_t)prot & (PROT_READ | PROT_WRITE | PROT_EXEC));
	mm_unlock(mm);
	return err;
}

/*
 * Bit 0 of FLAGS, this thread only, makes no difference: there is one hart.
 * [sys_riscv_flush_icache]
 */
long sys_riscv_flush_icache(uint64_t start, uint64_t end, uint64_t flags)
{
	(void)start;
	(void)end;
	if (flags & ~1UL)
		return -EINVAL;
	fence_i();
	return 0;
}
