/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/ptrace.h - tracing; the requests are macros, not an enum as in glibc. */
#pragma once

#include <sys/types.h>

#include <abi/ptrace.h>

#define PTRACE_PEEKUSER PTRACE_PEEKUSR
#define PTRACE_POKEUSER PTRACE_POKEUSR

long ptrace(int request, ...);
