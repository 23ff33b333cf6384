/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * c_insn.h - one instruction as C, Rust, Go and JSON write it: { code, jt, jf, k }, with or without
 * names of fields, and C's BPF_STMT() and BPF_JUMP().
 */
#pragma once

#include "scan.h"
#include "seccomp.h"

/* Takes an instruction; false after an error note. */
bool c_take_insn(struct scan *s, struct sock_filter *insn);

/* Does the name of the code's field stand here: `.code =`, `code:`, `"code":` or Go's `Op:`? */
bool c_is_labelled(const struct scan *s);
