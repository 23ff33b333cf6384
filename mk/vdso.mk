# SPDX-License-Identifier: BSD-2-Clause
#
# vdso.mk - the vDSO: build/vdso.so out of boot/vdso, which boot/vdso_image.S puts into the kernel.

VDSO     := $(call objects,boot/vdso/*.c boot/vdso/*.S)
INC_vdso := -Iinclude
# Position-independent, with no library, and with the tables that unwinders need.
VC       := $(CROSS)gcc -march=rv64imac -misa-spec=2.2 -mabi=lp64 -mcmodel=medany -fPIC $(PURE) -O2 \
	    -fasynchronous-unwind-tables $(COMMON) $(INC_vdso) -isystem $(PICO)/include
VLINK    := $(CROSS)ld --fatal-warnings --build-id=none -T boot/vdso/vdso.lds

FLAGS   += $(VC) $(VLINK)
SOURCES += $(VDSO)
DIRS    += $O/boot/vdso

$(eval $(call compile,boot/vdso,boot/vdso,$(VC),$(VC) $(AS_map)))

# The bare-metal linker makes no shared objects. This links a program at address 0, and then changes
# its ELF type to that of a shared object, which is the only difference.
$O/vdso.elf: $(VDSO) boot/vdso/vdso.lds $O/flags $O/sources
	$(call say,LD,$@)
	$Q$(VLINK) $(filter %.o,$^) -o $@
$O/vdso.so: $O/vdso.elf
	$Q$(CROSS)objcopy --strip-all $< $@
	$Qprintf '\003' | dd of=$@ bs=1 seek=16 conv=notrunc status=none # e_type: ET_DYN

# The address of the code to which signal handlers return, for boot/vdso_image.S.
$O/vdso-offsets.h: $O/vdso.elf
	$Q$(CROSS)nm $< | sed -n 's/^\([0-9a-f]*\) . __vdso_rt_sigreturn$$/#define VDSO_RT_SIGRETURN 0x\1/p' > $@ && test -s $@
$O/boot/vdso_image.o: $O/vdso.so $O/vdso-offsets.h
