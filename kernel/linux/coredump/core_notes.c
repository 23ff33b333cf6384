/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core_notes.c - the notes of a core file: registers, signal, names, the auxiliary vector, and
 * which files lie where. Their structures are Linux's for riscv64. [fs/binfmt_elf.c,
 * linux/elfcore.h]
 */
#include <string.h>

#include <abi/elf.h>
#include <abi/ptrace.h>

#include "coredump.h"
#include "fp.h"
#include "inode.h"
#include "irq.h"
#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"
#include "userns.h"
#include "vm.h"

#define NT_PRPSINFO 3
#define NT_AUXV 6
#define NT_SIGINFO 0x53494749
#define NT_FILE 0x46494c45

struct elf_prstatus {
	int32_t si_signo, si_code, si_errno; /* of which Linux sets the first only */
	int16_t cursig;
	uint64_t sigpend, sighold;
	int32_t pid, ppid, pgrp, sid;
	uint64_t times[8]; /* utime, stime, cutime, cstime: always 0 here */
	struct user_regs_struct reg;
	int32_t fpvalid;
};
_Static_assert(sizeof(struct elf_prstatus) == 376, "Linux's layout");

struct elf_prpsinfo {
	char state, sname, zomb, nice;
	uint64_t flag;
	uint32_t uid, gid;
	int32_t pid, ppid, pgrp, sid;
	char fname[16];
	char psargs[80];
};
_Static_assert(sizeof(struct elf_prpsinfo) == 136, "Linux's layout");

static void add_padded(struct text *t, const void *bytes, size_t n)
{
	text_add_bytes(t, bytes, n);
	text_add_bytes(t, "\0\0\0", -n & 3);
}

static void begin_note(struct text *t, const char *name, uint32_t type, size_t n)
{
	const uint32_t header[3] = { (uint32_t)strlen(name) + 1, (uint32_t)n, type };

	text_add_bytes(t, header, sizeof(header));
	add_padded(t, name, header[0]);
}

static void add_note(struct text *t, uint32_t type, const void *bytes, size_t n)
{
	begin_note(t, "CORE", type, n);
	add_padded(t, bytes, n);
}

static int32_t parent_id(void)
{
	return current->group->parent != NULL ? (int32_t)pidns_show(current->group->parent->id) : 0;
}

static void add_status(struct text *t, const struct task *task, const struct siginfo *info)
{
	struct elf_prstatus s = {
		.si_signo = info->si_signo,
		.cursig = (int16_t)info->si_signo,
		.sigpend = task->pending.set,
		.sighold = task->blocked,
		.pid = (int32_t)pidns_show(task->tid),
		.ppid = parent_id(),
		.pgrp = (int32_t)pidns_show(task->group->pgid),
		.sid = (int32_t)pidns_show(task->group->sid),
		.fpvalid = 1,
	};

	memcpy(&s.reg, task->frame, sizeof(s.reg));
	add_note(t, NT_PRSTATUS, &s, sizeof(s));
}

static void add_fp(struct text *t, const struct task *task)
{
	add_note(t, NT_PRFPREG, &task->fp, sizeof(task->fp));
}

/* The name of the program, and the beginning of its arguments. [fill_psinfo] */
static void add_names(struct text *t)
{
	const struct mm *mm = current->mm;
	const uint64_t n = mm->arg_end - mm->arg_start;
	struct elf_prpsinfo p = {
		.sname = 'R',
		.nice = (char)current->nice.value,
		.uid = userns_show_uid(current->cred.uid),
		.gid = userns_show_gid(current->cred.gid),
		.pid = (int32_t)pidns_show(current->group->id),
		.ppid = parent_id(),
		.pgrp = (int32_t)pidns_show(current->group->pgid),
		.sid = (int32_t)pidns_show(current->group->sid),
	};

	memcpy(p.fname, current->comm, sizeof(p.fname));
	if (copy_from_user(p.psargs, mm->arg_start, n < sizeof(p.psargs) ? n : sizeof(p.psargs) - 1) != 0)
		p.psargs[0] = 0;
	for (uint32_t i = 0; i + 1 < sizeof(p.psargs) && i < n; i++)
		if (p.psargs[i] == 0)
			p.psargs[i] = ' ';
	add_note(t, NT_PRPSINFO, &p, sizeof(p));
}

/* The note has siginfo_t's size in user memory, SI_MAX_SIZE. */
static void add_siginfo(struct text *t, const struct siginfo *info)
{
	uint8_t whole[SI_MAX_SIZE] = { 0 };

	memcpy(whole, info, sizeof(*info));
	add_note(t, NT_SIGINFO, whole, sizeof(whole));
}

static void add_auxv(struct text *t)
{
	const uint64_t at = current->mm->auxv_start;
	uint64_t auxv[64];
	uint64_t n = current->mm->auxv_end - at;

	if (n > sizeof(auxv))
		n = sizeof(auxv);
	if (copy_from_user(auxv, at, n) == 0)
		add_note(t, NT_AUXV, auxv, n);
}

/* Numbers first, then the paths in the same order. [fill_files_note] */
void core_note_files(struct text *t, char *room, size_t size)
{
	struct text numbers, paths;
	uint64_t head[2] = { 0, PAGE_SIZE };
	uint32_t worked = 0;

	text_init(&numbers);
	text_init(&paths);
	vma_for_each(v, current->mm, 0, USER_TOP) {
		const struct inode *i = inode_behind(v->backing);
		const uint64_t place[3] = { v->start, v->end, v->offset >> PAGE_SHIFT };
		const char *path;

		(void)sched_worked(&worked, i != NULL ? SCHED_STINT : SCHED_STEP);
		if (i == NULL)
			continue;
		path = inode_path(i, room, size);
		text_add_bytes(&numbers, place, sizeof(place));
		text_add_bytes(&paths, path, strlen(path) + 1);
		head[0]++;
	}
	if (head[0] != 0 && !numbers.overflow && !paths.overflow) {
		begin_note(t, "CORE", NT_FILE, sizeof(head) + numbers.len + paths.len);
		text_add_bytes(t, head, sizeof(head));
		text_add_bytes(t, numbers.buf, numbers.len);
		add_padded(t, paths.buf, paths.len);
	}
	text_free(&numbers);
	text_free(&paths);
}

#define THREADS_AT_ONCE 16U /* after so many, pending interrupts are served; no other task runs */

void core_notes(struct text *t, const struct siginfo *info)
{
	unsigned threads = 0;

	fp_save();
	add_status(t, current, info);
	add_names(t);
	add_siginfo(t, info);
	add_auxv(t);
	add_fp(t, current);
	group_for_each_thread(other, current->group) {
		if (other == current || other->state == TASK_ZOMBIE || other->state == TASK_DEAD)
			continue;
		add_status(t, other, info);
		add_fp(t, other);
		if (++threads % THREADS_AT_ONCE == 0)
			irq_serve();
	}
}
