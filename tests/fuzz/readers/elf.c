/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf.c - libFuzzer on the kernel's ELF loader: whatever the file, what it maps lies whole pages wide among the
 * user's addresses and inside the file, and every reference that it takes it gives back.
 *
 * Stands in for the rest of the kernel. The file is its own dynamic loader.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "exec.h"
#include "fs.h"
#include "inode.h"
#include "vm.h"

static const uint8_t *bytes;
static struct inode file;
static struct vma added;

static void require(bool holds)
{
	if (!holds)
		abort();
}

void *kmalloc(size_t size)
{
	return calloc(1, size);
}

void kfree(void *p)
{
	free(p);
}

uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t off)
{
	if (off >= i->size)
		return 0;
	if (n > i->size - off)
		n = i->size - off;
	memcpy(buf, bytes + off, n);
	return n;
}

void inode_put(struct inode *i)
{
	require(i->refs-- > 1);
}

int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out)
{
	(void)dirfd;
	(void)follow;
	require(strlen(path) < 256);
	if (path[0] == '!')
		return -ENOENT;
	file.refs++;
	*out = &file;
	return 0;
}

static void inside(uint64_t start, uint64_t len)
{
	require(start % PAGE_SIZE == 0 && len % PAGE_SIZE == 0 && len != 0);
	require(start >= PAGE_SIZE && start < USER_TOP && len <= USER_STACK_TOP - start);
}

int vma_remove(struct mm *mm, uint64_t start, uint64_t len)
{
	(void)mm;
	inside(start, len);
	return 0;
}

int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags, struct inode *inode,
	    uint64_t offset, const char *name)
{
	(void)mm;
	(void)flags;
	(void)name;
	inside(start, len);
	require((prot & ~7U) == 0 && offset % PAGE_SIZE == 0);
	require(inode == NULL || (offset <= inode->size && len - PAGE_SIZE < inode->size - offset + PAGE_SIZE));
	added.start = start;
	added.end = start + len;
	return 0;
}

struct vma *vma_find(struct mm *mm, uint64_t addr)
{
	(void)mm;
	return addr >= added.start && addr < added.end ? &added : NULL;
}

uint64_t vma_gap(const struct mm *mm, uint64_t len)
{
	(void)mm;
	return len < USER_TOP / 2 ? USER_TOP / 2 - PAGE_UP(len) + PAGE_SIZE : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *input, size_t n)
{
	struct elf_image image;
	const char *why = NULL;
	int err;

	bytes = input;
	file.refs = 1;
	file.size = n;
	err = elf_load(NULL, &file, &image, &why);
	require(err <= 0 && file.refs == 1);
	require(err != -ENOEXEC || why != NULL);
	if (err == 0)
		require(image.end < USER_TOP && image.phdr < USER_TOP && image.phnum > 0 && image.phnum <= 64);
	return 0;
}
