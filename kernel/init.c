/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * init.c - pid 1, a kernel thread. It starts the program, which is its child and pid 2, and adopts
 * orphans. When the program ends, it kills all that is left, and the machine stops with the
 * program's status as a shell has it: its exit code, or 128 plus the signal that killed it.
 */
#include "init.h"

#include <abi/errno.h>
#include <string.h>

#include "child.h"
#include "console.h"
#include "cred.h"
#include "exec.h"
#include "file.h"
#include "filter.h"
#include "fs.h"
#include "gate.h"
#include "inode.h"
#include "leak.h"
#include "limits.h"
#include "modules.h"
#include "options.h"
#include "page.h"
#include "panic.h"
#include "pgrp.h"
#include "power.h"
#include "runqueue.h"
#include "signal.h"
#include "stdstreams.h"
#include "task.h"
#include "time.h"
#include "timespec.h"

/* Does a word of the command line set the environment variable that STRING (NAME=VALUE) sets? */
static bool is_set_by_word(const char *string)
{
	const size_t n = strcspn(string, "=") + 1;

	for (unsigned i = 0; i < OPTIONS_ENV && options.env[i] != NULL; i++)
		if (strncmp(options.env[i], string, n) == 0)
			return true;
	return false;
}

/*
 * Adds to A the NUL-terminated strings in the file PATH, which qemu.sh has put into the archive;
 * none if there is no such file. VARIABLES: without those that the command line sets. 0, -ENOMEM,
 * or an error of args_add().
 */
static int add_strings(struct args *a, const char *path, bool variables)
{
	struct inode *i = fs_lookup(path);
	char *text;
	int err = 0;

	if (i == NULL)
		return 0;
	if (!inode_is(i, S_IFREG))
		refuse("init: %s: not a regular file", path);
	text = kmalloc(i->size + 1);
	if (text != NULL) {
		const uint64_t n = inode_read(i, text, i->size, 0);

		for (uint64_t at = 0; err == 0 && at < n; at += strlen(text + at) + 1)
			if (!variables || !is_set_by_word(text + at))
				err = args_add(a, text + at);
	}
	inode_put(i);
	kfree(text);
	return text != NULL ? err : -ENOMEM;
}

static int add_argv(struct args *a)
{
	return add_strings(a, "/.portcullis/argv", false);
}

static int add_environment(struct args *a)
{
	int err = add_strings(a, "/.portcullis/env", true);

	for (unsigned i = 0; err == 0 && i < OPTIONS_ENV && options.env[i] != NULL; i++)
		err = args_add(a, options.env[i]);
	return err;
}

/*
 * For --at exec: installs the filters, and lets them judge the execve that starts the program.
 * Returns 0 (it may be started), -EINTR (a signal is on its way), an error of
 * exec_pose_as_launcher(), or what the filters make execve return, with the reason in *WHY.
 */
static long launch_program(const struct args *a, const char **why)
{
	long err;

	if (options.filters != 0 && (err = exec_pose_as_launcher(options.init, a)) != 0)
		return err;
	bootfilter_install();
	if (options.filters == 0 || judge_launch(current->frame))
		return 0;
	if (signal_pending())
		return -EINTR;
	*why = "a filter refuses execve, which starts the program: policies for launchers allow it (or take --at start)";
	return (long)current->frame->a[0];
}

/* The first function of the program's task, in the kernel: makes it the program. */
static void start_program(void *unused)
{
	const char *why = NULL;
	struct args a = { 0 };
	long err = add_argv(&a);

	(void)unused;
	if (err == 0 && a.argc == 0)
		err = args_add(&a, options.init);
	args_begin_env(&a);
	if (err == 0)
		err = add_environment(&a);
	if (err == 0)
		modules_begin();
	if (err == 0 && options.filters_at == AT_EXEC)
		err = launch_program(&a, &why);
	if (err == 0)
		err = exec_path(options.init, &a, &why);
	args_free(&a);
	if (err == -EINTR && signal_pending())
		trap_return(current->frame);
	if (err == -ENOENT && why == NULL)
		why = "there is no such file";
	if (err != 0)
		refuse("exec: %s: errno %ld%s%s", options.init, -err, why != NULL ? ": " : "", why != NULL ? why : "");
	if (options.filters_at == AT_START)
		bootfilter_install();
	if (options.filters_at == AT_MAIN)
		bootfilter_at_main();
	if (KASSERTS)
		page_fail_nth = options.fault_at; /* the start is over: "faults=boot:N" ends, "faults=at:N" begins */
	if (KASSERTS && options.faults_rate != 0)
		(void)page_fail_often(options.faults_rate, options.faults_seed);
	trap_return(current->frame);
}

/* Makes the program's process, which runs start_program(). */
static struct group *spawn_program(void)
{
	struct task *t = task_create(NULL, start_program, NULL);
	struct group *g;

