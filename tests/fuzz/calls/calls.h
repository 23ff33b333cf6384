/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls.h - the fuzzer of system calls, a program for the kernel: what its files share. main.c
 * has the whole.
 */
#pragma once

#include <stdbool.h>

#include "../../guest/files.h"

/*
 * Where a worker's memory lies. All of it is mapped at one address in every worker, and may be
 * unmapped by a call.
 */
#define DATA 0x10000000UL /* private, can be written; nothing is mapped behind it */
#define DATA_SIZE 0x10000UL
#define SHARED 0x20000000UL /* shared with all workers */
#define SHARED_SIZE 0x4000UL
#define READ_ONLY 0x30000000UL	 /* a page */
#define NO_ACCESS 0x31000000UL	 /* a page */
#define FILE_BACKED 0x40000000UL /* two pages of a file that has one */
#define PLACES 0x50000000UL	 /* for mmap() and kin: nothing, at first */
#define PLACES_SIZE 0x100000UL
#define CONTROL 0x60000000UL /* struct control */
#define STACKS 0x70000000UL  /* of workers that share memory */
#define STACK_SIZE 0x4000UL
#define STACK_COUNT 32

#define LEADERS_PRIORITY 98

/* PID, or the caller (0), runs before others, also real-time workers; its children do not. */
static inline void put_first(long pid, int priority)
{
	raw(SYS_sched_setscheduler, pid, SCHED_FIFO | SCHED_RESET_ON_FORK, (long)&priority, 0, 0, 0);
}

/* Of a round; all its workers see it, and main.c. */
struct control {
	volatile long left;	 /* calls still to be made */
	volatile long made;	 /* calls made */
	volatile long tasks;	 /* processes and threads made */
	volatile long bound;	 /* the round is under the filter of the leader */
	volatile uint32_t seeds; /* handed out to workers */
};

static inline struct control *control(void)
{
	return (struct control *)CONTROL;
}

/* A source of choices: a worker's own. */
struct fuzz {
	uint64_t state;
	unsigned long room; /* where in DATA the next structure goes */
	int last;	    /* the last descriptor that a call gave */
	int held;	    /* the one that most calls are to be about; -1: none */
};

/* values.c: numbers below N; true once in N. */
void fuzz_seed(struct fuzz *f, uint64_t seed);
uint32_t any(struct fuzz *f, uint32_t n);
bool once_in(struct fuzz *f, uint32_t n);

/*
 * What an argument is. Each kind is a function of values.c or shapes.c, or a list of flags or of
 * numbers in lists.c.
 */
enum kind {
	NONE, /* 0 */
#define KIND(name) name,
#include "kinds.def"
#undef KIND
	KINDS,
};

/*
 * The value of an argument of this kind, which may be a pointer into DATA to a structure made for
 * it.
 */
long value(struct fuzz *f, enum kind kind);

/*
 * values.c: a pointer, good or bad; a descriptor; room for a structure, filled with words of all
 * sorts.
 */
long pointer(struct fuzz *f);
long word(struct fuzz *f);
void *room(struct fuzz *f, size_t size);
long size_of_any(struct fuzz *f);

/*
 * lists.c: a member of the list that KIND is, or several, one or-ed to the other; false if it is
 * none.
 */
bool listed(struct fuzz *f, enum kind kind, long *value);

/*
 * paths.c: of a file, or of none; of one in /dev or /proc; of a folder that something can be
 * mounted on.
 */
long path(struct fuzz *f);
long special_file(struct fuzz *f);
long place_of_mount(struct fuzz *f);

/*
 * shapes.c: the structure that KIND is; false if it is none. 64 words of all sorts; a vector of 8
 * buffers, at AT.
 */
bool shaped(struct fuzz *f, enum kind kind, long *value);
uint64_t *words_of(struct fuzz *f);
long pieces(struct fuzz *f, uint64_t *at);

/* sockets.c: an address, at AT; its size goes to *SIZE. A struct msghdr. */
long socket_name(struct fuzz *f, void *at, uint64_t *size);
long socket_message(struct fuzz *f);

/* A call and its arguments; how often it is made beside others. */
struct row {
	uint16_t nr;
	uint8_t weight;
	uint8_t arguments[6];
	bool opens; /* its result is a new descriptor */
};

/* rows.c: one of all, by weight. */
const struct row *any_row(struct fuzz *f);

/* worker.c: makes the call with arguments as it has them, unless the round has had enough. */
void call(struct fuzz *f, const struct row *r);

/* sequences.c: several calls. */
void sequence(struct fuzz *f);

/*
 * worker.c: calls until there are enough; what it calls execve() with itself with: a few calls
 * more. Neither comes back.
 */
_Noreturn void work(uint64_t seed);
_Noreturn void go_on(void);
void map_memory(void);

/*
 * leader.c: a round of CALLS, by its seed; does not come back. FD is the file that struct control
 * is in.
 */
_Noreturn void lead(uint64_t seed, long calls, int fd);

/*
 * Whether the round of this seed is under refused.c's filter. main.c does not ask struct control: a
 * worker may have written over it.
 */
bool is_bound(uint64_t seed);

/*
 * refused.c: installs a filter; makes one of four calls that it refuses; what ran all the same,
 * or NULL.
 */
#define FOLDER_OF_ROUNDS "/tmp/fuzz/calls"
bool refuse(void);
void try_refused(unsigned which);
const char *has_run(void);
