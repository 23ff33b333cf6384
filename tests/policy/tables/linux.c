/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linux.c - the constants of policy/constants.def as Linux's exported riscv64 headers define them.
 *
 * Compiled for the host, without a C library, with -isystem
 * /usr/riscv64-linux-gnu/include (Debian's linux-libc-dev-riscv64-cross): numbers and
 * structures are the same on any 64-bit little-endian machine.
 */
#include "tables.h"

#undef __GLIBC__  /* or <linux/stat.h> leaves S_IFMT and kin to the C library */
#undef __x86_64__ /* or <linux/eventpoll.h> packs struct epoll_event */

#include <stddef.h>
#include <stdint.h>
#include <asm/signal.h>
#include <asm/siginfo.h>
#include <asm/socket.h>
#include <asm/stat.h>
#include <asm/statfs.h>
#include <asm/termbits.h>
#include <asm/termios.h>
#include <asm/ioctls.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/bpf_common.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/eventpoll.h>
#include <linux/fadvise.h>
#include <linux/falloc.h>
#include <linux/fiemap.h>
#include <linux/fanotify.h>
#include <linux/fcntl.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/futex.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inotify.h>
#include <linux/ioctl.h>
#include <linux/ioprio.h>
#include <linux/io_uring.h>
#include <linux/ipc.h>
#include <linux/kcmp.h>
#include <linux/kexec.h>
#include <linux/keyctl.h>
#include <linux/kvm.h>
#include <linux/landlock.h>
#include <linux/limits.h>
#include <linux/loop.h>
#include <linux/magic.h>
#include <linux/membarrier.h>
#include <linux/memfd.h>
#include <linux/mempolicy.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/msg.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/personality.h>
#include <linux/pidfd.h>
#include <linux/poll.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/quota.h>
#include <linux/random.h>
#include <linux/reboot.h>
#include <linux/resource.h>
#include <linux/rseq.h>
#include <linux/rtc.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <linux/sem.h>
#include <linux/signal.h>
#include <linux/signalfd.h>
#include <linux/sockios.h>
#include <linux/stat.h>
#include <linux/swab.h>
#include <linux/tcp.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/timerfd.h>
#include <linux/timex.h>
#include <linux/tty_flags.h>
#include <linux/udp.h>
#include <linux/uio.h>
#include <linux/userfaultfd.h>
#include <linux/utsname.h>
#include <linux/version.h>
#include <linux/vhost.h>
#include <linux/wait.h>
#include <linux/xattr.h>

const struct value linux_has[] = {
#define C(name, value) { #name, (unsigned long long)(name) },
#define LIBC(name, value)
#define NEWER(name, value, since)
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define GONE(name, value) { #name, (unsigned long long)(name) },
#else
#define GONE(name, value)
#endif
#include "constants.def"
	{ NULL, 0 }
};
