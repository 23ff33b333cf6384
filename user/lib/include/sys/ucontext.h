/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/ucontext.h - as ucontext.h. */
#pragma once

#include <ucontext.h>
