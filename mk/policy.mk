# SPDX-License-Identifier: BSD-2-Clause
#
# policy.mk - the host tool portcullis: policy/ on the verdict library. Included by the Makefile. It needs what `tools/setup.sh policy` installs;
# nothing that the kernel or ./qemu.sh run needs depends on it.

INC_policy := -Iinclude -Iseccomp -Ipolicy
PFLAGS     := -std=gnu11 -g -D_GNU_SOURCE -Wconversion $(COMMON) $(INC_policy)
POLICY     := $(notdir $(basename $(wildcard policy/*.c)))
POLICY_LIBS := -lz3

policy: $O/portcullis ## portcullis, the policy tool: ./qemu.sh policy
.PHONY: policy

DIRS += $O/policy $O/policy-asan
$(eval $(call remember,policy-sources,$(POLICY) $(PFLAGS) $(POLICY_LIBS)))
$O/policy $O/policy-asan: ; $Qmkdir -p $@
$(eval $(call compile,policy,policy,$(CC) $(PFLAGS) -O2))
$(eval $(call compile,policy-asan,policy,$(CC) $(PFLAGS) -O1 $(ASAN)))
$O/policy/%.o $O/policy-asan/%.o: $O/policy-sources | $O/policy $O/policy-asan

$O/portcullis: $(POLICY:%=$O/policy/%.o) $O/hostlib/verdict.a
	$(call say,LD,$@)
	$Q$(CC) $(filter %.o %.a,$^) $(POLICY_LIBS) -o $@
$O/portcullis-asan: $(POLICY:%=$O/policy-asan/%.o) $O/asan/verdict.a
	$(call say,LD,$@)
	$Q$(CC) $(ASAN) $(filter %.o %.a,$^) $(POLICY_LIBS) -o $@

-include $(wildcard $O/policy/*.d $O/policy-asan/*.d)