	if (t == NULL)
		refuse("init: no memory for the first program");
	g = t->group;
	cred_init_root(&t->cred);
	limits_init(g);
	t->files = files_create();
	t->fs = fs_create();
	t->sighand = sighand_create();
	t->gate = gate_get(&gate_default);
	filter_update_gate(t);
	pgrp_set(g, g->id, g->id);
	g->exit_signal = SIGCHLD;
	strcpy(t->comm, "launcher");
	if (t->files == NULL || t->fs == NULL || t->sighand == NULL || stdstreams_open(t->files) != 0)
		refuse("init: no memory for the first program");
	task_add(t, group_init);
	modules_first(g);
	sched_wake(t);
	return g;
}

#define REAP_WORK (32 * SCHED_STEP)

/* Frees pid 1's children that have ended, without KEEP. Lets other tasks run now and then. */
static void reap_all_but(const struct group *keep)
{
	uint32_t worked = 0;
	struct list *next;

	for (struct list *link = group_init->children.next; link != &group_init->children; link = next) {
		struct group *c = container_of(link, struct group, sibling);

		next = link->next;
		if (c == keep || !group_is_over(c))
			continue;
		child_reap(c);
		(void)sched_worked(&worked, REAP_WORK);
		if (worked == 0)
			next = group_init->children.next; /* others ran: the list may have changed */
	}
}

/* Kills all tasks but pid 1. */
static void kill_all(void)
{
	struct task *t;

	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		id = t->tid;
		if (t != current && t->state != TASK_ZOMBIE && t->state != TASK_DEAD)
			signal_kill_thread(t);
	}
}

/*
 * Waits until the program has ended or its time is up, and then until all other tasks are gone,
 * too. Returns the program's status as a shell has it, or STATUS_DEADLINE.
 */
static unsigned wait_for_program(struct group *program)
{
	const uint64_t deadline = options.deadline == 0 ? TIME_NEVER : time_now() + options.deadline * NSEC_PER_SEC;
	unsigned status = STATUS_DEADLINE;
	struct waiter w;

	wait_begin(&group_init->child_event, &w);
	/* Nobody runs between the look at the program and the sleep, or its end could be missed. */
	while (reap_all_but(program), !group_is_over(program) && time_now() < deadline)
		(void)task_sleep(WAIT_KILLABLE, deadline);
	if (group_is_over(program))
		status = program->exit_status & 0x7f ? 128 + (program->exit_status & 0x7f) : program->exit_status >> 8;
	else
		printk("init: %u seconds are over: all programs are killed\n", options.deadline);
	kill_all();
	while (reap_all_but(NULL), task_count() > 1)
		(void)task_sleep(WAIT_KILLABLE, TIME_NEVER);
	wait_end(&w);
	return status;
}

/* Pid 1. */
static void init_main(void *unused)
{
	if (KASSERTS && options.leakcheck)
		leak_begin();
	if (KASSERTS && options.budget != 0)
		time_begin_turns(); /* the timer interrupts notice when the budget was exceeded */
	unsigned status = wait_for_program(spawn_program());

	(void)unused;
	if (KASSERTS && options.faults_rate != 0)
		printk("faults: %u allocations failed\n", page_fail_often(0, 0));
	if (KASSERTS && options.fault_at != 0) {
		printk("faults: %u allocations more and one fails\n", page_fail_nth);
		page_fail_nth = 0;
	}
	if (status >= STATUS_REFUSED && status < STATUS_OTHER) {
		printk("init: the program's exit status %u would mean that it did not begin, a leak or a panic: reported as %u\n",
		       status, STATUS_OTHER);
		status = STATUS_OTHER;
	}
	if (bootfilter_waits()) {
		printk("seccomp: the program ended without getting to main: the filters were never installed\n");
		status = STATUS_REFUSED;
	}
	if (KASSERTS && options.leakcheck && leak_found())
		status = STATUS_LEAK;
	power_off(status);
}

_Noreturn void init_run(void)
{
	static struct task boot; /* main() runs on the boot stack as this task */
	struct task *t;

	runqueue_init(&boot);
	boot.gate = &gate_default;
	boot.state = TASK_ZOMBIE;
	current = &boot;
	t = task_create(NULL, init_main, NULL);
	if (t == NULL)
		refuse("init: no memory");
	group_init = t->group;
	cred_init_root(&t->cred);
	t->gate = gate_get(&gate_default);
	t->sighand = sighand_create();
	if (t->sighand == NULL)
		refuse("init: no memory");
	t->blocked = UINT64_MAX;
	strcpy(t->comm, "kinit");
	task_add(t, NULL);
	sched_wake(t);
	sched_switch_away();
	panic("init: the boot stack is used again");
}
