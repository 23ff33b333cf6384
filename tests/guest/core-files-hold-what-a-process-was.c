/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core-files-hold-what-a-process-was - a signal like SIGSEGV, and a filter's kill, leave a core
 * file where RLIMIT_CORE, PR_SET_DUMPABLE and the directory allow it, and the wait status says so.
 * The file has the registers of every thread, what was written to memory, and no page that
 * MADV_DONTDUMP keeps out.
 */
#include "cores.h"

#include <sys/resource.h>
#include <sys/stat.h>

#define PAGE 4096L
#define MARK 0x706f7274726f7065UL

static void limit(unsigned long bytes)
{
	const struct rlimit l = { bytes, RLIM_INFINITY };

	CHECK(syscall(SYS_prlimit64, 0, RLIMIT_CORE, &l, NULL) == 0);
}

/* ---- when there is one ---- */

static void aborts(void)
{
	raise(SIGABRT);
}

static void terminates(void)
{
	raise(SIGTERM);
}

static volatile int *volatile nowhere = (volatile int *)8;

static void touches_nothing(void)
{
	*nowhere = 0;
}

static void is_killed(unsigned action)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, action)) == 0);
	raw0(SYS_getppid);
}

static void is_killed_whole(void)
{
	is_killed(SECCOMP_RET_KILL_PROCESS | 77);
}

static void last_thread_is_killed(void)
{
	is_killed(SECCOMP_RET_KILL_THREAD);
}

static int waits(void *unused)
{
	(void)unused;
	raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
	return 0;
}

static struct thread other;

static void one_thread_of_two_is_killed(void)
{
	thread_start(&other, waits, NULL);
	is_killed(SECCOMP_RET_KILL_THREAD);
	_exit(9);
}

static void undumpable(void)
{
	CHECK(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
	raise(SIGABRT);
}

static void masks_its_own_bits(void)
{
	syscall(SYS_umask, 0400);
	raise(SIGABRT);
}

static void of_nobody(void)
{
	drop_privileges();
	CHECK(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
	raise(SIGABRT);
}

/* How BODY's process ended: the signal, | 0x80 with a core, which is removed. */
static int signal_of(void (*body)(void))
{
	const int status = status_of(body);
	struct stat st;

	CHECK(WIFSIGNALED(status));
	if (WCOREDUMP(status)) {
		CHECK(stat("core", &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0777) == 0600);
		CHECK(st.st_uid == 0 && st.st_size > 0);
		CHECK(unlink("core") == 0);
	}
	return status;
}

static void see_who_leaves_one(void)
{
	struct stat st;

	limit(0);
	CHECK(signal_of(aborts) == SIGABRT);
	limit(PAGE - 1);
	CHECK(signal_of(aborts) == SIGABRT);
	limit(PAGE); /* it is cut there, and counts all the same */
	CHECK(WCOREDUMP(status_of(aborts)) && stat("core", &st) == 0 && st.st_blocks * 512 <= PAGE);
	limit(RLIM_INFINITY);
	CHECK(signal_of(aborts) == (SIGABRT | 0x80)); /* the old one was replaced */
	CHECK(signal_of(touches_nothing) == (SIGSEGV | 0x80));
	CHECK(signal_of(is_killed_whole) == (SIGSYS | 0x80));
	CHECK(signal_of(last_thread_is_killed) == (SIGSYS | 0x80));
	CHECK(signal_of(terminates) == SIGTERM);
	CHECK(signal_of(undumpable) == SIGABRT);
	CHECK(signal_of(masks_its_own_bits) == SIGABRT); /* which is seen when the file is there */
	CHECK(stat("core", &st) == 0 && st.st_size == 0 && (st.st_mode & 0777) == 0200 && unlink("core") == 0);
	CHECK(signal_of(of_nobody) == SIGABRT); /* the directory is root's */
}

/* The first thread dies alone: there is nobody left who could tell, and no core. */
static void see_that_a_thread_leaves_none(void)
{
	const pid_t child = fork();

	if (child == 0)
		one_thread_of_two_is_killed();
	sleep_ms(50);
	CHECK(access("core", F_OK) == -1);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(access("core", F_OK) == -1);
}

/* What has the name `core` goes, but for a directory; what it stands for stays. */
static void see_what_is_in_its_place(void)
{
	struct stat st;

	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "core", 0777) == 0);
	CHECK(status_of(aborts) == SIGABRT);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "core", AT_REMOVEDIR) == 0);

	CHECK(syscall(SYS_mknodat, AT_FDCWD, "precious", S_IFREG | 0600, 0) == 0 &&
	      syscall(SYS_symlinkat, "precious", AT_FDCWD, "core") == 0);
	CHECK(signal_of(aborts) == (SIGABRT | 0x80));
	CHECK(stat("precious", &st) == 0 && st.st_size == 0);

	CHECK(syscall(SYS_linkat, AT_FDCWD, "precious", AT_FDCWD, "core", 0) == 0);
	CHECK(signal_of(aborts) == (SIGABRT | 0x80));
	CHECK(stat("precious", &st) == 0 && st.st_size == 0 && st.st_nlink == 1);
	CHECK(unlink("precious") == 0);
}

