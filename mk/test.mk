# SPDX-License-Identifier: BSD-2-Clause
#
# test.mk - tests: everything that speaks TAP and takes no longer than minutes.

CMOCKA := $(call programs,tests/unit,tests/unit)
UNIT   := $(CMOCKA) $(if $(wildcard tests/unit/constants/main.c),$O/tests/unit/constants)
DIRS   += $(addprefix $O/,tests/unit constants)

unit-build: $(UNIT) $O/tests/archive-campaign
$O/tests/unit/newc: kernel/core/files/newc.c
$O/tests/unit/sha256: kernel/core/machine/sha256.c
# The next ones test files of the kernel, which are compiled for this machine here.
$O/tests/unit/rights: kernel/linux/socket/rights.c
$O/tests/unit/rights: INC_tools += $(addprefix -I,$(call sees,kernel/linux/socket)) -DKASSERTS=1 -Wno-pedantic
$O/tests/unit/collections: kernel/core/machine/avl.c kernel/core/memory/hash.c
$O/tests/unit/timers: kernel/core/machine/timer.c
$O/tests/unit/collections $O/tests/unit/timers: INC_tools += -DKASSERTS=1 -Ikernel/core/machine -Ikernel/core/memory
$(CMOCKA): $O/tests/unit/%: tests/unit/%.c $O/asan/verdict.a $O/flags | $O/tests/unit
	$(call say,UNIT,$<)
	$Q$(HC) $(ASAN) $(INC_tools) -MF $@.d -MT $@ $(CA) -lcmocka -o $@

# Our numbers and Linux's: each is compiled without sight of the other.
$O/constants/ours.o $O/constants/libc.o: INC = -Iinclude
$O/constants/linux.o: INC = -ffreestanding -nostdinc -isystem $$($(CC) -print-file-name=include) \
  -isystem /usr/riscv64-linux-gnu/include -Iinclude
$O/constants/%.o: tests/unit/constants/%.c $O/flags | $O/constants
	$(call say,CC,$<)
	$Q$(HC) $(INC) -c $< -o $@
$O/tests/unit/constants: $(addprefix $O/constants/,ours.o linux.o libc.o main.o) | $O/tests/unit
	$(call say,UNIT,$@)
	$Q$(CC) $^ -o $@

# Programs of bench/, on user/lib, for tests/figures.t.
FIGURES := $(addprefix $O/tests/figures/,bench large asked counted)
DIRS    += $O/tests/figures
all: $(FIGURES)
$(FIGURES): UC += -Itests/figures
$(FIGURES): $O/tests/figures/%: bench/%.c $O/user/lib.a $O/flags user/lib/user.ld | $O/tests/figures
	$(call say,USER,$<)
	$Q$(call link_user,$@,$@) $(OR_NONE)

# T='NAME ...' picks: names of unit tests and of tests/*.t; any other name is a guest program's.
# What a picked test needs is built, and nothing else: for tests/NAME.t that is what its line "#
# needs:" says, targets of this Makefile and files under $O; what it needs later it asks for later
# (tests/build.sh).
# Those that take longest come first, so that at the end no processor waits for one of them.
LONGEST := mutation policy guards mutation-kernel lint guest surroundings modules report oracle linux
ANY     := $(UNIT) $(wildcard tests/*.t) tools/lint.sh tools/guards.sh
SUITE   := $(foreach l,$(LONGEST),$(filter %/$l.t %/$l.sh,$(ANY)))
SUITE   += $(filter-out $(SUITE),$(ANY))
suite    = $(filter %/$1 %/$1.t %/$1.sh,$(SUITE))
PICK    := $(if $T,$(foreach t,$T,$(call suite,$t)),$(SUITE))
guest    = $(if $(call suite,$1),,$(if $(wildcard tests/guest/$1.c),$1,$(error $1: no such test)))
GUESTS  := $(if $(filter test,$(MAKECMDGOALS)),$(strip $(foreach t,$T,$(call guest,$t))))
target   = $(if $(filter run,$1),$1,$O/$1)
ASKED   := $(if $T,$(shell sed -n 's/^# needs: //p' $(filter %.t %.sh,$(PICK)) /dev/null))
NEEDED  := $(if $T,$(filter $O/%,$(PICK)) $(foreach a,$(ASKED),$(call target,$a)) \
	   $(if $(GUESTS),run $(GUESTS:%=$O/tests/guest/%)),all)
test: $(NEEDED) ## every test, or those named by T='NAME ...'
	$QO=$O PORTCULLIS_BUILT=$(if $T,needs,1) GUESTS='$(GUESTS)' tests/run.pl $(PICK) $(if $(GUESTS),tests/guest.t)
unit: unit-build ## the unit rows alone
	$Qprove -e '' $(UNIT)
lint: ## layout, static analysis, layering, sizes, licence lines; and that each guard notices a planted fault
	$QO=$O prove -v -e '' tools/lint.sh tools/guards.sh
.PHONY: unit-build test unit lint
