# SPDX-License-Identifier: BSD-2-Clause
#
# kernel.mk - the kernel: build/portcullis.Image out of kernel/, boot/ and seccomp/.
#
#   MODULES='NAME ...'   folders of kernel/linux/ that are in it (all; "": the core)
#   KASSERTS=0           leaves out the checks of kernel/core/machine/kassert.h and what only tests
#                        ask for (leakcheck, faults, budget): the image that is measured

SECCOMP     := $(notdir $(basename $(wildcard seccomp/*.c)))
ALL_MODULES := $(shell sed -n 's/^MODULE(\(.*\))/\1/p' kernel/modules.def)
MODULES     ?= $(ALL_MODULES)
KASSERTS    ?= 1
ABSENT      := $(filter-out $(MODULES),$(ALL_MODULES))
KDIRS       := $(filter-out $(ABSENT:%=kernel/linux/%),kernel $(patsubst %/,%,$(wildcard kernel/*/ kernel/*/*/)))
KOBJ        := $(call objects,boot/*.S $(KDIRS:%=%/*.c))
ifneq ($(filter-out $(ALL_MODULES),$(MODULES)),)
  $(error no such module: $(filter-out $(ALL_MODULES),$(MODULES)); there are: $(ALL_MODULES))
endif

# Which folders a folder may use. A folder of LAYERS: itself and those before it in the list. A
# module (kernel/linux/NAME): all of LAYERS and itself. kernel/ itself: all folders. Headers of
# other folders are not found (-I); tools/layers.sh sees in the objects whether one is called.
LAYERS      := $(addprefix kernel/,core core/machine core/memory core/task core/signal core/files core/program \
	       gate calls)
upto         = $(firstword $2) $(if $(filter-out $1,$(firstword $2)),$(call upto,$1,$(wordlist 2,$(words $2),$2)))
sees         = $(strip $(if $(filter kernel,$1),$(KDIRS),$(if $(filter $1,$(LAYERS)),$(call upto,$1,$(LAYERS)), \
	       $(LAYERS) $1)))
INC_seccomp := -Iinclude
INC_kernel  := -Iinclude -Iseccomp $(KDIRS:%=-I%)
INC_boot    := $(INC_kernel) -I$O

# The kernel has no floating point. In ISA specification 2.2 the CSR instructions are in the base.
KCC_gcc   := $(CROSS)gcc -march=rv64imac -misa-spec=2.2 -malign-data=natural
KCC_clang := clang-14 --target=riscv64-unknown-elf -march=rv64imac -fdouble-square-bracket-attributes
KFLAGS    := $(PURE) -g -mcmodel=medany -mabi=lp64 -ffunction-sections -fdata-sections \
	     -Wframe-larger-than=2048 -DKASSERTS=$(KASSERTS) $(COMMON) -isystem $(PICO)/include
KC        := $(KCC_$(KCC)) $(KFLAGS)
KS        := $(KCC_gcc) $(KFLAGS) $(AS_map)
KLINK     := $(KCC_gcc) -mabi=lp64 -mcmodel=medany -static -nostartfiles -nostdlib \
	     -L$(PICO)/lib/rv64imac/lp64 -Wl,--fatal-warnings,--build-id=none,--gc-sections \
	     -Wl,--defsym=vfprintf=__i_vfprintf \
	     -T boot/kernel.lds
# Most files are compiled for size. Those of HOT are compiled for speed, because the benchmarks
# (bench/) spend their time there: pages and page tables (fork), a pipe's round trip, installing a
# filter, reading the device tree (start-up). The core alone (MODULES=) is made small throughout.
SMALL     := -Os -msave-restore
FAST      := $(if $(MODULES),-O2,$(SMALL))
HOT       := sys_timer posix_timer random sys_clone task exit part sys_wait sigchld inode file ns exec elf walk \
	     signal sigqueue sigframe siginfo deliver sigmask sys_kill sys_signal \
	     avl vma vma_tree fault timer hash epoll epoll_wait futex fdtable page kmalloc poison judge run mm pipe \
	     trap irq userns pidns sched sleep sys_rw time program specialise rv64 residual way validate \
	     validate_code gate fdt newc fp usercopy answers check stack range decide \
	     choices search search_code specialise_value validate_search validate_choices validate_term number
# Most of the time of installing a filter is spent in seccomp/gate.c: on sets of 512 numbers, in
# loops over eight words, which are worth unrolling.
UNROLL_gcc := -fpeel-loops -funswitch-loops
$O/kernel/%.o $O/seccomp/%.o: SPEED := $(SMALL)
$(foreach h,$(HOT),$(filter $O/kernel/%/$h.o,$(KOBJ)) $O/seccomp/$h.o): SPEED := $(FAST)
$O/seccomp/gate.o: SPEED := $(FAST) $(UNROLL_$(KCC))

FLAGS   += $(KC) $(SMALL) $(FAST) $(HOT) $(UNROLL_$(KCC)) $(KLINK)
SOURCES += $(KOBJ) $(SECCOMP)
$(eval $(call remember,modules,core $(strip $(MODULES))))
DIRS    += $(addprefix $O/,seccomp $(KDIRS) boot)

$(eval $(call compile,seccomp,seccomp,$(KC) -Wconversion $(INC_seccomp)))
$(foreach d,$(KDIRS),$(eval $(call compile,$d,$d,$(KC) -Iinclude -Iseccomp $(addprefix -I,$(call sees,$d)))))
$(eval $(call compile,boot,boot,,$(KS) $(INC_boot)))
# Only kernel/modules.c is told which modules there are (WITH_NAME). The linker gives the calls of
# absent modules to sys_none.
$O/kernel/modules.o: $O/sources
$O/absent.lds: $O/sources $(wildcard $(ABSENT:%=kernel/linux/%/*.c))
	$Qsed -n 's/^long sys_\([a-z0-9_]*\)(.*/PROVIDE(sys_\1 = sys_none);/p' $(filter %.c,$^) /dev/null > $@
$O/kernel/modules.o: SPEED += $(foreach m,$(ALL_MODULES),-DWITH_$m=$(if $(filter $m,$(MODULES)),1,0))
$(call objects,boot/*.S): $O/asm-offsets.h

# Structure offsets for the assembly, as the C compiler lays them out.
$O/asm-offsets.h: boot/asm-offsets.c mk/kernel.mk $O/flags | $O/boot
	$(call say,GEN,$@)
	$Q$(KC) -Os $(INC_kernel) -MF $O/boot/asm-offsets.d -MT $@ -S $< -o $@.s
	$Qsed -n 's/^[[:space:]]*#@ \([A-Z0-9_]*\) \(-*[0-9]*\)$$/#define \1 \2/p' $@.s > $@ && test -s $@

# The verdict library is self-contained: the only symbols that it may lack are those of memcpy and
# its like, and of the compiler's own helpers.
$O/verdict.a: $(SECCOMP:%=$O/seccomp/%.o) $O/sources
	$Q$(CROSS)ld -r -o $O/verdict.o $(filter %.o,$^)
	$Q! $(CROSS)nm -u $O/verdict.o | grep -vE ' U (mem(cpy|set|move|cmp)|__riscv_(save|restore)_[0-9]+)$$' || \
	  { echo 'seccomp/ must be self-contained; the names above are not its own' >&2; false; }
	$(call archive,$(CROSS)ar)

$O/layers.ok: $(KOBJ) tools/layers.sh mk/kernel.mk
	$Qprintf '%s\n' $(foreach d,$(KDIRS),'$d:$(call sees,$d):$(call objects,$d/*.c)') | CROSS=$(CROSS) tools/layers.sh
	@touch $@

$O/portcullis.elf: $O/layers.ok $(KOBJ) $O/verdict.a boot/kernel.lds $O/absent.lds $O/sources
	$(call say,LD,$@)
	$Q$(KLINK) $(KOBJ) $O/absent.lds $O/verdict.a -Wl,--start-group $(LIBS) -Wl,--end-group -o $@

# The bytes that the linker has placed and, behind them, the names of the functions, for backtraces.
# Without the module words a backtrace has addresses only; nm portcullis.elf has their names.
$O/portcullis.Image: $O/portcullis.elf $O/tools/symbols
	$(call say,BIN,$@)
	$Q$(CROSS)objcopy -O binary $< $@
	$(if $(filter words,$(MODULES)),$Q$(CROSS)nm -n $< | $O/tools/symbols >> $@)
