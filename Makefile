# SPDX-License-Identifier: BSD-2-Clause
#
# Makefile - the whole tree. Builds Portcullis and runs its tests; `make help` lists the targets.
# This file has what the parts share: mk/kernel.mk builds the kernel and the verdict library,
# mk/vdso.mk the vDSO, mk/host.mk programs, mk/policy.mk the policy tool; mk/install.mk installs;
# mk/test.mk runs the tests, mk/campaigns.mk what takes longer. Sources are found by folder: a new
# file needs no line here.
#
#   O=DIR      where everything is built (build)        V=1  show the commands
#   CC=clang   compiler of what runs on this machine    KCC=clang  of the kernel (gcc)

.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
O     ?= build
KCC   ?= gcc
CROSS ?= riscv64-unknown-elf-
PICO  ?= /usr/lib/picolibc/riscv64-unknown-elf

WARN   := -Wall -Wextra -Werror -Wshadow -Wundef -Wstrict-prototypes -Wmissing-prototypes
COMMON := $(WARN) -ffile-prefix-map=$(CURDIR)=. -MMD -MP
AS_map := -Wa,--debug-prefix-map,$(CURDIR)=.
PURE   := -std=c11 -ffreestanding -fno-common -Wvla

all: run guest host unit-build ## everything that make test runs
.PHONY: all clean help picture format

# $(call objects,SOURCES), $(call programs,FOLDER,FOLDER UNDER $O)
objects  = $(patsubst %,$O/%.o,$(basename $(wildcard $1)))
programs = $(patsubst $1/%.c,$O/$2/%,$(wildcard $1/*.c))

Q   := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-4s %s\n' $1 $2)
C   = $(filter %.c,$^)
CA  = $(filter %.c %.a,$^)

# $(call remember,NAME,WORDS): keeps WORDS (compilers and flags, or the list of sources) in $O/NAME,
# and writes that file only when they have changed. So what depends on it is built anew then.
define remember
ifneq ($$(file <$O/$1),$2)
  $$(shell mkdir -p $O)
  $$(file >$O/$1,$2)
endif
$O/$1: ;
endef

# $(call compile,FOLDER OF OBJECTS,FOLDER OF SOURCES,COMMAND FOR C,COMMAND FOR ASSEMBLY): the rules
# for each object of a folder; SPEED is a variable of the target.
define compile
$O/$1/%.o: $2/%.c $O/flags | $O/$1
	$$(call say,CC,'$2/$$*.c$(if $(filter-out $2,$1), for $1)')
	$$Q$3 $$(SPEED) -c $$< -o $$@
$O/$1/%.o: $2/%.S $O/flags | $O/$1
	$$(call say,AS,$2/$$*.S)
	$$Q$4 -c $$< -o $$@
endef
define archive
	$(call say,AR,$@)
	$Qrm -f $@ && $1 rcsD $@ $(filter %.o,$^)
endef

include mk/kernel.mk mk/vdso.mk mk/host.mk mk/policy.mk mk/install.mk mk/test.mk mk/campaigns.mk

$(eval $(call remember,flags,$(FLAGS)))
$(eval $(call remember,sources,$(SOURCES)))
$(DIRS): ; $Qmkdir -p $@
-include $(wildcard $(addsuffix /*.d,$(DIRS)))

format: ## lay out every C file as .clang-format says
	$Qgit ls-files -co --exclude-standard '*.[ch]' | xargs clang-format -i
picture: ## draw the pictures of docs/ anew
	$Qtools/architecture.sh | dot -Tsvg -o docs/architecture.svg
clean: ## delete everything that was built
	$Qrm -rf $O
help: ## this list
	@awk -F ' ## ' 'FNR == 3 { group = $$0 } /^## / { group = "# x - " substr($$0, 4) } \
	  /^[a-z][a-z-]*:.* ## / { sub(/:.*/, "", $$1); if (group) print "\n" group; \
	  group = ""; printf "  %-17s %s\n", $$1, $$2 }' $(filter Makefile mk/%,$(MAKEFILE_LIST)) | sed 's/^# [^ ]* - \([^;:.]*\).*/\1:/'
