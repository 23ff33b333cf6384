/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task.h - threads, thread groups, and what they share.
 *
 * A task is a thread (its id is the tid); a group is a process (its id, the tgid, is the tid of its
 * leader). As clone(2)'s flags allow each alone, the parts that may be shared are objects of their
 * own with a count of holders: mm (vm.h), files and fs (file.h), sighand (signal.h), filters.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/resource.h>

#include "avl.h"
#include "dispatch.h"
#include "hash.h"
#include "list.h"
#include "ns.h"
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
 * A task is on the run queue, linked by `run`, if and only if it is TASK_RUNNING and not the
 * current one. From task_add() to task_remove(), which only a zombie comes to, it is in task_all,
 * in task_find()'s table and among its group's threads. Of these, `live` counts those that have not
 * ended.
 */
enum task_state {
	TASK_RUNNING,  /* on the run queue, or running */
	TASK_SLEEPING, /* in task_sleep() */
	TASK_STOPPED,  /* by a stop signal, until SIGCONT */
	TASK_TRACED,   /* stopped for its tracer */
	TASK_ZOMBIE,   /* ended, not waited for yet (group leaders, traced threads) */
	TASK_DEAD,     /* ended and unlinked; freed by the next task to run */
};

/* Registers that context_switch() keeps; boot/switch.S uses this layout. */
struct context {
	uint64_t ra, sp;
	uint64_t gp, tp; /* the program's: gate_call leaves them where they are */
	uint64_t s[12];
};

/* As tracers and core files see it, too: NT_PRFPREG, of ELF_NFPREG words. */
struct fp_state {
	uint64_t f[32];
	uint64_t fcsr; /* the upper half is 0 */
};

#define CRED_GROUPS_MAX 32

