/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shm.c - shared memory: shmget, shmat, shmdt. A segment is a file without a name. Its mappings are
 * counted, and a segment that was removed goes with the last one. [ipc/shm.c]
 */
#include <abi/errno.h>
#include <abi/mman.h>
#include <string.h>

#include "inode.h"
#include "page.h"
#include "shm.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "vm.h"

static const struct volume volume_shm = { .dev = 1, .magic = TMPFS_MAGIC, .type = "tmpfs", .fixed = true };

static struct shm_segment *segment_behind(const struct backing *b)
{
	return container_of(b, const struct inode, backing)->private;
}

static void shm_free(struct shm_segment *s)
{
	KASSERT(s->mappings == 0);
	if (s->object.ns != NULL) {
		s->object.ns->shm_pages -= PAGE_UP(s->size) / PAGE_SIZE;
		ipc_remove(IPC_SHM, &s->object);
	}
	s->inode->private = NULL; /* whoever still holds the inode sees a segment without bytes */
	inode_put(s->inode);
	kfree(s);
}

static void shm_map(struct backing *b)
{
	struct shm_segment *s = segment_behind(b);

	(void)inode_get(s->inode);
	s->mappings++;
	s->atime = ipc_time();
	s->lpid = (uint32_t)ipc_pid();
}

static void shm_unmap(struct backing *b)
{
	struct shm_segment *s = segment_behind(b);

	inode_put(s->inode);
	s->mappings--;
	s->dtime = ipc_time();
	s->lpid = (uint32_t)ipc_pid();
	if (s->mappings == 0 && (s->object.mode & SHM_DEST) != 0)
		shm_free(s);
}

static uint64_t shm_size(const struct backing *b)
{
	const struct shm_segment *s = segment_behind(b);

	return s != NULL ? PAGE_UP(s->size) : 0;
}

static void *shm_page(struct backing *b, uint64_t off)
{
	return inode_page(inode_behind(b), off);
}

static uint64_t shm_read(struct backing *b, void *buf, uint64_t n, uint64_t off)
{
	return inode_read(container_of(b, const struct inode, backing), buf, n, off);
}

static const struct backing_ops shm_backing = {
	.get = shm_map,
	.put = shm_unmap,
	.size = shm_size,
	.page = shm_page,
	.read = shm_read,
	.counted = true,
};

/* ---- shmget ---- */

static bool shm_fits(const struct ipc_object *o, uint64_t size)
{
	return size <= ((const struct shm_segment *)o)->size;
}

/*
 * Makes a file that looks as if it had been made in the root and removed: "/SYSV0000abcd
 * (deleted)".
 */
static struct inode *make_file(uint64_t size)
{
	struct inode *i = inode_create(&volume_shm, S_IFREG | 0600);

	if (i == NULL)
		return NULL;
	i->name = kmalloc(sizeof("SYSV12345678"));
	if (i->name == NULL) {
		inode_put(i);
		return NULL;
	}
	i->parent = inode_get(inode_root);
	i->nlink = 0;
	i->size = PAGE_UP(size);
	i->backing.ops = &shm_backing;
	return i;
}

static struct ipc_object *shm_make(struct ipcns *ns, uint64_t size, uint32_t flags, int *err)
{
	const uint64_t pages = size / PAGE_SIZE + (size % PAGE_SIZE != 0);
	struct shm_segment *s;

	*err = size < SHMMIN || size > ns->limit[SYSV_SHMMAX]	? -EINVAL
	       : ns->shm_pages + pages > ns->limit[SYSV_SHMALL] ? -ENOSPC
	       : (flags & SHM_HUGETLB) != 0			? -EINVAL
	       : pages > page_count_total()			? -ENOMEM
								: 0;
	if (*err != 0)
		return NULL;
	*err = -ENOMEM;
	s = kmalloc(sizeof(*s));
	if (s == NULL)
		return NULL;
	s->inode = make_file(size);
	if (s->inode == NULL) {
		kfree(s);
		return NULL;
	}
	s->inode->private = s;
	s->size = size;
	s->ctime = ipc_time();
	s->cpid = (uint32_t)ipc_pid();
	ns->shm_pages += pages;
	return &s->object;
}

static void shm_discard(struct ipc_object *o)
{
	struct shm_segment *s = (struct shm_segment *)o;

	o->ns->shm_pages -= PAGE_UP(s->size) / PAGE_SIZE;
	inode_put(s->inode);
	kfree(s);
}

long sys_shmget(uint64_t key, uint64_t size, uint64_t flags)
{
	static const struct ipc_maker maker = {
		.kind = IPC_SHM, .most = SYSV_SHMMNI, .fits = shm_fits, .make = shm_make, .discard = shm_discard
	};

	return ipc_get(&maker, (int32_t)key, (uint32_t)flags, size);
}

void shm_remove(struct shm_segment *s)
{
	if (s->mappings == 0) {
		shm_free(s);
		return;
	}
	ipc_forget_key(IPC_SHM, &s->object);
	s->object.mode |= SHM_DEST;
}

