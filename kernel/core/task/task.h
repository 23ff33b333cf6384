/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task.h - threads, processes, and what they share; and the scheduler.
 *
 * A task is a thread; its id is the tid. A group is a process; its id, the tgid, is the tid of its
 * leader. clone(2) can share each of a task's parts alone, so these are objects of their own, which
 * count their holders: mm (vm.h), files and fs (file.h), sighand (signal.h), filters.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/resource.h>
#include <abi/sched.h>

#include "avl.h"
#include "dispatch.h"
#include "hash.h"
#include "list.h"
#include "mutex.h"
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
struct user;
struct userns;

/*
 * The states of a task. Invariant: a task is on the run queue, linked by `run`, if and only if it
 * is TASK_RUNNING and not the current one. From task_add() to task_remove(), when it is a zombie,
 * it is in task_all, in task_find()'s table and among its group's threads; group.live counts those
 * of these that have not ended.
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
	uint64_t gp, tp; /* the program's: gate_call does not save them in the frame */
	uint64_t s[12];
};

/*
 * Floating-point registers, in the layout in which tracers and core files show them, too:
 * NT_PRFPREG.
 */
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
	uint32_t id;	 /* tgid */
	uint64_t serial; /* its leader's */
	uint32_t pgid, sid;
	struct hashed by_pgid, by_sid; /* in pgrp.c's tables */
	uint64_t told;	  /* signal_pgrp.c's: the number of the last message to its process group that it got */
	uint64_t checked; /* orphans.c's: the number of the last look at its process group */
	struct task *leader;
	struct list threads; /* tasks, by task.thread */
	uint32_t live;	     /* how many threads have not ended */
	uint32_t to_kill;    /* how many at the beginning of `threads` are still to be killed: group_kill() */
	/*
	 * Held by a thread that gives itself or others filters, makes a task, or ends the others to
	 * execute a program. So while TSYNC goes from thread to thread none is added, and none
	 * changes its filters. [cred_guard_mutex, siglock]
	 */
	struct mutex threads_lock;
	struct group *parent;
	struct list children; /* groups, linked by group.sibling; zombies too */
	struct list sibling;
	struct waitq child_event;  /* what wait4 sleeps on: a child ended, stopped or continued */
	uint32_t exit_signal;	   /* sent to the parent when the last thread ends; SIGCHLD after fork */
	bool exiting;		   /* exit_group, exec or a fatal signal is ending the threads */
	uint32_t exit_status;	   /* the wait status, once it is exiting or has ended */
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
	int posix_timer_id;	  /* the id that the next one gets */
	struct cpu_timer {	  /* ITIMER_VIRTUAL and ITIMER_PROF, on the processor time of the group */
		uint64_t expires; /* 0: off */
		uint64_t interval;
	} cpu_timer[2];
	struct usage child_usage; /* of children that were waited for */
	struct usage usage;	  /* of threads that have ended, and of address spaces that were given up */
	uint64_t child_time;	  /* processor time of children that were waited for, ns */
	uint64_t time;		  /* processor time of threads that have ended, ns */
	struct cpu_shown shown;	  /* of all threads' processor time */
	/*
	 * A fault or the like (SIGSEGV, SIGSYS ...) was forced on this process. Then a default
	 * action ends it even if it is the first process of a pid namespace, which other signals do
	 * not kill.
	 */
	bool mortal;
	bool subreaper;				  /* adopts its descendants' orphans [PR_SET_CHILD_SUBREAPER] */
	bool exec_done;				  /* has executed a program since it was made: setpgid is EACCES then */
	struct task *exec;			  /* the thread whose execve waits for the others to end, or NULL */
	struct waitq exec_event;		  /* where that thread sleeps */
	struct pidref *pidref;			  /* what its pidfds refer to (pidfd.h), or NULL */
	int16_t oom_score_adj, oom_score_adj_min; /* set through /proc, copied by fork */
	uint16_t core_filter;			  /* /proc/PID/coredump_filter XOR CORE_FILTER; copied by fork, too */
	/*
	 * kernel/linux/tty's: see tty_take(); and the foreground of a terminal that was hung up, or
	 * 0
	 */
	uint64_t tty_taking;
	uint32_t tty_old_pgrp;
	struct rlimit64 limits[RLIM_NLIMITS];
};

/* Inherited, but for SCHED_RESET_ON_FORK. */
struct niceness {
	int32_t value; /* -20 to 19 */
	int32_t more;  /* ns by which turns are longer (shorter, if negative); 0 where a policy has no turns */
};

/* A thread. [task_struct] */
struct task {
	uint32_t tid;
	uint64_t serial;     /* a number that is never used again; of a leader, its group's */
	uint32_t parent_tid; /* the thread that made it */
	char comm[16];
	struct group *group;
	struct list thread; /* group->threads */
	struct list all;    /* every task there is */
	struct list hash;   /* in task_find()'s table */

