# SPDX-License-Identifier: BSD-2-Clause
#
# host.mk - programs: those that run on the kernel (user/, tests/guest) with their initrd, the same
# files for this machine's own Linux, and the tools and the verdict library for this machine.

INC_user  := -Iuser/lib/include -Iinclude
INC_host  := -Iinclude
INC_tools := -Iinclude -Iseccomp
UC        := $(CROSS)gcc -march=rv64gc -mabi=lp64d -std=gnu11 -O2 -g -mcmodel=medany -ftls-model=local-exec \
	     -ffunction-sections -fdata-sections $(COMMON) $(INC_user) -isystem $(PICO)/include
# Not every picolibc has a variant for rv64imafdc (Debian 13's has none): one for a subset will do.
PICO_lib  := $(firstword $(wildcard $(patsubst %,$(PICO)/lib/%/lp64d,rv64imafdc rv64imafd rv64iafd)))
ULINK     := -static -nostartfiles -nostdlib -L$(PICO_lib) -Wl,--gc-sections,--build-id=none \
	     -Wl,-e,_start,-u,_start $(addprefix -T,$(wildcard user/lib/user.ld))
LIBS      := -lc -lm -lgcc
HC        := $(CC) -std=gnu11 -O2 -g $(COMMON)
ASAN      := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

LIBUSER  := $(call objects,user/lib/*.c user/lib/*.S)
USER     := $(call programs,user,user)
GUEST    := $(call programs,tests/guest,tests/guest)
HOST     := $(call programs,user,host) $(call programs,tests/guest,tests/host)
TOOLS    := $(call programs,tools,tools)

run: $O/portcullis.Image $O/initrd.cpio $(TOOLS) ## what ./qemu.sh run needs, and no more
guest: $(GUEST) ## the programs of tests/guest, for the kernel
host: $(HOST) ## the same programs, and user/, for this machine's own Linux
all: $(USER) $O/tests/fuzz-calls $O/tests/family $O/tests/family-host
.PHONY: run guest host

FLAGS   += $(UC) $(ULINK) $(HC) $(ASAN)
SOURCES += $(LIBUSER) $(USER)
DIRS    += $(addprefix $O/,user user/lib tests/guest tests/host host hostlib asan tools)

$(eval $(call compile,user/lib,user/lib,$(UC),$(UC) $(AS_map)))
$O/user/lib.a: $(LIBUSER) $O/sources
	$(call archive,$(CROSS)ar)
# A program that does not compile is removed, so that no older one is run in its place.
OR_NONE   = || { rm -f $@; false; }
link_user = $(UC) -MF $1.d -MT $2 $C $(ULINK) -Wl,--start-group $O/user/lib.a $(LIBS) -Wl,--end-group -o $1
$(GUEST): $O/tests/guest/%: tests/guest/%.c $O/user/lib.a $O/flags user/lib/user.ld | $O/tests/guest
	$(call say,USER,$<)
	$Q$(call link_user,$@,$@) $(OR_NONE)

# The fuzzer of system calls: a program for the kernel, of several files.
CALLS := $(wildcard tests/fuzz/calls/*.c)
$O/tests/fuzz-calls: $(CALLS) $(wildcard tests/fuzz/calls/*.h tests/fuzz/calls/*.def tests/guest/*.h) \
  $O/user/lib.a $O/flags user/lib/user.ld | $O/tests/guest
	$(call say,USER,$@)
	$Q$(UC) $(CALLS) $(ULINK) -Wl,--start-group $O/user/lib.a $(LIBS) -Wl,--end-group -o $@

# The program that plays the scripts of `make families`: for the kernel, and for this Linux.
FAMILY := $(wildcard tests/family/*.c)
$O/tests/family: $(FAMILY) $(wildcard tests/family/*.h tests/guest/*.h) $O/user/lib.a $O/flags user/lib/user.ld | \
		 $O/tests/guest
	$(call say,USER,$@)
	$Q$(UC) $(FAMILY) $(ULINK) -Wl,--start-group $O/user/lib.a $(LIBS) -Wl,--end-group -o $@
$O/tests/family-host: $(FAMILY) $(wildcard tests/family/*.h tests/guest/*.h) $O/flags | $O/tests/guest
	$(call say,HOST,$@)
	$Q$(HC) $(FAMILY) -o $@

# A program X of user/ that does not compile stops only what asks for X: X.tried is made in any
# case, and the initrd, which depends on that alone, goes without X.
$O/user/%.tried: user/%.c $O/user/lib.a $O/flags user/lib/user.ld | $O/user
	$(call say,USER,$<)
	$Q$(call link_user,$O/user/$*,$@) || rm -f $O/user/$*
	@touch $@
$(USER): $O/user/%: $O/user/%.tried
	@test -e $@ || { rm $<; echo '$@: does not compile; once more for what the compiler says' >&2; false; }
$(call programs,user,host): $O/host/%: user/%.c
$(call programs,tests/guest,tests/host): $O/tests/host/%: tests/guest/%.c
$(HOST): $O/flags | $O/host $O/tests/host
	$(call say,HOST,$C)
	$Q$(HC) $(INC_host) -MF $@.d -MT $@ $C -static -pthread -o $@ $(OR_NONE)

# The initrd holds user/ as /bin, without symbols or dates.
$O/initrd.cpio: $(USER:=.tried) $O/sources
	$(call say,CPIO,$@)
	$Qrm -rf $O/root && mkdir -p $O/root/bin
	$Qfor p in $(wildcard $(USER)); do $(CROSS)objcopy --strip-all $$p $O/root/bin/$${p##*/} || exit 1; done
	$Qcd $O/root && find . -exec touch -h -d @0 {} + && find . -mindepth 1 | LC_ALL=C sort | \
	  cpio -o -H newc --reproducible -R 0:0 --quiet > $(abspath $@)

# Host programs on the verdict library: as it is, and with the sanitizers.
$(eval $(call compile,hostlib,seccomp,$(CC) $(PURE) -O2 -g -Wconversion $(COMMON) $(INC_seccomp)))
$(eval $(call compile,asan,seccomp,$(CC) $(PURE) -O1 -g $(ASAN) $(COMMON) $(INC_seccomp)))
$O/hostlib/verdict.a: $(SECCOMP:%=$O/hostlib/%.o)
$O/asan/verdict.a: $(SECCOMP:%=$O/asan/%.o)
$O/hostlib/verdict.a $O/asan/verdict.a: $O/sources
	$(call archive,ar)
$(TOOLS): $O/tools/%: tools/%.c $O/hostlib/verdict.a $O/flags | $O/tools
	$(call say,HOST,$<)
	$Q$(HC) $(INC_tools) $(STATIC) -MF $@.d -MT $@ $(CA) -o $@
# These are started in each run: linked statically, they start faster.
$O/tools/boot $O/tools/newer: STATIC := -static
