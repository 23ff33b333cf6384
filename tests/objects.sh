# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# objects.sh - for tests that build another image: what is the same in $O is not compiled again.

# copy_objects FOLDER: the kernel's objects under $O, and what else an image is made of, with their
# dates. A make with O=FOLDER compiles what has younger sources or other flags.
copy_objects() {
	rm -rf "$1"
	mkdir -p "$1" &&
		cp -a "$O"/{boot,kernel,seccomp,tools,user,hostlib,flags,asm-offsets.h*,verdict.?,vdso*} "$1"
}