	/* what it may share with others */
	struct mm *mm; /* NULL: a kernel thread */
	struct files *files;
	struct fs *fs;
	struct sighand *sighand;
	struct pidns *pidns;	      /* the pid namespace that it lives in; NULL: the initial one; one reference */
	struct pidns *pidns_children; /* the one that its children will live in; NULL: the initial one; one reference */
	struct ns *ns[NS_KINDS];      /* of the other kinds; NULL: the initial ones; one reference each */
	struct userns *userns;	      /* where its capabilities count; NULL: the initial one; one reference */
	struct cred cred;
	struct user *user; /* cred.uid's, among whose threads it counts; one reference; NULL without kernel/linux/ids */
	bool nproc_exceeded; /* its user had too many when it became this user's; execve looks again [PF_NPROC_EXCEEDED] */
	struct sem_undos *sem_undos; /* semaphore operations that are undone when it ends; NULL: none */
	struct tracer *tracer;	     /* while it is traced; else NULL */

	/* seccomp */
	int seccomp_mode;      /* SECCOMP_MODE_*; SECCOMP_MODE_DEAD: a filter has killed it */
	struct filter *filter; /* the newest of its stack, one reference; NULL: it has none */
	struct gate *gate;     /* one reference; hart.gate points to its entries while the task runs */
	bool no_new_privs;
	uint64_t seccomp_self; /* its number as the owner of SELF filters; 0 until it installs one; never inherited */

	/* running */
	enum task_state state;
	enum wait_how sleep_how;
	/* A queue on which it waits was woken, whether it slept or not; cleared by the waiter. */
	bool look_again;
	struct list run;     /* on the run queue; this field and the next three are runqueue.c's */
	struct share *share; /* in which it waits */
	int64_t turn_left;   /* ns */
	bool in_front;	     /* it slept, so it waits in share->front */
	uint32_t policy;     /* SCHED_*, maybe with SCHED_RESET_ON_FORK; inherited, as nice */
	uint8_t rt_priority; /* priority under a real-time policy, else 0 */
	struct niceness nice;
	void (*start)(void *arg); /* the function with which it begins, and its argument */
	void *start_arg;
	struct trapframe *frame; /* at the top of its kernel stack */
	uint8_t *stack;		 /* kernel stack, TASK_STACK_SIZE bytes above a guard page */
	struct context context;
	struct fp_state fp;
	uint64_t time;	  /* processor time, in ns; the current turn is not counted yet */
	uint64_t sampled; /* what of it ticks have charged to the user or to the kernel: see cputime.h */
	struct cpu_shown shown;
	uint64_t reported; /* number of the event record about the current call, plus 1; 0: none */

	/* signals */
	uint64_t blocked;	/* the signal mask */
	uint64_t saved_blocked; /* of sigsuspend, ppoll and the like: the mask that was before the call */
	bool restore_blocked;	/* saved_blocked is to be restored, after the handler if there is one */
	bool signal_work;	/* must look at signals before it goes to user mode; HART_SIGNAL while it runs */
	bool exiting;		/* is in task_exit() and takes no signals any more */
	uint64_t real_blocked;	/* of rt_sigtimedwait: signals that count as blocked, though `blocked` lacks them */
	uint32_t jobctl;	/* JOBCTL_* */
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
	uint64_t timer_slack, default_timer_slack; /* by how many ns a sleep may end later */
	uint64_t robust_list;			   /* user address of its list of robust mutexes; 0: none */
	struct waitq *vfork_done;		   /* where the parent waits whom vfork has suspended; NULL: nobody */

	uint32_t personality; /* inherited by fork */
};

/* Does the current task have a signal that it must look at? */
static inline bool signal_pending(void)
{
	return current->signal_work;
}

/* Does it have a signal that ends it? */
static inline bool signal_pending_fatal(void)
{
	return (current->pending.set & SIGMASK(SIGKILL)) != 0;
}

#define SECCOMP_MODE_DEAD 3 /* Linux's own, which no program can set */
#define CORE_FILTER 0x33    /* [MMF_DUMP_FILTER_DEFAULT] */
#define TASK_ID_MAX 32768U  /* ids are below it [PID_MAX_DEFAULT] */
#define TASKS_MAX 8192U	    /* how many there may be, as on a Linux with 1 GiB [kernel.threads-max] */

/* ---- task.c: making, finding and freeing tasks and groups ---- */

/* New ids are below it; it is at most TASK_ID_MAX. [kernel.pid_max] */
extern uint32_t task_id_max;

/*
 * Makes a task that runs FN(ARG) in the kernel once sched_wake() is called: in group G or, if G is
 * NULL, as the leader of a new one. It has an id and a stack, but no mm, files and so on. Nobody
 * can find it before task_add(). NULL: no memory, no free id, or TASKS_MAX tasks.
 */
