# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# draw.sh - pictures of policies. Sourced by policy.t. What has to be in them follows from the
# policies' own words.

# shellcheck source=tests/browser.sh
. "$top/tests/browser.sh"

file drawn.json <<'END'
{
  "defaultAction": "SCMP_ACT_ERRNO",
  "archMap": [ { "architecture": "SCMP_ARCH_RISCV64", "subArchitectures": null } ],
  "syscalls": [
    { "names": ["read", "write", "openat", "close", "mmap", "brk", "futex"], "action": "SCMP_ACT_ALLOW" },
    { "names": ["mount", "umount2"], "action": "SCMP_ACT_KILL_PROCESS" },
    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 40, "op": "SCMP_CMP_NE" } ] },
    { "names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 2114060288, "op": "SCMP_CMP_MASKED_EQ" } ] },
    { "names": ["kill"], "action": "SCMP_ACT_TRACE", "errnoRet": 7 }
  ]
}
END
sed 's/"futex"/"futex", "getpid"/; s/"value": 40/"value": 41/; s/"brk", //' "$tmp/drawn.json" >"$tmp/newer.json"

answers "a policy is drawn for graphviz" 0 draw drawn.json --to=dot --runtime=crun
out '^digraph "drawn\.json" \{' && out 'family != AF_VSOCK' && out 'ALLOW: 7 calls\\l56-57 openat close\\l63-64 read write' && out 'KILL_PROCESS: 2 calls\\l39-40 umount2 mount'
ok "... runs of numbers that are answered alike, conditions with the arguments' names"
printf 'ld [arch]\njeq #AUDIT_ARCH_X86_64, next, no\nret ALLOW\nno: ret KILL_PROCESS\n' >"$tmp/x86.s"
answers "a filter of another machine is drawn" 0 draw x86.s --to=dot
out 'label="x86_64\?"' && out 'ALLOW: 3[0-9]+ calls.*0-4294967295 read ' && [[ ! -s $tmp/err ]]
ok "... with that machine's calls"
printf 'ld [arch]\njeq #AUDIT_ARCH_ARM, next, no\nret ALLOW\nno: ret KILL_PROCESS\n' >"$tmp/arm.s"
answers "one of a machine whose calls have no names here" 0 draw arm.s --to=dot
err 'arm\.s is not made for riscv64, of whose calls the picture is'
ok "... is drawn with riscv64's, and said to be one"
bytes masked.bpf 2000000004000000 15000005f30000c0 2000000000000000 15000002dc000000 2000000010000000 45000001000000f0 060000000000ff7f 0600000001000500
answers "what a program asks the arguments is drawn" 0 draw masked.bpf --to=dot
out '220 clone' && out 'label="clone_flags & 0xf0000000 [!=]= 0"' && ! out '220 clone.*KILL'
ok "... with the conditions, for the right machine"
answers "what a picture is to be has to be said" 2 draw drawn.json
answers "a name that says nothing of it is bad usage" 2 draw drawn.json -o "$tmp/picture.png"
answers "of three policies" 2 draw drawn.json drawn.json drawn.json -o x.svg
answers "... and none" 2 draw -o x.svg

