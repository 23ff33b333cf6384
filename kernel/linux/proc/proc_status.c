/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_status.c - /proc/PID/status and /proc/PID/stat, in Linux's form. [fs/proc/array.c]
 */
#include "cputime.h"
#include "file.h"
#include "filter.h"
#include "page.h"
#include "pidns.h"
#include "proc.h"
#include "tracer.h"
#include "signal.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

#define TICK 10000000UL /* ns: USER_HZ is 100 */

struct state {
	char letter;
	const char *word;
};

static struct state state_of(const struct task *t)
{
	switch (t->state) {
	case TASK_RUNNING:
		return (struct state){ 'R', "running" };
	case TASK_SLEEPING:
		if (t->sleep_how == WAIT_KILLABLE)
			return (struct state){ 'D', "disk sleep" };
		return (struct state){ 'S', "sleeping" };
	case TASK_STOPPED:
		return (struct state){ 'T', "stopped" };
	case TASK_TRACED:
		return (struct state){ 't', "tracing stop" };
	case TASK_ZOMBIE:
		return (struct state){ 'Z', "zombie" };
	case TASK_DEAD:
		break;
	}
	return (struct state){ 'X', "dead" };
}

static unsigned thread_count(const struct group *g)
{
	unsigned n = 0;

	group_for_each_thread(t, g)
		n += t->state != TASK_DEAD;
	return n;
}

/* The set of the signals that T ignores, if IGNORED; else of those that it has a handler for. */
static uint64_t handled_signals(const struct task *t, bool ignored)
{
	uint64_t set = 0;

	for (int sig = 1; t->sighand != NULL && sig <= _NSIG; sig++) {
		uint64_t handler = t->sighand->action[sig - 1].sa_handler;

		if (ignored ? handler == SIG_IGN : handler > SIG_IGN)
			set |= SIGMASK(sig);
	}
	return set;
}

/* The number of TASK's parent in the namespace that T is for; 0: it has none there. */
static unsigned parent_number(const struct text *t, const struct task *task)
{
	return task->group->parent != NULL ? pidns_number(t->ns, task->group->parent->id) : 0;
}

static void show_memory(struct text *t, const struct mm *mm)
{
	if (mm == NULL)
		return;
	text_add(t, "VmPeak:\t%8lu kB\nVmSize:\t%8lu kB\n", mm->mapped.peak / 1024, mm->mapped.all / 1024);
	text_add(t, "VmLck:\t%8lu kB\nVmPin:\t%8u kB\n", mm->mapped.locked / 1024, 0);
	text_add(t, "VmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n", mm_peak(mm) * (PAGE_SIZE / 1024),
		 mm->pages * (PAGE_SIZE / 1024));
	text_add(t, "VmSwap:\t%8u kB\n", 0);
}

static void show_ids(struct text *t, const struct task *task)
{
	const struct cred *c = &task->cred;

	text_add(t, "Tgid:\t%u\nNgid:\t0\nPid:\t%u\n", pidns_number(t->ns, task->group->id),
		 pidns_number(t->ns, task->tid));
	text_add(t, "PPid:\t%u\nTracerPid:\t%u\n", parent_number(t, task),
		 task->tracer != NULL ? pidns_number(t->ns, task->tracer->by->tid) : 0);
	text_add(t, "Uid:\t%u\t%u\t%u\t%u\n", userns_show_uid(c->uid), userns_show_uid(c->euid),
		 userns_show_uid(c->suid), userns_show_uid(c->fsuid));
	text_add(t, "Gid:\t%u\t%u\t%u\t%u\n", userns_show_gid(c->gid), userns_show_gid(c->egid),
		 userns_show_gid(c->sgid), userns_show_gid(c->fsgid));
	text_add(t, "FDSize:\t%u\nGroups:\t", task->files != NULL ? task->files->size : 0);
	for (uint32_t n = 0; n < c->ngroups; n++)
		text_add(t, "%u ", userns_show_gid(c->groups[n]));
	text_add(t, c->ngroups > 0 ? "\n" : " \n");
	text_add(t, "NStgid:");
	pidns_show_all(t, task, task->group->id);
	text_add(t, "\nNSpid:");
	pidns_show_all(t, task, task->tid);
	text_add(t, "\nNSpgid:");
	pidns_show_all(t, task, task->group->pgid);
	text_add(t, "\nNSsid:");
	pidns_show_all(t, task, task->group->sid);
	text_add(t, "\n");
}

