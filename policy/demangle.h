/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * demangle.h - names of functions as their authors wrote them. libiberty does the work, as it does
 * for gdb: it knows C++ and both manglings of Rust. Built without its header, portcullis shows
 * names as the linker has them.
 */
#pragma once

#include "arena.h"

/*
 * NAME without the mangling of C++ or Rust, in ARENA: "door::Lock<int>::open", without the types of
 * arguments. NAME itself, copied, where it is not mangled.
 */
const char *demangle(struct arena *arena, const char *name);
