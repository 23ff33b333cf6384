/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * version.h - which Portcullis this is, and of which day. Also read by qemu.sh.
 */
#pragma once

#define PORTCULLIS_VERSION "1.0"
#define PORTCULLIS_DATE "2026-11-29"
