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

#include "wait.h"

#define TTY_BUFFER 4096U /* [N_TTY_BUF_SIZE] */

struct tty {
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
};

extern struct tty tty;
extern struct waitq tty_event; /* something came in, or output goes on */
extern uint8_t tty_buffer[TTY_BUFFER];
extern uint8_t tty_ends[TTY_BUFFER / 8]; /* a bit for each place: a line ends here. With '\0' there: an end of file */

/* Special character N. */
static inline uint8_t tty_char(unsigned n)
{
	return tty.termios.c_cc[n];
}

static inline bool tty_canonical(void)
{
	return (tty.termios.c_lflag & ICANON) != 0;
}

/* ---- tty_output.c ---- */

/* N characters to the screen, as c_oflag says; and as they are. */
void tty_output(const uint8_t *s, uint64_t n);
void tty_output_plain(const uint8_t *s, uint64_t n);

/* ---- tty_line.c ---- */

/* C, as if it had been typed. */
void tty_type(uint8_t c);
/* Forgets what was typed. */
void tty_flush_input(void);
/*
 * How many characters a reader may take: up to the end of the first line (its mark of end of
 * file excluded), or all there are.
 */
uint32_t tty_readable(bool *line_end);
/* ICANON was switched. */
void tty_mode_changed(void);

/* ---- tty_job.c ---- */

/*
 * May the current task, if it is in the background, go on? 0; or SIG (SIGTTIN, SIGTTOU) is sent to
 * its group and -ERESTARTSYS; or -EIO. [__tty_check_change]
 */
int tty_check_job(int sig);
/* SIG to everyone in the foreground. */
void tty_signal(int sig);
/* TIOCSCTTY, TIOCNOTTY, TIOCGPGRP, TIOCSPGRP, TIOCGSID. */
long tty_job_ioctl(uint64_t cmd, uint64_t arg);
