/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module wait: poll, select, epoll, eventfd, signalfd, inotify, futex; signal-driven
 * I/O (async.c), directory notices (dnotify.c), and restartable sequences.
 */
#include "asyncs.h"
#include "dnotify.h"
#include "epoll.h"
#include "file.h"
#include "futex.h"
#include "module.h"
#include "pgrp.h"
#include "rseqs.h"
#include "task.h"
#include "vm.h"

/*
 * T ends or executes a program, and still has its memory: wakes tasks that wait for its robust
 * mutexes or, as pthread_join does, for its end. [mm_release]
 */
static void release_futexes(struct task *t)
{
	if (t->mm != NULL && t->robust_list != 0)
		futex_exit_robust(t->robust_list);
	if (t->clear_child_tid != 0 && t->mm != NULL && t->mm->refs > 1)
		futex_clear_tid(t->clear_child_tid);
}

static void exec_futexes(void)
{
	release_futexes(current);
}

static void exit_futexes(struct task *t, bool last)
{
	(void)last;
	release_futexes(t);
}

const struct task_part wait_part = { .exec = exec_futexes, .exit = exit_futexes };

static void wait_module_init(void)
{
	static struct file_watcher watcher = { .closing = dnotify_closing, .ending = epoll_forget };
	static struct file_controls controls = { .control = async_control }, notices = { .control = dnotify_control };

	pgrp_begin();
	file_watch(&watcher);
	futex_init();
	file_also_controls(&controls);
	file_also_controls(&notices);
	async_ops = &async_signals;
	rseq_interrupted = rseqs_interrupted;
}

const struct module wait_module = { .name = "wait", .init = wait_module_init };
