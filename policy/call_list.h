/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_list.h - the calls that an option names, with commas between them.
 */
#pragma once

#include "command.h"

struct call_list {
	bool given, all;
	int *nr;
	size_t n;
};

/*
 * The calls of option NAME, by name, as syscall_600, or by number; or, if MAY_BE_ALL, `all`. False
 * after a line on stderr: a word is no call of riscv64.
 */
bool call_list_read(struct invocation *in, const char *name, bool may_be_all, struct call_list *list);

bool call_list_has(const struct call_list *list, int nr);