/* A task's ids and rights. Copied whole by fork. */
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
	struct hashed by_pgid, by_sid; /* in pgrp.c's tables */
	uint64_t told, checked; /* the last message to its process group that it got; jobctl.c's last look at that */
	struct task *leader;
	struct list threads; /* tasks, by task.thread */
	uint32_t live;	     /* threads that have not ended */
	uint32_t to_kill;    /* how many at the beginning of `threads` must still be told to end: group_kill() */
	struct group *parent;
	struct list children; /* groups, linked by group.sibling; zombies too */
	struct list sibling;
	struct waitq child_event;  /* what wait4 sleeps on: a child ended, stopped or continued */
	uint32_t exit_signal;	   /* sent to the parent when the last thread ends; SIGCHLD after fork */
	bool exiting;		   /* exit_group, exec or a fatal signal is ending the threads */
	uint32_t exit_status;	   /* wait status, once exiting or ended */
	struct sigpending pending; /* signals to the process */
	struct group_stop {
		uint32_t signal; /* the signal that stopped the group, or 0; set when every thread has stopped */
		bool reported;	 /* wait4 has reported it */
		bool continued;	 /* it was continued, which is not yet reported */
		uint32_t code;	 /* the signal, set when the stop begins */
		uint32_t count;	 /* threads that have not stopped yet */
		int tell;	 /* CLD_* that the parent must still be told, or 0 */
	} stop;
	struct timer real_timer; /* ITIMER_REAL */
	uint64_t real_interval;
	struct avl posix_timers;  /* those of timer_create, by id */
	struct cpu_timer {	  /* ITIMER_VIRTUAL and ITIMER_PROF, on the processor time of the group */
		uint64_t expires; /* 0: off */
		uint64_t interval;
	} cpu_timer[2];
	struct usage child_usage; /* of waited-for children */
	struct usage usage;	  /* of ended threads, and address spaces given up */
	uint64_t child_time;	  /* of waited-for children, ns */
	uint64_t time;		  /* of ended threads, ns */
	/*
	 * A fault or the like (SIGSEGV, SIGSYS ...) was forced on this process. Then a default
	 * action ends it even if it is the first process of a pid namespace, which other signals do
	 * not kill.
	 */
	bool mortal;
	bool subreaper;
	bool exec_done;	   /* has called execve since fork (setpgid's EACCES) */
	struct task *exec; /* the thread whose execve waits for the others to end */
	struct waitq exec_event;
	struct pidref *pidref;			  /* what its pidfds refer to (pidfd.h), or NULL */
	int16_t oom_score_adj, oom_score_adj_min; /* set through /proc, copied by fork */
	uint16_t core_filter; /* so are the bits by which /proc/PID/coredump_filter is not CORE_FILTER */
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
	struct list hash;   /* in task_find()'s table */

	/* what it shares with others */
	struct mm *mm; /* NULL: a kernel thread */
	struct files *files;
	struct fs *fs;
	struct sighand *sighand;
	struct pidns *pidns;	      /* the pid namespace that it lives in; NULL: the initial one; one reference */
	struct pidns *pidns_children; /* the one that its children will live in; NULL: the initial one; one reference */
	struct ns *ns[NS_KINDS];      /* of the other kinds; NULL: the initial ones; one reference each */
	struct userns *userns;	      /* its capabilities hold in it; NULL: the initial one; one reference */
	struct cred cred;
	struct sem_undos *sem_undos; /* semaphore operations that are undone when it ends; NULL: none */
	struct tracer *tracer;	     /* ptrace state when traced; else NULL */

	/* seccomp */
	int seccomp_mode;      /* SECCOMP_MODE_*, or SECCOMP_MODE_DEAD */
	struct filter *filter; /* the newest of its stack; one reference */
	struct gate *gate;     /* one reference; hart.gate points into it while the task runs */
	bool no_new_privs;
	uint64_t seccomp_self; /* its number as the owner of SELF filters; 0 until it installs one; never inherited */

	/* running */
	enum task_state state;
	enum wait_how sleep_how;
	/* A queue that it waits on was woken, whether it slept or not; cleared by whoever looks. */
	bool look_again;
	struct list run;     /* this and the next fields are runqueue.c's */
	struct share *share; /* its user's share */
	uint64_t turn_left;  /* ns */
	bool in_front;
	uint32_t policy;     /* SCHED_*; inherited, as nice */
	uint8_t rt_priority; /* priority under a real-time policy, else 0 */
	int8_t nice;
	void (*start)(void *arg); /* the function that a new task runs, and its argument */
	void *start_arg;
	struct trapframe *frame; /* at the top of its kernel stack */
	uint8_t *stack;		 /* kernel stack, TASK_STACK_SIZE bytes above a guard page */
	struct context context;
	struct fp_state fp;
	uint64_t time;	   /* how long it has run, in ns */
	uint64_t reported; /* number of the event record about the current call, plus 1; 0: none */

	/* signals */
	uint64_t blocked;
	uint64_t saved_blocked; /* sigsuspend, ppoll: the mask to restore after the handler */
	bool restore_blocked;
	bool signal_work;      /* must look at signals before it goes to user mode: HART_SIGNAL when it runs */
	bool exiting;	       /* is in task_exit() and takes no signals any more */
	uint64_t real_blocked; /* rt_sigtimedwait: signals that count as blocked, though `blocked` lacks them */
	uint32_t jobctl;       /* JOBCTL_* */
	struct sigpending pending;
	struct sigaltstack altstack;
	struct restart { /* what restart_syscall(2) continues */
		long (*fn)(struct restart *r);
		uint64_t arg[4];
	} restart;

	/* its end */
	uint32_t exit_status; /* wait status of this thread */
	uint32_t parent_death_signal;
	uint64_t clear_child_tid;      /* user address of a futex, zeroed and woken when the thread ends */
	struct usage usage;	       /* without peak_pages */
	struct user_dispatch dispatch; /* not inherited */
	struct rseq_state rseq;
	uint64_t timer_slack, default_timer_slack; /* how many ns longer a sleep may take */
	uint64_t robust_list;
	struct waitq *vfork_done; /* where the parent waits that vfork suspended, until exec or exit */

	uint32_t personality; /* inherited by fork */
};

/* Does the current task have a signal that it must look at? */
static inline bool signal_pending(void)
{
	return current->signal_work;
}

/* Does it have one that ends it? */
static inline bool signal_pending_fatal(void)
{
	return (current->pending.set & SIGMASK(SIGKILL)) != 0;
}

#define SECCOMP_MODE_DEAD 3
#define CORE_FILTER 0x33   /* [MMF_DUMP_FILTER_DEFAULT] */
#define TASK_ID_MAX 32768U /* ids are below it */

/* ---- task.c: birth, death, ids ---- */

/* New ids are below it, at most TASK_ID_MAX. [kernel.pid_max] */
extern uint32_t task_id_max;

