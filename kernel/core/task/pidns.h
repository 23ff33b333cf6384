/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidns.h - pid namespaces: numbers for tasks that hold in a part of the family tree only.
 *
 * Inside the kernel a task, process group or session has one id, which is its number in the initial
 * namespace. Where a number comes from a program it goes through pidns_id(), where one goes to a
 * program through pidns_show(). While there is no namespace but the initial one, which has no
 * object (NULL), both give back what they get.
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
/* As the current task, or as T, sees ID. */
uint32_t pidns_show(uint32_t id);
uint32_t pidns_show_to(const struct task *t, uint32_t id);
/* The numbers of ID in T's namespaces, from the initial one inwards, each behind a tab. */
void pidns_show_all(struct text *to, const struct task *t, uint32_t id);
/* The id behind NUMBER as the current task uses it; 0: none. */
uint32_t pidns_id(uint32_t number);

/*
 * unshare(CLONE_NEWPID): children of the current task will live in a new namespace.
 * 0, -ENOSPC (32 levels), -ENOMEM.
 */
[[nodiscard]] int pidns_unshare(void);

/*
 * clone: CHILD, of a new process unless THREAD, gets its numbers; NEW: in a namespace of its own
 * (CLONE_NEWPID). Before anybody can find it. 0, -EINVAL (a thread cannot enter another namespace),
 * -ENOSPC, -ENOMEM (also: the namespace's first process is gone).
 */
[[nodiscard]] int pidns_enter(struct task *child, bool thread, bool new);

/* CHILD's clone failed after pidns_enter(): nobody saw its numbers. */
void pidns_cancel(struct task *child);

/* T's memory is about to be freed: gives up its namespaces. Safe to call twice. */
void pidns_release(struct task *t);

/* Is G, which ends, the first process of a namespace? Then nobody can enter that any more. */
bool pidns_group_ends(const struct group *g);
/* Is NS the namespace OUTER, or below it? */
bool pidns_is_inside(const struct pidns *ns, const struct pidns *outer);

/* Who adopts the orphans of G's namespace: its first process, or pid 1. */
struct group *pidns_reaper(const struct group *g);
