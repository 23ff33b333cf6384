/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exec.h - from a file to a running program: arguments (args.c), the ELF file
 * (elf.c), and the exchange (exec.c).
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

/* All functions return 0 or -errno: -E2BIG, -EFAULT, -ENOMEM. args_free() in any case. */
[[nodiscard]] int args_add(struct args *a, const char *string);
/*
 * N strings of a NULL-terminated array of pointers in user memory (0: none); the
 * environment's begin with args_begin_env().
 */
[[nodiscard]] int args_add_user(struct args *a, uint64_t uarray);
void args_begin_env(struct args *a);
/* Takes argv's first string away (a script's own name, before its interpreter's arguments). */
void args_drop_first(struct args *a);
/* Puts STRING before all others. */
[[nodiscard]] int args_push_front(struct args *a, const char *string);
void args_free(struct args *a);

/* ---- elf.c ---- */

struct elf_image {
	uint64_t entry; /* where the program itself starts */
	uint64_t start; /* where to start: there, or in the dynamic loader */
	uint64_t phdr;	/* address of its program headers, 0: not mapped */
	uint64_t phnum;
	uint64_t base; /* of the dynamic loader, 0: none */
	uint64_t end;  /* of its data: the heap begins here */
	bool stack_executable;
};

/*
 * Maps the ELF file I, and the loader it names, into MM. 0, or -ENOEXEC (not for this machine,
 * malformed), -ENOMEM, or what opening the loader gives. *WHY tells a malformed file's fault.
 */
[[nodiscard]] int elf_load(struct mm *mm, struct inode *i, struct elf_image *image, const char **why);

/* ---- exec.c ---- */

/*
 * The current task becomes the program at PATH with *A (from where -errno is returned the old
 * program is untouched). On success the frame is the new program's. [do_execveat_common]
 */
[[nodiscard]] long exec_program(struct inode *i, const char *path, struct args *a, const char **why);

/*
 * Gives the current task, which has no memory yet, what a launcher has when it starts the program
 * at PATH with *A: a stack with these strings, and a frame whose registers are those of
 * execve(PATH, argv, envp). For filters to judge: there is no code. 0 or -ENOMEM.
 */
[[nodiscard]] int exec_pose_as_launcher(const char *path, const struct args *a);

/*
 * A record of the channel of events: SIZE bytes of file I, from OFFSET on, can be executed
 * at START. Only when events != 0.
 */
void exec_report_map(uint64_t start, uint64_t size, uint64_t offset, const struct inode *i);

/* ---- sys_exec.c ---- */

/* As execve, from the kernel: PATH is looked up, a script leads to its interpreter. */
[[nodiscard]] long exec_path(const char *path, struct args *a, const char **why);
