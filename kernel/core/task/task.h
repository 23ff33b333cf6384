/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task.h - threads, thread groups, and what they share.
 *
 * A task is what Linux calls a thread (its id is the tid); a group is a process (its id, the
 * tgid, is the tid of its leader). As clone(2)'s flags allow each alone, the parts that may
 * be shared are objects of their own with a count of holders: mm (vm.h), files and fs
 * (file.h), sighand (signal.h), filters.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/resource.h>

#include "dispatch.h"
#include "list.h"
#include "rseq.h"
#include "sigpending.h"
#include "hart.h"
#include "usage.h"
#include "wait.h"

struct mm;
struct files;
struct fs;
struct filter;
struct gate;
struct pidns;
struct pidref;
struct sem_undos;
struct share;
struct tracer;
struct userns;

/*
 * A task stands on the run queue, by `run`, exactly when it is TASK_RUNNING and not the
 * current one. From task_add() to task_remove(), which only a zombie comes to, it is in
 * task_all, in task_find()'s table and among its group's threads, of which `live`
 * counts those that have not ended.
 */
enum task_state {
	TASK_RUNNING,  /* on the run queue, or running */
	TASK_SLEEPING, /* in task_sleep() */
	TASK_STOPPED,  /* by a stop signal, until SIGCONT */
	TASK_TRACED,   /* stopped for its tracer */
	TASK_ZOMBIE,   /* ended, not waited for yet (group leaders, traced threads) */
	TASK_DEAD,     /* ended and unlinked; freed by the next task to run */
};

/* Callee-saved registers across context_switch(); its layout is used by boot/switch.S. */
struct context {
	uint64_t ra, sp;
	uint64_t gp, tp; /* the program's: gate_call leaves them where they are */
	uint64_t s[12];
};

struct fp_state {
	uint64_t f[32];
	uint64_t fcsr;
};

#define CRED_GROUPS_MAX 32

/* Who a task is, and what it may do. Copied whole by fork. */
struct cred {
	uint32_t uid, euid, suid, fsuid;
	uint32_t gid, egid, sgid, fsgid;
	uint64_t cap_effective, cap_permitted, cap_inheritable, cap_bounding, cap_ambient;
	uint32_t securebits;
	uint32_t ngroups;
	uint32_t groups[CRED_GROUPS_MAX]; /* supplementary */
};

/* A process. [signal_struct] */
struct group {
	uint32_t id; /* tgid */
	uint32_t pgid, sid;
	struct task *leader;
	struct list threads; /* tasks, by task.thread */
	uint32_t live;	     /* threads that have not ended */
	struct group *parent;
	struct list children; /* groups, by group.sibling; zombies too */
	struct list sibling;
	struct waitq child_event;  /* what wait4 sleeps on: a child ended, stopped or continued */
	uint32_t exit_signal;	   /* to the parent when the last thread ends; SIGCHLD after fork */
	bool exiting;		   /* exit_group, exec or a fatal signal is ending the threads */
	uint32_t exit_status;	   /* wait status, once exiting or ended */
	struct sigpending pending; /* signals to the process */
	struct group_stop {
		uint32_t signal; /* that stopped the group, or 0; set when every thread has stopped */
		bool reported;	 /* to wait4 */
		bool continued;	 /* and not yet reported */
		uint32_t code;	 /* the signal, from when the stop began */
		uint32_t count;	 /* threads that are still to stop */
		int tell;	 /* CLD_* that the parent is still to be told, or 0 */
	} stop;
	struct timer real_timer; /* ITIMER_REAL */
	uint64_t real_interval;
	struct posix_timer *posix_timers; /* those of timer_create */
	struct cpu_timer {		  /* ITIMER_VIRTUAL and ITIMER_PROF, on the processor time of the group */
		uint64_t expires;	  /* 0: off */
		uint64_t interval;
	} cpu_timer[2];
	struct usage child_usage; /* of waited-for children */
	struct usage usage;	  /* of ended threads, and address spaces given up */
	uint64_t child_time;	  /* of waited-for children, ns */
	uint64_t time;		  /* of ended threads, ns */
	/*
	 * A signal that cannot be ignored (SIGSEGV, SIGSYS ...) was forced on it:
	 * default actions end it even if it is the first process of a pid namespace,
	 * which other signals do not kill.
	 */
	bool mortal;
	bool subreaper;
	bool exec_done;	   /* has called execve since fork (setpgid's EACCES) */
	struct task *exec; /* the thread whose execve waits for the others to end */
	struct waitq exec_event;
	struct pidref *pidref;			  /* what its pidfds refer to (pidfd.h), or NULL */
	int16_t oom_score_adj, oom_score_adj_min; /* set through /proc, copied by fork */
	struct rlimit64 limits[RLIM_NLIMITS];
};

