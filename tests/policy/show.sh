# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# show.sh - what a policy answers to a call, and why; sourced by policy.t. The answers
# follow from the profile's own words.

file docker.json <<'END'
{
  "defaultAction": "SCMP_ACT_ERRNO",
  "defaultErrnoRet": 1,
  "archMap": [ { "architecture": "SCMP_ARCH_RISCV64", "subArchitectures": null } ],
  "syscalls": [
    { "names": ["read", "write", "futex", "open"], "action": "SCMP_ACT_ALLOW" },
    { "names": ["personality"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 8, "op": "SCMP_CMP_EQ" }, { "index": 0, "value": 131072, "op": "SCMP_CMP_EQ" } ] },
    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 40, "op": "SCMP_CMP_NE" } ] },
    { "names": ["clone"], "action": "SCMP_ACT_ALLOW",
      "args": [ { "index": 0, "value": 2114060288, "op": "SCMP_CMP_MASKED_EQ" } ], "excludes": { "caps": ["CAP_SYS_ADMIN"] } },
    { "names": ["clone", "mount"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_KILL", "CAP_SYS_ADMIN"] } },
    { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "excludes": { "caps": ["CAP_SYS_ADMIN"] } },
    { "names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": { "minKernel": "4.8" } },
    { "names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": { "minKernel": "6.2" } },
    { "names": ["sync"], "action": "SCMP_ACT_ALLOW", "includes": { "arches": ["amd64", "riscv64"] } },
    { "names": ["fsync"], "action": "SCMP_ACT_ALLOW", "excludes": { "arches": ["riscv64"] } },
    { "name": "getpid", "action": "SCMP_ACT_LOG" },
    { "names": ["kill"], "action": "SCMP_ACT_TRACE", "errnoRet": 7 },
    { "names": ["acct"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_SYS_PACCT"] } },
    { "names": ["chroot"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_SYS_CHROOT"] } },
    { "names": ["mknodat"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_MKNOD"] } }
  ]
}
END

# CALL ; answer ; status ; a line that has to be there ; options
while IFS=';' read -r call answer want line options; do
	read -r call answer want <<<"$call $answer $want"
	# shellcheck disable=SC2086
	answers "${options:+$options: }$call" "$want" show docker.json "$call" $options
	out "-> $answer\$"
	ok "... is answered $answer"
	line=${line# } line=${line% }
	[[ -z $line ]] || {
		out "$line"
		ok "... because: $line"
	}
done <<'END'
read;ALLOW;0; docker.json:6 ;
read(*,*,*);ALLOW;0; docker.json:6 ;
63;ALLOW;0; docker.json:6 ;
swapon;ERRNO\(EPERM\);1; no rule names it. default at docker.json:2$ ;
personality(8);ALLOW;0; docker.json:7 ;
personality(0x20000);ALLOW;0; docker.json:7 ;
personality(9);ERRNO\(EPERM\);1; docker.json:7 names personality for ALLOW: wanted ;
socket(AF_VSOCK,*,*);ERRNO\(EPERM\);1; wanted family != AF_VSOCK, and it is AF_VSOCK ;
socket(AF_INET,SOCK_STREAM,0);ALLOW;0; docker.json:8 ;
clone(CLONE_NEWUSER|SIGCHLD);ERRNO\(EPERM\);1; docker.json:9 names clone for ALLOW: wanted clone_flags & 0x7e020000 == 0, and it is 0x10000000 ;
clone(CLONE_NEWUSER);ERRNO\(EPERM\);1; docker.json:11 names clone for ALLOW, but includes.caps wants CAP_SYS_ADMIN ;
clone(SIGCHLD,*,*,*,*);ALLOW;0;;
clone(CLONE_NEWUSER);ALLOW;0;; --caps=+SYS_ADMIN
clone(CLONE_NEWUSER);ERRNO\(ENOSYS\);1; includes.caps wants CAP_KILL ; --caps=none,SYS_ADMIN
clone3;ERRNO\(ENOSYS\);1; docker.json:12 ;
clone3;ERRNO\(ENOSYS\);1; but excludes.caps has CAP_SYS_ADMIN ; --caps=all
ptrace;ALLOW;0;;
ptrace;ERRNO\(EPERM\);1; includes.minKernel is 4.8, and the kernel 4.7 ; --kernel=4.7
ptrace;ALLOW;0;; --kernel=4.7 --runtime=podman
bpf;ERRNO\(EPERM\);1;;
bpf;ALLOW;0;; --kernel=6.12.5-amd64
sync;ALLOW;0;;
fsync;ERRNO\(EPERM\);1; excludes.arches has riscv64 ;
getpid;LOG;0;;
kill;TRACE\(7\);1;;
acct;ERRNO\(EPERM\);1;;
chroot;ALLOW;0;;
mknodat;ALLOW;0;;
mknodat;ERRNO\(EPERM\);1;; --runtime=podman
cachestat;ERRNO\(ENOSYS\);1; runc: calls newer than every call that the profile names ;
cachestat;ERRNO\(EPERM\);1;; --runtime=crun
syscall_600;ERRNO\(ENOSYS\);1;;
syscall_-1;ERRNO\(ENOSYS\);1;;
END

answers "a call whose answer depends on what is not said" 1 show docker.json 'clone(*)'
out '^clone\(\*, \*, \*, \*, \*\) -> depends on the arguments$' && out '^  ALLOW when clone_flags & 0x7e020000 == 0 ' && out '^  else ERRNO\(EPERM\) '
ok "... is told with its condition"
answers "arguments can have names" 0 show docker.json 'clone(child_stack=NULL, flags=CLONE_VM|CLONE_FS)'
answers "what strace prints is taken" 0 show docker.json 'write(1, "a, (b)", 6) = 6'
answers "a constant that nobody knows is bad input" 2 show docker.json 'socket(AF_NOSUCH)'
err 'call:1:8: error: '
ok "... with its place"
answers "a call that riscv64 has not is bad input" 2 show docker.json 'open("x", O_RDONLY)'
err 'riscv64 has no open' && err 'openat'
ok "... with what is called instead"
answers "too many arguments are bad input" 2 show docker.json 'socket(1, 2, 3, 4)'

answers "a policy is shown" 0 show docker.json
out '^ALLOW: 7 calls' && out '^  clone:$' && out '^    ALLOW when family != AF_VSOCK +:8$' && out '^    else ERRNO\(EPERM\)$'
ok "... by answer, conditions with their line"
answers "its map is shown" 0 show docker.json --map
[[ $(grep -cE '^ *[0-9]+( [^ ]{8}){8}$' "$tmp/out") == 8 && $(sed -n '3p' "$tmp/out") == ' 64 +'* ]]
ok "... in 8 lines of 64"

bytes two.bpf 2000000000000000 150000013f000000 060000000d000500 060000000000ff7f
answers "a stack answers as its strictest filter" 1 show docker.json two.bpf 'read(*)'
out '-> ERRNO\(EACCES\)$' && out 'pc=2 of two.bpf'
ok "... which is named"
answers "the path is shown" 0 show two.bpf 'write(1)' --path
out '^ +1: jeq #0x3f, 0, 1 +A = 0x40 +read$' && out '^ +3: ret ALLOW' && ! out '^ +2:'
ok "... and nothing but the path"

# Conditions of a program, found on its ways: openat's first argument has to be -100 as 64 bits, as
# the C library passes it, or as 32.
bytes sign.bpf 2000000000000000 1500000438000000 2000000014000000 1500000200000000 2000000010000000 150001009cffffff 060000000000ff7f 0600000001000500
answers "a comparison that no program's AT_FDCWD meets" 0 show sign.bpf 'openat(AT_FDCWD)'
answers "is told as its conditions" 1 show sign.bpf 'openat(*)'
out '^  ERRNO\(EPERM\) when dfd == 0xffffff9c$' && out '^  else ALLOW$'
ok "... with all 64 bits"

profile_eperm='{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["clone3", "mount"], "action": "SCMP_ACT_ERRNO", "errnoRet": ERRNO } ] }'
file eperm.json <<<"${profile_eperm/: ERRNO/: 1}"
file enosys.json <<<"${profile_eperm/: ERRNO/: 38}"
answers "EPERM for a call without which C libraries could do" 1 show eperm.json clone3 mount
[[ $(grep -c 'hint: C libraries do without clone3 when it fails with ENOSYS' "$tmp/out") == 1 ]] && ! out 'without mount'
ok "... has a hint"
answers "ENOSYS for it" 1 show enosys.json clone3
! out hint
ok "... has none"

# Numbers above all calls, where they are not answered alike: by x32's bit, or any other number.
file x32.s <<'END'
	ld [nr]
	jge #0x40000000, no
	jeq #mount, no
	jge #500, next, yes
	jge #600, yes, no
yes:	ret ALLOW
no:	ret ERRNO(EPERM)
END
answers "numbers above all calls that are answered in several ways" 0 show x32.s
out '^  numbers [0-9]+ to 499: ALLOW$' && out '^  numbers 500 to 599: ERRNO\(EPERM\)$' && out '^  numbers 600 to 0x3fffffff: ALLOW$' &&
	out '^  numbers 0x40000000 to 0xffffffff: ERRNO\(EPERM\)$' && ! out 'above all of these'
ok "... are told apart"
answers "a number that no instruction looks for alone" 1 show x32.s 'syscall_550()' 'syscall_1073741825()'
[[ $(grep -c 'it is in a range of numbers that are answered so$' "$tmp/out") == 2 ]]
ok "... is not said to be answered as all others"
answers "what calls to come are answered" 0 check --only=default-allows x32.s
out '\[default-allows\]$'
ok "... does not depend on x32's bit"
