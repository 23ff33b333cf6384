/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execveat-refuses-as-flags-say - unknown flags, a link that is not to be followed, an empty path
 * without the flag for it; that an absolute path needs no folder, and names the program. The stack
 * of a program that asks for it can be executed.
 */
#include "files.h"

#include <elf.h>

#ifdef __riscv
static const uint16_t code[] = { 0x8082, 0x8082 };
#else
static const uint8_t code[] = { 0xc3, 0xc3, 0xc3, 0xc3 };
#endif

static char *const again[] = { (char *)"again", (char *)"again", NULL };
static char *const on_stack[] = { (char *)"stack", (char *)"stack", NULL };
static char *const *arguments;
static const char *path;

static long execute(int folder, const char *name, long flags)
{
	return syscall(SYS_execveat, folder, name, again, environ, flags);
}

static void execute_or_die(void)
{
	syscall(SYS_execveat, -1, path, arguments, environ, 0);
	_exit(2);
}

/* A copy of this program; its PT_GNU_STACK says that the stack is executable. */
static void copy_with_executable_stack(const char *to)
{
	static char bytes[1 << 21];
	const int from = open("/proc/self/exe", O_RDONLY), fd = open(to, O_CREAT | O_EXCL | O_WRONLY, 0755);
	const Elf64_Ehdr *head = (const Elf64_Ehdr *)bytes;
	long size = 0, n;

	CHECK(from >= 0 && fd >= 0);
	while ((n = read(from, bytes + size, sizeof(bytes) - (size_t)size)) > 0)
		size += n;
	CHECK(n == 0 && size < (long)sizeof(bytes));
	for (int i = 0; i < head->e_phnum; i++) {
		Elf64_Phdr *p = (Elf64_Phdr *)(bytes + head->e_phoff + (size_t)i * head->e_phentsize);

		if (p->p_type == PT_GNU_STACK)
			p->p_flags |= PF_X;
	}
	CHECK(write(fd, bytes, (size_t)size) == size && close(fd) == 0 && close(from) == 0);
}

static void call_stack(void)
{
	volatile char stack[16] __attribute__((aligned(16)));

	memcpy((void *)(uintptr_t)stack, code, sizeof(code));
	__builtin___clear_cache((char *)(uintptr_t)stack, (char *)(uintptr_t)stack + sizeof(code));
	((void (*)(void))(uintptr_t)stack)();
}

int main(int argc, char **argv)
{
	char self[256];
	long n;

	if (argc > 1 && strcmp(argv[1], "stack") == 0) {
		call_stack();
		return 0;
	}
	if (argc > 1)
		return strcmp((const char *)getauxval(AT_EXECFN), "/proc/self/exe") != 0;
	n = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", self, sizeof(self) - 1);
	CHECK(n > 0);
	self[n] = '\0';
	enter_new_folder();
	CHECK(syscall(SYS_symlinkat, self, AT_FDCWD, "link") == 0);
	REFUSED(execute(AT_FDCWD, "link", AT_SYMLINK_NOFOLLOW), ELOOP);
	REFUSED(execute(AT_FDCWD, "link", AT_SYMLINK_NOFOLLOW | AT_REMOVEDIR), EINVAL);
	REFUSED(execute(AT_FDCWD, NULL, 1), EFAULT);
	REFUSED(execute(AT_FDCWD, "", 0), ENOENT);
	REFUSED(execute(AT_FDCWD, "", AT_EMPTY_PATH), EACCES); /* a folder */
	REFUSED(execute(-1, "link", 0), EBADF);
	path = "/proc/self/exe";
	arguments = again;
	CHECK(exited_with(status_of(execute_or_die), 0));
	copy_with_executable_stack("stack");
	CHECK(syscall(SYS_getcwd, self, sizeof(self)) > 0);
	strcat(self, "/stack");
	path = self;
	arguments = on_stack;
	CHECK(exited_with(status_of(execute_or_die), 0));
	CHECK(unlink("stack") == 0 && unlink("link") == 0);
	leave_folder();
	return 0;
}