/* Called when its namespace ends: tasks that have it mapped keep the memory. */
void shm_leave(struct ipc_object *o)
{
	struct shm_segment *s = (struct shm_segment *)o;

	if (s->mappings != 0) {
		ipc_remove(IPC_SHM, o);
		o->ns = NULL;
	}
	shm_remove(s);
}

/* ---- shmat, shmdt ---- */

/* Rounds *ADDR down if FLAGS say so; 0 stays 0, and means any address. 0 or -EINVAL. [do_shmat] */
static int find_place(uint64_t *addr, uint32_t flags)
{
	if (*addr == 0)
		return (flags & SHM_REMAP) != 0 ? -EINVAL : 0;
	if ((*addr & PAGE_MASK) != 0) {
		if ((flags & SHM_RND) == 0)
			return -EINVAL;
		*addr &= ~PAGE_MASK;
		if (*addr == 0 && (flags & SHM_REMAP) != 0)
			return -EINVAL;
	}
	return 0;
}

static bool is_taken(const struct mm *mm, uint64_t start, uint64_t end)
{
	const struct vma *v = vma_from(mm, start);

	return v != NULL && v->start < end;
}

/* Maps segment ID at ADDR, or anywhere if that is 0: the address, or -errno. [do_shmat] */
static long shm_attach(struct mm *mm, int32_t id, uint64_t addr, uint32_t flags)
{
	struct shm_segment *s = (struct shm_segment *)ipc_find(IPC_SHM, id);
	const bool readonly = (flags & SHM_RDONLY) != 0, exec = (flags & SHM_EXEC) != 0;
	const uint32_t prot = PROT_READ | (readonly ? 0 : PROT_WRITE) | (exec ? PROT_EXEC : 0);
	uint64_t len;
	int err;

	if (s == NULL)
		return -EINVAL;
	if (ipc_may(&s->object, IPC_READ | (readonly ? 0 : IPC_WRITE) | (exec ? 0111 : 0)) != 0)
		return -EACCES;
	len = PAGE_UP(s->size);
	if (addr != 0 && (flags & SHM_REMAP) == 0 && (addr + len < addr || is_taken(mm, addr, addr + len)))
		return -EINVAL;
	if (addr != 0 && (addr > USER_TOP || len > USER_TOP - addr))
		return -ENOMEM;
	if (addr == 0)
		addr = vma_gap(mm, len);
	if (addr == 0 || mm->vma_count > vma_max || !vm_may_grow(mm, len, false))
		return -ENOMEM;
	err = (flags & SHM_REMAP) != 0 ? vma_remove(mm, addr, len) : 0;
	if (err == 0)
		err = vma_add(mm, addr, len, prot, MAP_SHARED | (readonly ? VMA_NO_WRITE : 0), &s->inode->backing, 0,
			      NULL);
	return err != 0 ? err : (long)addr;
}

/*
 * Gives the segment's file the name that Linux shows in /proc/PID/maps, and the id as its inode
 * number.
 */
static void name_file(int32_t id)
{
	const struct ipc_object *o = ipc_find(IPC_SHM, id);
	struct inode *i = o != NULL ? ((const struct shm_segment *)o)->inode : NULL;
	struct text t;

	if (i == NULL || i->name_len != 0)
		return;
	text_init_fixed(&t, i->name, sizeof("SYSV12345678"));
	text_add(&t, "SYSV%08x", (unsigned)o->key);
	i->name_len = (uint32_t)t.len;
	i->ino = (uint32_t)id;
}

long sys_shmat(uint64_t id, uint64_t addr, uint64_t flags)
{
	struct mm *mm = current->mm;
	long result = (int32_t)id < 0 ? -EINVAL : find_place(&addr, (uint32_t)flags);

	if (result != 0)
		return result;
	result = mm_lock(mm);
	if (result != 0)
		return result;
	name_file((int32_t)id);
	result = shm_attach(mm, (int32_t)id, addr, (uint32_t)flags);
	mm_unlock(mm);
	return result;
}

/* Is V a part of a segment that was attached at ADDR? */
static bool belongs_to(const struct vma *v, uint64_t addr)
{
	return v->start >= addr && v->backing != NULL && v->backing->ops == &shm_backing &&
	       v->start - addr == v->offset;
}

/*
 * Unmaps the segment that was attached at ADDR, whatever mprotect() and munmap() have cut its
 * mapping into. The first piece found says which segment it is, and how far that reaches.
 * [ksys_shmdt]
 */
static int shm_detach(struct mm *mm, uint64_t addr)
{
	const struct backing *which = NULL;
	uint64_t size = 0;
	int err = -EINVAL;

	for (struct vma *v = vma_from(mm, addr), *next; v != NULL; v = next) {
		next = vma_next(v);
		if (!belongs_to(v, addr) || (which != NULL && (v->backing != which || v->end - addr > size)))
			continue;
		which = v->backing;
		size = shm_size(which);
		err = vma_remove(mm, v->start, v->end - v->start);
		if (err != 0)
			break;
	}
	return err;
}

long sys_shmdt(uint64_t addr)
{
	struct mm *mm = current->mm;
	int err;

	if (addr & PAGE_MASK)
		return -EINVAL;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	err = shm_detach(mm, addr);
	mm_unlock(mm);
	return err;
}
