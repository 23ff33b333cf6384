/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf_names.c - see elf_names.h.
 */
#include "elf_names.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>

bool elf_bias(int fd, uint64_t start, uint64_t size, uint64_t offset, uint64_t *bias)
{
	Elf *elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	bool found = false;
	size_t n = 0;

	if (elf != NULL && elf_getphdrnum(elf, &n) != 0)
		n = 0;
	for (size_t i = 0; i < n && !found; i++) {
		GElf_Phdr ph;

		found = gelf_getphdr(elf, (int)i, &ph) != NULL && ph.p_type == PT_LOAD && offset <= ph.p_offset &&
			ph.p_offset < offset + size && ph.p_flags & PF_X;
		if (found)
			*bias = start - (ph.p_vaddr - (ph.p_offset - offset));
	}
	elf_end(elf);
	return found;
}

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

bool elf_is_signal_return(Dwfl_Module *module, uint64_t address)
{
	Dwarf_Addr bias;
	Dwarf_CFI *const cfi = dwfl_module_eh_cfi(module, &bias);
	Dwarf_Frame *frame;
	bool signal = false;

	if (cfi == NULL || dwarf_cfi_addrframe(cfi, address - bias, &frame) != 0)
		return false;
	(void)dwarf_frame_info(frame, NULL, NULL, &signal);
	free(frame);
	return signal;
}

/* Unit by unit: the table of ranges may lack some. */
static Dwarf_Die *find_unit(Dwfl_Module *module, uint64_t address, Dwarf_Addr *bias)
{
	Dwarf_Die *unit = NULL;

	while ((unit = dwfl_module_nextcu(module, unit, bias)) != NULL)
		if (dwarf_haspc(unit, address - *bias) == 1)
			return unit;
	return NULL;
}

/* The file and line that called the function which SCOPE has inlined. */
static const char *call_site(Dwarf_Die *unit, Dwarf_Die *scope, int *line)
{
	Dwarf_Attribute attribute;
	Dwarf_Word number, file;
	Dwarf_Files *files;

	if (dwarf_formudata(dwarf_attr(scope, DW_AT_call_line, &attribute), &number) != 0 ||
	    dwarf_formudata(dwarf_attr(scope, DW_AT_call_file, &attribute), &file) != 0 ||
	    dwarf_getsrcfiles(unit, &files, NULL) != 0)
		return NULL;
	*line = (int)number;
	return dwarf_filesrc(files, file, NULL, NULL);
}

/*
 * What the code at ADDRESS is in, innermost first. dwarf_getscopes() goes on from an inlined
 * function to where its text stands; what it has been made a part of is asked of its entry.
 */
static int scopes_around(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die **scopes)
{
	Dwarf_Die innermost;

	if (dwarf_getscopes(unit, address, scopes) <= 0)
		return 0;
	innermost = (*scopes)[0];
	free(*scopes);
	*scopes = NULL;
	return dwarf_getscopes_die(&innermost, scopes);
}

/* A function's name as its symbol would have it. */
static const char *linkage_name(Dwarf_Die *function)
{
	Dwarf_Attribute attribute;
	const char *name = dwarf_formstring(dwarf_attr_integrate(function, DW_AT_linkage_name, &attribute));

	return name != NULL ? name : dwarf_diename(function);
}

unsigned int elf_lines(Dwfl_Module *module, uint64_t address, struct elf_line *lines, unsigned int n)
{
	Dwarf_Addr bias;
	Dwarf_Die *unit = find_unit(module, address, &bias), *scopes = NULL;
	Dwarf_Line *found = unit == NULL ? NULL : dwarf_getsrc_die(unit, address - bias);
	unsigned int filled = 0;
	int depth;

	if (found == NULL || dwarf_lineno(found, &lines[0].line) != 0)
		return 0;
	lines[0].file = dwarf_linesrc(found, NULL, NULL);
	depth = scopes_around(unit, address - bias, &scopes);
	for (int i = 0; i < depth && filled + 1 < n && lines[filled].file != NULL; i++) {
		if (dwarf_tag(&scopes[i]) != DW_TAG_inlined_subroutine)
			continue;
		lines[filled++].inlined = linkage_name(&scopes[i]);
		lines[filled].file = call_site(unit, &scopes[i], &lines[filled].line);
	}
	free(scopes);
	lines[filled].inlined = NULL;
	return lines[filled].file != NULL ? filled + 1 : filled;
}
