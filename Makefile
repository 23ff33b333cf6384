# SPDX-License-Identifier: BSD-2-Clause
#
# Makefile - builds Portcullis and runs its tests; `make help` lists the targets.
# Sources are found by folder: a new file needs no line here. Each folder is compiled with only
# the -I that it may use: that is the layering, kept by the compiler.
#
#   O=DIR      where everything is built (build)        V=1  show the commands
#   CC=clang   compiler of what runs on this machine    KCC=clang  of the kernel's objects (gcc)

.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
O     ?= build
KCC   ?= gcc
CROSS ?= riscv64-unknown-elf-
PICO  ?= /usr/lib/picolibc/riscv64-unknown-elf

# --- how each kind of file is compiled ---------------------------------------------------------

INC_seccomp := -Iinclude
KDIRS       := kernel $(patsubst %/,%,$(wildcard kernel/*/ kernel/*/*/))
INC_kernel  := -Iinclude -Iseccomp $(KDIRS:%=-I%)
INC_boot    := $(INC_kernel) -I$O
INC_user    := -Iuser/lib/include -Iinclude
INC_host    := -Iinclude
INC_tools   := -Iinclude -Iseccomp

WARN   := -Wall -Wextra -Werror -Wshadow -Wundef -Wstrict-prototypes -Wmissing-prototypes
COMMON := $(WARN) -ffile-prefix-map=$(CURDIR)=. -MMD -MP
AS_map := -Wa,--debug-prefix-map,$(CURDIR)=.
PURE   := -std=c11 -ffreestanding -fno-common -Wvla

# The kernel: without floating point, and small; see HOT. What is small is made by gcc as one unit (-flto), so that it knows all callers;
# the verdict library and what is fast are objects of their own. With ISA specification 2.2 the base has the CSR instructions.
KCC_gcc   := $(CROSS)gcc -march=rv64imac -misa-spec=2.2
KCC_clang := clang-14 --target=riscv64-unknown-elf -march=rv64imac
KFLAGS    := $(PURE) -Os -g -mcmodel=medany -mabi=lp64 -ffunction-sections -fdata-sections \
	     -Wframe-larger-than=2048 $(COMMON) -isystem $(PICO)/include
SMALL_gcc := -fno-thread-jumps -fno-caller-saves -fno-move-loop-invariants -fno-jump-tables -fno-if-conversion \
	     -fno-tree-dominator-opts -fno-partial-inlining
SMALL     := -msave-restore $(SMALL_$(KCC))
UNIT_gcc  := -flto
FAST      := -O2
FASTER_gcc := -fpeel-loops -funswitch-loops
FASTER    := -O2 $(FASTER_$(KCC))
KC        := $(KCC_$(KCC)) $(KFLAGS)
KS        := $(KCC_gcc) $(KFLAGS) $(AS_map)
KLINK     := $(KCC_gcc) -mabi=lp64 -mcmodel=medany -Os -msave-restore $(SMALL_gcc) -flto-partition=one -static -nostartfiles -nostdlib \
	     -L$(PICO)/lib/rv64imac/lp64 -Wl,--fatal-warnings,--build-id=none,--gc-sections,--defsym=vfprintf=__i_vfprintf \
	     -T boot/kernel.lds
# What the benchmarks count (bench/) again and again is made for speed, all else to be small: pages and page tables (fork), what a pipe's
# round trip runs through, installing a filter, and reading the device tree (starting). Each was measured alone, both ways.
HOT := page kmalloc mm pipe sched sys_rw time program gate fdt newc fp usercopy
# Programs for the kernel, on picolibc and user/lib; and the same files for this machine.
UC        := $(CROSS)gcc -march=rv64gc -mabi=lp64d -std=gnu11 -O2 -g -mcmodel=medany -ftls-model=local-exec \
	     -ffunction-sections -fdata-sections $(COMMON) $(INC_user) -isystem $(PICO)/include
ULINK     := -static -nostartfiles -nostdlib -L$(PICO)/lib/rv64imafdc/lp64d -Wl,--gc-sections,--build-id=none \
	     -Wl,-e,_start,-u,_start $(addprefix -T,$(wildcard user/lib/user.ld))
LIBS      := -lc -lm -lgcc
HC        := $(CC) -std=gnu11 -O2 -g $(COMMON)
ASAN      := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# --- what there is -----------------------------------------------------------------------------

