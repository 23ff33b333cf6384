/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.c - the pages [vvar] and [vdso] of every program: two files without a name, of one
 * page each. Called from exec.c.
 *
 * The vDSO is mapped as a private file is, so that a debugger's breakpoint in it stays with one
 * process. The data page before it is filled by the kernel (time.c, hwprobe.c), and programs can
 * only read it. [arch/riscv/kernel/vdso.c]
 */
#include "vdso.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/mman.h>

#include "hwprobe.h"
#include "inode.h"
#include "panic.h"
#include "time.h"
#include "vm.h"

extern const char vdso_image[];
extern const uint64_t vdso_image_size, vdso_image_sigreturn; /* boot/vdso_image.S */

static struct inode *vvar_file, *vdso_file;

static struct inode *file_of_one_page(void **page)
{
	struct inode *i = inode_create(&volume_anon, S_IFREG);

	*page = i == NULL ? NULL : pagemap_make(&i->pages, 0);
	if (*page == NULL)
		refuse("vdso: no memory");
	i->size = PAGE_SIZE;
	return i;
}

void vdso_init(void)
{
	void *page;

	vvar_file = file_of_one_page(&page);
	time_publish(page);
	hwprobe_publish(page);
	vdso_file = file_of_one_page(&page);
	memcpy(page, vdso_image, vdso_image_size);
}

int vdso_map(struct mm *mm)
{
	const uint64_t vvar = vma_gap(mm, 2 * PAGE_SIZE), vdso = vvar + PAGE_SIZE;
	int err;

	if (vvar == 0)
		return -ENOMEM;
	err = vma_add(mm, vvar, PAGE_SIZE, PROT_READ, MAP_SHARED | VMA_SPECIAL | VMA_IO, inode_backing(vvar_file), 0,
		      "[vvar]");
	if (err == 0)
		err = vma_add(mm, vdso, PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE | VMA_SPECIAL,
			      inode_backing(vdso_file), 0, "[vdso]");
	mm->vdso = vdso;
	mm->sigreturn = vdso + vdso_image_sigreturn;
	return err;
}
