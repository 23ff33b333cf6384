/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys.h - the system calls that are written in C: sys_NAME serves NAME, with Linux's arguments.
 *
 * Each takes the registers a0 to a5 as they come (user addresses are uint64_t) and returns what a0
 * gets: a result, -errno, or a restart code of signal.h. calls.def says which number reaches which,
 * and how. The definitions are in kernel/calls/, kernel/gate/ and, those of modules, in
 * kernel/linux/.
 */
#pragma once

#include <stdint.h>

/* serves every number that has no call */
[[nodiscard]] long sys_none(void);

/* processes and threads: making, executing, ending, waiting for them */
[[nodiscard]] long sys_kcmp(uint64_t pid1, uint64_t pid2, uint64_t type, uint64_t idx1, uint64_t idx2);
[[nodiscard]] long sys_clone(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t tls, uint64_t child_tid);
[[nodiscard]] long sys_clone3(uint64_t args, uint64_t size);
[[nodiscard]] long sys_execve(uint64_t path, uint64_t argv, uint64_t envp);
[[nodiscard]] long sys_execveat(uint64_t dirfd, uint64_t path, uint64_t argv, uint64_t envp, uint64_t flags);
[[nodiscard]] long sys_exit(uint64_t code);
[[nodiscard]] long sys_exit_group(uint64_t code);
[[nodiscard]] long sys_wait4(uint64_t pid, uint64_t status, uint64_t options, uint64_t rusage);
[[nodiscard]] long sys_waitid(uint64_t type, uint64_t id, uint64_t info, uint64_t options, uint64_t rusage);
[[nodiscard]] long sys_set_tid_address(uint64_t tid);
[[nodiscard]] long sys_set_robust_list(uint64_t head, uint64_t len);
[[nodiscard]] long sys_get_robust_list(uint64_t pid, uint64_t head, uint64_t len);

