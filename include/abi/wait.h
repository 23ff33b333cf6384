/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.h - the options of wait4 and waitid, and the wait status word.
 *
 * The status is code << 8 after exit(code), signal | 0x80 if a core was dumped
 * after death, signal << 8 | 0x7f when stopped, 0xffff when continued.
 * [linux/wait.h]
 */
#pragma once

#define WCOREFLAG	0x80

#define WNOHANG		0x00000001
#define WUNTRACED	0x00000002
#define WSTOPPED	WUNTRACED
#define WEXITED		0x00000004
#define WCONTINUED	0x00000008
#define WNOWAIT		0x01000000
#define __WNOTHREAD	0x20000000
#define __WALL		0x40000000
#define __WCLONE	0x80000000

#define P_ALL		0
#define P_PID		1
#define P_PGID		2
#define P_PIDFD		3
