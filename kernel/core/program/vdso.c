/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.c - maps the pages [vvar] and [vdso] into every program or, in an image without the module
 * vdso, [sigpage] alone. Each is an anonymous file of one page. Called from exec.c.
 *
 * The code is a private mapping, so that a debugger's breakpoint in it is seen by one process
 * alone. The data page before it is filled in by the kernel (time.c, kernel/linux/vdso), and
 * programs can only read it. [arch/riscv/kernel/vdso.c]
 */
#include "vdso.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/mman.h>

#include "inode.h"
#include "panic.h"
#include "time.h"
#include "vm.h"

/* li a7, 139; ecall. Debuggers and unwinders recognise the return of a signal handler by them. */
static const uint32_t rt_sigreturn[] = { 0x08b00893, 0x00000073 };
static const struct vdso sigpage = { .name = "[sigpage]", .image = rt_sigreturn, .size = sizeof(rt_sigreturn) };

static const struct vdso *vdso = &sigpage;
static struct inode *vvar_file, *vdso_file;

void vdso_register(const struct vdso *v)
{
	vdso = v;
}

/* Makes an anonymous file of one page, which is *PAGE. Ends the boot if there is no memory. */
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

	if (vdso->publish != NULL) {
		vvar_file = file_of_one_page(&page);
		time_publish(page);
		vdso->publish(page);
	}
	vdso_file = file_of_one_page(&page);
	memcpy(page, vdso->image, vdso->size);
}

int vdso_map(struct mm *mm)
{
	int err = 0;

	mm->vdso = USER_VDSO + PAGE_SIZE;
	mm->sigreturn = mm->vdso + vdso->sigreturn;
	if (vvar_file != NULL)
		err = vma_add(mm, USER_VDSO, PAGE_SIZE, PROT_READ, MAP_SHARED | VMA_SPECIAL | VMA_IO,
			      inode_backing(vvar_file), 0, "[vvar]");
	if (err == 0)
		err = vma_add(mm, mm->vdso, PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE | VMA_SPECIAL,
			      inode_backing(vdso_file), 0, vdso->name);
	return err;
}

uint64_t vdso_told(const struct mm *mm)
{
	return vvar_file != NULL ? mm->vdso : 0;
}
