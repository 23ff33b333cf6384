/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exec.h - from a file to a running program: arguments (args.c), the ELF file (elf.c), and the
 * change to the new program (exec.c).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inode;
struct mm;

/* ---- args.c: the strings of a program, in kernel memory ---- */

struct args {
	char *buf; /* argv's strings, then envp's, each with its terminator */
	size_t used, size;
	size_t env_at; /* where envp's strings begin in buf */
	uint32_t argc, envc;
};

/* All return 0 or -errno: -E2BIG, -EFAULT, -ENOMEM. args_free() is needed in either case. */
[[nodiscard]] int args_add(struct args *a, const char *string);
/*
 * Adds the strings of a NULL-terminated array of pointers in user memory (0: none). Those of the
 * environment are added after args_begin_env().
 */
[[nodiscard]] int args_add_user(struct args *a, uint64_t uarray);
void args_begin_env(struct args *a);
/* Removes argv's first string (a script's own name, before its interpreter's arguments). */
void args_drop_first(struct args *a);
/* Puts STRING before all others. */
[[nodiscard]] int args_push_front(struct args *a, const char *string);
void args_free(struct args *a);

/* ---- elf.c ---- */

struct elf_image {
	uint64_t entry; /* where the program itself starts */
	uint64_t start; /* where to start: the same, or in the dynamic loader */
	uint64_t phdr;	/* address of its program headers, 0: not mapped */
	uint64_t phnum;
	uint64_t base; /* load address of the dynamic loader, 0: none */
	uint64_t end;  /* end of the program's data: the heap begins here */
	bool stack_executable;
};

/*
 * Maps the ELF file I, and the loader it names, into MM. 0, or -ENOEXEC (not for this machine,
 * malformed), -ENOMEM, or what opening the loader gives. *WHY tells a malformed file's fault.
 */
[[nodiscard]] int elf_load(struct mm *mm, struct inode *i, struct elf_image *image, const char **why);

/* ---- exec.c ---- */

/*
 * Makes the current task the program in file I, called PATH, with arguments *A. On success the
 * trapframe is the new program's; where -errno is returned, the old program is untouched.
 * [do_execveat_common]
 */
[[nodiscard]] long exec_program(struct inode *i, const char *path, struct args *a, const char **why);

/*
 * Gives the current task, which has no memory yet, what a launcher has when it starts the program
 * at PATH with *A: a stack with these strings, and a frame with the registers of execve(PATH, argv,
 * envp). It is for filters to judge: there is no code. 0 or -ENOMEM.
 */
[[nodiscard]] int exec_pose_as_launcher(const char *path, const struct args *a);

/* ---- sys_exec.c ---- */

/* Does what execve does, for the kernel: looks PATH up, and follows a script to its interpreter. */
[[nodiscard]] long exec_path(const char *path, struct args *a, const char **why);
