/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libc.c - the constants of policy/constants.def that Linux keeps to itself, as the build
 * machine's C library defines them.
 */
#include "tables.h"

#include <fcntl.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/shm.h>
#include <sys/epoll.h>
#include <sys/swap.h>
#include <sys/timex.h>
#include <sys/file.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/mount.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <linux/vm_sockets.h>

const struct value libc_has[] = {
#define C(name, value)
#define LIBC(name, value) { #name, (unsigned long long)(name) },
#define NEWER(name, value, since)
#define GONE(name, value)
#include "constants.def"
	{ NULL, 0 }
};