/* scheduling */
[[nodiscard]] long sys_sched_yield(void);
[[nodiscard]] long sys_getpriority(uint64_t which, uint64_t who);
[[nodiscard]] long sys_setpriority(uint64_t which, uint64_t who, uint64_t nice);
[[nodiscard]] long sys_sched_setscheduler(uint64_t pid, uint64_t policy, uint64_t param);
[[nodiscard]] long sys_sched_setparam(uint64_t pid, uint64_t param);
[[nodiscard]] long sys_sched_setattr(uint64_t pid, uint64_t attr, uint64_t flags);
[[nodiscard]] long sys_sched_getattr(uint64_t pid, uint64_t attr, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_sched_getscheduler(uint64_t pid);
[[nodiscard]] long sys_sched_getparam(uint64_t pid, uint64_t param);
[[nodiscard]] long sys_sched_get_priority_max(uint64_t policy);
[[nodiscard]] long sys_sched_get_priority_min(uint64_t policy);
[[nodiscard]] long sys_sched_rr_get_interval(uint64_t pid, uint64_t to);
[[nodiscard]] long sys_sched_getaffinity(uint64_t pid, uint64_t len, uint64_t mask);
[[nodiscard]] long sys_sched_setaffinity(uint64_t pid, uint64_t len, uint64_t mask);
[[nodiscard]] long sys_membarrier(uint64_t command, uint64_t flags);

/* who a process is, and what it may do */
[[nodiscard]] long sys_getpid(void);
[[nodiscard]] long sys_getppid(void);
[[nodiscard]] long sys_gettid(void);
[[nodiscard]] long sys_getuid(void);
[[nodiscard]] long sys_geteuid(void);
[[nodiscard]] long sys_getgid(void);
[[nodiscard]] long sys_getegid(void);
[[nodiscard]] long sys_setuid(uint64_t uid);
[[nodiscard]] long sys_setgid(uint64_t gid);
[[nodiscard]] long sys_setreuid(uint64_t r, uint64_t e);
[[nodiscard]] long sys_setregid(uint64_t r, uint64_t e);
[[nodiscard]] long sys_setresuid(uint64_t r, uint64_t e, uint64_t s);
[[nodiscard]] long sys_setresgid(uint64_t r, uint64_t e, uint64_t s);
[[nodiscard]] long sys_getresuid(uint64_t r, uint64_t e, uint64_t s);
[[nodiscard]] long sys_getresgid(uint64_t r, uint64_t e, uint64_t s);
[[nodiscard]] long sys_setfsuid(uint64_t uid);
[[nodiscard]] long sys_setfsgid(uint64_t gid);
[[nodiscard]] long sys_getgroups(uint64_t n, uint64_t list);
[[nodiscard]] long sys_setgroups(uint64_t n, uint64_t list);
[[nodiscard]] long sys_getpgid(uint64_t pid);
[[nodiscard]] long sys_setpgid(uint64_t pid, uint64_t pgid);
[[nodiscard]] long sys_getsid(uint64_t pid);
[[nodiscard]] long sys_setsid(void);
[[nodiscard]] long sys_vhangup(void);
[[nodiscard]] long sys_capget(uint64_t header, uint64_t data);
[[nodiscard]] long sys_capset(uint64_t header, uint64_t data);

/* memory */
[[nodiscard]] long sys_brk(uint64_t addr);
[[nodiscard]] long sys_mmap(uint64_t addr, uint64_t len, uint64_t prot, uint64_t flags, uint64_t fd, uint64_t offset);
[[nodiscard]] long sys_munmap(uint64_t addr, uint64_t len);
[[nodiscard]] long sys_mremap(uint64_t addr, uint64_t old_len, uint64_t new_len, uint64_t flags, uint64_t new_addr);
[[nodiscard]] long sys_mprotect(uint64_t addr, uint64_t len, uint64_t prot);
[[nodiscard]] long sys_madvise(uint64_t addr, uint64_t len, uint64_t advice);
[[nodiscard]] long sys_mincore(uint64_t start, uint64_t len, uint64_t vec);
[[nodiscard]] long sys_remap_file_pages(uint64_t start, uint64_t size, uint64_t prot, uint64_t page);
[[nodiscard]] long sys_mlock(uint64_t addr, uint64_t len);
[[nodiscard]] long sys_mlock2(uint64_t addr, uint64_t len, uint64_t flags);
[[nodiscard]] long sys_munlock(uint64_t addr, uint64_t len);
[[nodiscard]] long sys_mlockall(uint64_t flags);
[[nodiscard]] long sys_munlockall(void);
[[nodiscard]] long sys_msync(uint64_t start, uint64_t len, uint64_t flags);

/* the hart: what it can do, and instructions that were written */
[[nodiscard]] long sys_riscv_hwprobe(uint64_t pairs, uint64_t count, uint64_t size, uint64_t cpus, uint64_t flags);
[[nodiscard]] long sys_riscv_flush_icache(uint64_t start, uint64_t end, uint64_t flags);

/* bytes in and out */
[[nodiscard]] long sys_read(uint64_t fd, uint64_t buf, uint64_t n);
[[nodiscard]] long sys_write(uint64_t fd, uint64_t buf, uint64_t n);
[[nodiscard]] long sys_readv(uint64_t fd, uint64_t iov, uint64_t n);
[[nodiscard]] long sys_writev(uint64_t fd, uint64_t iov, uint64_t n);
[[nodiscard]] long sys_pread64(uint64_t fd, uint64_t buf, uint64_t n, uint64_t pos);
[[nodiscard]] long sys_pwrite64(uint64_t fd, uint64_t buf, uint64_t n, uint64_t pos);
[[nodiscard]] long sys_preadv(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos);
[[nodiscard]] long sys_pwritev(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos);
[[nodiscard]] long sys_preadv2(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos, uint64_t high, uint64_t flags);
[[nodiscard]] long sys_pwritev2(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos, uint64_t high, uint64_t flags);
[[nodiscard]] long sys_sendfile(uint64_t out_fd, uint64_t in_fd, uint64_t offset, uint64_t n);

/* bytes between files */
[[nodiscard]] long sys_splice(uint64_t in_fd, uint64_t in_off, uint64_t out_fd, uint64_t out_off, uint64_t n,
			      uint64_t flags);
[[nodiscard]] long sys_tee(uint64_t in_fd, uint64_t out_fd, uint64_t n, uint64_t flags);
[[nodiscard]] long sys_vmsplice(uint64_t fd, uint64_t iov, uint64_t n, uint64_t flags);
[[nodiscard]] long sys_copy_file_range(uint64_t in_fd, uint64_t in_off, uint64_t out_fd, uint64_t out_off, uint64_t n,
				       uint64_t flags);
[[nodiscard]] long sys_readahead(uint64_t fd, uint64_t offset, uint64_t n);
[[nodiscard]] long sys_sync_file_range(uint64_t fd, uint64_t offset, uint64_t n, uint64_t flags);

/* descriptors */
[[nodiscard]] long sys_close(uint64_t fd);
[[nodiscard]] long sys_close_range(uint64_t first, uint64_t last, uint64_t flags);
[[nodiscard]] long sys_dup(uint64_t fd);
[[nodiscard]] long sys_dup3(uint64_t from, uint64_t to, uint64_t flags);
[[nodiscard]] long sys_fcntl(uint64_t fd, uint64_t cmd, uint64_t arg);
[[nodiscard]] long sys_ioctl(uint64_t fd, uint64_t cmd, uint64_t arg);
[[nodiscard]] long sys_lseek(uint64_t fd, uint64_t offset, uint64_t whence);
[[nodiscard]] long sys_pipe2(uint64_t fds, uint64_t flags);
[[nodiscard]] long sys_flock(uint64_t fd, uint64_t how);

/* from paths to things */
[[nodiscard]] long sys_openat(uint64_t dirfd, uint64_t path, uint64_t flags, uint64_t mode);
[[nodiscard]] long sys_openat2(uint64_t dirfd, uint64_t path, uint64_t how, uint64_t size);
[[nodiscard]] long sys_faccessat(uint64_t dirfd, uint64_t path, uint64_t mode);
[[nodiscard]] long sys_faccessat2(uint64_t dirfd, uint64_t path, uint64_t mode, uint64_t flags);
[[nodiscard]] long sys_readlinkat(uint64_t dirfd, uint64_t path, uint64_t buf, uint64_t n);
[[nodiscard]] long sys_getdents64(uint64_t fd, uint64_t buf, uint64_t n);
[[nodiscard]] long sys_getcwd(uint64_t buf, uint64_t n);
[[nodiscard]] long sys_chdir(uint64_t path);
[[nodiscard]] long sys_fchdir(uint64_t fd);
[[nodiscard]] long sys_chroot(uint64_t path);
[[nodiscard]] long sys_umask(uint64_t mask);

/* what files are */
[[nodiscard]] long sys_fstat(uint64_t fd, uint64_t stat);
[[nodiscard]] long sys_newfstatat(uint64_t dirfd, uint64_t path, uint64_t stat, uint64_t flags);
[[nodiscard]] long sys_statx(uint64_t dirfd, uint64_t path, uint64_t flags, uint64_t mask, uint64_t statx);
[[nodiscard]] long sys_statfs(uint64_t path, uint64_t statfs);
[[nodiscard]] long sys_fstatfs(uint64_t fd, uint64_t statfs);

/* changing the tree of names, and files' attributes */
[[nodiscard]] long sys_mkdirat(uint64_t dirfd, uint64_t path, uint64_t mode);
[[nodiscard]] long sys_mknodat(uint64_t dirfd, uint64_t path, uint64_t mode, uint64_t rdev);
[[nodiscard]] long sys_symlinkat(uint64_t target, uint64_t dirfd, uint64_t path);
[[nodiscard]] long sys_linkat(uint64_t from_fd, uint64_t from, uint64_t to_fd, uint64_t to, uint64_t flags);
[[nodiscard]] long sys_unlinkat(uint64_t dirfd, uint64_t path, uint64_t flags);
[[nodiscard]] long sys_renameat2(uint64_t from_fd, uint64_t from, uint64_t to_fd, uint64_t to, uint64_t flags);
[[nodiscard]] long sys_truncate(uint64_t path, uint64_t size);
[[nodiscard]] long sys_ftruncate(uint64_t fd, uint64_t size);
[[nodiscard]] long sys_fallocate(uint64_t fd, uint64_t mode, uint64_t offset, uint64_t len);
[[nodiscard]] long sys_fchmod(uint64_t fd, uint64_t mode);
[[nodiscard]] long sys_fchmodat(uint64_t dirfd, uint64_t path, uint64_t mode);
[[nodiscard]] long sys_fchmodat2(uint64_t dirfd, uint64_t path, uint64_t mode, uint64_t flags);
[[nodiscard]] long sys_fchown(uint64_t fd, uint64_t uid, uint64_t gid);
[[nodiscard]] long sys_fchownat(uint64_t dirfd, uint64_t path, uint64_t uid, uint64_t gid, uint64_t flags);
[[nodiscard]] long sys_utimensat(uint64_t dirfd, uint64_t path, uint64_t times, uint64_t flags);
[[nodiscard]] long sys_fsync(uint64_t fd);
[[nodiscard]] long sys_fdatasync(uint64_t fd);
[[nodiscard]] long sys_sync(void);
[[nodiscard]] long sys_syncfs(uint64_t fd);
[[nodiscard]] long sys_fadvise64(uint64_t fd, uint64_t offset, uint64_t len, uint64_t advice);

/* extended attributes */
[[nodiscard]] long sys_setxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_lsetxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_fsetxattr(uint64_t fd, uint64_t name, uint64_t value, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_getxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size);
[[nodiscard]] long sys_lgetxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size);
[[nodiscard]] long sys_fgetxattr(uint64_t fd, uint64_t name, uint64_t value, uint64_t size);
[[nodiscard]] long sys_listxattr(uint64_t path, uint64_t to, uint64_t size);
[[nodiscard]] long sys_llistxattr(uint64_t path, uint64_t to, uint64_t size);
[[nodiscard]] long sys_flistxattr(uint64_t fd, uint64_t to, uint64_t size);
[[nodiscard]] long sys_removexattr(uint64_t path, uint64_t name);
[[nodiscard]] long sys_lremovexattr(uint64_t path, uint64_t name);
[[nodiscard]] long sys_fremovexattr(uint64_t fd, uint64_t name);

