# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# expectations.sh - portcullis test: what must hold of a policy. Sourced by policy.t.

# says WORDS: what was printed has them, on stdout or stderr.
says() {
	cat "$tmp/out" "$tmp/err" | grep -qF -- "$1"
	ok "... it says: $1"
}

file t.json <<'END'
{
  "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1,
  "syscalls": [
    { "names": ["read", "exit_group"], "action": "SCMP_ACT_ALLOW" },
    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_EQ" }] },
    { "names": ["ptrace"], "action": "SCMP_ACT_KILL_PROCESS" }
  ]
}
END
sed 's/"read", //' "$tmp/t.json" | file less.json
file good.pt <<'END'
# what the policy promises
policy t.json
allow read(*, *, *)	# whatever it is
allow socket(AF_UNIX, *, *)
errno EPERM socket(AF_INET, *, *)
errno EPERM openat(AT_FDCWD, *, *)
kill-process ptrace(*)
never execve(*)
same-as t.json
never-weaker-than t.json
END
answers "what holds passes" 0 test good.pt
says "ok 8 - never-weaker-than t.json"
says "1..8"
printf '\xef\xbb\xbfpolicy t.json\r\nallow read(*)\r\n' | file mark.pt
cp "$tmp/t.json" "$tmp/my policy #1.json"
printf '%s\n' 'policy "my policy #1.json" # a comment' "same-as 'my policy #1.json'" 'never-weaker-than "t.json"   ' | file quoted.pt
answers "names with blanks stand in quotes" 0 test quoted.pt
printf '%s\n' 'policy t.json' 'same-as "my policy #1.json' | file quoted.pt
answers "a quote without an end" 2 test quoted.pt
err '^quoted\.pt:2:9: error: this quote has no end$' && err '^ +\| +\^$' && err '= a name with blanks stands between two quotes'
ok "... is told, with its place and what to write"
printf 'policy my policy.json\nallow read(*)\n' | file quoted.pt
answers "names with blanks and no quotes" 2 test quoted.pt
err '^quoted\.pt:1:8: error: my: No such file' && err 'a name with blanks stands in quotes'
ok "... are told of"
answers "a byte order mark and CRLF make no difference" 0 test mark.pt
says "ok 1 - allow read(*)"

# fails LINE WORDS: that line alone fails, and what is found names WORDS.
fails() {
	printf 'policy t.json\n%s\n' "$1" | file bad.pt
	answers "does not hold: $1" 1 test bad.pt
	says "not ok 1 - $1"
	says "$2"
}
fails "allow socket(*, *, *)" "is answered ERRNO(EPERM)"
fails "errno EACCES openat(*)" "openat("
fails "errno socket(*)" "socket(AF_UNIX"
fails "never read(0)" "is answered ALLOW: t.json:4"
fails "kill-process getpid()" "default at t.json:2"
fails "never-weaker-than less.json" "read("
fails "same-as less.json" "read("
# What Linux does not look at is any value to `never`, as it is to a program.
file halves.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
  { "names": ["ioctl"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 1, "value": 21522, "op": "SCMP_CMP_NE" }] },
  { "names": ["kill"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 4294967295, "valueTwo": 7, "op": "SCMP_CMP_MASKED_EQ" }] } ] }
END
printf '%s\n' 'policy halves.json' 'never ioctl(*, TIOCSTI)' 'never kill(-1)' 'errno EPERM ioctl(*, TIOCSTI)' | file halves.pt
answers "an int is refused to \`never\` whatever its upper half" 1 test halves.pt
says 'not ok 1 - never ioctl(*, TIOCSTI)'
out 'ioctl\(0, 0x[0-9a-f]+00005412, NULL\) is answered ALLOW: halves\.json:2; Linux takes the lower 32 bits of cmd alone'
ok "... and the call says so that shows it"
says 'ok 2 - never kill(-1)'
says 'ok 3 - errno EPERM ioctl(*, TIOCSTI)'
printf 'policy t.json\nallow read(*)\nallow write(*)\n' | file bad.pt
answers "annotations for GitHub" 1 test --format github bad.pt
says "::error file=bad.pt,line=3,col=1::allow write(*): write("
answers "JUnit" 1 test --junit out.xml bad.pt
grep -q 'tests="2" failures="1" errors="0"' "$tmp/out.xml" && grep -q '<failure message="write(' "$tmp/out.xml"
ok "JUnit's file counts them, and has what was found"
printf 'policy t.json\nallow reed(*)\npermit write\n' | file bad,pt
answers "a line that is not understood is an annotation" 2 test --format=github bad,pt
grep -qxF '::error file=bad%2Cpt,line=3,col=1::this line says nothing that can be tested; a line begins with policy, allow, errno NAME, kill-process, kill-thread, trap, log, trace, notify, never, same-as, never-weaker-than or run' "$tmp/out"
ok "... with file, line and what to write"
printf 'policy t.json\nallow reed(*)\nsame-as nothing.json\n' | file bad.pt
answers "so is a call that there is not" 2 test --format=github bad.pt
out '^::error file=bad\.pt,line=2,col=7::no such call; did you mean this one\? read$' && err '^ +\| +\^~~~$'
ok "... with its place in the line"
printf 'policy t.json\nsame-as nothing.json\n' | file bad.pt
answers "... and another policy that cannot be read" 2 test --format=github bad.pt
out '^::error file=bad\.pt,line=2,col=1::same-as nothing\.json: nothing\.json: No such file or directory$'
ok "... with the line that names it"
printf 'policy t.json nothing.json\nallow read(*)\n' | file bad.pt
answers "... and one that is to be tested, and is not there" 2 test --format=github bad.pt
out '^::error file=bad\.pt,line=1,col=15::nothing\.json: No such file or directory$'
ok "... with its place in the line"
printf '{\n  "defaultAction": "SCMP_ACT_DENY"\n}\n' | file broken.json
printf 'policy broken.json\nallow read(*)\n' | file bad.pt
answers "so is what is wrong with a policy" 2 test --format=github bad.pt
out '^::error file=broken\.json,line=2,col=20::no such action: SCMP_ACT_DENY'
ok "... with its own file and line"
answers "... and a policy that is not there" 2 test --format=github nothing.pt
out '^::error file=nothing\.pt::No such file or directory$'
ok "... by its name"
answers "JUnit has a test for it that failed" 2 test --junit out.xml bad.pt
grep -q 'tests="1" failures="1"' "$tmp/out.xml" && out '^not ok 1 - bad\.pt$'
ok "... and so has TAP"
printf 'policy t.json\nallow write(*) \033[31m\n' | file bad.pt
answers "control characters of a file" 1 test bad.pt
! grep -q $'\033' "$tmp/out" "$tmp/err"
ok "... do not reach the terminal"
answers "a policy in the place of its test" 2 test t.json
[[ $(grep -c 'error:' "$tmp/err") == 1 ]] && err '^t\.json: error: is a policy, not a test of one'
ok "... which is said once"
printf 'policy t.json\nerrno EPRM read(*)\n' | file wrong.pt
answers "an errno that there is not" 2 test wrong.pt
err '^wrong\.pt:2:7: error: no such number: EPRM$'
ok "... by its name"
for line in 'permit read(*)' 'allow' 'errno ENOTHING read(*)' 'policy nothing.json' 'allow reed(*)' 'same-as nothing.json'; do
	printf 'policy t.json\n%s\n' "$line" | file wrong.pt
	answers "a test file that cannot be read: $line" 2 test wrong.pt
done
printf 'allow read(*)\n' | file wrong.pt
answers "no policy is named" 2 test wrong.pt
says "no policy is named"
