/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * termios.h - the terminal's settings, as TCGETS and TCSETS carry them.
 * [asm-generic/termbits.h, asm-generic/termbits-common.h]
 */
#pragma once

#include <stdint.h>

#define NCCS		19

#define VINTR		0
#define VQUIT		1
#define VERASE		2
#define VKILL		3
#define VEOF		4
#define VTIME		5
#define VMIN		6
#define VSWTC		7
#define VSTART		8
#define VSTOP		9
#define VSUSP		10
#define VEOL		11
#define VREPRINT	12
#define VDISCARD	13
#define VWERASE		14
#define VLNEXT		15
#define VEOL2		16

#define IGNBRK		0x001
#define BRKINT		0x002
#define IGNPAR		0x004
#define PARMRK		0x008
#define INPCK		0x010
#define ISTRIP		0x020
#define INLCR		0x040
#define IGNCR		0x080
#define ICRNL		0x100
#define IUCLC		0x200
#define IXON		0x400
#define IXANY		0x800
#define IXOFF		0x1000
#define IMAXBEL		0x2000
#define IUTF8		0x4000

#define OPOST		0x01
#define OLCUC		0x02
#define ONLCR		0x04
#define OCRNL		0x08
#define ONOCR		0x10
#define ONLRET		0x20

#define CBAUD		0x0000100f
#define CBAUDEX		0x00001000
#define BOTHER		0x00001000
#define IBSHIFT		16
#define B38400		0x0000000f
#define B115200		0x00001002
#define CSIZE		0x00000030
#define CS8		0x00000030
#define CREAD		0x00000080
#define PARENB		0x00000100
#define HUPCL		0x00000400
#define CLOCAL		0x00000800

#define ISIG		0x00001
#define ICANON		0x00002
#define XCASE		0x00004
#define ECHO		0x00008
#define ECHOE		0x00010
#define ECHOK		0x00020
#define ECHONL		0x00040
#define NOFLSH		0x00080
#define TOSTOP		0x00100
#define ECHOCTL		0x00200
#define ECHOPRT		0x00400
#define ECHOKE		0x00800
#define FLUSHO		0x01000
#define PENDIN		0x04000
#define IEXTEN		0x08000
#define EXTPROC		0x10000

#define TCIFLUSH	0
#define TCOFLUSH	1
#define TCIOFLUSH	2

#define TCOOFF		0
#define TCOON		1
#define TCIOFF		2
#define TCION		3

#define N_TTY		0

struct termios {
	uint32_t c_iflag;
	uint32_t c_oflag;
	uint32_t c_cflag;
	uint32_t c_lflag;
	uint8_t	 c_line;
	uint8_t	 c_cc[NCCS];
};

_Static_assert(sizeof(struct termios) == 36, "uapi layout");

struct termios2 {
	uint32_t c_iflag;
	uint32_t c_oflag;
	uint32_t c_cflag;
	uint32_t c_lflag;
	uint8_t	 c_line;
	uint8_t	 c_cc[NCCS];
	uint32_t c_ispeed;
	uint32_t c_ospeed;
};

#define NCC		8

struct termio {
	uint16_t c_iflag;
	uint16_t c_oflag;
	uint16_t c_cflag;
	uint16_t c_lflag;
	uint8_t	 c_line;
	uint8_t	 c_cc[NCC];
};