/* ---- what it holds ---- */

static uint64_t *shown, *hidden, *untouched;

static int waits_marked(void *mark)
{
	*(volatile uint64_t *)mark = MARK;
	return waits(NULL);
}

static volatile uint64_t begun;

static void has_much_to_tell(void)
{
	thread_start(&other, waits_marked, (void *)(uintptr_t)&begun);
	UNTIL(begun == MARK);
	shown[0] = MARK;
	hidden[0] = MARK;
	*nowhere = 0;
}

static const char *program;
static void see_notes(pid_t child)
{
	uint32_t size;
	const uint64_t *const files = first_note(MAPPED_FILES, &size);
	const siginfo_t *const info = first_note(SIGINFO, &size);
	const struct prpsinfo *const names = first_note(PRPSINFO, &size);
	const struct prstatus *s = first_note(PRSTATUS, &size);

	CHECK(count_notes(PRSTATUS) == 2 && count_notes(FPREGSET) == 2 && count_notes(PRPSINFO) == 1);
	CHECK(count_notes(SIGINFO) == 1 && count_notes(AUXV) == 1 && count_notes(MAPPED_FILES) == 1);
	CHECK(s->pid == child);
	for (uint64_t at = 0; (s = next_note(&at, PRSTATUS, &size)) != NULL;) {
		CHECK(size > sizeof(*s) && s->signo == SIGSEGV && s->cursig == SIGSEGV && s->pid >= child);
		CHECK(s->ppid == getpid() && s->pgrp == getpgid(0));
	}
	CHECK(names->pid == child && names->uid == 0 && strncmp(names->fname, "core-files-hold", 15) == 0);
	CHECK(strncmp(names->psargs, program, strnlen(program, sizeof(names->psargs) - 1)) == 0);
	CHECK(info->si_signo == SIGSEGV && info->si_code == SEGV_MAPERR && info->si_addr == (void *)8);
	CHECK(files[0] > 0 && files[2] < files[3]);
}

