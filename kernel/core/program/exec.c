/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exec.c - makes the current task another program. Everything that can fail is done first, in a new
 * address space. Then the old one is given up, and nothing can fail any more. Called by sys_exec.c
 * and, for the first program, init.c. [fs/exec.c]
 */
#include "exec.h"

#include <abi/auxvec.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/mman.h>
#include <abi/syscall.h>
#include <string.h>

#include "cred.h"
#include "events.h"
#include "file.h"
#include "fp.h"
#include "fs.h"
#include "inode.h"
#include "kassert.h"
#include "part.h"
#include "random.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "tracer.h"
#include "usercopy.h"
#include "userns.h"
#include "vdso.h"
#include "vm.h"

#define STACK_START (132UL << 10) /* bytes of the stack that are mapped at first, besides the arguments */
#define AUX_COUNT 19
#define HWCAP                                                                                                     \
	(COMPAT_HWCAP_ISA_I | COMPAT_HWCAP_ISA_M | COMPAT_HWCAP_ISA_A | COMPAT_HWCAP_ISA_F | COMPAT_HWCAP_ISA_D | \
	 COMPAT_HWCAP_ISA_C)
#define CLOCK_TICKS 100
#define LAUNCHER_PC 0x10000UL /* the instruction pointer that filters see of the launcher's execve */

/*
 * Writes to P the addresses of N strings, which stand one behind the other from user address *AT
 * on, and a NULL; *STRING are the strings themselves. Moves *AT and *STRING behind them; returns P
 * behind what was written.
 */
static uint64_t *put_pointers(uint64_t *p, const char **string, uint64_t *at, uint32_t n)
{
	uint32_t worked = 0;

	while (n-- > 0) {
		const size_t len = strlen(*string) + 1;

		*p++ = *at;
		*at += len;
		*string += len;
		(void)sched_worked(&worked, len + SCHED_STEP);
	}
	*p++ = 0;
	return p;
}

/* Writes an entry of the auxiliary vector to P. Returns P behind it. */
static uint64_t *put_aux(uint64_t *p, uint64_t key, uint64_t value)
{
	*p++ = key;
	*p++ = value;
	return p;
}

/* Copies SIZE bytes at BYTES to address TO of MM, which no task has yet: 0 or -ENOMEM. */
static int write_stack(struct mm *mm, uint64_t to, char *bytes, size_t size)
{
	uint32_t worked = 0;

	for (size_t done = 0, n; done < size; done += n) {
		n = size - done < SCHED_STINT ? size - done : SCHED_STINT;
		if (vm_access_remote(mm, to + done, bytes + done, n, true) != 0)
			return -ENOMEM;
		(void)sched_worked(&worked, n);
	}
	return 0;
}

/* Writes the auxiliary vector, AUX_COUNT entries, to P. Returns P behind it. [create_elf_tables] */
static uint64_t *put_vector(uint64_t *p, const struct mm *mm, const struct elf_image *e, uint64_t random, uint64_t path)
{
	const struct cred *c = &current->cred;
	const uint64_t *const start = p;

	p = put_aux(p, AT_SYSINFO_EHDR, vdso_told(mm));
	p = put_aux(p, AT_HWCAP, HWCAP);
	p = put_aux(p, AT_PAGESZ, PAGE_SIZE);
	p = put_aux(p, AT_CLKTCK, CLOCK_TICKS);
	p = put_aux(p, AT_PHDR, e->phdr);
	p = put_aux(p, AT_PHENT, 56);
	p = put_aux(p, AT_PHNUM, e->phnum);
	p = put_aux(p, AT_BASE, e->base);
	p = put_aux(p, AT_FLAGS, 0);
	p = put_aux(p, AT_ENTRY, e->entry);
	p = put_aux(p, AT_UID, userns_show_uid(c->uid));
	p = put_aux(p, AT_EUID, userns_show_uid(c->euid));
	p = put_aux(p, AT_GID, userns_show_gid(c->gid));
	p = put_aux(p, AT_EGID, userns_show_gid(c->egid));
	p = put_aux(p, AT_SECURE, c->uid != c->euid || c->gid != c->egid);
	p = put_aux(p, AT_RANDOM, random);
	p = put_aux(p, AT_EXECFN, path);
	p = put_aux(p, AT_MINSIGSTKSZ, sizeof(struct rt_sigframe));
	p = put_aux(p, AT_NULL, 0);
	KASSERT(p - start == 2 * AUX_COUNT);
	return p;
}

/*
 * Fills in MM's first stack: argc, argv, envp, auxiliary vector, 16 random bytes, strings. *SP: the
 * program's first stack pointer. 0 or -ENOMEM.
 */
static int fill_stack(struct mm *mm, const struct args *a, const struct elf_image *e, const char *path, uint64_t *sp)
{
	const size_t path_size = strlen(path) + 1;
	const size_t words = 1 + a->argc + 1 + a->envc + 1 + 2 * AUX_COUNT;
	const size_t head = words * sizeof(uint64_t) + 16;
	const size_t size = (head + a->used + path_size + 15) & ~15UL;
	const uint64_t base = USER_STACK_TOP - size, random = base + words * sizeof(uint64_t);
	const char *string = a->buf;
	uint64_t at = base + head, path_at = at + a->used;
	char *image = kmalloc(size);
	uint64_t *p = (uint64_t *)image;
	int err;

	if (image == NULL)
		return -ENOMEM;
	*p++ = a->argc;
	mm->arg_start = at;
	p = put_pointers(p, &string, &at, a->argc);
	mm->arg_end = mm->env_start = at;
	p = put_pointers(p, &string, &at, a->envc);
	mm->env_end = at;
	mm->auxv_end = random;
	mm->auxv_start = mm->auxv_end - 2 * AUX_COUNT * sizeof(uint64_t);
	p = put_vector(p, mm, e, random, path_at);
	random_bytes(p, 16);
	if (a->used > 0)
		memcpy(image + head, a->buf, a->used);
	memcpy(image + head + a->used, path, path_size);
	err = write_stack(mm, base, image, size);
	kfree(image);
	*sp = base;
	return err;
}

