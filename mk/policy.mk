# SPDX-License-Identifier: BSD-2-Clause
#
# policy.mk - the policy tool: `portcullis`, policy/ on the verdict library. It needs what
# `tools/setup.sh policy` installs; nothing that the kernel or ./qemu.sh run needs depends on it.

INC_policy := -Iinclude -Iseccomp -Ipolicy
PFLAGS     := -std=gnu11 -g -D_GNU_SOURCE -Wconversion $(COMMON) $(INC_policy)
POLICY     := $(notdir $(basename $(wildcard policy/*.c)))
# Names of C++ and Rust functions are demangled where libiberty-dev is there.
IBERTY      := $(if $(wildcard /usr/include/libiberty/demangle.h),-liberty)
POLICY_LIBS := -lz3 -ldw -lelf $(IBERTY)

picture: picture-of-a-policy
picture-of-a-policy: $O/portcullis
	$Qcd docs/policies && $(abspath $O)/portcullis draw -q --only=graph app.json -o app.svg
policy: $O/portcullis ## portcullis, the policy tool: ./qemu.sh policy
.PHONY: policy picture-of-a-policy

all: $O/portcullis $O/portcullis-asan
DIRS += $O/policy $O/policy-asan
# It is started some thousand times: what must not be relocated, and brings what it needs of the
# sanitizers, starts in half of the time.
ASAN_link := -no-pie -static-libasan -static-libubsan
$O/policy/html.o $O/policy-asan/html.o: policy/page.css policy/picture.css
FLAGS   += $(PFLAGS) $(POLICY_LIBS)
SOURCES += $(POLICY)
$(eval $(call compile,policy,policy,$(CC) $(PFLAGS) -O2))
$(eval $(call compile,policy-asan,policy,$(CC) $(PFLAGS) -O0 -fno-pie $(ASAN)))

$O/portcullis: $(POLICY:%=$O/policy/%.o) $O/hostlib/verdict.a $O/sources
	$(call say,LD,$@$(if $(IBERTY),,' (without libiberty-dev: names of C++ and Rust functions stay mangled)'))
	$Q$(CC) $(filter %.o %.a,$^) $(POLICY_LIBS) -o $@
$O/portcullis-asan: $(POLICY:%=$O/policy-asan/%.o) $O/asan/verdict.a $O/sources
	$(call say,LD,$@)
	$Q$(CC) $(ASAN) $(ASAN_link) $(filter %.o %.a,$^) $(POLICY_LIBS) -o $@
