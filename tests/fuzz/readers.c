/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * readers.c - fuzzes what reads files before anything is trusted: the kernel's ELF, cpio
 * and device-tree readers, compiled for this machine under ASan and UBSan. The first
 * byte of an input picks the reader.
 *
 * The kernel below elf.c is a model here: an address space that insists on what vm.h asks of its
 * callers. run.sh starts it, with libFuzzer or AFL++.
 */
#include <stdlib.h>
#include <string.h>

#include <abi/errno.h>
#include <abi/mman.h>

#include "exec.h"
#include "fdt.h"
#include "fs.h"
#include "inode.h"
#include "newc.h"
#include "vm.h"

/* What must hold, or the fuzzer has found something. */
static void require(int holds)
{
	if (!holds)
		abort();
}

/* ---- the kernel that elf.c sees ---- */

#define VMAS 512

static struct vma vmas[VMAS];
static uint32_t vma_count;

void *kmalloc(size_t n)
{
	return calloc(1, n);
}

void *kmalloc_raw(size_t n)
{
	return malloc(n);
}

void kfree(void *p)
{
	free(p);
}

void inode_put(struct inode *i)
{
	i->refs--;
}

int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out)
{
	(void)dirfd;
	require(strlen(path) < 256 && follow);
	if (path[0] != '/')
		return -ENOENT;
	*out = inode_behind(vmas[0].backing); /* the program is its own dynamic loader */
	if (*out == NULL)
		return -ENOENT;
	(*out)->refs++;
	return 0;
}

uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t at)
{
	if (at >= i->size)
		return 0;
	if (n > i->size - at)
		n = i->size - at;
	memcpy(buf, i->data + at, n);
	return n;
}

static bool aligned(uint64_t addr)
{
	return addr % PAGE_SIZE == 0;
}

struct vma *vma_find(const struct mm *mm, uint64_t addr)
{
	(void)mm;
	for (uint32_t i = 0; i < vma_count; i++)
		if (vmas[i].start <= addr && addr < vmas[i].end)
			return &vmas[i];
	return NULL;
}

int vma_remove(struct mm *mm, uint64_t start, uint64_t len)
{
	const uint64_t end = start + len;

	(void)mm;
	require(aligned(start) && aligned(len) && len > 0 && start < end && end <= USER_TOP);
	for (uint32_t i = 0; i < vma_count; i++) {
		struct vma *v = &vmas[i];
		struct vma above = *v;

		if (v->end <= start || v->start >= end)
			continue;
		above.start = end;
		above.offset += above.backing != NULL ? end - v->start : 0;
		v->end = start < v->start ? v->start : start;
		if (above.end > end && vma_count < VMAS)
			vmas[vma_count++] = above;
	}
	return 0;
}

int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags, struct backing *backing,
	    uint64_t offset, const char *name)
{
	(void)mm;
	(void)name;
	require(aligned(start) && aligned(len) && len > 0 && start >= 0x1000 && start + len > start);
	require(start + len < USER_STACK_TOP);
	require((prot & ~(uint32_t)(PROT_READ | PROT_WRITE | PROT_EXEC)) == 0 && (flags & MAP_PRIVATE));
	require(backing != NULL ? aligned(offset) && offset <= inode_behind(backing)->size : offset == 0);
	for (uint64_t i = 0; i < vma_count; i++)
		require(vmas[i].end <= start || start + len <= vmas[i].start || vmas[i].start == vmas[i].end);
	if (vma_count == VMAS)
		return -ENOMEM;
	vmas[vma_count++] =
		(struct vma){ .start = start, .end = start + len, .prot = prot, .backing = backing, .offset = offset };
	return 0;
}

uint64_t vma_gap(const struct mm *mm, uint64_t len)
{
	uint64_t top = USER_STACK_TOP - (1UL << 21);

	(void)mm;
	require(aligned(len));
	for (uint32_t i = 0; i < vma_count; i++)
		if (vmas[i].start != vmas[i].end && vmas[i].start < top)
			top = vmas[i].start;
	return top > len + 0x1000 ? top - len : 0;
}

/* ---- the three ---- */

static void fuzz_elf(const uint8_t *bytes, size_t n)
{
	struct inode file = { .refs = 1, .size = n, .data = bytes };
	struct mm mm = { .refs = 1 };
	struct elf_image image;
	const char *why = NULL;
	int err;

	memset(vmas, 0, sizeof(vmas));
	vmas[0].backing = &file.backing; /* an empty one, for fs_resolve */
	vma_count = 1;
	err = elf_load(&mm, &file, &image, &why);
	require(file.refs == 1);
	require(err == 0 || err == -ENOEXEC || err == -ENOMEM || err == -ENOENT);
	require(err != -ENOEXEC || why != NULL);
	require(err != 0 || (image.phnum > 0 && image.end < USER_STACK_TOP));
	for (uint32_t i = 1; i < vma_count; i++) /* what was mapped whole ends in the file */
		require(vmas[i].file_end == 0 || vmas[i].file_end > vmas[i].end || vmas[i].end == vmas[i].start ||
			vmas[i].offset + (vmas[i].file_end - vmas[i].start) <= n);
}

static void fuzz_cpio(const uint8_t *bytes, size_t n)
{
	struct newc r = { .data = bytes, .size = n };
	struct newc_entry e;
	uint64_t sum = 0;

	for (uint64_t at = 0; newc_next(&r, &e); at = r.at) {
		require(r.at > at && r.at <= n && r.start >= at);
		require(strlen(e.name) + 1 == e.field[NAMESIZE]);
		require(e.data >= bytes && e.field[FILESIZE] <= (uint64_t)(bytes + n - e.data));
		for (uint32_t i = 0; i < e.field[FILESIZE]; i++)
			sum += e.data[i];
	}
	require(r.error != NULL || r.at == n);
	require(sum <= 255 * n);
}

static void fuzz_fdt(const uint8_t *bytes, size_t n)
{
	struct fdt fdt;
	struct fdt_node node = { .name = NULL };
	uint64_t addr, size, sum = 0;
	uint32_t len;

	if (n < 8 || !fdt_open(&fdt, bytes, n))
		return;
	while (fdt_next(&fdt, &node)) {
		const uint8_t *p = fdt_prop(&fdt, &node, "reg", &len);

		require(node.depth < FDT_DEPTH_MAX && strlen(node.name) < n);
		require(node.compatible == NULL ||
			node.compatible + node.compatible_size <= fdt.structs + fdt.structs_size);
		require(p == NULL || (p >= fdt.structs && p + len <= fdt.structs + fdt.structs_size));
		for (uint32_t i = 0; p != NULL && i < len; i++)
			sum += p[i];
		for (uint32_t i = 0; i < 4 && fdt_reg(&fdt, &node, i, &addr, &size); i++)
			sum += addr ^ size;
		sum += fdt_prop_number(&fdt, &node, "timebase-frequency");
		sum += fdt_compatible(&node, "ns16550a") + fdt_is_type(&node, "memory");
	}
	(void)sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	uint8_t *copy;

	if (n < 1)
		return -1;
	copy = malloc(n - 1 + (n == 1)); /* of its very size: ASan sees the first byte behind */
	memcpy(copy, bytes + 1, n - 1);
	switch (bytes[0] % 3) {
	case 0:
		fuzz_elf(copy, n - 1);
		break;
	case 1:
		fuzz_cpio(copy, n - 1);
		break;
	default:
		fuzz_fdt(copy, n - 1);
		break;
	}
	free(copy);
	return 0;
}
