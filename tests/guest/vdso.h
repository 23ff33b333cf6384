/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.h - finds functions of the vDSO as C libraries do, by its hash table and its
 * versions; and the mappings around it.
 */
#pragma once

#include "guest.h"

#include <elf.h>
#include <stdbool.h>
#include <sys/time.h>

#ifdef __riscv
#define VDSO_VERSION "LINUX_4.15"
#else
#define VDSO_VERSION "LINUX_2.6"
#endif

#define VDSO_PATH_MAX 256

/* What the tag of the dynamic section says, an address; NULL: nothing. */
static inline const void *vdso_tag(uint64_t tag)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *header = (const void *)base;
	const Elf64_Phdr *p = (const void *)(base + header->e_phoff);

	CHECK(base != NULL && memcmp(base, ELFMAG, SELFMAG) == 0 && header->e_type == ET_DYN);
	for (int i = 0; i < header->e_phnum; i++)
		if (p[i].p_type == PT_DYNAMIC)
			for (const uint64_t *d = (const void *)(base + p[i].p_offset); d[0] != 0; d += 2)
				if (d[0] == tag)
					return base + d[1];
	return NULL;
}

static inline uint32_t vdso_hash(const char *name)
{
	uint32_t h = 0;

	for (; *name; name++) {
		h = (h << 4) + (uint8_t)*name;
		h = (h ^ (h >> 24 & 0xf0)) & 0xfffffff;
	}
	return h;
}

/* The number of the version of that name, as musl and glibc find it. */
static inline uint16_t vdso_version_index(const char *version)
{
	const char *at = vdso_tag(DT_VERDEF), *strings = vdso_tag(DT_STRTAB);

	CHECK(at != NULL && strings != NULL);
	for (;;) {
		const Elf64_Verdef *v = (const void *)at;
		const uint32_t *name = (const void *)(at + v->vd_aux);

		CHECK(v->vd_version == 1);
		if ((v->vd_flags & VER_FLG_BASE) == 0 && v->vd_hash == vdso_hash(version) &&
		    strcmp(strings + *name, version) == 0)
			return v->vd_ndx;
		CHECK(v->vd_next != 0);
		at += v->vd_next;
	}
}

/* The function NAME of VDSO_VERSION; the program ends with 1 if there is none. */
static inline void *vdso_find(const char *name)
{
	const uint32_t *hash = vdso_tag(DT_HASH);
	const Elf64_Sym *symbols = vdso_tag(DT_SYMTAB);
	const char *strings = vdso_tag(DT_STRTAB);
	const uint16_t *versions = vdso_tag(DT_VERSYM);
	const uint16_t version = vdso_version_index(VDSO_VERSION);

	CHECK(hash != NULL && symbols != NULL && versions != NULL);
	for (uint32_t i = hash[2 + vdso_hash(name) % hash[0]]; i != 0; i = hash[2 + hash[0] + i]) {
		CHECK(i < hash[1]);
		if (strcmp(strings + symbols[i].st_name, name) == 0 && (versions[i] & 0x7fff) == version) {
			CHECK(symbols[i].st_info == 0x12 && symbols[i].st_shndx != 0);
			return (char *)getauxval(AT_SYSINFO_EHDR) + symbols[i].st_value;
		}
	}
	CHECK(name == NULL);
	return NULL;
}

struct mapping {
	unsigned long start, end, offset, inode;
	char rights[8], device[8], name[VDSO_PATH_MAX];
};

/* The mapping of that name in /proc/self/maps; false: there is none. */
static inline bool find_mapping(const char *name, struct mapping *m)
{
	char text[16384], *line = text;
	const int fd = open("/proc/self/maps", O_RDONLY);
	ssize_t n, used = 0;

	CHECK(fd >= 0);
	while ((n = read(fd, text + used, sizeof(text) - 1 - (size_t)used)) > 0)
		used += n;
	CHECK(n == 0 && close(fd) == 0);
	text[used] = 0;
	while (*line) {
		char *end = strchr(line, '\n');

		CHECK(end != NULL);
		*end = 0;
		m->name[0] = 0;
		CHECK(sscanf(line, "%lx-%lx %7s %lx %7s %lu %255s", &m->start, &m->end, m->rights, &m->offset,
			     m->device, &m->inode, m->name) >= 6);
		if (strcmp(m->name, name) == 0)
			return true;
		line = end + 1;
	}
	return false;
}
