# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# oci.sh - profiles of Docker, Podman and the OCI runtime specification. Sourced by policy.t.
#
# What libseccomp makes of a profile is the witness where it is right; what runc, crun, moby and
# containers/common do around it is known from their sources.

# profile NAME DEFAULT RULE...: a profile of those rules.
profile() {
	local name=$1 default=$2 IFS=,
	shift 2
	printf '{ "defaultAction": %s, "syscalls": [\n%s\n] }\n' "$default" "$*" >"$tmp/$name"
}

# same NAME A B [ARG...]: two policies answer every call alike.
same() {
	local name=$1
	shift
	answers "$name" 0 diff -q "$@"
}

# Each action is the word that it should be: compared with a filter that answers it
# to every call, as the default.
while read -r action word runtime; do
	file one.json <<<"{ \"defaultAction\": \"SCMP_ACT_$action\", \"syscalls\": [] }"
	bytes one.bpf 2000000004000000 15000001f30000c0 "06000000$word" 0600000000000000
	same "SCMP_ACT_$action is the word $word" --runtime="${runtime:-docker}" one.json one.bpf
done <<'END'
ALLOW 0000ff7f
ERRNO 01000500
KILL 00000000
KILL_THREAD 00000000
KILL_PROCESS 00000080
TRAP 00000300
LOG 0000fc7f
TRACE 0100f07f
NOTIFY 0000c07f crun
END
answers "runc refuses NOTIFY as the default" 2 diff one.json one.bpf