/* A thread. [task_struct] */
struct task {
	uint32_t tid;
	uint32_t parent_tid; /* the thread that made it */
	char comm[16];
	struct group *group;
	struct list thread; /* group->threads */
	struct list all;    /* every task there is */
	struct list hash;   /* task_find's */

	/* what it shares with others */
	struct mm *mm; /* NULL: a kernel thread */
	struct files *files;
	struct fs *fs;
	struct sighand *sighand;
	struct pidns *pidns;	      /* that it lives in; NULL: the initial one; one reference */
	struct pidns *pidns_children; /* that its children will live in; NULL: the initial one; one reference */
	struct userns *userns;	      /* whose rights cred holds; NULL: the initial one; one reference */
	struct cred cred;
	struct sem_undos *sem_undos; /* what it takes back of its semaphores at the end; NULL: nothing */
	struct tracer *tracer;	     /* ptrace state when traced; else NULL */

	/* seccomp */
	int seccomp_mode;      /* SECCOMP_MODE_*, or SECCOMP_MODE_DEAD */
	struct filter *filter; /* newest; one reference */
	struct gate *gate;     /* one reference; hart.gate points into it while the task runs */
	bool no_new_privs;
	uint64_t seccomp_self; /* who this task is to SELF filters; 0 until it installs one; never inherited */

	/* running */
	enum task_state state;
	enum wait_how sleep_how;
	/* what it waits at was woken, whether it slept or not; cleared by who needs to know */
	bool look_again;
	bool woken;
	struct list run;     /* runqueue.c's, with what follows */
	struct share *share; /* its user's */
	uint64_t turn_left;  /* ns */
	bool in_front;
	uint32_t policy;     /* SCHED_*; inherited, as nice */
	uint8_t rt_priority; /* of a real-time policy, else 0 */
	int8_t nice;
	void (*start)(void *arg); /* what a new task runs, and with what */
	void *start_arg;
	struct trapframe *frame; /* at the top of its kernel stack */
	uint8_t *stack;		 /* kernel stack, TASK_STACK_SIZE bytes above a guard page */
	struct context context;
	struct fp_state fp;
	uint64_t time;	    /* ran for, ns */
	uint64_t reported;  /* the number, plus 1, of the record about that call; 0: none */
	uint64_t last_call; /* for panics and /proc: number of the last system call */

	/* signals */
	uint64_t blocked;
	uint64_t saved_blocked; /* sigsuspend, ppoll: to restore after the handler */
	bool restore_blocked;
	bool signal_work;      /* must look at signals before user mode: HART_SIGNAL when it runs */
	bool exiting;	       /* is in task_exit(): takes no signals any more */
	uint64_t real_blocked; /* rt_sigtimedwait: signals that only look unblocked */
	uint32_t jobctl;       /* JOBCTL_* */
	struct sigpending pending;
	struct sigaltstack altstack;
	struct restart { /* what restart_syscall(2) is to continue */
		long (*fn)(struct restart *r);
		uint64_t arg[4];
	} restart;

	/* its end */
	uint32_t exit_status; /* wait status of this thread */
	uint32_t parent_death_signal;
	uint64_t clear_child_tid;      /* user address: zeroed and woken as a futex when the thread ends */
	struct usage usage;	       /* peak_pages is not counted here */
	struct user_dispatch dispatch; /* not inherited */
	struct rseq_state rseq;
	uint64_t timer_slack, default_timer_slack; /* ns that a sleep may take longer */
	uint64_t robust_list;
	struct waitq *vfork_done; /* of the parent that vfork suspended, until exec or exit */

	uint32_t personality; /* inherited by fork */
};

/* Is a signal there that the current task must look at? */
static inline bool signal_pending(void)
{
	return current->signal_work;
}

/* Is one there that ends it? */
static inline bool signal_pending_fatal(void)
{
	return (current->pending.set & SIGMASK(SIGKILL)) != 0;
}

#define SECCOMP_MODE_DEAD 3
#define TASK_ID_MAX 32768U

/* ---- task.c: birth, death, ids ---- */

/*
 * A task that will run FN(ARG) in the kernel once sched_wake() is called: in group G, or, G NULL,
 * as the leader of a new one. It has an id, a stack and a blank rest (no mm, files, ...); nobody
 * sees it before task_add(). NULL when there is no memory or no id.
 */