/*
 * Creates a task that runs FN(ARG) in the kernel once sched_wake() is called: in group G or, if G
 * is NULL, as the leader of a new one. It has an id and a stack, but no mm, files, ...; nobody can
 * find it before task_add(). NULL when there is no memory or no id.
 */
[[nodiscard]] struct task *task_create(struct group *g, void (*fn)(void *arg), void *arg);
/*
 * Makes T visible: to task_find(), among its group's threads, and its group among PARENT's
 * children.
 */
void task_add(struct task *t, struct group *parent);
/*
 * Frees a task that was created and never added, or that has been removed. Its parts were given up
 * before.
 */
void task_free(struct task *t);
/*
 * Takes a thread that has ended off every list. If it was the last thread, the caller frees the
 * group.
 */
void task_remove(struct task *t);
/* Takes a group without threads off its parent's list, and frees it. */
void group_free(struct group *g);
/* Gives T, which executes a program, the id of its group's leader, who has ended. */
void task_take_leader_id(struct task *t);
/* The task whose thread id is TID, or NULL; the group whose id is TGID, or NULL. */
struct task *task_find(uint32_t tid);
/*
 * The task with the lowest id from MIN up, in a loop over all of them whose body may take its time:
 * others run meanwhile. NULL: there is none, or a fatal signal waits.
 */
struct task *task_next(uint32_t min);
struct group *group_find(uint32_t tgid);
extern struct list task_all; /* all tasks, linked by task.all */
uint32_t task_count(void);
uint32_t task_last_id(void); /* the id that was given last */
/* For panics: prints who runs, and its last call, in one line. */
void task_describe(void);
/* The group that adopts orphans: pid 1. */
extern struct group *group_init;
/*
 * Stores in the hart page what quick handlers return for the current task. Called after any change
 * of ids or parents, and at every switch. Most tasks live in the initial pid namespace, where ids
 * are shown as they are.
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
/* Does the current task hold capability CAP (CAP_SYS_ADMIN ...) over the machine? */
bool task_capable(unsigned cap);
/*
 * Have all threads of G ended, and is there none that a tracer must see before G's parent is told?
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
 * The device number of the terminal that controls session SID, and its foreground process group in
 * *PGRP; 0 and -1 if there is none. At boot FN is said to know.
 */
uint64_t session_terminal(uint32_t sid, int *pgrp);
void session_on_terminal(uint64_t (*fn)(uint32_t sid, int *pgrp));

/* ---- sched.c ---- */

void sched_wake(struct task *t);      /* makes T runnable, whatever it slept on */
void sched_yield(void);		      /* lets the others run; comes back at once when there are none */
void sched_preempt(void);	      /* lets others run, and keeps the rest of its turn */
void sched_switch_away(void);	      /* runs another task; the current one's state is set, and it returns when woken */
void sched_tick(void);		      /* called by the timer interrupt at the end of a turn */
void sched_on_tick(void (*fn)(void)); /* at boot: sched_tick() calls FN, too */
/*
 * What takes long, and cannot give way where it comes up, is put off (sched_put_off()), and done by
 * sched_free(), giving way, on the way to user mode and at the end of the run: waiters that are
 * woken late, and what FN, which is set at boot, does a piece of; false: there is none.
 */
void sched_on_free(bool (*fn)(void));
void sched_put_off(void);
void sched_free(void);
uint64_t sched_current_time(void); /* how long the current task has run up to now, in ns */
extern uint64_t sched_idle_time;   /* how long no task ran, in ns */
void sched_begin(void);		   /* called first by a new task on its own stack */
/*
 * Held by whatever changes the mappings of MM, or goes through many, and lets others run meanwhile:
 * 0, or -EINTR (a fatal signal). Page faults are not held up: each finds the mappings, and the page
 * tables, as they are between two steps.
 */
[[nodiscard]] int mm_lock(struct mm *mm);
void mm_unlock(struct mm *mm);

/*
 * Called in loops whose length a program chooses, where the caller could as well sleep. Serves
 * interrupts, and lets another task run if one is due. True: a fatal signal is pending, so the loop
 * should end if it can. Before there are tasks, while the archive is unpacked, it does nothing.
 */
bool sched_give_way(void);
/*
 * The same, done once for each 64 KiB of work; a step of another kind counts as SCHED_STEP bytes.
 * *DONE: the work since then, 0 at first.
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
