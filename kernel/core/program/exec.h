/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exec.h - execve: the argument strings (args.c), the ELF file (elf.c), and the change to the new
 * program (exec.c).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inode;
struct mm;

/* ---- args.c: the strings of a program, in kernel memory ---- */

/* All zero: no strings. */
struct args {
	char *buf; /* argv's strings, then envp's, each with its NUL; allocated */
	size_t used, size;
	size_t env_at; /* where envp's strings begin in buf */
	uint32_t argc, envc;
	bool nameless; /* the program has no path, but for its descriptor's */
};

/*
 * Those that return int return 0 or -errno: -E2BIG, -EFAULT, -ENOMEM, -EINTR (a fatal signal).
 * args_free() is needed in any case.
 */

/* Adds STRING to argv or, after args_begin_env(), to envp. */
[[nodiscard]] int args_add(struct args *a, const char *string);
/*
 * Adds the strings of the NULL-terminated array of pointers at user address UARRAY (0: none), in
 * the same way.
 */
[[nodiscard]] int args_add_user(struct args *a, uint64_t uarray);
void args_begin_env(struct args *a);
/* Removes argv's first string: for a script, whose interpreter gets another argv[0]. */
void args_drop_first(struct args *a);
/* Makes STRING the first of argv, before all others. */
[[nodiscard]] int args_push_front(struct args *a, const char *string);
void args_free(struct args *a);

/* ---- elf.c ---- */

struct elf_image {
	uint64_t entry; /* the program's entry point */
	uint64_t start; /* the first instruction: the entry point, or that of the dynamic loader */
	uint64_t phdr;	/* address of its program headers; 0: not mapped */
	uint64_t phnum;
	uint64_t base; /* load address of the dynamic loader; 0: there is none */
	uint64_t end;  /* end of the last segment: the heap begins behind it */
	bool stack_executable;
};

/*
 * Maps the ELF file I, and the dynamic loader that it names, into MM, which is new. 0, or -ENOEXEC
 * (not for this machine, or malformed: *WHY says how), -ETXTBSY, -ENOMEM, or an error of looking
 * the loader up.
 */
[[nodiscard]] int elf_load(struct mm *mm, struct inode *i, struct elf_image *image, const char **why);

/* ---- exec.c ---- */

/*
 * Makes the current task the program in file I, called PATH, with arguments *A. On success the
 * trapframe is the new program's. -errno: the old program goes on, but after -EAGAIN and some
 * -ENOMEM without its other threads. *WHY: see elf_load(). [do_execveat_common]
 */
[[nodiscard]] long exec_program(struct inode *i, const char *path, struct args *a, const char **why);

/*
 * Gives the current task, which has no memory yet, what a launcher would have when it starts the
 * program at PATH with *A: a stack with these strings, and a frame with the registers of
 * execve(PATH, argv, envp). So filters can judge that call, though there is no code that makes it.
 * 0 or -ENOMEM.
 */
[[nodiscard]] int exec_pose_as_launcher(const char *path, const struct args *a);

/* ---- sys_exec.c ---- */

/* Does what execve does, for the kernel: looks PATH up, and follows a script to its interpreter. */
[[nodiscard]] long exec_path(const char *path, struct args *a, const char **why);
