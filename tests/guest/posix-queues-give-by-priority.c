/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix-queues-give-by-priority - mq_open and the calls of its kind: a queue has a name, its
 * messages come by priority; a full one makes who sends wait, an empty one who receives, until a
 * time; one process is told once of a message that nobody waits for.
 */
#include "files.h"

#include <poll.h>
#include <sys/resource.h>
#ifdef __riscv
#include <abi/mqueue.h>
#else
struct mq_attr {
	int64_t mq_flags, mq_maxmsg, mq_msgsize, mq_curmsgs, __reserved[4];
};
#endif

static char name[32], got[64];

static int open_queue(int flags, const struct mq_attr *a)
{
	return (int)syscall(SYS_mq_open, name, flags, 0600, a);
}

static long send_to(int q, const char *text, unsigned priority, const struct timespec *until)
{
	return syscall(SYS_mq_timedsend, q, text, strlen(text), priority, until);
}

static long receive_from(int q, unsigned *priority, const struct timespec *until)
{
	memset(got, 0, sizeof(got));
	return syscall(SYS_mq_timedreceive, q, got, 16, priority, until);
}

static int gives(int q, const char *text, unsigned wanted)
{
	unsigned priority = 99;

	return receive_from(q, &priority, NULL) == (long)strlen(text) && strcmp(got, text) == 0 && priority == wanted;
}

static long count_of(int q)
{
	struct mq_attr a = { .mq_curmsgs = -1 };

	CHECK(syscall(SYS_mq_getsetattr, q, NULL, &a) == 0 && a.mq_maxmsg == 3 && a.mq_msgsize == 16);
	return (long)a.mq_curmsgs;
}

static void names_and_rights(void)
{
	const struct mq_attr small = { .mq_maxmsg = 3, .mq_msgsize = 16 }, none = { .mq_maxmsg = 0, .mq_msgsize = 16 },
			     many = { .mq_maxmsg = 1 << 17, .mq_msgsize = 16 };
	struct stat st;
	int q;

	REFUSED(open_queue(O_RDWR, NULL), ENOENT);
	REFUSED(open_queue(O_RDWR | O_CREAT, &none), EINVAL);
	REFUSED(open_queue(O_RDWR | O_CREAT, &many), EINVAL);
	REFUSED(open_queue(O_RDWR | O_CREAT, (void *)8), EFAULT);
	REFUSED(syscall(SYS_mq_open, "a/b", O_RDWR | O_CREAT, 0600, NULL), EACCES);
	REFUSED(syscall(SYS_mq_open, "..", O_RDWR | O_CREAT, 0600, NULL), EACCES);
	REFUSED(syscall(SYS_mq_open, "", O_RDWR | O_CREAT, 0600, NULL), ENOENT);
	CHECK(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, 1024 }) == 0);
	REFUSED(open_queue(O_RDWR | O_CREAT, &small), EMFILE);
	CHECK(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 1024, 1024 }) == 0);
	q = open_queue(O_RDONLY | O_CREAT | O_EXCL, &small);
	CHECK(q >= 0 && fcntl(q, F_GETFD) == FD_CLOEXEC);
	CHECK(fstat(q, &st) == 0 && st.st_mode == (S_IFREG | 0600) && st.st_size == 80);
	REFUSED(open_queue(O_RDWR | O_CREAT | O_EXCL, NULL), EEXIST);
	REFUSED(open_queue(O_ACCMODE, NULL), EINVAL);
	REFUSED(send_to(q, "x", 0, NULL), EBADF);
	REFUSED(send_to(1, "x", 0, NULL), EBADF);
	REFUSED(syscall(SYS_mq_getsetattr, 1, NULL, NULL), EBADF);
	CHECK(close(q) == 0);
}

static void others_may_not(void)
{
	drop_privileges();
	REFUSED(open_queue(O_RDONLY, NULL), EACCES);
	REFUSED(syscall(SYS_mq_unlink, name), EPERM);
}

static void by_priority(int q)
{
	const struct timespec past = { 1, 0 }, wrong = { 0, -1 };
	struct mq_attr a = { .mq_flags = O_NONBLOCK };
	struct pollfd p = { .fd = q, .events = POLLIN | POLLOUT };

	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLOUT);
	CHECK(send_to(q, "one", 1, NULL) == 0 && send_to(q, "nine", 9, NULL) == 0 && send_to(q, "again", 1, NULL) == 0);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLIN && count_of(q) == 3);
	REFUSED(send_to(q, "x", 1, &past), ETIMEDOUT);
	REFUSED(send_to(q, "x", 32768, NULL), EINVAL);
	REFUSED(send_to(q, "x", 1, &wrong), EINVAL);
	REFUSED(send_to(q, "seventeen letters", 1, NULL), EMSGSIZE);
	REFUSED(syscall(SYS_mq_timedreceive, q, got, 15, NULL, NULL), EMSGSIZE);
	CHECK(read(q, got, sizeof(got)) > 0 && strncmp(got, "QSIZE:12 ", 9) == 0);
	CHECK(gives(q, "nine", 9) && gives(q, "one", 1) && gives(q, "again", 1));
	REFUSED(receive_from(q, NULL, &past), ETIMEDOUT);
	CHECK(syscall(SYS_mq_getsetattr, q, &a, NULL) == 0);
	REFUSED(receive_from(q, NULL, NULL), EAGAIN);
	a.mq_flags = 0;
	CHECK(syscall(SYS_mq_getsetattr, q, &a, &a) == 0 && a.mq_flags == O_NONBLOCK);
	a.mq_flags = O_APPEND;
	REFUSED(syscall(SYS_mq_getsetattr, q, &a, NULL), EINVAL);
	CHECK(send_to(q, "", 32767, NULL) == 0 && gives(q, "", 32767));
}

