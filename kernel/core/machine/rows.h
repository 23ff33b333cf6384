/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.h - runs many programs in one boot, one after the other; each is a row of a table that lies
 * in the initrd (include/portcullis/rows.h). Start-up is repeated for each row, and nothing of the
 * kernel's memory is kept but the number of the next row. So no program can leave anything to the
 * one after it, and there is no code that has to clear things away.
 */
#pragma once

#include <stdint.h>

#include <portcullis/rows.h>

#include "phys.h"

/*
 * The row that runs. NULL: this boot has one program, which the boot loader's command line names.
 */
extern const struct row *rows_current;

/*
 * At boot, when the initrd is mapped: finds the row that runs. NEXT: its number, or 0 after the
 * boot loader, for the row that its command line names. Refuses a damaged header. HART, FDT and
 * KERNEL are main()'s arguments, kept for the next row.
 */
void rows_begin(uint64_t hart, paddr_t fdt, paddr_t kernel, uint64_t next);

/*
 * The bytes of archive I of the row that runs, and their number in *SIZE, which is 0 if it has
 * none.
 */
const uint8_t *rows_archive(unsigned i, uint64_t *size);

/*
 * Tells the host that the row that runs has ended with STATUS, and starts the next one. Returns
 * when there is none.
 */
void rows_end(unsigned status);