mkdir -p "$tmp/nothing"
if command -v dot >/dev/null; then
	answers "a policy is a picture" 0 draw drawn.json -o drawn.svg
	grep -A1 '<title>63 read: ALLOW$' "$tmp/drawn.svg" | grep -q '^drawn\.json:5</title>' && grep -q '<title>198 socket: by its arguments</title>' "$tmp/drawn.svg" &&
		grep -q 'clone_flags &#38; 0x7e020000 == 0' "$tmp/drawn.svg"
	ok "... each number with its answer and the rule"
	answers "only its map" 0 draw --only=map drawn.json -o map.svg
	! grep -q clone_flags "$tmp/map.svg" && [[ $(grep -c '<title>[0-9]' "$tmp/map.svg") == 512 ]]
	ok "... is 512 numbers"
	answers "a page of two policies" 0 draw drawn.json newer.json -o two.html
	grep -A1 '<g class="stricter"><title>214 brk$' "$tmp/two.html" | grep -q '^stricter: ALLOW -&#62; ERRNO(EPERM)</title>' &&
		grep -A2 '<g class="weaker"><title>198 socket$' "$tmp/two.html" | grep -q 'weaker: ERRNO(EPERM) -&#62; ALLOW, e\.g\. socket(AF_VSOCK, '
	ok "... has a map of where they differ, with calls that show it"

	# What may stand in names of files, rules and comments is text, not markup.
	evil='<img src=x onerror=alert(1)>&"'\''.json'
	cp "$tmp/drawn.json" "$tmp/$evil"
	answers "a policy of an evil name" 0 draw "$evil" -o evil.html
	! grep -q '<img' "$tmp/evil.html" && grep -q '&#60;img src=x onerror=alert(1)&#62;&#38;&#34;&#39;\.json' "$tmp/evil.html"
	ok "... is shown by its name"

	# A filter that is asked for X has no conditions that can be told.
	bytes opaque.bpf 2000000000000000 1500000540000000 2000000010000000 0700000000000000 2000000018000000 1d00010000000000 060000000000ff7f 0600000001000500
	answers "a filter that compares arguments with each other" 0 draw opaque.bpf -o opaque.svg
	grep -q 'in more ways than fit here' "$tmp/opaque.svg"
	ok "... is told by its answers"

	(cd "$tmp" && PATH=$tmp/nothing "$portcullis" draw drawn.json -o none.svg) >"$tmp/out" 2>"$tmp/err"
	[[ $? == 2 && ! -e $tmp/none.svg ]] && err 'not installed.*graphviz'
	ok "without dot there is no picture, but the name of its package"

	# dot's places differ from version to version.
	if [[ $(dot -V 2>&1) == *' 2.43.0 '* ]]; then
		cp "$top/docs/policies/app.json" "$tmp"
		answers "the picture of docs/policies" 0 draw --only=graph app.json -o app.svg
		cmp -s "$tmp/app.svg" "$top/docs/policies/app.svg"
		ok "... is what is drawn (make picture draws it again)"
	else
		skip "the picture of docs/policies" "it is drawn with dot 2.43.0"
	fi

	if command -v chromium >/dev/null; then
		answers "a page" 0 draw drawn.json -o drawn.html
		browse "$tmp/drawn.html" && [[ $(grep -c '^picture' "$tmp/seen") == 2 && $(grep '^cells' "$tmp/seen") == 'cells 512' ]] &&
			grep -q '39–40' "$tmp/seen" && grep -q '^umount2 mount' "$tmp/seen" && grep -q 'family != AF_VSOCK' "$tmp/seen" && grep -q 'KILL_PROCESS' "$tmp/seen"
		ok "... is as it should be in a browser"
		browse "$tmp/two.html" && [[ $(grep -c '^cells 512' "$tmp/seen") == 3 && $(grep -c '^picture' "$tmp/seen") == 5 ]]
		ok "... that of two policies, too"
		browse "$tmp/evil.html" && grep -qF '&lt;img src=x onerror=alert(1)&gt;&amp;"'\''.json' "$tmp/seen"
		ok "... and that of an evil name"
		for profile in /usr/share/containers/seccomp.json .cache/docker-default.json; do
			[[ -e $profile ]] || continue
			cp "$profile" "$tmp/real.json"
			answers "$profile" 0 draw real.json -o real.html
			browse "$tmp/real.html"
			ok "... is drawn without overlap"
		done
		timeout 300 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$tmp/chromium" --dump-dom "file://$tmp/drawn.svg" >"$tmp/dom" 2>"$tmp/log"
		grep -q '<svg' "$tmp/dom" && ! grep -q parsererror "$tmp/dom"
		ok "a picture is well-formed"
	else
		skip "pages in a browser" "there is no chromium"
	fi
else
	skip "pictures" "there is no dot (graphviz)"
fi
