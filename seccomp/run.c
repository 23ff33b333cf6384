/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.c - the reference interpreter: what does one program answer to one call?
 *
 * Called by stack.c for the judge, by explain.c, and by tests: gate, specialised code and simulator
 * are all tested to give its answer. It is total: jumps only lead forward and every index is
 * checked, so even a program that seccomp_check() never saw ends, at worst in KILL_PROCESS.
 */
#include "seccomp.h"

/* The 32-bit word at offset K of *DATA as little-endian memory has it. */
/*@ requires \valid_read(data) && k < 64 && k % 4 == 0;
    assigns \nothing;
    ensures \result == data_at(*data, k);
*/
static uint32_t data_word(const struct seccomp_data *data, uint32_t k)
{
	switch (k) {
	case 0:
		return (uint32_t)data->nr;
	case 4:
		return data->arch;
	case 8:
		return (uint32_t)data->instruction_pointer;
	case 12:
		return (uint32_t)(data->instruction_pointer >> 32);
	default:
		break;
	}
	if (k % 8 == 0)
		return (uint32_t)data->args[k / 8 - 2];
	return (uint32_t)(data->args[k / 8 - 2] >> 32);
}

/* The result of the ALU instruction CODE, which is no division, on A and X. */
/*@ requires
      code == (BPF_ALU | BPF_ADD | BPF_X) || code == (BPF_ALU | BPF_SUB | BPF_X) || code == (BPF_ALU | BPF_MUL | BPF_X) ||
      code == (BPF_ALU | BPF_OR | BPF_X) || code == (BPF_ALU | BPF_AND | BPF_X) || code == (BPF_ALU | BPF_XOR | BPF_X) ||
      code == (BPF_ALU | BPF_LSH | BPF_X) || code == (BPF_ALU | BPF_RSH | BPF_X);
    assigns \nothing;
    ensures \result == alu(code, a, x);
*/
static uint32_t compute_with_x(uint16_t code, uint32_t a, uint32_t x)
{
	switch (code) {
	case BPF_ALU | BPF_ADD | BPF_X:
		return a + x;
	case BPF_ALU | BPF_SUB | BPF_X:
		return a - x;
	case BPF_ALU | BPF_MUL | BPF_X:
		return a * x;
	case BPF_ALU | BPF_OR | BPF_X:
		return a | x;
	case BPF_ALU | BPF_AND | BPF_X:
		return a & x;
	case BPF_ALU | BPF_XOR | BPF_X:
		return a ^ x;
	case BPF_ALU | BPF_LSH | BPF_X:
		return a << x % 32;
	case BPF_ALU | BPF_RSH | BPF_X:
	default:
		return a >> x % 32;
	}
}

bool seccomp_holds(uint16_t code, uint32_t a, uint32_t b)
{
	switch (code) {
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JEQ | BPF_X:
		return a == b;
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_X:
		return a > b;
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_X:
		return a >= b;
	case BPF_JMP | BPF_JSET | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_X:
	default:
		return (a & b) != 0;
	}
}

struct seccomp_result seccomp_run(const struct sock_filter *insns, uint32_t len, const struct seccomp_data *data)
{
	struct seccomp_machine s = seccomp_start;
	uint32_t ret = SECCOMP_RET_KILL_PROCESS;

