/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.h - programs under policies: qemu.sh run, which knows how to start the machine.
 */
#pragma once

#include <stdbool.h>

struct invocation;

/*
 * Adds to ARGUMENTS those options of run that were given to another subcommand: at most as many as
 * were given. Returns how many.
 */
unsigned int run_options_given(struct invocation *in, const char **arguments);

/*
 * Becomes `qemu.sh COMMAND` with the N ARGUMENTS. Returns only after a line on stderr: the script
 * is not found, or cannot be started.
 */
void become_script(const char *command, const char *const *arguments, unsigned int n);

/*
 * Runs `qemu.sh run` with the N ARGUMENTS and, if SILENT, without its output. Returns its exit
 * status, or -1 after a line on stderr: the script is not found. PORTCULLIS_RUN names the script,
 * which qemu.sh sets; else it is where make install has put it, beside the folder of this program.
 */
int run_program(const char *const *arguments, unsigned int n, bool silent);
