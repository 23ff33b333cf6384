/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf.c - maps an ELF file, and its dynamic loader, into a new address space; pages are brought in
 * when they are accessed. Called from exec.c. [load_elf_binary]
 *
 * The file is not trusted: every offset, size and address is checked before it is used.
 */
#include <abi/elf.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/mman.h>
#include <string.h>

#include "exec.h"
#include "fs.h"
#include "inode.h"
#include "vm.h"

#define PHDRS_MAX 64		/* more than any linker makes; Linux takes up to 64 KiB of them */
#define DYN_BASE 0x2aaaaaa000UL /* where a position-independent program is mapped [ELF_ET_DYN_BASE] */
#define INTERP_MAX 256
#define USER_LOWEST 0x1000UL

struct elf_file {
	struct inode *inode;
	struct elf64_hdr header;
	struct elf64_phdr phdr[PHDRS_MAX];
	char interp[INTERP_MAX]; /* the dynamic loader's path, or "" */
};

/* Stores in *WHY what is wrong with the file, and returns -ENOEXEC. */
static int malformed_elf(const char **why, const char *what)
{
	*why = what;
	return -ENOEXEC;
}

static int check_segment(const struct elf_file *f, const struct elf64_phdr *p, const char **why)
{
	if (p->p_filesz > p->p_memsz)
		return malformed_elf(why, "a segment is larger in the file than in memory");
	if (p->p_offset > f->inode->size || p->p_filesz > f->inode->size - p->p_offset)
		return malformed_elf(why, "a segment lies beyond the end of the file");
	if (p->p_vaddr >= USER_TOP || p->p_memsz > USER_TOP - p->p_vaddr)
		return malformed_elf(why, "a segment lies outside the user's addresses");
	if ((p->p_vaddr ^ p->p_offset) & PAGE_MASK)
		return malformed_elf(why, "a segment's address and offset differ within the page");
	return 0;
}

static int read_headers(struct elf_file *f, const char **why)
{
	struct elf64_hdr *h = &f->header;

	if (inode_read(f->inode, h, sizeof(*h), 0) != sizeof(*h) || memcmp(h->e_ident, ELFMAG, SELFMAG) != 0)
		return malformed_elf(why, "not an ELF file");
	if (h->e_machine != EM_RISCV || h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_ident[EI_DATA] != ELFDATA2LSB)
		return malformed_elf(why, "not made for riscv64");
	if (h->e_type != ET_EXEC && h->e_type != ET_DYN)
		return malformed_elf(why, "not an executable");
	if (h->e_phentsize != sizeof(f->phdr[0]) || h->e_phnum == 0 || h->e_phnum > PHDRS_MAX)
		return malformed_elf(why, "no program headers, or too many");
	if (inode_read(f->inode, f->phdr, h->e_phnum * sizeof(f->phdr[0]), h->e_phoff) !=
	    h->e_phnum * sizeof(f->phdr[0]))
		return malformed_elf(why, "its program headers lie beyond the end of the file");
	for (unsigned i = 0; i < h->e_phnum; i++) {
		const struct elf64_phdr *p = &f->phdr[i];
		int err = 0;

		if (p->p_type == PT_LOAD)
			err = check_segment(f, p, why);
		if (err != 0)
			return err;
		if (p->p_type != PT_INTERP)
			continue;
		if (p->p_filesz < 2 || p->p_filesz > INTERP_MAX ||
		    inode_read(f->inode, f->interp, p->p_filesz, p->p_offset) != p->p_filesz ||
		    f->interp[p->p_filesz - 1] != 0)
			return malformed_elf(why, "the name of its dynamic loader is malformed");
	}
	return 0;
}

static uint32_t prot_of(uint32_t flags)
{
	return (flags & PF_R ? PROT_READ : 0) | (flags & PF_W ? PROT_WRITE : 0) | (flags & PF_X ? PROT_EXEC : 0);
}

/*
 * Maps one segment: pages of the file as far as it has bytes there, and zeroes behind them.
 * [elf_map]
 */