[[nodiscard]] struct task *task_create(struct group *g, void (*fn)(void *arg), void *arg);
/*
 * Makes T known: to task_find(), among its group's threads and, if T is the leader, its group among
 * PARENT's children.
 */
void task_add(struct task *t, struct group *parent);
/* Frees T, which was never added, or was removed; it is not the current task. */
void task_free(struct task *t);
/*
 * Takes T, which has ended, off every list. If it was the group's last thread, the caller must call
 * group_free(), too.
 */
void task_remove(struct task *t);
/* Takes a group without threads off its parent's list, and frees it. */
void group_free(struct group *g);
/*
 * For execve: makes T, which is current, the leader of its group, with that id. The old one is
 * freed.
 */
void task_take_leader_id(struct task *t);
/* The task whose thread id is TID, or NULL. */
struct task *task_find(uint32_t tid);
/*
 * The task with the lowest id from MIN on: for a loop over all tasks that lets others run. NULL:
 * there is none, or a fatal signal is pending.
 */
struct task *task_next(uint32_t min);
/* The group whose id is TGID, or NULL. */
struct group *group_find(uint32_t tgid);
extern struct list task_all; /* all tasks, linked by task.all */
uint32_t task_count(void);   /* how many tasks there are */
/* Where the id that was given last is kept; CHANGE: the caller writes another there. */
uint32_t *task_last_id(bool change);
/* For panics: prints the current task and its last call, in one line. */
void task_describe(void);
/* Pid 1, which adopts orphans. */
extern struct group *group_init;
/*
 * Stores in the hart page what quick handlers (getpid, gettid, getppid) return for the current
 * task. Called after any change of ids or parents, and at every switch. The quick path is for tasks
 * in the initial pid namespace, where an id is the number that programs see.
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
 * Have all threads of G ended, and is its leader the only one left? A thread that has ended stays
 * until its tracer has seen that; G's parent is told only afterwards.
 */
static inline bool group_is_over(const struct group *g)
{
	return g->live == 0 && g->threads.next == g->threads.prev;
}
/* Has T ended, or begun to? */
static inline bool task_has_ended(const struct task *t)
{
	return t->state == TASK_ZOMBIE || t->state == TASK_DEAD || t->exiting;
}
/* Loops over the threads of group G, and over its children. They may not give way. */
#define group_for_each_thread(t, g)            \
	list_for_each(t##_link, &(g)->threads) \
		for (struct task *t = container_of(t##_link, struct task, thread); t != NULL; t = NULL)
#define group_for_each_child(c, g)              \
	list_for_each(c##_link, &(g)->children) \
		for (struct group *c = container_of(c##_link, struct group, sibling); c != NULL; c = NULL)

/*
 * The device number of the controlling terminal of G, with its foreground process group in *PGRP; 0
 * and -1: there is none. session_on_terminal(), at boot: FN knows.
 */
uint64_t session_terminal(const struct group *g, int *pgrp);
void session_on_terminal(uint64_t (*fn)(const struct group *g, int *pgrp));

/* ---- sched.c ---- */

void sched_wake(struct task *t);      /* makes T runnable, on whatever it slept */
void sched_yield(void);		      /* gives up the rest of the turn; returns at once if no other task waits */
void sched_preempt(void);	      /* lets others run that come first, and keeps the rest of the turn */
void sched_switch_away(void);	      /* sleeps: the caller has set current->state; returns when woken */
void sched_tick(void);		      /* called by the timer interrupt at the end of a turn */
void sched_on_tick(void (*fn)(void)); /* at boot: sched_tick() calls FN, too */
/*
 * Long work that comes up where the kernel cannot give way is put off. sched_put_off() asks for it;
 * sched_free() does it, piece by piece, and gives way between pieces: on the way to user mode, and
 * when a task ends. The idle loop does pieces, too. The work is to wake waiters that were left for
 * later (waitq_wake_late()), and what FN does, which is set at boot: a piece at each call; false:
 * there is none left.
 */
void sched_on_free(bool (*fn)(void));
void sched_put_off(void);
void sched_free(void);
uint64_t sched_current_time(void); /* how long the current task has run up to now, in ns */
extern uint64_t sched_idle_time;   /* how long no task ran, in ns */
void sched_begin(void);		   /* called first by a new task on its own stack */
/* T's policy, without the flag that a fork resets it. */
static inline uint32_t task_policy(const struct task *t)
{
	return t->policy & ~(uint32_t)SCHED_RESET_ON_FORK;
}

/*
 * Called in loops whose length a program chooses, where the caller could as well sleep. Serves
 * interrupts, and lets another task run if it is that task's turn. True: a fatal signal is pending,
 * so the loop should end if it can. Does nothing at boot, before there are tasks.
 */
bool sched_give_way(void);
/*
 * Counts WORK, in bytes, in *DONE (0 at first), and does the same for each 64 KiB. A short step
 * that moves no bytes counts as SCHED_STEP. After giving way, *DONE is 0.
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
