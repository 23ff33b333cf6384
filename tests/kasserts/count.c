/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.c - a plugin of QEMU that counts the instructions of each program of a list: between two
 * arrivals at the address `at`, where the kernel begins anew, and from the last one to the end. It
 * adds a line with the number to the file `to`.
 *
 * Debian has no package with QEMU's qemu-plugin.h; what is used of it stands here. [QEMU 7.2,
 * include/qemu/qemu-plugin.h, version 1 of its interface]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*cb)(uint64_t id, struct qemu_plugin_tb *tb));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, void (*cb)(unsigned vcpu, void *data),
					    int flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op, void *to, uint64_t value);
void qemu_plugin_register_atexit_cb(uint64_t id, void (*cb)(uint64_t id, void *data), void *data);
int qemu_plugin_install(uint64_t id, const struct qemu_plugin_info *info, int argc, char **argv);

extern int qemu_plugin_version;
int qemu_plugin_version = 1;

#define NO_REGISTERS 0 /* QEMU_PLUGIN_CB_NO_REGS */
#define ADD 0	       /* QEMU_PLUGIN_INLINE_ADD_U64 */

static uint64_t at, count;
static int begun;
static FILE *to;

static void end_program(void)
{
	if (begun)
		fprintf(to, "%" PRIu64 "\n", count);
	begun = 1;
	count = 0;
}

static void on_begin(unsigned vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	end_program();
}

static void on_exit_of_qemu(uint64_t id, void *data)
{
	(void)id;
	(void)data;
	end_program();
	fclose(to);
}

static void on_translation(uint64_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (qemu_plugin_insn_vaddr(insn) == at)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_begin, NO_REGISTERS, NULL);
		qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD, &count, 1);
	}
}

int qemu_plugin_install(uint64_t id, const struct qemu_plugin_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "at=", 3) == 0)
			at = strtoull(argv[i] + 3, NULL, 16);
		else if (strncmp(argv[i], "to=", 3) == 0)
			to = fopen(argv[i] + 3, "a");
	}
	if (at == 0 || to == NULL)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
	return 0;
}
