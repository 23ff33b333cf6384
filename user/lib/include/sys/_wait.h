/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys/_wait.h - what picolibc's stdlib.h takes from there, in place of its own from 1.8 on.
 */
#pragma once

#include <sys/wait.h>
