/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_line.h - what the parts of the terminal share: its state, the line discipline, job control.
 * Only for tty*.c and pty.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ioctl.h>
#include <abi/termios.h>

#include "list.h"
#include "wait.h"

struct file;
struct group;

#define TTY_BUFFER 4096U /* [N_TTY_BUF_SIZE] */

struct tty;

/* What is behind a terminal: the console, or a pair's master. None of these functions sleeps. */
struct tty_driver {
	/* Shows N characters as they are. Those for which there is no room are lost. */
	void (*write)(struct tty *t, const uint8_t *s, uint64_t n);
	/* Shows a newline; MAP: with a carriage return before it. */
	void (*newline)(struct tty *t, bool map);
	/* How many characters write() has room for. */
	uint64_t (*room)(const struct tty *t);
	/* Gives the input that has arrived to the line discipline. */
	void (*pull)(struct tty *t);
	/* Called when the terminal is opened as F: 0 or -errno; when F is closed. May be NULL. */
	int (*opened)(struct tty *t, struct file *f);
	void (*closed)(struct tty *t);
	uint32_t never, always; /* flags of c_cflag that are never set, and always */
};

/* A terminal, as the programs that use it see it. */
struct tty {
	struct list all; /* tty_all */
	const struct tty_driver *driver;
	uint64_t rdev;
	struct waitq event; /* woken when input came or was taken, or output can go on */
	uint64_t hangups;   /* how many; a file whose pos, set when it was opened, is smaller was hung up */
	struct termios termios;
	uint32_t speed[2]; /* of input and of output, in baud: what termios2 has more than termios */
	struct winsize winsize;
	uint32_t sid, pgrp;   /* the session it controls (0: none) and the process group in the foreground */
	uint64_t taking;      /* the number of the last time that a session took it: group.tty_taking */
	bool stopped;	      /* output was stopped, by Ctrl-S or TCOOFF */
	bool tco_stopped;     /* by TCOOFF: only TCOON lets it go on */
	bool exclusive;	      /* TIOCEXCL: it can be opened with CAP_SYS_ADMIN only */
	bool literal;	      /* after Ctrl-V: the next character is not special */
	unsigned column;      /* where the cursor is */
	unsigned line_column; /* the column where the typed line begins */
	/*
	 * The input, a ring; positions only grow. From tail to canon are whole lines, from canon to
	 * head the line that is still edited.
	 */
	uint32_t head, canon, tail;
	uint64_t last; /* time of the last character */
	uint8_t buffer[TTY_BUFFER];
	uint8_t ends[TTY_BUFFER / 8]; /* a bit for each place: a line ends there, or with '\0', the file */
};

extern struct list tty_all;
extern const struct termios tty_initial; /* [tty_std_termios] */

/* ---- tty.c ---- */

/* Makes T, which is all zero, a terminal of DRIVER with device number RDEV. */
void tty_create(struct tty *t, const struct tty_driver *driver, uint64_t rdev);
/* Makes F an open file of T: 0, -EBUSY (TIOCEXCL), or the driver's error. */
[[nodiscard]] int tty_attach(struct tty *t, struct file *f);
/* Hangs up T's open files, and discards the input: reads of them return 0, writes -EIO. */
void tty_hang_up(struct tty *t);
/*
 * Serves ioctl(2) on T through its open file F; MASTER: F is the master of its pair. -ENOTTY: CMD
 * is none of a terminal's.
 */
[[nodiscard]] long tty_ioctl_on(struct tty *t, const struct file *f, uint64_t cmd, uint64_t arg, bool master);

/* T's special character N. */
static inline uint8_t tty_char(const struct tty *t, unsigned n)
{
	return t->termios.c_cc[n];
}

static inline bool tty_canonical(const struct tty *t)
{
	return (t->termios.c_lflag & ICANON) != 0;
}

/* Lets output go on, unless it was stopped by TCOOFF. [start_tty] */
static inline void tty_start(struct tty *t)
{
	t->stopped = t->tco_stopped;
}

/* ---- tty_settings.c ---- */

/*
 * Copy the settings of T out, and set them, as CMD says: TCGETS, TCGETS2, TCGETA; TCSETS, TCSETSW
 * and so on. 0, -EFAULT; tty_settings_set() also tty_check_job()'s. -ENOTTY: CMD is another.
 */
[[nodiscard]] long tty_settings_get(const struct tty *t, uint64_t cmd, uint64_t arg);
[[nodiscard]] long tty_settings_set(struct tty *t, uint64_t cmd, uint64_t arg);
/* Sets the speeds of T as its c_cflag says. */
void tty_settings_init(struct tty *t);

/* ---- tty_output.c ---- */

/*
 * Show N characters: tty_output() changed as c_oflag says, tty_output_plain() as they are. Those
 * for which the driver has no room are lost.
 */
void tty_output(struct tty *t, const uint8_t *s, uint64_t n);
void tty_output_plain(struct tty *t, const uint8_t *s, uint64_t n);

/* ---- tty_line.c ---- */

/*
 * Does tty_type() take another character? Not if the buffer is full and a reader can make room. If
 * it is full of a line that has not ended, further characters are taken and dropped, so that the
 * line can still be ended.
 */
bool tty_has_room(const struct tty *t);
/* Types C, which is lost if there is no room. The caller must wake T's event. */
void tty_type(struct tty *t, uint8_t c);
/* Discards the input. */
void tty_flush_input(struct tty *t);
/*
 * How many characters a reader may take: in canonical mode those of the first line, without an
 * end-of-file mark; else all. *PLACES: how many they are in the buffer, with such a mark. If that
 * is not 0, no characters mean the end of the file.
 */
uint32_t tty_readable(struct tty *t, uint32_t *places);
/* How many characters there are to read, without the end-of-file marks among them. [inq_canon] */
uint32_t tty_queued(const struct tty *t);
/* Called after ICANON was changed: what was typed before can be read. [n_tty_set_termios] */
void tty_mode_changed(struct tty *t);

/* ---- tty_job.c ---- */

/*
 * May the current task read from T (SIG is SIGTTIN), or write to it or change it (SIGTTOU)? 0. If
 * it is in the background, its process group is sent SIG instead: -ERESTARTSYS. -EIO: the group is
 * orphaned, or the task blocks or ignores SIGTTIN. [__tty_check_change]
 */
[[nodiscard]] int tty_check_job(struct tty *t, int sig);
/* The controlling terminal of G, or NULL. */
struct tty *tty_controlling(const struct group *g);
/*
 * T controls the session of G, its leader, from now on, with G's process group in the foreground.
 * It is the controlling terminal of G, and of what G forks: not of those who are in the session
 * already.
 */
void tty_take(struct tty *t, struct group *g);
/*
 * T controls no session any more, and the session's leader gets SIGHUP and SIGCONT.
 * [tty_signal_session_leader]
 */
void tty_session_hang_up(struct tty *t);
/* Sends SIG to the foreground process group. */
void tty_signal(struct tty *t, int sig);
/* As tty_ioctl_on(): TIOCSCTTY, TIOCNOTTY, TIOCGPGRP, TIOCSPGRP and TIOCGSID. */
[[nodiscard]] long tty_job_ioctl(struct tty *t, const struct file *f, uint64_t cmd, uint64_t arg, bool master);