static int map_segment(struct mm *mm, const struct elf_file *f, const struct elf64_phdr *p, uint64_t bias)
{
	const uint64_t vaddr = p->p_vaddr + bias;
	const uint64_t start = PAGE_DOWN(vaddr);
	const uint64_t file_end = vaddr + p->p_filesz, mem_end = PAGE_UP(vaddr + p->p_memsz);
	const uint64_t border = p->p_filesz ? PAGE_UP(file_end) : start;
	const uint32_t prot = prot_of(p->p_flags);
	int err;

	if (mem_end <= start)
		return 0;
	/*
	 * Two segments may share a page, which then shows the later one, as by Linux's MAP_FIXED.
	 */
	err = vma_remove(mm, start, mem_end - start);
	if (err == 0 && border > start) {
		err = vma_add(mm, start, border - start, prot, MAP_PRIVATE, inode_backing(f->inode),
			      PAGE_DOWN(p->p_offset), NULL);
		if (err == 0)
			vma_find(mm, start)->file_end = file_end;
	}
	if (err == 0 && mem_end > border)
		err = vma_add(mm, border, mem_end - border, prot, MAP_PRIVATE | MAP_ANONYMOUS, NULL, 0, NULL);
	return err;
}

static int map_segments(struct mm *mm, const struct elf_file *f, uint64_t bias, struct elf_image *image,
			const char **why)
{
	bool any = false;

	for (unsigned i = 0; i < f->header.e_phnum; i++) {
		const struct elf64_phdr *p = &f->phdr[i];
		int err;

		if (p->p_type == PT_GNU_STACK)
			image->stack_executable = p->p_flags & PF_X;
		if (p->p_type != PT_LOAD)
			continue;
		if (p->p_vaddr + bias < USER_LOWEST || p->p_vaddr + bias + p->p_memsz > USER_STACK_TOP - (1UL << 20))
			return malformed_elf(why, "a segment lies where programs may not");
		err = map_segment(mm, f, p, bias);
		if (err != 0)
			return err;
		any = true;
		if (p->p_offset <= f->header.e_phoff && f->header.e_phoff < p->p_offset + p->p_filesz)
			image->phdr = p->p_vaddr + bias + (f->header.e_phoff - p->p_offset);
		if (p->p_vaddr + bias + p->p_memsz > image->end)
			image->end = p->p_vaddr + bias + p->p_memsz;
	}
	return any ? 0 : malformed_elf(why, "nothing to load");
}

/*
 * How many bytes of addresses a position-independent file needs: up to the end of its last segment.
 */
static uint64_t segments_span(const struct elf_file *f)
{
	uint64_t end = 0;

	for (unsigned i = 0; i < f->header.e_phnum; i++)
		if (f->phdr[i].p_type == PT_LOAD && f->phdr[i].p_vaddr + f->phdr[i].p_memsz > end)
			end = f->phdr[i].p_vaddr + f->phdr[i].p_memsz;
	return PAGE_UP(end);
}

static int load_interpreter(struct mm *mm, struct elf_file *f, const char *path, struct elf_image *image,
			    const char **why)
{
	struct elf_image unused = { 0 };
	int err = fs_resolve(AT_FDCWD, path, true, &f->inode);

	if (err != 0) {
		*why = "its dynamic loader is missing";
		return err;
	}
	f->interp[0] = 0;
	err = f->inode->writers > 0 ? -ETXTBSY : read_headers(f, why);
	if (err == 0 && f->header.e_type != ET_DYN)
		err = malformed_elf(why, "its dynamic loader is not position-independent");
	if (err == 0) {
		image->base = vma_gap(mm, segments_span(f));
		err = image->base ? map_segments(mm, f, image->base, &unused, why) : -ENOMEM;
		image->start = image->base + f->header.e_entry;
	}
	inode_put(f->inode);
	return err;
}

int elf_load(struct mm *mm, struct inode *i, struct elf_image *image, const char **why)
{
	struct elf_file *f = kmalloc_raw(sizeof(*f));
	char path[INTERP_MAX];
	uint64_t bias;
	int err;

	memset(image, 0, sizeof(*image));
	if (f == NULL)
		return -ENOMEM;
	f->inode = i;
	f->interp[0] = 0;
	err = read_headers(f, why);
	if (err == 0) {
		bias = f->header.e_type == ET_DYN ? DYN_BASE : 0;
		err = map_segments(mm, f, bias, image, why);
	}
	if (err == 0) {
		image->entry = image->start = f->header.e_entry + bias;
		image->phnum = f->header.e_phnum;
		memcpy(path, f->interp, sizeof(path));
		if (path[0] != 0)
			err = load_interpreter(mm, f, path, image, why);
	}
	kfree(f);
	return err;
}
