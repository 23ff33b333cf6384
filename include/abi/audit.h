/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit.h - architecture tokens and record types [linux/audit.h, linux/elf-em.h].
 */
#pragma once

#define __AUDIT_ARCH_64BIT 0x80000000U
#define __AUDIT_ARCH_LE 0x40000000U

#define AUDIT_ARCH_AARCH64 0xc00000b7U
#define AUDIT_ARCH_ARM 0x40000028U
#define AUDIT_ARCH_I386 0x40000003U
#define AUDIT_ARCH_RISCV32 0x400000f3U
#define AUDIT_ARCH_RISCV64 0xc00000f3U
#define AUDIT_ARCH_X86_64 0xc000003eU

#define AUDIT_CONFIG_CHANGE 1305
#define AUDIT_SECCOMP 1326
