/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf_names.c - see elf_names.h.
 */
#include "elf_names.h"

#include <elfutils/libdw.h>

/* Is it one of the marks that compilers leave among the code? */
static bool is_mark(const char *name)
{
	return name == NULL || name[0] == '$' || name[0] == '.' || name[0] == '\0';
}

const char *elf_function(Dwfl_Module *module, uint64_t address, uint64_t *offset)
{
	const int n = dwfl_module_getsymtab(module);
	const char *best = NULL;
	uint64_t start = 0;

	for (int i = 1; i < n; i++) {
		GElf_Addr value;
		GElf_Sym symbol;
		const char *name = dwfl_module_getsym_info(module, i, &symbol, &value, NULL, NULL, NULL);
		const bool function = GELF_ST_TYPE(symbol.st_info) == STT_FUNC;

		if (is_mark(name) || (!function && GELF_ST_TYPE(symbol.st_info) != STT_NOTYPE) ||
		    symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS || value > address || value < start)
			continue;
		if (function && symbol.st_size != 0 && address - value >= symbol.st_size)
			continue;
		best = name;
		start = value;
	}
	*offset = address - start;
	return best;
}

/* Unit by unit: the table of ranges may lack some. */
const char *elf_line(Dwfl_Module *module, uint64_t address, int *line)
{
	Dwarf_Die *unit = NULL;
	Dwarf_Addr bias;

	while ((unit = dwfl_module_nextcu(module, unit, &bias)) != NULL) {
		Dwarf_Line *found;

		if (dwarf_haspc(unit, address - bias) != 1)
			continue;
		found = dwarf_getsrc_die(unit, address - bias);
		if (found == NULL || dwarf_lineno(found, line) != 0)
			return NULL;
		return dwarf_linesrc(found, NULL, NULL);
	}
	return NULL;
}
