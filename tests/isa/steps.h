/* SPDX-License-Identifier: BSD-2-Clause */
/* steps.h - where things lie in memory for steps.S; agree.py reads these lines, too. */
#pragma once

#define RAM 0x80000000
#define RAM_SIZE 0x8000000
#define HEADER 0x80004000
#define KEPT 0x80010000
#define WINDOW 0x80020000
#define WINDOW_SIZE 0x4000
#define VECTOR 0x80100000 /* here, and all around, are breakpoints; they trap to M mode */
#define FIELD 0x80100000
#define SLOT 0x80200000
#define FIELD_SIZE 0x210000
#define STEPS 0x81000000
#define STEP_SIZE 64
#define RESULTS 0x82000000
#define RESULT_SIZE 336
#define REGISTERS 0x85000000
#define DELEGATED 0x304 /* illegal instructions, ecall from U and S: to S mode */

#define R_PC 248
#define R_MCAUSE 256
#define R_MSTATUS 264
#define R_SEPC 272
#define R_SCAUSE 280
#define R_STVAL 288
#define R_SSTATUS_BEFORE 296
#define R_WINDOW 304