/* Maps MM's first stack, with room for A: 0 or -ENOMEM. */
static int map_stack(struct mm *mm, const struct args *a, bool executable)
{
	const uint64_t size = PAGE_UP(a->used + (a->argc + a->envc) * 8UL) + STACK_START;

	return vma_add(mm, USER_STACK_TOP - size, size, PROT_READ | PROT_WRITE | (executable ? PROT_EXEC : 0),
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, NULL, 0, "[stack]");
}

/* Maps the program in I with its stack and the vDSO into MM, which is new: 0 or -errno. */
static int build_image(struct mm *mm, struct inode *i, const char *path, const struct args *a, struct elf_image *e,
		       uint64_t *sp, const char **why)
{
	int err;

	mm_set_exe(mm, inode_backing(inode_get(i)));
	mm->undumpable = inode_permission(i, MAY_READ) != 0; /* [would_dump] */
	err = elf_load(mm, i, e, why);
	if (err == 0)
		err = map_stack(mm, a, e->stack_executable);
	if (err == 0)
		err = vdso_map(mm);
	if (err == 0)
		err = fill_stack(mm, a, e, path, sp);
	mm->brk_start = mm->brk = PAGE_UP(e->end);
	mm->entry = e->entry;
	return err;
}

int exec_pose_as_launcher(const char *path, const struct args *a)
{
	const struct elf_image none = { 0 };
	struct trapframe *frame = current->frame;
	struct mm *mm = mm_create();
	uint64_t sp = 0;
	int err;

	if (mm == NULL)
		return -ENOMEM;
	err = map_stack(mm, a, false);
	if (err == 0)
		err = fill_stack(mm, a, &none, path, &sp);
	if (err != 0) {
		mm_put(mm);
		return err;
	}
	current->mm = mm;
	mm_activate(mm);
	memset(frame, 0, sizeof(*frame));
	frame->pc = LAUNCHER_PC;
	frame->sp = sp;
	frame->a[7] = __NR_execve;
	frame->a[0] = frame->orig_a0 = mm->env_end; /* fill_stack() has put the path there */
	frame->a[1] = sp + sizeof(uint64_t);
	frame->a[2] = frame->a[1] + (a->argc + 1) * sizeof(uint64_t);
	return 0;
}

/*
 * Ends the other threads of the process, and makes the current one its leader. 0, or -EAGAIN: the
 * process is ending, another thread does the same, or this one was killed. [de_thread]
 */
static int become_only_thread(void)
{
	struct group *g = current->group;
	struct task *leader = g->leader;
	int err;

	if (mutex_lock(&g->threads_lock) != 0)
		return -EAGAIN;
	err = g->exiting ? -EAGAIN : 0;
	if (err == 0) {
		g->exec = current;
		group_kill(g, current);
		err = wait_event(&g->exec_event, g->live == 1, WAIT_KILLABLE, TIME_NEVER);
		g->exec = NULL;
	}
	mutex_unlock(&g->threads_lock);
	if (err != 0)
		return -EAGAIN;
	g->to_kill = 0;
	if (leader != current) {
		task_remove(leader);
		task_free(leader);
		task_take_leader_id(current);
	}
	return 0;
}

/* Names the current task after the file at PATH. */
static void take_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	strncpy(current->comm, slash != NULL ? slash + 1 : path, sizeof(current->comm) - 1);
}

/*
 * Gives the current task its new address space MM, and forgets what execve does not keep. Cannot
 * fail.
 */
static void start_new_program(struct mm *mm, const struct elf_image *e, uint64_t sp)
{
	struct mm *old = current->mm;

	if (old != NULL) {
		mm->no_huge_pages = old->no_huge_pages;
		if (mm_peak(old) > current->group->usage.peak_pages)
			current->group->usage.peak_pages = mm_peak(old);
	}
	current->mm = mm;
	mm_activate(mm);
	if (old != NULL)
		mm_put(old);
	files_close_on_exec(current->files);
	if (current->vfork_done != NULL) {
		struct waitq *done = current->vfork_done;

		current->vfork_done = NULL;
		waitq_wake(done);
	}
	if (cred_exec != NULL)
		cred_exec();
	current->clear_child_tid = 0;
	current->robust_list = 0;
	current->rseq.area = 0;
	memset(&current->fp, 0, sizeof(current->fp));
	fp_off();
	current->group->exec_done = true;
	memset(current->frame, 0, sizeof(*current->frame));
	current->frame->pc = e->start;
	current->frame->sp = sp;
	task_publish();
}

long exec_program(struct inode *i, const char *path, struct args *a, const char **why)
{
	struct mm *mm = mm_create();
	const uint32_t old_tid = current->tid;
	struct elf_image e;
	uint64_t sp = 0;
	long err;

	if (mm == NULL)
		return -ENOMEM;
	err = build_image(mm, i, path, a, &e, &sp, why);
	if (err == 0)
		err = become_only_thread();
	if (err == 0)
		err = sighand_exec(current);
	if (err == 0)
		err = files_unshare();
	if (err != 0) {
		mm_put(mm);
		return err;
	}
	task_parts_exec();
	start_new_program(mm, &e, sp);
	take_name(a->nameless ? inode_behind(mm->exe)->name : path);
	if (events != 0)
		event_ops->exec(mm, path, old_tid);
	tracer_event_id(PTRACE_EVENT_EXEC, old_tid);
	return 0;
}