/* waiting for several files */
[[nodiscard]] long sys_ppoll(uint64_t fds, uint64_t n, uint64_t timeout, uint64_t sigmask, uint64_t sigsetsize);
[[nodiscard]] long sys_pselect6(uint64_t n, uint64_t in, uint64_t out, uint64_t ex, uint64_t timeout, uint64_t sigmask);
[[nodiscard]] long sys_epoll_create1(uint64_t flags);
[[nodiscard]] long sys_epoll_ctl(uint64_t epfd, uint64_t op, uint64_t fd, uint64_t event);
[[nodiscard]] long sys_epoll_pwait(uint64_t epfd, uint64_t events, uint64_t max, uint64_t timeout, uint64_t sigmask,
				   uint64_t size);
[[nodiscard]] long sys_epoll_pwait2(uint64_t epfd, uint64_t events, uint64_t max, uint64_t timeout, uint64_t sigmask,
				    uint64_t size);

/* sockets */
[[nodiscard]] long sys_socketpair(uint64_t family, uint64_t type, uint64_t protocol, uint64_t fds);
[[nodiscard]] long sys_socket(uint64_t family, uint64_t type, uint64_t protocol);
[[nodiscard]] long sys_bind(uint64_t fd, uint64_t name, uint64_t len);
[[nodiscard]] long sys_connect(uint64_t fd, uint64_t name, uint64_t len);
[[nodiscard]] long sys_listen(uint64_t fd, uint64_t backlog);
[[nodiscard]] long sys_accept(uint64_t fd, uint64_t name, uint64_t len);
[[nodiscard]] long sys_accept4(uint64_t fd, uint64_t name, uint64_t len, uint64_t flags);
[[nodiscard]] long sys_shutdown(uint64_t fd, uint64_t how);
[[nodiscard]] long sys_getsockopt(uint64_t fd, uint64_t level, uint64_t option, uint64_t value, uint64_t len);
[[nodiscard]] long sys_setsockopt(uint64_t fd, uint64_t level, uint64_t option, uint64_t value, uint64_t len);
[[nodiscard]] long sys_getsockname(uint64_t fd, uint64_t name, uint64_t len);
[[nodiscard]] long sys_getpeername(uint64_t fd, uint64_t name, uint64_t len);
[[nodiscard]] long sys_sendto(uint64_t fd, uint64_t buf, uint64_t n, uint64_t flags, uint64_t name, uint64_t name_len);
[[nodiscard]] long sys_recvfrom(uint64_t fd, uint64_t buf, uint64_t n, uint64_t flags, uint64_t name,
				uint64_t name_len);