# refused NAME PATTERN: the profile NAME cannot be read, and a message matches.
refused() {
	answers "$1 is refused" 2 convert "$1" -o /dev/null "${@:3}"
	err "^$1:[0-9]+:[0-9]+: error: $2"
	ok "... at its place: $2"
}
profile action.json '"SCMP_ACT_DENY"'
refused action.json 'no such action: SCMP_ACT_DENY'
profile args.json '"SCMP_ACT_ERRNO"' '{ "names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 6, "op": "SCMP_CMP_EQ" }] }'
refused args.json 'no such argument'
profile op.json '"SCMP_ACT_ERRNO"' '{ "names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 1, "op": "==" }] }'
refused op.json 'no such operator: =='
profile negative.json '"SCMP_ACT_ERRNO"' '{ "names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 1, "value": -1, "op": "SCMP_CMP_EQ" }] }'
refused negative.json 'no whole number'
profile errno.json '"SCMP_ACT_ERRNO"' '{ "names": ["read"], "action": "SCMP_ACT_KILL", "errnoRet": 1 }'
refused errno.json 'an errno for an action that has none' --runtime=crun
answers "... which runc only ignores" 0 convert errno.json -o /dev/null
err 'warning: an errno for an action that has none'
ok "... with a warning"
profile notify.json '"SCMP_ACT_ERRNO"' '{ "names": ["write"], "action": "SCMP_ACT_NOTIFY" }'
refused notify.json 'runc refuses SCMP_ACT_NOTIFY for write'
answers "... and crun takes" 0 convert notify.json -o /dev/null --runtime=crun
profile both.json '"SCMP_ACT_ERRNO"' '{ "names": ["write"], "name": "read", "action": "SCMP_ACT_ALLOW" }'
refused both.json 'both name and names'
file flags.json <<<'{ "defaultAction": "SCMP_ACT_ALLOW", "flags": ["LOG"], "syscalls": [] }'
refused flags.json 'no such flag'
file none.json <<<'{ "ociVersion": "1.0.2", "linux": { "seccomp": null } }'
refused none.json 'is the configuration of an OCI container without linux\.seccomp'
file object.json <<'END'
{ "apiVersion": "security-profiles-operator.x-k8s.io/v1beta1", "kind": "SeccompProfile", "metadata": { "name": "x" },
  "spec": { "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "action": "SCMP_ACT_ALLOW", "names": ["read"] } ] } }
END
answers "Kubernetes' object has the profile inside" 1 show object.json read mount
out '^  ALLOW   object\.json:2' && [[ ! -s $tmp/err ]]
ok "... which is read"
file daemon.json <<<'{ "seccomp-profile": "/etc/docker/seccomp.json" }'
refused daemon.json 'is a configuration that names a profile'
file comma.json <<<'{ "defaultAction": "SCMP_ACT_ALLOW", }'
refused comma.json 'a comma too many'
file comment.json <<<'{ // no
 "defaultAction": "SCMP_ACT_ALLOW" }'
refused comment.json 'a key in quotes, or } should be here'
file cut.json <<<'{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": ['
refused cut.json 'the file ends where a value should be'
file type.json <<<'{ "defaultAction": 7, "syscalls": [] }'
refused type.json 'defaultAction should be a string, and is a number'

# Names: those that riscv64 has not are told together, with what is called instead;
# those that nobody has, one by one.
profile names.json '"SCMP_ACT_ALLOW"' '{ "names": ["chmod", "mkdir", "unlink", "oepnat"], "action": "SCMP_ACT_ERRNO" }'
answers "names that riscv64 has not are no fault" 0 convert names.json -o /dev/null
err 'names\.json:2:13: warning: .*chmod \(fchmodat\), mkdir \(mkdirat\), unlink \(unlinkat\)'
ok "... and are told together, with what is called instead"
err 'names\.json:2:41: warning: no architecture has a call of that name: oepnat' && err 'did you mean openat'
ok "... and a name that nobody has, with the one that is meant"
profile keys.json '"SCMP_ACT_ALLOW"' '{ "names": ["read"], "action": "SCMP_ACT_ERRNO", "errnoret": 5, "argz": [] }'
answers "odd keys are no fault" 0 convert keys.json -o /dev/null
err 'keys\.json:2:65: warning: no such key: argz' && err 'keys\.json:2:50: warning: Docker and Podman take errnoret for errnoRet'
ok "... and have warnings"

# libseccomp on generated profiles. Where it is known to be wrong (see witness.c), differences are
# counted; elsewhere there is none.
if cc -O1 -Wall -o "$tmp/witness" tests/policy/witness.c -lseccomp 2>"$tmp/err"; then
	equal=0 known=0 differ=''
	for ((seed = 1; seed <= ${N:-60}; seed++)); do
		(cd "$tmp" && ./witness "$seed" w.json w.bpf)
		kind=$?
		((kind != 3)) || continue
		run diff -q --runtime=crun w.json w.bpf
		if ((status == 0)); then
			equal=$((equal + 1))
		elif ((kind == 4 && status == 1)); then
			known=$((known + 1))
		else
			differ+=" $seed"
		fi
	done
	echo "# $equal generated profiles are what libseccomp makes of them; $known differ where libseccomp is known to be wrong"
	[[ -z $differ ]] && ((equal > ${N:-60} * 3 / 4))
	ok "generated profiles mean what libseccomp makes of them${differ:+: seeds$differ}"
else
	skip "generated profiles mean what libseccomp makes of them" "no libseccomp to compile with"
fi

# The default profile of Debian's containers, and Docker's if it is at hand.
for real in /usr/share/containers/seccomp.json .cache/docker-default.json; do
	[[ -r $real ]] || continue
	cp "$real" "$tmp/real.json"
	answers "${real##*/} compiles, proved" 0 convert real.json -o real.bpf
	err 'real\.json: ([0-9]+) instructions, proved equal' && (($(stat -c %s "$tmp/real.bpf") <= 293 * 8))
	ok "... to no more than libseccomp's 293 instructions"
	answers "... and the OCI profile that is written is the same policy" 0 convert real.json --to=json -o again.json
	same "... when it is read again" real.json again.json
	same "... and the filter is the policy" real.json real.bpf
done

# Every form that is written is the policy: those that can be read are read again.
profile forms.json '"SCMP_ACT_ERRNO"' '{ "names": ["read", "write"], "action": "SCMP_ACT_ALLOW" }' \
	'{ "names": ["openat"], "action": "SCMP_ACT_LOG", "args": [{ "index": 2, "value": 3, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ" }] }'
for form in raw asm c h json; do
	answers "a policy is written as $form" 0 convert forms.json --to="$form" -o "forms.$form"
	same "... and read again" forms.json "forms.$form"
done
answers "pseudo filter code is written" 0 convert forms.json --to=pfc
out '^    action LOG;$' && out '&& args\[2\] & 3 == 0\)$' && out '^  action ERRNO\(EPERM\);$'
ok "... with rules and default"
gcc -fsyntax-only -Wall -Werror -Wno-unused-const-variable -x c "$tmp/forms.c" 2>"$tmp/err"
ok "the C text compiles"
answers "a program is no profile" 2 convert forms.raw --to=json
answers "an unknown form is bad usage" 2 convert forms.json --to=xml