[[nodiscard]] struct task *task_create(struct group *g, void (*fn)(void *arg), void *arg);
/*
 * Makes it visible: to task_find(), in its group's threads, and its group among PARENT's children.
 */
void task_add(struct task *t, struct group *parent);
/*
 * Frees a task that was created and never added, or that has been removed;
 * its parts were given up before.
 */
void task_free(struct task *t);
/*
 * Takes a thread that has ended off every list. The group, when it was the last
 * thread, is the caller's to free.
 */
void task_remove(struct task *t);
/* Frees a group without threads, off its parent's list. */
void group_free(struct group *g);
/* A thread that execs takes the id of its group's leader, who has ended. */
void task_take_leader_id(struct task *t);
/* The task with thread id TID, or NULL; the group with id TGID, or NULL. */
struct task *task_find(uint32_t tid);
struct group *group_find(uint32_t tgid);
extern struct list task_all; /* tasks, by task.all */
uint32_t task_count(void);
uint32_t task_last_id(void); /* given last */
/* For panics: says in one line who runs and what it called last. */
void task_describe(void);
/* The group that adopts orphans: pid 1. */
extern struct group *group_init;
/*
 * Stores what quick handlers answer for the current task in the hart page, after any
 * change of ids or parents, and at every switch: most tasks live in the initial
 * namespace, where ids are what they are.
 */
void task_publish_shown(void);
static inline void task_publish(void)
{
	const struct task *t = current;
	const struct group *g = t->group;

	if (t->pidns != NULL) {
		task_publish_shown();
		return;
	}
	hart.tgid = g->id;
	hart.tid = t->tid;
	hart.ppid = g->parent != NULL ? g->parent->id : 0;
}
/* CAP_SYS_ADMIN and kin: does the current task hold capability CAP? */
bool task_capable(unsigned cap);
/*
 * Have all threads of G ended, with none left that a tracer must see before its parent hears of G?
 */
static inline bool group_is_over(const struct group *g)
{
	return g->live == 0 && g->threads.next == g->threads.prev;
}
/* A loop over the threads of a group. */
#define group_for_each_thread(t, g)            \
	list_for_each(t##_link, &(g)->threads) \
		for (struct task *t = container_of(t##_link, struct task, thread); t != NULL; t = NULL)
#define group_for_each_child(c, g)              \
	list_for_each(c##_link, &(g)->children) \
		for (struct group *c = container_of(c##_link, struct group, sibling); c != NULL; c = NULL)

/*
 * The number of the terminal that controls session SID, and its foreground process group in *PGRP;
 * 0 and -1: none. Boot: FN knows.
 */
uint64_t session_terminal(uint32_t sid, int *pgrp);
void session_on_terminal(uint64_t (*fn)(uint32_t sid, int *pgrp));

/* ---- sched.c ---- */

void sched_wake(struct task *t);      /* makes it runnable, whatever it slept on */
void sched_yield(void);		      /* lets the others run; comes back at once when there are none */
void sched_preempt(void);	      /* the same, but with what is left of its turn to come */
void sched_switch_away(void);	      /* the current task's state is set; runs another; returns when woken */
void sched_tick(void);		      /* from the timer interrupt, at the end of a turn */
void sched_on_tick(void (*fn)(void)); /* boot: calls FN then, too */
void sched_on_free(void (*fn)(void)); /* boot: calls FN in sched_free() */
/* frees what was put off: on the way to user mode, and at the end. Gives way */
void sched_free(void);
uint64_t sched_current_time(void); /* what the current task has run for, ns, up to now */
extern uint64_t sched_idle_time;   /* ns that nobody ran for */
void sched_begin(void);		   /* a new task's first act on its own stack */
/*
 * What changes mappings, or goes through many, lets others run meanwhile, but none that does the
 * same: 0, or -EINTR (a fatal signal). Page faults are not held up: each finds the mappings, and
 * the page tables, as they are between two steps.
 */
[[nodiscard]] int mm_lock(struct mm *mm);
void mm_unlock(struct mm *mm);

/*
 * In a loop whose length a program chooses, where the caller could as well sleep: serves
 * interrupts, and lets another task run that is due. True: a fatal signal waits, so that
 * the loop should end if it can.
 */
bool sched_give_way(void);
/*
 * The same, after each 64 KiB of work; a step of another kind counts as SCHED_STEP bytes. *DONE:
 * what was done since, 0 at first.
 */
#define SCHED_STINT 65536U
#define SCHED_STEP 64U
static inline bool sched_worked(uint32_t *done, uint64_t work)
{
	*done += (uint32_t)work;
	if (*done < SCHED_STINT)
		return false;
	*done = 0;
	return sched_give_way();
}
