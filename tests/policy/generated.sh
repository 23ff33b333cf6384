# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# generated.sh - POLICIES (15) generated policies of each form: each is read, and becomes a filter
# that z3 proves to answer as its rules do. Sourced by policy.t.

for form in oci kafel minijail seccompiler systemd firejail; do
	if [[ ! -x /usr/bin/python3 ]]; then
		skip "generated policies of $form" "there is no python3"
		continue
	fi
	/usr/bin/python3 "$top/tests/policy/readers/generate.py" "$form" "${POLICIES:-15}" "${SEED:-1}" "$tmp/$form" 2>"$tmp/err"
	proved=0
	for ((i = 0; i < ${POLICIES:-15}; i++)); do
		run convert --from "$form" --to raw -o generated.bpf "$form/$i"
		[[ $status == 0 ]] && grep -q 'proved equal' "$tmp/out" "$tmp/err" || break
		proved=$((proved + 1))
	done
	[[ $proved == "${POLICIES:-15}" ]] || cp "$tmp/$form/$i" "$tmp/out"
	[[ $proved == "${POLICIES:-15}" ]]
	ok "${POLICIES:-15} generated policies of $form become filters that are proved"
done
