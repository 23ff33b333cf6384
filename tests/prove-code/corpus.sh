#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# corpus.sh FOLDER - writes filters of known programs for riscv64 to FOLDER, as raw arrays of struct
# sock_filter, and prints a line for each stack of them that run.sh is to prove: its files, oldest
# first; `log:` before one is SECCOMP_FILTER_FLAG_LOG.
#
# None of it is kept here. Docker's profile and the one of Debian's containers are made by
# libseccomp, linear and as a tree; OpenSSH's is compiled from the source of Debian's package;
# systemd's groups are what systemd-analyze says; corpus.py makes those.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
out=$1

docker=$(tools/docker-profile.sh)
cc -O2 -o "$out/oci2bpf" tests/programs/oci2bpf.c -lseccomp -ljansson
for name in docker containers; do
	profile=$docker
	[[ $name == docker ]] || profile=/usr/share/containers/seccomp.json
	"$out/oci2bpf" "$profile" >"$out/$name.bpf"
	"$out/oci2bpf" -t "$profile" >"$out/$name-tree.bpf"
done

# OpenSSH's sandbox, from its own file up to the end of its array, and with its own macros.
sources=.cache/sources
compgen -G "$sources/openssh-*/" >/dev/null || tools/debian-source.sh "$sources" openssh >/dev/null
mkdir -p "$out/openssh"
for header in includes log ssh-sandbox xmalloc; do : >"$out/openssh/$header.h"; done
{
	sed '/^static const struct sock_filter preauth_insns/,/^};/!b; /^};/{s/$/\n#endif/;q}; s/^static //' \
		"$sources"/openssh-*/sandbox-seccomp-filter.c
} >"$out/openssh/filter.c"
riscv64-linux-gnu-gcc -O2 -c -I"$out/openssh" -DSANDBOX_SECCOMP_FILTER -DSECCOMP_AUDIT_ARCH=AUDIT_ARCH_RISCV64 \
	-o "$out/openssh/filter.o" "$out/openssh/filter.c"
riscv64-linux-gnu-objcopy -O binary -j .rodata "$out/openssh/filter.o" "$out/openssh.bpf"

for name in docker docker-tree containers containers-tree openssh; do echo "$out/$name.bpf"; done
/usr/bin/python3 tests/prove-code/corpus.py "$out"
