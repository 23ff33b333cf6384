/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * coredump.c - writes the core file of a process that a signal ends: head, notes, memory.
 * [fs/coredump.c:do_coredump, fs/binfmt_elf.c:elf_core_dump]
 */
#include "coredump.h"

#include <string.h>

#include <abi/elf.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/mman.h>

#include "file.h"
#include "fs.h"
#include "inode.h"
#include "mount.h"
#include "page.h"
#include "pte.h"
#include "signal.h"
#include "task.h"
#include "text.h"
#include "uio.h"

#define CORE_MODE 0600U
#define CORE_RANGES_MAX 0xfffeU /* e_phnum has 16 bits, and 0xffff means more */

/* A file that is being written from its beginning to its end. */
struct core_out {
	struct file *file;
	uint64_t pos;
	uint64_t written; /* without holes, which RLIMIT_CORE does not count */
	uint64_t limit;
};

/*
 * Writes N bytes; false: the limit does not allow them, the file system is full, or a signal came.
 */
static bool core_put(struct core_out *out, const void *bytes, uint64_t n)
{
	struct uio u;

	if (n > out->limit - out->written)
		return false;
	uio_init_kernel(&u, (void *)(uintptr_t)bytes, n);
	if (out->file->ops->write(out->file, &u, &out->pos) != (long)n)
		return false;
	out->written += n;
	return !sched_give_way();
}

/* Leaves a hole up to POS. */
static void core_skip_to(struct core_out *out, uint64_t pos)
{
	out->pos = pos;
}

static bool put_phdr(struct core_out *out, uint32_t type, uint32_t prot, uint64_t offset, const struct core_range *r)
{
	const struct elf64_phdr p = {
		.p_type = type,
		.p_flags =
			(prot & PROT_READ ? PF_R : 0) | (prot & PROT_WRITE ? PF_W : 0) | (prot & PROT_EXEC ? PF_X : 0),
		.p_offset = offset,
		.p_vaddr = r->start,
		.p_filesz = r->size,
		.p_memsz = r->end - r->start,
		.p_align = type == PT_LOAD ? PAGE_SIZE : 4,
	};

	return core_put(out, &p, sizeof(p));
}

static bool put_head(struct core_out *out, uint32_t ranges)
{
	const struct elf64_hdr h = {
		.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_CORE,
		.e_machine = EM_RISCV,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(h),
		.e_ehsize = sizeof(h),
		.e_phentsize = sizeof(struct elf64_phdr),
		.e_phnum = (uint16_t)(1 + ranges),
	};

	return core_put(out, &h, sizeof(h));
}

#define TABLE_SPAN (1UL << PTE_LEVEL_SHIFT(1)) /* what a last-level table maps */

/*
 * Writes the first R->size bytes of R. A page that is not present becomes a hole, unless it has a
 * file's bytes.
 */
static bool put_range(struct core_out *out, const struct core_range *r, uint8_t *room)
{
	const uint64_t begin = out->pos;
	uint64_t next;

	for (uint64_t at = r->start; at < r->start + r->size; at = next) {
		const uint64_t *pte = pte_find(current->mm, at, false);
		bool present = pte != NULL && (*pte & PTE_V) != 0;

		next = at + PAGE_SIZE;
		if (present)
			memcpy(room, pte_page(*pte), PAGE_SIZE);
		else if (r->from_file)
			present = vm_access_remote(current->mm, at, room, PAGE_SIZE, false) == 0;
		else if (pte == NULL)
			next = (at | (TABLE_SPAN - 1)) + 1;
		core_skip_to(out, begin + (at - r->start));
		if (present ? !core_put(out, room, PAGE_SIZE) : sched_give_way())
			return false;
	}
	core_skip_to(out, begin + r->size);
	return true;
}

/* [elf_core_dump] */
static void put_core(struct core_out *out, const struct text *notes, const struct core_range *ranges, uint32_t n,
		     uint8_t *room)
{
	const uint64_t head = sizeof(struct elf64_hdr) + (1 + n) * sizeof(struct elf64_phdr);
	const uint64_t data = PAGE_UP(head + notes->len);
	const struct core_range of_notes = { .size = notes->len };
	uint64_t offset = data;

	if (!put_head(out, n) || !put_phdr(out, PT_NOTE, 0, head, &of_notes))
		return;
	for (uint32_t i = 0; i < n; offset += ranges[i++].size)
		if (!put_phdr(out, PT_LOAD, ranges[i].prot, offset, &ranges[i]))
			return;
	if (!core_put(out, notes->buf, notes->len))
		return;
	core_skip_to(out, data);
	for (uint32_t i = 0; i < n; i++)
		if (!put_range(out, &ranges[i], room))
			return;
	if (out->file->inode->size < offset) /* it ends with a hole */
		(void)inode_truncate(out->file->inode, offset);
}

/* Removes the old core file, if there is one. A directory is not removed: -EISDIR. [do_unlinkat] */
static int remove_old(const struct walk *w)
{
	struct inode *entry;
	int err;

	if (w->inode == NULL)
		return 0;
	entry = tree_find(w->dir, w->name, w->name_len);
	err = entry == NULL ? -ENOENT : tree_may_remove(entry);
	if (err == 0 && inode_is(entry, S_IFDIR))
		err = -EISDIR;
	if (err == 0)
		tree_unlink(entry);
	return err;
}

/*
 * Creates the core file NAME anew, so that nobody else can have it open or have another link to it.
 * If the umask takes away bits of CORE_MODE, the file stays empty. NULL: no core is to be written.
 * [do_coredump]
 */
static struct file *create_core(const char *name)
{
	const uint32_t mode = CORE_MODE & ~current->fs->umask;
	struct file *f = NULL;
	struct inode *i;
	struct walk w;

	if (path_walk(AT_FDCWD, name, WALK_MISSING, &w) != 0)
		return NULL;
	if (mount_may_write(w.mount) == 0 && remove_old(&w) == 0 && tree_may_add(w.dir) == 0 &&
	    tree_create(w.dir, w.name, w.name_len, S_IFREG | mode, &i) == 0) {
		if (mode != CORE_MODE || file_open(i, w.mount, O_WRONLY | O_LARGEFILE, &f) != 0)
			f = NULL;
		inode_put(i);
	}
	walk_end(&w);
	return f;
}

bool coredump_write(const struct siginfo *info)
{
	struct core_out out = { .limit = current->group->limits[RLIMIT_CORE].rlim_cur };
	struct core_range *ranges = NULL;
	uint8_t *room = NULL;
	struct text notes;
	uint32_t n = 0;

	if (current->mm->undumpable || out.limit < PAGE_SIZE)
		return false;
	if (mm_lock(current->mm) != 0)
		return false;
	text_init(&notes);
	core_notes(&notes, info);
	group_kill(current->group, current);
	room = kmalloc(PAGE_SIZE);
	if (room != NULL) {
		core_note_files(&notes, (char *)room, PAGE_SIZE);
		ranges = core_ranges(&n);
	}
	mm_unlock(current->mm);
	if (ranges != NULL && !notes.overflow && n <= CORE_RANGES_MAX)
		out.file = core_name((char *)room, PAGE_SIZE, info) ? create_core((char *)room) : NULL;
	if (out.file != NULL) {
		put_core(&out, &notes, ranges, n, room);
		file_put(out.file);
	}
	kfree(room);
	kfree(ranges);
	text_free(&notes);
	return out.file != NULL;
}
