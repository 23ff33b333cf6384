# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# broken.sh - a compiler that is broken on purpose is caught by its proof, and nothing
# is written. Sourced by policy.t.

file proof.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
	{ "names": ["read", "write", "exit"], "action": "SCMP_ACT_ALLOW" },
	{ "names": ["openat"], "action": "SCMP_ACT_ALLOW", "args": [
		{ "index": 2, "value": 15, "valueTwo": 1, "op": "SCMP_CMP_MASKED_EQ" },
		{ "index": 0, "value": 9, "op": "SCMP_CMP_LE" } ] },
	{ "names": ["openat"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 2, "value": 7, "op": "SCMP_CMP_EQ" } ] },
	{ "names": ["openat"], "action": "SCMP_ACT_ALLOW", "args": [
		{ "index": 2, "value": 48, "valueTwo": 16, "op": "SCMP_CMP_MASKED_EQ" } ] },
	{ "names": ["openat"], "action": "SCMP_ACT_ALLOW", "args": [
		{ "index": 2, "value": 192, "valueTwo": 128, "op": "SCMP_CMP_MASKED_EQ" } ] },
	{ "names": ["ioctl"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 1, "value": 21505, "op": "SCMP_CMP_EQ" } ] } ] }
END
answers "the compiler as it is passes" 0 convert proof.json -o proof.bpf

# broken WHAT FILE FROM TO: the line FROM of policy/FILE.c reads TO: then the
# filter is wrong, and that is found.
broken() {
	local objects
	sed "s#$3#$4#" "policy/$2.c" >"$tmp/$2.c"
	if cmp -s "policy/$2.c" "$tmp/$2.c"; then
		false
		ok "$1: there is such a line in policy/$2.c"
		return
	fi
	mapfile -t objects < <(find "$O/policy-asan" -name '*.o' ! -name "$2.o")
	rm -f "$tmp/bad.bpf"
	cc -std=gnu11 -O1 -no-pie -D_GNU_SOURCE -fsanitize=address,undefined -Iinclude -Iseccomp -Ipolicy -o "$tmp/broken" "$tmp/$2.c" \
		"${objects[@]}" "$O/asan/verdict.a" "${libs[@]}" 2>"$tmp/err" &&
		(cd "$tmp" && ./broken convert proof.json -o bad.bpf) >"$tmp/out" 2>"$tmp/err"
	status=$?
	((status == 3)) && err 'the compiled filter is WRONG' && [[ ! -s $tmp/bad.bpf ]]
	ok "$1 is caught"
}

# This make keeps its flags and its list of sources elsewhere: what is built stays as it is.
# shellcheck disable=SC2016 # for make
read -ra libs < <(env -u MAKEFLAGS -u MAKELEVEL make -s --no-print-directory O="$tmp/make" --eval 'libs: ; @echo $(POLICY_LIBS)' libs)
broken "a jump whose ways are swapped" emit 'e->count - e->place\[n->yes\], e->count - e->place\[n->no\]' 'e->count - e->place[n->no], e->count - e->place[n->yes]'
broken "a border of numbers one too high" compile 'test.k = c->segments\[cut\].first;' 'test.k = c->segments[cut].first + 1;'
broken "a rule that is dropped" decide_args 'i < d->policy->n_rules; i++' 'i + 1 < d->policy->n_rules; i++'
broken "less or equal taken for less" decide_args 'c->test == TEST_GT || c->test == TEST_LE;' 'c->test == TEST_GT;'
broken "an upper half that is not looked at" decide_args 'if (mask == 0 \&\& upper)' 'if (upper)'
broken "a word taken for loaded that is masked" emit 'if (!loaded || held->mask != UINT32_MAX)' 'if (!loaded)'
broken "an architecture that is not looked at" compile 'if (!p->every_arch)' 'if (p->every_arch)'
