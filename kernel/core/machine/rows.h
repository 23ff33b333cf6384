/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.h - one boot, many programs. Start-up begins anew for each: nothing of the kernel's memory
 * is kept but which row is next. So there is nothing that a program could leave for the one after
 * it, and no code that has to clear it away.
 */
#pragma once

#include <stdint.h>

#include <portcullis/rows.h>

#include "phys.h"

/* The row that runs, or NULL: this boot has one program, and the boot loader's command line. */
extern const struct row *rows_current;

/*
 * Boot, when the initrd is mapped: which row is it that runs? NEXT, or with 0, after the boot
 * loader, the one that its command line names. Refuses a header that is damaged. HART, FDT and
 * KERNEL are main()'s, for the next row.
 */
void rows_begin(uint64_t hart, paddr_t fdt, paddr_t kernel, uint64_t next);

/* What the row's archive I is: *SIZE bytes, 0 when there is none. */
const uint8_t *rows_archive(unsigned i, uint64_t *size);

/*
 * The row that runs has ended with STATUS: tells the host, and starts the next one. Returns when
 * there is none.
 */
void rows_end(unsigned status);
