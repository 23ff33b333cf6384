/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidns.h - pid namespaces: in each of them, tasks have other numbers.
 *
 * Inside the kernel a task, process group or session has one id, which is its number in the initial
 * namespace. A number that a program gives is turned into an id by pidns_id(); an id that a program
 * gets is turned into a number by pidns_show(). In the initial namespace, which has no object
 * (NULL), both return what they are given.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct pidns;
struct task;
struct text;
struct userns;

/* The number of ID (a task's, group's or session's) in namespace NS; 0: it has none there. */
uint32_t pidns_number(const struct pidns *ns, uint32_t id);
struct pidns *pidns_get(struct pidns *ns); /* NULL is fine */
void pidns_put(struct pidns *ns);
uint32_t pidns_ino(const struct pidns *ns); /* its number in /proc/PID/ns */
/* The namespace above NS, which is not the initial one, without a reference. */
struct pidns *pidns_above(const struct pidns *ns);
/* The user namespace that owns NS; NULL: the initial one. */
struct userns *pidns_owner(const struct pidns *ns);
/*
 * For setns: children of the current task will live in NS. 0, -EINVAL (NS is neither the current
 * task's own namespace nor below it) or -ENOMEM (the first process of NS has ended).
 * [pidns_install]
 */
[[nodiscard]] int pidns_join(struct pidns *ns);
/* The number of ID in the current task's namespace, in T's; 0: it has none there. */
uint32_t pidns_show(uint32_t id);
uint32_t pidns_show_to(const struct task *t, uint32_t id);
/*
 * Adds to TO, a file of /proc, the numbers of ID: from the namespace that the file is for inwards
 * to T's, each behind a tab.
 */
void pidns_show_all(struct text *to, const struct task *t, uint32_t id);
/*
 * Where the number that was given last in the current task's namespace is kept; CHANGE: the caller
 * writes another there, below task_id_max. [kernel.ns_last_pid]
 */
uint32_t *pidns_last(bool change);
/* Numbers in NS are below it. */
uint32_t pidns_size(const struct pidns *ns);
/* The id that the current task means by NUMBER; 0: there is none. */
uint32_t pidns_id(uint32_t number);
/* The id for which NUMBER stands in NS; 0: there is none. */
uint32_t pidns_id_in(const struct pidns *ns, uint32_t number);

/*
 * For unshare(CLONE_NEWPID): the current task's children will live in a new namespace. 0, -ENOSPC
 * (there are 32 levels) or -ENOMEM.
 */
[[nodiscard]] int pidns_unshare(void);

/*
 * For clone: gives CHILD, which nobody can find yet, its namespace and numbers. THREAD: it is a
 * thread of the current process. NEW: it gets a namespace of its own (CLONE_NEWPID). 0, -EINVAL (a
 * thread cannot enter another namespace), -ENOSPC, -ENOMEM (also: the namespace's first process has
 * ended) or -EAGAIN (no number is free).
 */
[[nodiscard]] int pidns_enter(struct task *child, bool thread, bool new);

/* Takes CHILD's numbers back, because its clone failed after pidns_enter(). */
void pidns_cancel(struct task *child);

/* T, which is about to be freed, gives up its namespaces. May be called twice. */
void pidns_release(struct task *t);

/*
 * Is G, which is ending, the first process of its namespace? Then nobody can enter that any more.
 */
bool pidns_group_ends(const struct group *g);
/*
 * For reboot(2) in a namespace, not the initial one: the first process of the current task's, which
 * is about to be killed, will seem to have been ended by SIG. pidns_ended_by(): that signal, or 0.
 * [reboot_pid_ns]
 */
void pidns_end_by(uint32_t sig);
uint32_t pidns_ended_by(const struct pidns *ns);
/* Is NS the namespace OUTER, or one below it? */
bool pidns_is_inside(const struct pidns *ns, const struct pidns *outer);

/* The process that adopts the orphans of G's namespace: its first process, or pid 1. */
struct group *pidns_reaper(const struct group *g);
