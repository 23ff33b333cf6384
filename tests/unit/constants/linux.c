/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linux.c - names.def as Linux's exported riscv64 headers define it.
 *
 * Compiled for the host with -I/usr/riscv64-linux-gnu/include (Debian's
 * linux-libc-dev-riscv64-cross) and no C library: the layouts are the same on
 * any 64-bit little-endian machine. The defines below are our names for what
 * Linux calls otherwise in user space.
 */
#include "constants.h"

#define _UNISTD_H 1 /* linux/shm.h asks for the C library's header, which has nothing of its own */
#define ULONG_MAX UINT64_MAX
#define _SYS_SOCKET_H 1 /* linux/if.h, too, which needs no more of it than this */
struct sockaddr {
	unsigned short sa_family;
	char sa_data[14];
};

#include <stddef.h>
#include <stdint.h>

#undef __GLIBC__	/* or <linux/stat.h> leaves S_IFMT and kin to the C library */
#undef __x86_64__	/* or <linux/eventpoll.h> packs struct epoll_event */

#include <asm/hwcap.h>
#include <asm/ptrace.h>
#include <asm/signal.h>
#include <asm/siginfo.h>
#include <asm/sigcontext.h>
#include <asm/socket.h>
#include <asm/stat.h>
#include <asm/statfs.h>
#include <asm/termbits.h>
#include <asm/termios.h>
#include <linux/tty.h>
#include <asm/ucontext.h>
#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/auxvec.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/eventpoll.h>
#include <linux/fadvise.h>
#include <linux/falloc.h>
#include <linux/fcntl.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inotify.h>
#include <linux/ioctl.h>
#include <linux/ipc.h>
#include <linux/ipv6.h>
#include <linux/kcmp.h>
#include <linux/limits.h>
#include <linux/magic.h>
#include <linux/membarrier.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/mqueue.h>
#include <linux/msg.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/openat2.h>
#include <linux/personality.h>
#include <linux/poll.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/reboot.h>
#include <linux/resource.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/seccomp.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <linux/securebits.h>
#include <linux/signal.h>
#include <linux/signalfd.h>
#include <linux/stat.h>
#include <linux/sysinfo.h>
#include <linux/tcp.h>
#include <linux/time.h>
#include <linux/timex.h>
#include <linux/time_types.h>
#include <linux/timerfd.h>
#include <linux/uio.h>
#include <linux/un.h>
#include <linux/utsname.h>
#include <linux/wait.h>
#include <linux/xattr.h>

/* Newer headers do not count the calls: what those of Linux 6.1 say. */
#ifndef __NR_syscalls
#define __NR_syscalls		451
#endif

#define kernel_sigaction	sigaction
#define si_timer_value		_sifields._timer._sigval
#define si_child_pid		_sifields._sigchld._pid
#define si_child_uid		_sifields._sigchld._uid

const struct constant linux_has[] = {
#define N(x) { #x, (unsigned long long)(x) },
#define LIBC(x)
#define ALONE(x, value) { #x, (unsigned long long)(value) },
#include "names.def"
	{ 0, 0 }
};
