/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ours.c - names.def as include/abi defines it.
 */
#include "constants.h"

#include <abi/audit.h>
#include <abi/auxvec.h>
#include <abi/bpf.h>
#include <abi/capability.h>
#include <abi/elf.h>
#include <abi/epoll.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/fs.h>
#include <abi/futex.h>
#include <abi/hwprobe.h>
#include <abi/in.h>
#include <abi/inotify.h>
#include <abi/ioctl.h>
#include <abi/ipc.h>
#include <abi/kcmp.h>
#include <abi/memfd.h>
#include <abi/mqueue.h>
#include <abi/mman.h>
#include <abi/mount.h>
#include <abi/netlink.h>
#include <abi/openat2.h>
#include <abi/personality.h>
#include <abi/poll.h>
#include <abi/prctl.h>
#include <abi/ptrace.h>
#include <abi/random.h>
#include <abi/reboot.h>
#include <abi/resource.h>
#include <abi/rseq.h>
#include <abi/sched.h>
#include <abi/seccomp.h>
#include <abi/signal.h>
#include <abi/socket.h>
#include <abi/splice.h>
#include <abi/stat.h>
#include <abi/syscall.h>
#include <abi/sysinfo.h>
#include <abi/termios.h>
#include <abi/time.h>
#include <abi/timex.h>
#include <abi/uio.h>
#include <abi/utsname.h>
#include <abi/wait.h>
#include <abi/xattr.h>

const struct constant ours[] = {
#define N(x) { #x, (unsigned long long)(x) },
#define LIBC(x) { #x, (unsigned long long)(x) },
#define ALONE(x, value) { #x, (unsigned long long)(x) },
#include "names.def"
	{ 0, 0 }
};