[[nodiscard]] long sys_sendmsg(uint64_t fd, uint64_t msg, uint64_t flags);
[[nodiscard]] long sys_recvmsg(uint64_t fd, uint64_t msg, uint64_t flags);

[[nodiscard]] long sys_sendmmsg(uint64_t fd, uint64_t msgs, uint64_t n, uint64_t flags);
[[nodiscard]] long sys_recvmmsg(uint64_t fd, uint64_t msgs, uint64_t n, uint64_t flags, uint64_t timeout);

/* files that tell of events: inotify, signals, timers, counters; files without a name */
[[nodiscard]] long sys_inotify_init1(uint64_t flags);
[[nodiscard]] long sys_inotify_add_watch(uint64_t fd, uint64_t path, uint64_t mask);
[[nodiscard]] long sys_inotify_rm_watch(uint64_t fd, uint64_t wd);
[[nodiscard]] long sys_signalfd4(uint64_t fd, uint64_t mask, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_timerfd_create(uint64_t clock, uint64_t flags);
[[nodiscard]] long sys_timerfd_settime(uint64_t fd, uint64_t flags, uint64_t new, uint64_t old);
[[nodiscard]] long sys_timerfd_gettime(uint64_t fd, uint64_t to);
[[nodiscard]] long sys_memfd_create(uint64_t name, uint64_t flags);
[[nodiscard]] long sys_eventfd2(uint64_t count, uint64_t flags);

/* futexes and restartable sequences */
[[nodiscard]] long sys_futex_waitv(uint64_t waiters, uint64_t n, uint64_t flags, uint64_t time, uint64_t clock);
[[nodiscard]] long sys_futex(uint64_t uaddr, uint64_t op, uint64_t value, uint64_t utimeout, uint64_t uaddr2,
			     uint64_t value3);
[[nodiscard]] long sys_rseq(uint64_t area, uint64_t len, uint64_t flags, uint64_t signature);

/* signals */
[[nodiscard]] long sys_rt_sigaction(uint64_t sig, uint64_t act, uint64_t old, uint64_t size);
[[nodiscard]] long sys_rt_sigprocmask(uint64_t how, uint64_t set, uint64_t old, uint64_t size);
[[nodiscard]] long sys_rt_sigpending(uint64_t set, uint64_t size);
[[nodiscard]] long sys_rt_sigsuspend(uint64_t set, uint64_t size);
[[nodiscard]] long sys_rt_sigtimedwait(uint64_t set, uint64_t info, uint64_t timeout, uint64_t size);
[[nodiscard]] long sys_rt_sigqueueinfo(uint64_t tgid, uint64_t sig, uint64_t info);
[[nodiscard]] long sys_rt_tgsigqueueinfo(uint64_t tgid, uint64_t tid, uint64_t sig, uint64_t info);
[[nodiscard]] long sys_rt_sigreturn(void);
[[nodiscard]] long sys_sigaltstack(uint64_t stack, uint64_t old);
[[nodiscard]] long sys_kill(uint64_t pid, uint64_t sig);
[[nodiscard]] long sys_tkill(uint64_t tid, uint64_t sig);
[[nodiscard]] long sys_tgkill(uint64_t tgid, uint64_t tid, uint64_t sig);
[[nodiscard]] long sys_pidfd_send_signal(uint64_t pidfd, uint64_t sig, uint64_t info, uint64_t flags);

/* other processes: their memory, descriptors that stand for them, tracing them */
[[nodiscard]] long sys_process_vm_readv(uint64_t pid, uint64_t local, uint64_t n, uint64_t remote, uint64_t remote_n,
					uint64_t flags);
[[nodiscard]] long sys_process_madvise(uint64_t pidfd, uint64_t iov, uint64_t n, uint64_t advice, uint64_t flags);
[[nodiscard]] long sys_process_vm_writev(uint64_t pid, uint64_t local, uint64_t n, uint64_t remote, uint64_t remote_n,
					 uint64_t flags);
[[nodiscard]] long sys_pidfd_open(uint64_t pid, uint64_t flags);
[[nodiscard]] long sys_pidfd_getfd(uint64_t pidfd, uint64_t fd, uint64_t flags);
[[nodiscard]] long sys_ptrace(uint64_t request, uint64_t pid, uint64_t addr, uint64_t data);

/* time: clocks, sleeping, timers, time that was used */
[[nodiscard]] long sys_restart_syscall(void);
[[nodiscard]] long sys_nanosleep(uint64_t req, uint64_t rem);
[[nodiscard]] long sys_clock_nanosleep(uint64_t clock, uint64_t flags, uint64_t req, uint64_t rem);
[[nodiscard]] long sys_clock_gettime(uint64_t clock, uint64_t ts);
[[nodiscard]] long sys_clock_getres(uint64_t clock, uint64_t ts);
[[nodiscard]] long sys_gettimeofday(uint64_t tv, uint64_t tz);
[[nodiscard]] long sys_clock_settime(uint64_t clock, uint64_t ts);
[[nodiscard]] long sys_clock_adjtime(uint64_t clock, uint64_t timex);
[[nodiscard]] long sys_adjtimex(uint64_t timex);
[[nodiscard]] long sys_settimeofday(uint64_t tv, uint64_t tz);
[[nodiscard]] long sys_times(uint64_t buf);
[[nodiscard]] long sys_getrusage(uint64_t who, uint64_t rusage);
[[nodiscard]] long sys_setitimer(uint64_t which, uint64_t new, uint64_t old);
[[nodiscard]] long sys_getitimer(uint64_t which, uint64_t value);
[[nodiscard]] long sys_timer_create(uint64_t clock, uint64_t event, uint64_t id);
[[nodiscard]] long sys_timer_gettime(uint64_t id, uint64_t to);
[[nodiscard]] long sys_timer_getoverrun(uint64_t id);
[[nodiscard]] long sys_timer_settime(uint64_t id, uint64_t flags, uint64_t new, uint64_t old);
[[nodiscard]] long sys_timer_delete(uint64_t id);

/* filters, and what a process sets for itself */
[[nodiscard]] long sys_seccomp(uint64_t op, uint64_t flags, uint64_t args);
[[nodiscard]] long sys_prctl(uint64_t option, uint64_t arg2, uint64_t arg3, uint64_t arg4, uint64_t arg5);

/* the system: its log, names, limits, power; random bytes */
[[nodiscard]] long sys_syslog(uint64_t action, uint64_t buf, uint64_t len);
[[nodiscard]] long sys_uname(uint64_t name);
[[nodiscard]] long sys_getrandom(uint64_t buf, uint64_t n, uint64_t flags);
[[nodiscard]] long sys_prlimit64(uint64_t pid, uint64_t resource, uint64_t new, uint64_t old);
[[nodiscard]] long sys_getrlimit(uint64_t resource, uint64_t rlim);
[[nodiscard]] long sys_setrlimit(uint64_t resource, uint64_t rlim);
[[nodiscard]] long sys_sysinfo(uint64_t info);
[[nodiscard]] long sys_getcpu(uint64_t cpu, uint64_t node);
[[nodiscard]] long sys_reboot(uint64_t magic1, uint64_t magic2, uint64_t command);
[[nodiscard]] long sys_sethostname(uint64_t name, uint64_t len);
[[nodiscard]] long sys_setdomainname(uint64_t name, uint64_t len);
[[nodiscard]] long sys_personality(uint64_t persona);

/* System V: message queues, semaphores, shared memory */
[[nodiscard]] long sys_msgget(uint64_t key, uint64_t flags);
[[nodiscard]] long sys_msgctl(uint64_t id, uint64_t command, uint64_t arg);
[[nodiscard]] long sys_msgrcv(uint64_t id, uint64_t to, uint64_t size, uint64_t type, uint64_t flags);
[[nodiscard]] long sys_msgsnd(uint64_t id, uint64_t from, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_mq_open(uint64_t name, uint64_t flags, uint64_t mode, uint64_t attr);
[[nodiscard]] long sys_mq_unlink(uint64_t name);
[[nodiscard]] long sys_mq_timedsend(uint64_t fd, uint64_t from, uint64_t size, uint64_t priority, uint64_t timeout);
[[nodiscard]] long sys_mq_timedreceive(uint64_t fd, uint64_t to, uint64_t size, uint64_t to_priority, uint64_t timeout);
[[nodiscard]] long sys_mq_notify(uint64_t fd, uint64_t event);
[[nodiscard]] long sys_mq_getsetattr(uint64_t fd, uint64_t new, uint64_t old);
[[nodiscard]] long sys_semget(uint64_t key, uint64_t count, uint64_t flags);
[[nodiscard]] long sys_semctl(uint64_t id, uint64_t number, uint64_t command, uint64_t arg);
[[nodiscard]] long sys_semtimedop(uint64_t id, uint64_t ops, uint64_t count, uint64_t timeout);
[[nodiscard]] long sys_semop(uint64_t id, uint64_t ops, uint64_t count);
[[nodiscard]] long sys_shmget(uint64_t key, uint64_t size, uint64_t flags);
[[nodiscard]] long sys_shmctl(uint64_t id, uint64_t command, uint64_t arg);
[[nodiscard]] long sys_shmat(uint64_t id, uint64_t addr, uint64_t flags);
[[nodiscard]] long sys_shmdt(uint64_t addr);

/* mounts and namespaces */
[[nodiscard]] long sys_unshare(uint64_t flags);
[[nodiscard]] long sys_mount(uint64_t source, uint64_t target, uint64_t type, uint64_t flags, uint64_t data);
[[nodiscard]] long sys_umount2(uint64_t target, uint64_t flags);
[[nodiscard]] long sys_pivot_root(uint64_t new, uint64_t old);
[[nodiscard]] long sys_setns(uint64_t fd, uint64_t flags);