static void has_much_that_is_empty(void)
{
	char *p = mmap(NULL, 1UL << 34, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(p != MAP_FAILED);
	p[1UL << 33] = 1;
	*nowhere = 0;
}

/* What was not touched is a hole, however long. */
static void see_a_large_hole(void)
{
	struct stat st;

	CHECK(status_of(has_much_that_is_empty) == (SIGSEGV | 0x80));
	CHECK(stat("core", &st) == 0 && st.st_size > (1L << 34) && st.st_blocks < 16384);
	CHECK(unlink("core") == 0);
}

static void see_the_filters_data(void)
{
	const siginfo_t *s;
	uint32_t size = 0;

	CHECK(status_of(is_killed_whole) == (SIGSYS | 0x80));
	open_core();
	s = first_note(SIGINFO, &size);
	CHECK(size == 128);
	CHECK(s != NULL && s->si_signo == SIGSYS && s->si_code == SYS_SECCOMP && s->si_errno == 77);
	CHECK(s->si_syscall == SYS_getppid && s->si_arch == NATIVE_ARCH);
}

static void see_what_it_holds(void)
{
	Elf64_Phdr *p;
	pid_t child;
	int status;

	shown = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	hidden = shown + 2 * PAGE / 8;
	untouched = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(madvise(hidden, PAGE, MADV_DONTDUMP) == 0 && madvise(shown, 4 * PAGE, MADV_DODUMP) == 0);
	CHECK(madvise(hidden, PAGE, MADV_DONTDUMP) == 0);
	child = fork();
	if (child == 0)
		has_much_to_tell();
	CHECK(waitpid(child, &status, 0) == child && status == (SIGSEGV | 0x80));
	open_core();
	p = segment_of(shown);
	CHECK(p->p_flags == (PF_R | PF_W) && p->p_filesz == p->p_memsz);
	CHECK(*(uint64_t *)(core + p->p_offset + ((uint64_t)(uintptr_t)shown - p->p_vaddr)) == MARK);
	CHECK(segment_of(hidden)->p_filesz == 0 && segment_of(hidden)->p_memsz == PAGE);
	CHECK(segment_of(untouched)->p_filesz == 0);
	p = segment_of((void *)(uintptr_t)see_what_it_holds); /* code: known by its file */
	CHECK(p->p_filesz <= PAGE);
	for (unsigned i = 1; i < head->e_phnum; i++) {
		p = (Elf64_Phdr *)(core + head->e_phoff) + i;
		CHECK(p->p_offset % PAGE == 0 && p->p_offset + p->p_filesz <= core_size);
	}
	see_notes(child);
}

/* In a namespace of pids the core has its numbers. */
static void first_of_a_namespace(void)
{
	const pid_t child = child_of(touches_nothing);
	const struct prstatus *s;
	uint32_t size;

	CHECK(end_of(child) == (SIGSEGV | 0x80));
	open_core();
	s = first_note(PRSTATUS, &size);
	CHECK(child == 2 && s->pid == 2 && s->ppid == 1);
}

static void in_a_namespace(void)
{
	CHECK(syscall(SYS_unshare, CLONE_NEWPID) == 0 && exited_with(status_of(first_of_a_namespace), 0));
}

/* What the kinds of memory have in the core with FILTER; the filter is inherited by fork. */
static void see_kinds(const char *filter, int own, int of_file, int common, int common_file)
{
	const int fd = open("/proc/self/coredump_filter", O_WRONLY);
	uint64_t *at[4];
	const int wanted[4] = { own, of_file, common, common_file };
	const int kind[4] = { MAP_PRIVATE | MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED };
	const int file = open("file", O_RDWR | O_CREAT, 0600);
	pid_t child;

	CHECK(fd >= 0 && write(fd, filter, strlen(filter)) == (ssize_t)strlen(filter) && close(fd) == 0);
	CHECK(file >= 0 && syscall(SYS_ftruncate, file, PAGE) == 0);
	for (int n = 0; n < 4; n++) {
		at[n] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, kind[n], kind[n] & MAP_ANONYMOUS ? -1 : file, 0);
		CHECK(at[n] != MAP_FAILED);
		if (n != 1)
			at[n][0] = MARK;
	}
	child = child_of(touches_nothing);
	CHECK(end_of(child) == (SIGSEGV | 0x80));
	open_core();
	for (int n = 0; n < 4; n++)
		CHECK(segment_of(at[n])->p_filesz == (wanted[n] ? segment_of(at[n])->p_memsz : 0));
	for (int n = 0; n < 4; n++)
		CHECK(munmap(at[n], PAGE) == 0);
	CHECK(close(file) == 0 && unlink("file") == 0);
}

static void see_filters(void)
{
	const int fd = open("/proc/self/coredump_filter", O_WRONLY);
	char text[32];

	read_text("/proc/self/coredump_filter", text, sizeof(text));
	CHECK(strcmp(text, "00000033\n") == 0);
	see_kinds("0x33", 1, 0, 1, 0);
	see_kinds("1", 1, 0, 0, 0);
	see_kinds("014", 0, 1, 0, 1);
	see_kinds("2", 0, 0, 1, 0);
	REFUSED(write(fd, "0x", 2), EINVAL);
	REFUSED(write(fd, "08", 2), EINVAL);
	REFUSED(write(fd, "0x@", 3), EINVAL);
	CHECK(write(fd, "0xfffffe33\n", 11) == 11 && close(fd) == 0);
	read_text("/proc/self/coredump_filter", text, sizeof(text));
	CHECK(strcmp(text, "00000033\n") == 0);
}

int main(int argc, char **argv)
{
	CHECK(argc == 1);
	program = argv[0];
	enter_new_folder();
	syscall(SYS_umask, 022);
	see_who_leaves_one();
	see_that_a_thread_leaves_none();
	see_what_is_in_its_place();
	see_what_it_holds();
	CHECK(exited_with(status_of(in_a_namespace), 0));
	see_a_large_hole();
	see_filters();
	see_the_filters_data();
	leave_folder();
	return 0;
}
