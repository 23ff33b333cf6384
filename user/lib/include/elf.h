/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf.h - ELF files in memory, as glibc names them. Not every picolibc has it.
 */
#pragma once

#include <stdint.h>

#include <abi/auxvec.h>
#include <abi/elf.h>

typedef struct elf64_hdr Elf64_Ehdr;
typedef struct elf64_phdr Elf64_Phdr;

typedef struct {
	uint64_t a_type;
	union {
		uint64_t a_val;
	} a_un;
} Elf64_auxv_t;

#define DT_NULL 0
#define DT_HASH 4
#define DT_STRTAB 5
#define DT_SYMTAB 6
#define DT_VERSYM 0x6ffffff0
#define DT_VERDEF 0x6ffffffc
#define VER_FLG_BASE 1

typedef struct {
	int64_t d_tag;
	union {
		uint64_t d_val;
		uint64_t d_ptr;
	} d_un;
} Elf64_Dyn;

typedef struct {
	uint32_t st_name;
	unsigned char st_info;
	unsigned char st_other;
	uint16_t st_shndx;
	uint64_t st_value;
	uint64_t st_size;
} Elf64_Sym;

typedef struct {
	uint16_t vd_version;
	uint16_t vd_flags;
	uint16_t vd_ndx;
	uint16_t vd_cnt;
	uint32_t vd_hash;
	uint32_t vd_aux;
	uint32_t vd_next;
} Elf64_Verdef;

typedef struct {
	uint32_t vda_name;
	uint32_t vda_next;
} Elf64_Verdaux;