static int shared;

static void send_later(void)
{
	sleep_ms(20);
	CHECK(send_to(shared, "late", 0, NULL) == 0);
}

static void receive_later(void)
{
	sleep_ms(20);
	CHECK(gives(shared, "a", 0));
}

static void who_waits(int q)
{
	pid_t child;

	shared = q;
	child = child_of(send_later);
	CHECK(gives(q, "late", 0) && end_of(child) == 0);
	CHECK(send_to(q, "a", 0, NULL) == 0 && send_to(q, "b", 0, NULL) == 0 && send_to(q, "c", 0, NULL) == 0);
	child = child_of(receive_later);
	CHECK(send_to(q, "d", 0, NULL) == 0 && end_of(child) == 0);
	CHECK(gives(q, "b", 0) && gives(q, "c", 0) && gives(q, "d", 0));
}

static volatile int told, value;

static void tell(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)context;
	told += info->si_code == SI_MESGQ && info->si_pid == getpid();
	memcpy((void *)&value, &info->si_value, sizeof(value));
}

static void who_is_told(int q)
{
	struct sigaction action = { .sa_sigaction = tell, .sa_flags = SA_SIGINFO };
	struct sigevent e = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 },
			bad = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 65 };
	const struct sigevent nothing = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 0 };
	const uint64_t seven = 7;
	const int other = open_queue(O_RDONLY, NULL);

	memcpy(&e.sigev_value, &seven, sizeof(seven));
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	REFUSED(syscall(SYS_mq_notify, q, &bad), EINVAL);
	REFUSED(syscall(SYS_mq_notify, 1, &e), EBADF);
	CHECK(syscall(SYS_mq_notify, q, &nothing) == 0 && send_to(q, "x", 0, NULL) == 0 && gives(q, "x", 0));
	CHECK(syscall(SYS_mq_notify, q, &e) == 0);
	REFUSED(syscall(SYS_mq_notify, q, &e), EBUSY);
	CHECK(send_to(q, "x", 0, NULL) == 0 && told == 1 && value == 7);
	CHECK(syscall(SYS_mq_notify, q, &e) == 0 && send_to(q, "y", 0, NULL) == 0 && told == 1);
	CHECK(syscall(SYS_mq_notify, q, NULL) == 0 && gives(q, "x", 0) && gives(q, "y", 0));
	CHECK(send_to(q, "z", 0, NULL) == 0 && told == 1 && gives(q, "z", 0));
	CHECK(syscall(SYS_mq_notify, q, &e) == 0 && close(other) == 0);
	CHECK(send_to(q, "z", 0, NULL) == 0 && told == 1 && gives(q, "z", 0));
}

/* An opening by /proc is one of the queue; the last one takes the messages along. */
static void opened_again(int q)
{
	char path[32];
	int again;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", q);
	again = open(path, O_RDWR);
	CHECK(again >= 0 && close(q) == 0 && send_to(again, "kept", 3, NULL) == 0);
	CHECK(syscall(SYS_mq_unlink, name) == 0 && gives(again, "kept", 3));
	REFUSED(syscall(SYS_mq_unlink, name), ENOENT);
	REFUSED(open_queue(O_RDWR, NULL), ENOENT);
	CHECK(send_to(again, "lost", 3, NULL) == 0 && close(again) == 0);
}

/* RLIMIT_MSGQUEUE counts what the queues of a user could hold. */
static void what_a_user_has(void)
{
	const struct rlimit limit = { 400, 400 };
	const struct mq_attr a = { .mq_maxmsg = 1, .mq_msgsize = 100 }, large = { .mq_maxmsg = 1, .mq_msgsize = 305 };

	drop_privileges();
	CHECK(setrlimit(12, &limit) == 0); /* RLIMIT_MSGQUEUE */
	name[0] = 'u';
	REFUSED(open_queue(O_RDWR | O_CREAT, &large), EMFILE);
	CHECK(open_queue(O_RDWR | O_CREAT, &a) >= 0 && syscall(SYS_mq_unlink, name) == 0);
}

int main(void)
{
	int q;

	snprintf(name, sizeof(name), "guest-%d", (int)getpid());
	names_and_rights();
	CHECK(status_of(others_may_not) == 0);
	q = open_queue(O_RDWR, NULL);
	CHECK(q >= 0 && count_of(q) == 0);
	by_priority(q);
	who_waits(q);
	who_is_told(q);
	CHECK(status_of(what_a_user_has) == 0);
	opened_again(q);
	return 0;
}
