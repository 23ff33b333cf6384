/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * surroundings.h - what the command line gives to the first program: ids, rights, limits, the
 * current directory, the host's name.
 */
#pragma once

/*
 * Called on the first program's task, which is still in the kernel. Applies what the command line
 * says, in the order that launchers use: name, limits, groups, ids, rights, directory. Filters come
 * after that. Where there are filters, a program that is left without CAP_SYS_ADMIN gets
 * no_new_privs, which seccomp(2) demands of a launcher, too. Does not return if one of these cannot
 * be given.
 */
void surroundings_apply(void);
