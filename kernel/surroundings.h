/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * surroundings.h - what the first program finds: arguments, environment, ids, rights, limits, the
 * current directory, the host's name. From files that qemu.sh has put into the archive, and from
 * the command line. Called by init.c, on the first program's task, which is still in the kernel.
 */
#pragma once

struct args;

/*
 * Adds the program's arguments, as far as the archive says, and then its environment. 0, or what
 * args_add() returns.
 */
[[nodiscard]] int surroundings_argv(struct args *a);
[[nodiscard]] int surroundings_env(struct args *a);

/*
 * Applies the rest, in the order that launchers use: name, limits, groups, ids, rights, directory.
 * Filters come after that. Where there are filters, a program that is left without CAP_SYS_ADMIN
 * gets no_new_privs, which seccomp(2) demands of a launcher, too. Does not return if one of these
 * cannot be given.
 */
void surroundings_apply(void);
