/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_line.h - what the parts of the terminal share: its state, the line discipline,
 * job control. For tty*.c alone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ioctl.h>
#include <abi/termios.h>

#include "list.h"
#include "wait.h"

struct file;

#define TTY_BUFFER 4096U /* [N_TTY_BUF_SIZE] */

struct tty;

/* What is behind a terminal: the console, or the other half of a pair. Nothing here sleeps. */
struct tty_driver {
	/* N characters to the screen, as they are: what there is no room for is lost. */
	void (*write)(struct tty *t, const uint8_t *s, uint64_t n);
	/* The end of a line; MAP: with a carriage return. */
	void (*newline)(struct tty *t, bool map);
	/* For how many characters there is room. */
	uint64_t (*room)(const struct tty *t);
	/* Takes what has come in through the line discipline. */
	void (*pull)(struct tty *t);
	/* An opening F of the terminal begins: 0 or -errno; ends. NULL: nothing to do. */
	int (*opened)(struct tty *t, struct file *f);
	void (*closed)(struct tty *t);
};

/* A terminal, as programs in front of it see it. */
struct tty {
	struct list all; /* tty_all */
	const struct tty_driver *driver;
	uint64_t rdev;
	struct waitq event; /* something came in, or was taken, or output goes on */
	uint64_t hangups;   /* openings from before the last one see a terminal that is gone: their pos is smaller */
	struct termios termios;
	struct winsize winsize;
	uint32_t sid, pgrp;   /* the session it controls (0: none) and the process group in the foreground */
	bool stopped;	      /* output, by Ctrl-S */
	bool literal;	      /* the next character has no meaning (Ctrl-V) */
	unsigned column;      /* of the output */
	unsigned line_column; /* where the line that is being typed began */
	/*
	 * Input: a ring, positions count for ever. From tail to canon: whole lines;
	 * from canon to head: still edited.
	 */
	uint32_t head, canon, tail;
	uint64_t last; /* when the last character came */
	uint8_t buffer[TTY_BUFFER];
	uint8_t ends[TTY_BUFFER / 8]; /* a bit for each place: a line ends here. With '\0' there: an end of file */
};

extern struct list tty_all;
extern const struct termios tty_initial; /* [tty_std_termios] */

/* ---- tty.c ---- */

/* T, all zero, is made a terminal of DRIVER with device number RDEV. */
void tty_create(struct tty *t, const struct tty_driver *driver, uint64_t rdev);
/* F becomes an opening of T: 0, or what the driver says. */
[[nodiscard]] int tty_attach(struct tty *t, struct file *f);
/* The openings that T has are of a terminal that is gone: reads end, writes are -EIO. */
void tty_hang_up(struct tty *t);
/* What a program asks of T; MASTER: from its other side. As file_ops.ioctl. */
[[nodiscard]] long tty_ioctl_on(struct tty *t, uint64_t cmd, uint64_t arg, bool master);

/* Special character N. */
static inline uint8_t tty_char(const struct tty *t, unsigned n)
{
	return t->termios.c_cc[n];
}

static inline bool tty_canonical(const struct tty *t)
{
	return (t->termios.c_lflag & ICANON) != 0;
}

/* ---- tty_output.c ---- */

/* N characters to the screen, as c_oflag says; and as they are. */
void tty_output(struct tty *t, const uint8_t *s, uint64_t n);
void tty_output_plain(struct tty *t, const uint8_t *s, uint64_t n);

/* ---- tty_line.c ---- */

/*
 * Is there room for one more character? Whole lines that nobody reads stay where they are, and
 * so does what comes behind them.
 */
bool tty_has_room(const struct tty *t);
/* C, as if it had been typed; lost when there is no room. The caller wakes T's event. */
void tty_type(struct tty *t, uint8_t c);
/* Forgets what was typed. */
void tty_flush_input(struct tty *t);
/*
 * How many characters a reader may take: up to the end of the first line (its mark of end of
 * file excluded), or all there are.
 */
uint32_t tty_readable(struct tty *t, bool *line_end);
/* ICANON was switched. */
void tty_mode_changed(struct tty *t);

/* ---- tty_job.c ---- */

/*
 * May the current task, if it is in the background, go on? 0; or SIG (SIGTTIN, SIGTTOU) is sent to
 * its group and -ERESTARTSYS; or -EIO. [__tty_check_change]
 */
[[nodiscard]] int tty_check_job(struct tty *t, int sig);
/* The terminal that controls session SID, or NULL. */
struct tty *tty_controlling(uint32_t sid);
/* T controls SID from now on, with PGRP in the foreground; 0: nobody. */
void tty_set_session(struct tty *t, uint32_t sid, uint32_t pgrp);
/* Whoever is in the foreground hears that the terminal goes; it controls nobody any more. */
void tty_session_let_go(struct tty *t);
/* The same, but it is the session's leader who hears of it. [__tty_hangup] */
void tty_session_hang_up(struct tty *t);
/* SIG to everyone in the foreground. */
void tty_signal(struct tty *t, int sig);
/* TIOCSCTTY, TIOCNOTTY, TIOCGPGRP, TIOCSPGRP, TIOCGSID. */
[[nodiscard]] long tty_job_ioctl(struct tty *t, uint64_t cmd, uint64_t arg, bool master);