	/*@ loop invariant
	      s.pc <= len &&
	      answer_from(insns, len, *data, s) == answer_from(insns, len, *data, seccomp_start) &&
	      end_from(insns, len, *data, s) == end_from(insns, len, *data, seccomp_start);
	    loop assigns s;
	    loop variant len - s.pc;
	*/
	while (s.pc < len) {
		const struct sock_filter *const i = &insns[s.pc];
		uint64_t skip = 0;
		//@ ghost struct seccomp_machine s0 = s;
		/*@ assert ends: outcome(*i, len - s.pc - 1, s) >= 0 ==>
		      answer_from(insns, len, *data, s) == outcome(*i, len - s.pc - 1, s) &&
		      end_from(insns, len, *data, s) == s.pc;
		*/

		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			if (i->k >= sizeof(*data) || i->k % 4 != 0)
				goto end;
			s.a = data_word(data, i->k);
			break;
		case BPF_LD | BPF_W | BPF_LEN:
			s.a = sizeof(*data);
			break;
		case BPF_LDX | BPF_W | BPF_LEN:
			s.x = sizeof(*data);
			break;
		case BPF_LD | BPF_IMM:
			s.a = i->k;
			break;
		case BPF_LDX | BPF_IMM:
			s.x = i->k;
			break;
		case BPF_LD | BPF_MEM:
			if (i->k >= BPF_MEMWORDS)
				goto end;
			s.a = s.m[i->k];
			break;
		case BPF_LDX | BPF_MEM:
			if (i->k >= BPF_MEMWORDS)
				goto end;
			s.x = s.m[i->k];
			break;
		case BPF_ST:
			if (i->k >= BPF_MEMWORDS)
				goto end;
			s.m[i->k] = s.a;
			break;
		case BPF_STX:
			if (i->k >= BPF_MEMWORDS)
				goto end;
			s.m[i->k] = s.x;
			break;
		case BPF_ALU | BPF_DIV | BPF_K:
			if (i->k == 0)
				goto end;
			s.a /= i->k;
			break;
		case BPF_ALU | BPF_DIV | BPF_X:
			if (s.x == 0) {
				ret = SECCOMP_RET_KILL_THREAD; /* an answer of an accepted program, as on Linux */
				goto end;
			}
			s.a /= s.x;
			break;
		case BPF_ALU | BPF_ADD | BPF_K:
			s.a += i->k;
			break;
		case BPF_ALU | BPF_SUB | BPF_K:
			s.a -= i->k;
			break;
		case BPF_ALU | BPF_MUL | BPF_K:
			s.a *= i->k;
			break;
		case BPF_ALU | BPF_OR | BPF_K:
			s.a |= i->k;
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			s.a &= i->k;
			break;
		case BPF_ALU | BPF_XOR | BPF_K:
			s.a ^= i->k;
			break;
		case BPF_ALU | BPF_LSH | BPF_K:
			s.a <<= i->k % 32;
			break;
		case BPF_ALU | BPF_RSH | BPF_K:
			s.a >>= i->k % 32;
			break;
		case BPF_ALU | BPF_NEG:
			s.a = 0 - s.a;
			break;
		case BPF_ALU | BPF_ADD | BPF_X:
		case BPF_ALU | BPF_SUB | BPF_X:
		case BPF_ALU | BPF_MUL | BPF_X:
		case BPF_ALU | BPF_OR | BPF_X:
		case BPF_ALU | BPF_AND | BPF_X:
		case BPF_ALU | BPF_XOR | BPF_X:
		case BPF_ALU | BPF_LSH | BPF_X:
		case BPF_ALU | BPF_RSH | BPF_X:
			s.a = compute_with_x(i->code, s.a, s.x);
			break;
		case BPF_JMP | BPF_JA:
			skip = i->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			skip = s.a == i->k ? i->jt : i->jf;
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			skip = s.a > i->k ? i->jt : i->jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			skip = s.a >= i->k ? i->jt : i->jf;
			break;
		case BPF_JMP | BPF_JSET | BPF_K:
			skip = (s.a & i->k) != 0 ? i->jt : i->jf;
			break;
		case BPF_JMP | BPF_JEQ | BPF_X:
		case BPF_JMP | BPF_JGT | BPF_X:
		case BPF_JMP | BPF_JGE | BPF_X:
		case BPF_JMP | BPF_JSET | BPF_X:
			skip = seccomp_holds(i->code, s.a, s.x) ? i->jt : i->jf;
			break;
		case BPF_RET | BPF_K:
			ret = i->k;
			goto end;
		case BPF_RET | BPF_A:
			ret = s.a;
			goto end;
		case BPF_MISC | BPF_TAX:
			s.x = s.a;
			break;
		case BPF_MISC | BPF_TXA:
			s.a = s.x;
			break;
		default:
			goto end;
		}

		if (skip >= len - s.pc - 1)
			break;
		//@ assert going: outcome(*i, len - s0.pc - 1, s0) == -1;
		s.pc += 1 + skip;
		//@ assert is_next: s == next(*i, *data, s0);
	}
end:
	return (struct seccomp_result){ .ret = ret, .pc = (uint32_t)s.pc };
}
