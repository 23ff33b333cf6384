/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build.c - writes filter programs into the caller's buffer, an instruction at a time.
 *
 * Called by whoever makes filters, and by list.c. build.h has the contracts.
 */
#include "build.h"

#include <abi/errno.h>

void seccomp_build_fail(struct seccomp_build *b, int err, const char *why)
{
	if (b->fault.err == 0)
		b->fault = (struct seccomp_refusal){ err, b->len, why };
}

void seccomp_build_init(struct seccomp_build *b, struct sock_filter *insns, uint16_t *written, uint32_t room)
{
	*b = (struct seccomp_build){
		.insns = insns,
		.written = written,
		.room = room < BPF_MAXINSNS ? room : BPF_MAXINSNS,
		.fault = { 0, 0, "" },
		.warning = "",
	};
	if (insns == NULL || written == NULL)
		seccomp_build_fail(b, EINVAL, "no buffer to write to");
}

void seccomp_build_insn(struct seccomp_build *b, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	if (b->fault.err != 0)
		return;
	if (b->len == b->room) {
		seccomp_build_fail(b, E2BIG, "the program does not fit");
		return;
	}
	b->insns[b->len++] = (struct sock_filter){ code, jt, jf, k };
}

struct seccomp_refusal seccomp_build_end(struct seccomp_build *b)
{
	if (b->fault.err == 0)
		b->fault = seccomp_check(b->insns, b->len, b->written);
	return b->fault;
}

/*
 * Writes the load of SIZE bytes (1, 2 or 4) at OFF: loads the word that they are in, shifts them to
 * its low end, and masks off the bytes above them.
 */
static void load_bytes(struct seccomp_build *b, uint32_t off, uint32_t size)
{
	const uint32_t above = 4 - size - off % 4; /* bytes of the word above them */

	if (off >= sizeof(struct seccomp_data) || off % size != 0) {
		seccomp_build_fail(b, EINVAL, "load outside seccomp_data or not aligned");
		return;
	}
	seccomp_build_insn(b, BPF_LD | BPF_W | BPF_ABS, 0, 0, off - off % 4);
	if (off % 4 != 0)
		seccomp_build_alu_rsh(b, off % 4 * 8);
	if (above != 0)
		seccomp_build_alu_and(b, size == 2 ? 0xffff : 0xff);
}

void seccomp_build_load_word(struct seccomp_build *b, uint32_t off)
{
	load_bytes(b, off, 4);
}

void seccomp_build_load_half(struct seccomp_build *b, uint32_t off)
{
	load_bytes(b, off, 2);
}

void seccomp_build_load_byte(struct seccomp_build *b, uint32_t off)
{
	load_bytes(b, off, 1);
}

const char *seccomp_errno_warning(uint16_t err)
{
	if (err == 0)
		return "errno 0: a refused call seems to succeed";
	if (err > MAX_ERRNO)
		return "errno above 4095 is delivered as 4095";
	return "";
}

const char *seccomp_arch_name(uint32_t arch)
{
	switch (arch) {
	case AUDIT_ARCH_RISCV64:
		return "riscv64";
	case AUDIT_ARCH_RISCV32:
		return "riscv32";
	case AUDIT_ARCH_X86_64:
		return "x86_64";
	case AUDIT_ARCH_I386:
		return "i386";
	case AUDIT_ARCH_AARCH64:
		return "aarch64";
	case AUDIT_ARCH_ARM:
		return "arm";
	default:
		return NULL;
	}
}