static void show_signals(struct text *t, const struct task *task)
{
	text_add(t, "SigPnd:\t%016lx\nShdPnd:\t%016lx\n", task->pending.set, task->group->pending.set);
	text_add(t, "SigBlk:\t%016lx\nSigIgn:\t%016lx\n", task->blocked, handled_signals(task, true));
	text_add(t, "SigCgt:\t%016lx\n", handled_signals(task, false));
}

int proc_show_status(struct text *t, struct task *task)
{
	const struct cred *c = &task->cred;
	const struct state state = state_of(task);

	text_add(t, "Name:\t%s\n", task->comm);
	if (task->fs != NULL)
		text_add(t, "Umask:\t%04o\n", task->fs->umask);
	text_add(t, "State:\t%c (%s)\n", state.letter, state.word);
	show_ids(t, task);
	show_memory(t, task->mm);
	text_add(t, "Threads:\t%u\n", thread_count(task->group));
	show_signals(t, task);
	text_add(t, "CapInh:\t%016lx\nCapPrm:\t%016lx\n", c->cap_inheritable, c->cap_permitted);
	text_add(t, "CapEff:\t%016lx\nCapBnd:\t%016lx\n", c->cap_effective, c->cap_bounding);
	text_add(t, "CapAmb:\t%016lx\nNoNewPrivs:\t%d\n", c->cap_ambient, task->no_new_privs);
	text_add(t, "Seccomp:\t%d\n", task->seccomp_mode);
	text_add(t, "Seccomp_filters:\t%u\n", task->filter != NULL ? task->filter->node.depth : 0);
	text_add(t, "Speculation_Store_Bypass:\tunknown\nSpeculationIndirectBranch:\tunsupported\n");
	text_add(t, "Cpus_allowed:\t1\nCpus_allowed_list:\t0\n");
	return 0;
}

int proc_show_stat(struct text *t, struct task *task)
{
	struct group *g = task->group;
	const struct mm *mm = task->mm;
	const uint64_t total = group_cpu_time(g);
	const uint64_t system = cputime_system(&g->shown, total, usage_of_group(g).system);
	int foreground;
	uint64_t tty = session_terminal(g, &foreground);

	if (foreground != -1)
		foreground = (int)pidns_number(t->ns, (uint32_t)foreground);
	text_add(t, "%u (%s) %c %u ", pidns_number(t->ns, task->tid), task->comm, state_of(task).letter,
		 parent_number(t, task));
	text_add(t, "%u %u %lu %d 0 ", pidns_number(t->ns, g->pgid), pidns_number(t->ns, g->sid), tty, foreground);
	text_add(t, "0 0 0 0 "); /* page faults show as 0 */
	text_add(t, "%lu %lu ", (total - system) / TICK, system / TICK);
	text_add(t, "%lu %lu ", (g->child_time - g->child_usage.system) / TICK, g->child_usage.system / TICK);
	text_add(t, "%d %d %u 0 0 %lu %lu %lu ", 20 + task->nice.value, task->nice.value, thread_count(g),
		 mm != NULL ? mm->mapped.all : 0UL, mm != NULL ? mm->pages : 0, g->limits[RLIMIT_RSS].rlim_cur);
	/* Addresses of code and stack, and registers, show as 0. */
	text_add(t, "0 0 0 0 0 %lu %lu %lu %lu ", task->pending.set & INT32_MAX, task->blocked & INT32_MAX,
		 handled_signals(task, true) & INT32_MAX, handled_signals(task, false) & INT32_MAX);
	text_add(t, "0 0 0 %u 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n", g->exit_signal);
	return 0;
}
