/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/signal.h - as signal.h. */
#pragma once

#include <signal.h>