objects  = $(patsubst %,$O/%.o,$(basename $(wildcard $1)))
programs = $(patsubst $1/%.c,$O/$2/%,$(wildcard $1/*.c))
KOBJ     := $(call objects,boot/*.S $(KDIRS:%=%/*.c))
SECCOMP  := $(notdir $(basename $(wildcard seccomp/*.c)))
LIBUSER  := $(call objects,user/lib/*.c user/lib/*.S)
USER     := $(call programs,user,user)
GUEST    := $(call programs,tests/guest,tests/guest)
HOST     := $(call programs,user,host) $(call programs,tests/guest,tests/host)
TOOLS    := $(call programs,tools,tools)
CMOCKA   := $(call programs,tests/unit,tests/unit)
UNIT     := $(CMOCKA) $(if $(wildcard tests/unit/constants/main.c),$O/tests/unit/constants)
DIRS     := $(addprefix $O/,seccomp $(KDIRS) boot user/lib tests/guest tests/host host tests/unit constants \
	    hostlib asan tools)

all: run guest host unit-build $O/portcullis $O/portcullis-asan ## everything that make test runs
run: $O/portcullis.Image $O/initrd.cpio $(TOOLS) ## what ./qemu.sh run needs, and no more
guest: $(GUEST) ## the programs of tests/guest, for the kernel
host: $(HOST) ## the same programs, and user/, for this machine's own Linux
unit-build: $(UNIT)
.PHONY: all run guest host unit-build test unit oracle prove prove-code gate-campaign fuzz coverage mutation bench bench-peer bench-scale lint format clean help \
	conformance programs peer

Q   := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-4s %s\n' $1 $2)
C   = $(filter %.c,$^)
CA  = $(filter %.c %.a,$^)

# $O/flags is young when a compiler or a flag has changed, $O/sources when a file has come or gone.
define remember
ifneq ($$(file <$O/$1),$2)
  $$(shell mkdir -p $O)
  $$(file >$O/$1,$2)
endif
$O/$1: ;
endef
$(eval $(call remember,flags,$(KC) $(SMALL) $(UNIT_$(KCC)) $(FAST) $(FASTER) $(HOT) $(KLINK) $(UC) $(ULINK) $(HC) $(ASAN)))
$(eval $(call remember,sources,$(KOBJ) $(SECCOMP) $(LIBUSER) $(USER)))
$(DIRS): ; $Qmkdir -p $@

# $(call compile,FOLDER OF OBJECTS,FOLDER OF SOURCES,COMMAND FOR C,COMMAND FOR ASSEMBLY)
define compile
$O/$1/%.o: $2/%.c $O/flags | $(DIRS)
	$$(call say,CC,'$2/$$*.c$(if $(filter-out $2,$1), for $1)')
	$$Q$3 $$(SPEED) -c $$< -o $$@
$O/$1/%.o: $2/%.S $O/flags | $(DIRS)
	$$(call say,AS,$2/$$*.S)
	$$Q$4 -c $$< -o $$@
endef
define archive
	$(call say,AR,$@)
	$Qrm -f $@ && $1 rcsD $@ $(filter %.o,$^)
endef

# --- the kernel --------------------------------------------------------------------------------

$(eval $(call compile,seccomp,seccomp,$(KC) -Wconversion $(INC_seccomp)))
$(eval $(call compile,kernel,kernel,$(KC) $(INC_kernel),$(KS) $(INC_boot)))
$(eval $(call compile,boot,boot,,$(KS) $(INC_boot)))
$(call objects,boot/*.S): $O/asm-offsets.h

$O/kernel/%.o: SPEED := $(SMALL) $(UNIT_$(KCC))
$O/seccomp/%.o: SPEED := $(SMALL)
# Fast rather than small: see HOT.
$(foreach h,$(HOT),$(filter $O/kernel/%/$h.o,$(KOBJ))) $(addprefix $O/seccomp/,answers.o check.o stack.o): SPEED := $(FAST)
# Installing a filter is mostly this: sets of 512 numbers, in loops of eight words that are worth unrolling.
$O/seccomp/gate.o: SPEED := $(FASTER)

# Structure offsets for the assembly, as the C compiler lays them out.
$O/asm-offsets.h: boot/asm-offsets.c Makefile $O/flags | $(DIRS)
	$(call say,GEN,$@)
	$Q$(KC) $(INC_kernel) -MF $O/boot/asm-offsets.d -MT $@ -S $< -o $@.s
	$Qsed -n 's/^[[:space:]]*#@ \([A-Z0-9_]*\) \(-*[0-9]*\)$$/#define \1 \2/p' $@.s > $@ && test -s $@

# The verdict library: linked with itself it may lack nothing but mem* functions and the compiler's own.
$O/verdict.a: $(SECCOMP:%=$O/seccomp/%.o) $O/sources
	$Q$(CROSS)ld -r -o $O/verdict.o $(filter %.o,$^)
	$Q! $(CROSS)nm -u $O/verdict.o | grep -vE ' U (mem(cpy|set|move|cmp)|__riscv_(save|restore)_[0-9]+)$$' || \
	  { echo 'seccomp/ must be self-contained; the names above are not its own' >&2; false; }
	$(call archive,$(CROSS)ar)

# Linked twice: the second time with the names of the functions that the first link placed, for backtraces.
# They lie behind the code, so that stays where it was.
LINK    = $(KLINK) $(KOBJ) $O/verdict.a $O/symbols.o -Wl,--start-group $(LIBS) -Wl,--end-group
SYMBOLS = $O/tools/symbols > $O/symbols.S && $(KS) -c $O/symbols.S -o $O/symbols.o
$O/portcullis.elf: $(KOBJ) $O/verdict.a boot/kernel.lds $O/tools/symbols $O/sources
	$(call say,LD,$@)
	$Q: | $(SYMBOLS) && $(LINK) -o $O/nameless.elf
	$Q$(CROSS)nm -n $O/nameless.elf | $(SYMBOLS) && $(LINK) -o $@
	$Q$(CROSS)nm -n $@ | $O/tools/symbols | cmp - $O/symbols.S
$O/portcullis.Image: $O/portcullis.elf
	$(call say,BIN,$@)
	$Q$(CROSS)objcopy -O binary $< $@

# --- programs for the kernel, and the same ones for this machine -------------------------------

$(eval $(call compile,user/lib,user/lib,$(UC),$(UC) $(AS_map)))
$O/user/lib.a: $(LIBUSER) $O/sources
	$(call archive,$(CROSS)ar)
$(USER): $O/user/%: user/%.c
$(GUEST): $O/tests/guest/%: tests/guest/%.c
$(USER) $(GUEST): $O/user/lib.a $O/flags $(wildcard user/lib/user.ld) | $(DIRS)
	$(call say,USER,$C)
	$Q$(UC) -MF $@.d -MT $@ $C $(ULINK) -Wl,--start-group $O/user/lib.a $(LIBS) -Wl,--end-group -o $@
$(call programs,user,host): $O/host/%: user/%.c
$(call programs,tests/guest,tests/host): $O/tests/host/%: tests/guest/%.c
$(HOST): $O/flags | $(DIRS)
	$(call say,HOST,$C)
	$Q$(HC) $(INC_host) -MF $@.d -MT $@ $C -static -pthread -o $@

# The initrd holds user/ as /bin, without symbols or dates.
$O/initrd.cpio: $(USER) $O/sources | $(DIRS)
	$(call say,CPIO,$@)
	$Qrm -rf $O/root && mkdir -p $O/root/bin
	$Qfor p in $(USER); do $(CROSS)objcopy --strip-all $$p $O/root/bin/$${p##*/} || exit 1; done
	$Qcd $O/root && find . -exec touch -h -d @0 {} + && find . -mindepth 1 | LC_ALL=C sort | \
	  cpio -o -H newc --reproducible -R 0:0 --quiet > $(abspath $@)

# --- host programs on the verdict library ------------------------------------------------------

$(eval $(call compile,hostlib,seccomp,$(CC) $(PURE) -O2 -g -Wconversion $(COMMON) $(INC_seccomp)))
$(eval $(call compile,asan,seccomp,$(CC) $(PURE) -O1 -g $(ASAN) $(COMMON) $(INC_seccomp)))
$O/hostlib/verdict.a: $(SECCOMP:%=$O/hostlib/%.o)
$O/asan/verdict.a: $(SECCOMP:%=$O/asan/%.o)
$O/hostlib/verdict.a $O/asan/verdict.a: $O/sources
	$(call archive,ar)
$(TOOLS): $O/tools/%: tools/%.c $O/hostlib/verdict.a
	$(call say,HOST,$<)
	$Q$(HC) $(INC_tools) -MF $@.d -MT $@ $(CA) -o $@
$O/tests/unit/newc: kernel/core/files/newc.c
$O/tests/unit/sha256: kernel/core/machine/sha256.c
$(CMOCKA): $O/tests/unit/%: tests/unit/%.c $O/asan/verdict.a
	$(call say,UNIT,$<)
	$Q$(HC) $(ASAN) $(INC_tools) -MF $@.d -MT $@ $(CA) -lcmocka -o $@

# Our numbers and Linux's: each is compiled without sight of the other.
$O/constants/ours.o $O/constants/libc.o: INC = -Iinclude
$O/constants/linux.o: INC = -ffreestanding -nostdinc -isystem $$($(CC) -print-file-name=include) \
  -isystem /usr/riscv64-linux-gnu/include -Iinclude
$O/constants/%.o: tests/unit/constants/%.c $O/flags | $(DIRS)
	$(call say,CC,$<)
	$Q$(HC) $(INC) -c $< -o $@
$O/tests/unit/constants: $(addprefix $O/constants/,ours.o linux.o libc.o main.o) | $(DIRS)
	$(call say,UNIT,$@)
	$Q$(CC) $^ -o $@

-include $(wildcard $(addsuffix /*.d,$(DIRS) $O/user))

# --- the policy tool ---------------------------------------------------------------------------

include $(wildcard mk/policy.mk)

# --- tests: everything that speaks TAP, under one prove ----------------------------------------

# T='NAME ...' picks: names of unit tests and of tests/*.t; any other name is a guest program's.
SUITE := $(UNIT) $(wildcard tests/*.t) tools/lint.sh
suite = $(filter %/$1 %/$1.t %/$1.sh,$(SUITE))
PICK  := $(if $T,$(foreach t,$T,$(call suite,$t)),$(SUITE))
GUESTS := $(strip $(foreach t,$T,$(if $(call suite,$t),,$t)))
test: all ## every test, or those named by T='NAME ...'
	$QO=$O PORTCULLIS_BUILT=1 GUESTS='$(GUESTS)' prove -e '' $(PICK) $(if $(GUESTS),tests/guest.t)
unit: unit-build ## the unit rows alone
	$Qprove -e '' $(UNIT)
oracle: $O/hostlib/verdict.a ## N generated programs against this machine's Linux
	$QO=$O N=$N tests/oracle/run.sh
prove: ## the functions that decide do what their contracts say, by Frama-C, z3 and cvc4 (T seconds a goal)
	$QO=$O T=$T prove -v -e '' tests/proof/run.sh
prove-code: ## that gates' machine code is what the filters say, over all arguments
	$QO=$O N=$N prove -v -e '' tests/prove-code/run.sh
gate-campaign: $O/tests/gate-campaign ## N comparisons of machine code with the interpreter (10^8)
	$QCOMPARISONS=$(or $N,100000000) $<
$O/tests/gate-campaign: tests/unit/rv64.c $O/hostlib/verdict.a
	$Q$(HC) $(INC_tools) -MF $@.d -MT $@ $(CA) -lcmocka -o $@
fuzz: ## libFuzzer on the verdict library, AFL++ on the readers: T seconds
	$QO=$O T=$T tests/fuzz/run.sh
mutation: ## does a unit row notice each line of check.c, run.c and decide.c that is deleted?
	$QO=$O tests/mutation/run.sh
coverage: ## lines and branches of seccomp/ that the unit rows reach
	$QO=$O tools/coverage.sh
bench: run ## instructions per call, counted by QEMU
	$QO=$O bench/run.sh
bench-peer: run ## the same beside Linux 6.1, now, on the same QEMU
	$QO=$O bench/run.sh --peer
bench-scale: run ## what grows with the number of filters and processes
	$QO=$O bench/run.sh --scale
conformance: run ## Linux 6.1's own seccomp self-test, and its score
	$QO=$O PORTCULLIS_BUILT=1 tests/conformance/run.sh
programs: run ## shells, an interpreter, compressors, a Go program, each under its policies
	$QO=$O PORTCULLIS_BUILT=1 prove -v -e '' tests/programs/run.sh
peer: run guest ## tests/guest on Linux 6.1 for riscv64, beside Portcullis
	$QO=$O PORTCULLIS_BUILT=1 prove -f -o -e '' tests/peer/run.sh
lint: ## layout, static analysis, layering, sizes, licence lines
	$Qprove -v -e '' tools/lint.sh
format: ## lay out every C file as .clang-format says
	$Qgit ls-files -co --exclude-standard '*.[ch]' | xargs clang-format -i
clean: ## delete everything that was built
	$Qrm -rf $O
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12
