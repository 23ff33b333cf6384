/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hwprobe.c - finds out what the hart can do: see hwprobe.h. Sources are the device tree's
 * "riscv,isa", the firmware, and which registers this kernel switches between tasks (those of
 * floating point, but not of vectors). Called at boot and by riscv_hwprobe(2).
 * [arch/riscv/kernel/sys_hwprobe.c of Linux 6.12]
 */
#include "hwprobe.h"

#include <string.h>

#include <abi/hwprobe.h>
#include <vvar.h>

#include "machine.h"
#include "phys.h"
#include "sbi.h"

/* Extensions that programs can use without help from the kernel. */
static const struct extension {
	const char *name;
	uint64_t bit;
} extensions[] = {
	{ "zacas", RISCV_HWPROBE_EXT_ZACAS },	{ "zawrs", RISCV_HWPROBE_EXT_ZAWRS },
	{ "zba", RISCV_HWPROBE_EXT_ZBA },	{ "zbb", RISCV_HWPROBE_EXT_ZBB },
	{ "zbc", RISCV_HWPROBE_EXT_ZBC },	{ "zbkb", RISCV_HWPROBE_EXT_ZBKB },
	{ "zbkc", RISCV_HWPROBE_EXT_ZBKC },	{ "zbkx", RISCV_HWPROBE_EXT_ZBKX },
	{ "zbs", RISCV_HWPROBE_EXT_ZBS },	{ "zfa", RISCV_HWPROBE_EXT_ZFA },
	{ "zfh", RISCV_HWPROBE_EXT_ZFH },	{ "zfhmin", RISCV_HWPROBE_EXT_ZFHMIN },
	{ "zicond", RISCV_HWPROBE_EXT_ZICOND }, { "zihintntl", RISCV_HWPROBE_EXT_ZIHINTNTL },
	{ "zknd", RISCV_HWPROBE_EXT_ZKND },	{ "zihintpause", RISCV_HWPROBE_EXT_ZIHINTPAUSE },
	{ "zkne", RISCV_HWPROBE_EXT_ZKNE },	{ "zknh", RISCV_HWPROBE_EXT_ZKNH },
	{ "zksed", RISCV_HWPROBE_EXT_ZKSED },	{ "zksh", RISCV_HWPROBE_EXT_ZKSH },
	{ "zkt", RISCV_HWPROBE_EXT_ZKT },
};

static const struct vvar *values;

/* Is NAME, a name of several letters, one of the parts of ISA that "_" separates? */
static bool has_extension(const char *isa, const char *name)
{
	const size_t len = strlen(name);

	for (const char *at = strchr(isa, '_'); at != NULL; at = strchr(at + 1, '_'))
		if (strncmp(at + 1, name, len) == 0 && (at[1 + len] == '_' || at[1 + len] == '\0'))
			return true;
	return false;
}

static uint64_t isa_extensions(void)
{
	uint64_t bits =
		RISCV_HWPROBE_IMA_FD | RISCV_HWPROBE_IMA_C; /* what this kernel and its programs are built for */

	for (const struct extension *e = extensions; e < extensions + sizeof(extensions) / sizeof(extensions[0]); e++)
		if (has_extension(machine.isa, e->name))
			bits |= e->bit;
	return bits;
}

void hwprobe_publish(struct vvar *v)
{
	_Static_assert(sizeof(v->hwprobe) / sizeof(v->hwprobe[0]) == RISCV_HWPROBE_MAX_KEY + 1, "a value for each key");
	uint64_t ids;

	v->hwprobe[RISCV_HWPROBE_KEY_MVENDORID] = sbi_vendor_id();
	v->hwprobe[RISCV_HWPROBE_KEY_MARCHID] = sbi_architecture_id();
	v->hwprobe[RISCV_HWPROBE_KEY_MIMPID] = sbi_implementation_id();
	v->hwprobe[RISCV_HWPROBE_KEY_BASE_BEHAVIOR] = RISCV_HWPROBE_BASE_BEHAVIOR_IMA;
	v->hwprobe[RISCV_HWPROBE_KEY_IMA_EXT_0] = isa_extensions();
	v->hwprobe[RISCV_HWPROBE_KEY_CPUPERF_0] = RISCV_HWPROBE_MISALIGNED_UNKNOWN;
	v->hwprobe[RISCV_HWPROBE_KEY_ZICBOZ_BLOCK_SIZE] = 0; /* cbo.zero is not enabled for user mode */
	v->hwprobe[RISCV_HWPROBE_KEY_HIGHEST_VIRT_ADDRESS] = USER_TOP;
	v->hwprobe[RISCV_HWPROBE_KEY_TIME_CSR_FREQ] = machine.timebase;
	v->hwprobe[RISCV_HWPROBE_KEY_MISALIGNED_SCALAR_PERF] = RISCV_HWPROBE_MISALIGNED_UNKNOWN;
	ids = v->hwprobe[RISCV_HWPROBE_KEY_MVENDORID] | v->hwprobe[RISCV_HWPROBE_KEY_MARCHID] |
	      v->hwprobe[RISCV_HWPROBE_KEY_MIMPID];
	v->alike = ids != 0 && ids != UINT64_MAX; /* [homogeneous_cpus] */
	values = v;
}

uint64_t hwprobe_value(int64_t key)
{
	return values->hwprobe[key];
}
