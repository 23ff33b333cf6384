/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidns.h - pid namespaces: inside one, tasks have numbers of their own.
 *
 * Inside the kernel a task, process group or session has one id, which is its number in the initial
 * namespace. A number that comes from a program goes through pidns_id(), one that goes to a program
 * through pidns_show(). While there is only the initial namespace, which has no object (NULL), both
 * return what they get.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct pidns;
struct task;
struct text;

/* The number of ID (a task's, group's or session's) in namespace NS; 0: it has none there. */
uint32_t pidns_number(const struct pidns *ns, uint32_t id);
struct pidns *pidns_get(struct pidns *ns); /* NULL is fine */
void pidns_put(struct pidns *ns);
uint32_t pidns_ino(const struct pidns *ns); /* what /proc/PID/ns shows */
/*
 * setns: children of the current task will live in NS, which is its own or below it: 0, -EINVAL, or
 * -ENOMEM: its first process is gone. [pidns_install]
 */
[[nodiscard]] int pidns_join(struct pidns *ns);
/* The number of ID as the current task, or T, sees it. */
uint32_t pidns_show(uint32_t id);
uint32_t pidns_show_to(const struct task *t, uint32_t id);
/* The numbers of ID in T's namespaces, from the initial one inwards, each behind a tab. */
void pidns_show_all(struct text *to, const struct task *t, uint32_t id);
/* The id that the current task means by NUMBER; 0: there is none. */
uint32_t pidns_id(uint32_t number);
/* The same in NS. */
uint32_t pidns_id_in(const struct pidns *ns, uint32_t number);

/*
 * unshare(CLONE_NEWPID): the current task's children will live in a new namespace. 0, -ENOSPC (32
 * levels), -ENOMEM.
 */
[[nodiscard]] int pidns_unshare(void);

/*
 * clone: gives CHILD, which nobody can find yet, its numbers. THREAD: it joins the current process;
 * NEW: it gets a namespace of its own (CLONE_NEWPID). 0, -EINVAL (a thread cannot enter another
 * namespace), -ENOSPC, -ENOMEM (also: the namespace's first process has ended).
 */
[[nodiscard]] int pidns_enter(struct task *child, bool thread, bool new);

/* Takes CHILD's numbers back, because its clone failed after pidns_enter(). */
void pidns_cancel(struct task *child);

/* T's memory is about to be freed: gives up its namespaces. Safe to call twice. */
void pidns_release(struct task *t);

/* Is G, which is ending, the first process of a namespace? Then nobody can enter that any more. */
bool pidns_group_ends(const struct group *g);
/* Is NS the namespace OUTER, or one below it? */
bool pidns_is_inside(const struct pidns *ns, const struct pidns *outer);

/* The process that adopts the orphans of G's namespace: its first process, or pid 1. */
struct group *pidns_reaper(const struct group *g);
