# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# undecided.sh - filters that no solver decides, in every subcommand that asks one: it ends, with
# status 3, and says what is left open, where, and what to do. Sourced by policy.t.

# hard NAME LINE: a filter of a thousand times the instructions LINE, for write(), on what it loads
# from the first argument. K is another number each time.
hard() {
	{
		printf 'ld [nr]\njeq #read, 0, 1\nret ALLOW\njeq #write, 1, 0\nret ERRNO(EPERM)\n'
		for i in {0..5}; do printf 'ld [%d]\nst M[%d]\n' $((16 + 8 * i)) "$i"; done
		echo 'ld [16]'
		for ((i = 0; i < 1000; i++)); do printf '%b\n' "${2//K/$((i * 7918 + 1))}"; done
		printf 'jeq #12345, 0, n\nret ALLOW\nn: ret ERRNO(EPERM)\n'
	} | file "$1"
}
hard multiplied.s 'xor #K\nmul #K'
hard divided.s 'ldx M[1]\ndiv x\nadd #K'
hard joined.s 'jset #K, 0, 1\nxor #K\nadd #K'
file multiplied.pt <<'END'
policy multiplied.s
allow read(*, *, *)
errno EPERM write(1, 2, 3)
never write(*, *, *)
END

# open NAME ARG...: undecided after $patience seconds, with a word for each of what, where, and what
# to do.
patience=1
open() {
	local name=$1
	shift
	answers "$name" 3 "$@" --patience=$patience
	err '^portcullis: undecided: [a-z]' && err "^    $place: the first of [0-9]+ instructions that compute" && err -- '--patience=SECONDS'
	ok "... and it is said of what, where, and what to do"
}
for f in multiplied divided joined; do
	place="$f.s:[0-9]+"
	open "show: a call of which nothing is known, $f" show $f.s 'write(*)'
	! out ' -> (ALLOW|ERRNO)'
	ok "... and no answer is claimed"
	open "diff, $f" diff $f.s "$top/docs/policies/app.json"
	! out '^proved'
	ok "... and nothing is called proved"
	open "check, $f" check --only=never-true $f.s
	answers "a call of which the arguments are known is answered: $f" 1 show $f.s 'write(1, 2, 3)'
	out '-> ERRNO\(EPERM\)'
	ok "... by running it"
	answers "the verdict line needs no solver: $f" 1 sim --patience=1 $f.s 'write(1, 2, 3)'
	answers "nor is one needed to write it: $f" 0 convert -q $f.s -o $f.bpf
	answers "nor to draw it: $f" 0 draw -q --only=map $f.s -o $f.svg
	answers "that it is like itself needs none: $f" 0 diff $f.s $f.bpf
done

# A question that is plain by its instructions is ended in time, too: one whose term is too large to
# be looked at, and one that takes too many steps, whether twelve numbers below eleven can differ.
hard masked.s 'jset #K, 0, 1\nor #K'
place='masked.s:[0-9]+'
open "show: masks without end" show masked.s 'write(*)'
{
	printf 'ld [nr]\njeq #write, 1, 0\nret ALLOW\n'
	for i in {0..11}; do
		printf 'ld [%d]\nst M[%d]\njgt #10, 0, 1\nret ERRNO(EPERM)\n' $((16 + 4 * i)) "$i"
		for ((k = 0; k < i; k++)); do printf 'ldx M[%d]\njeq x, 0, 1\nret ERRNO(EPERM)\n' "$k"; done
	done
	echo 'ret ALLOW'
} | file distinct.s
answers "show: numbers that cannot all differ" 3 show distinct.s 'write(*)' --patience=1
err '^portcullis: undecided: write'
ok "... and the solver is not waited for"
place='multiplied.s:[0-9]+' patience=4
open "a policy's own tests" test multiplied.pt
out '^ok 1 ' && out '^ok 2 ' && out '^not ok 3 ' && out 'found: "undecided: the solver gave up'
ok "... of which those that can be decided are"
answers "what was not decided stands in the JSON, too" 3 check --json --only=never-true --patience=1 multiplied.s
out '"undecided": true'
ok "... as undecided"
answers "a finding is one, whatever else is undecided" 1 check --patience=1 multiplied.s
err '^portcullis: undecided: '
ok "... which is said nevertheless"
answers "no time is no time" 2 check --patience=0 multiplied.s
err -- '--patience 0: 1 to [0-9]+ seconds'
ok "... and refused"
answers "what is easy takes no patience" 0 check --patience=1 "$top/docs/policies/app.json"
! err undecided
ok "... and is decided"

# A proof has all the time to itself, and what the compiler takes does not count.
{
	echo '{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": ['
	for ((i = 1; i <= 100; i++)); do
		printf '{ "names": ["ioctl"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": %d, "op": "SCMP_CMP_EQ" }, { "index": %d, "value": %d, "op": "SCMP_CMP_EQ" } ] },\n' \
			$((i * 7919)) $((1 + i % 2)) $((i * 104729))
	done
	echo '{ "names": ["read"], "action": "SCMP_ACT_ALLOW" } ] }'
} | file many.json
answers "a hundred rules with two conditions for one call are proved" 0 convert -q many.json -o many.bpf
