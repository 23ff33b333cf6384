# SPDX-License-Identifier: BSD-2-Clause
#
# campaigns.mk - what takes longer than `make test`, or needs what not every machine has. A line of
# two hashes begins a group of `make help`.

## proofs
prove: ## the functions that decide do what their contracts say, by Frama-C, z3 and cvc4 (STEPS of a prover a goal)
	$QO=$O STEPS=$(STEPS) prove -v -e '' tests/proof/run.sh
prove-code: ## that gates' machine code is what the filters say, over all arguments
	$QO=$O N=$N prove -v -e '' tests/prove-code/run.sh
prove-path: run ## that boot/trap.S, in the image, sends each call where its gate says, and brings registers back
	$QO=$O prove -v -e '' tests/prove-path/run.sh
prove-isa: ## the instructions that the proofs know, on QEMU: N steps
	$QO=$O N=$N prove -v -e '' tests/isa/run.sh

## campaigns, which may take hours
gate-campaign: $O/tests/gate-campaign ## N comparisons of machine code with the interpreter (10^8)
	$QCOMPARISONS=$(or $N,100000000) $<
$O/tests/gate-campaign: tests/unit/rv64.c $O/hostlib/verdict.a | $O/tests/unit
	$Q$(HC) $(INC_tools) -MF $@.d -MT $@ $(CA) -lcmocka -o $@
families: run $O/tests/family $O/tests/family-host ## N families (200) of processes, as a model says, here and on Linux
	$QO=$O tests/family/run.sh $(or $N,200) $(or $(SEED),1)
faults: run guest ## programs while allocations fail: SEEDS runs (8) of each
	$QO=$O SEEDS=$(or $(SEEDS),8) FIRST=$(FIRST) tests/faults.sh
faults-every: run guest ## the same, once for each allocation; PART seconds of each program; DONE: a file to go on from
	$QO=$O MOST=$(MOST) STEP=$(STEP) PART=$(PART) DONE=$(DONE) tests/faults-every.sh
archive-campaign: run $O/tests/archive-campaign ## N boots (1000) of damaged archives, filters, command lines, images
	$QO=$O N=$N SEED=$(SEED) tests/archive.t
$O/tests/archive-campaign: $(wildcard tests/campaign/*.c) kernel/core/machine/sha256.c $O/hostlib/verdict.a $O/flags | \
			   $O/tests/unit
	$(call say,HOST,$@)
	$Q$(HC) $(INC_tools) $(CA) -o $@
fuzz-calls: run policy $O/tests/fuzz-calls ## system calls, on QEMU, from SEED on: T seconds; DONE: a file to go on from
	$QO=$O T=$T SEED=$(SEED) SEEDS=$(SEEDS) DONE=$(DONE) tests/fuzz/calls.sh
fuzz: ## libFuzzer on the verdict library, AFL++ on the readers: T seconds
	$QO=$O T=$T tests/fuzz/run.sh
mutation: ## does a unit row notice each line of seccomp/ that is deleted, each operator and constant that is changed?
	$QO=$O tests/mutation/run.sh
mutation-kernel: run guest policy $O/tests/archive-campaign ## does a program of tests/guest notice each mutant of the gate? FILES='REGEX', UNTIL=T
	$QO=$O UNTIL=$(or $(UNTIL),1000000) tests/mutation/kernel.sh $(if $(FILES),'$(FILES)')

## measurements
coverage: ## lines and branches of seccomp/ that the unit rows reach
	$QO=$O tools/coverage.sh
bench: ## instructions per call, counted by QEMU
	$QO=$O bench/run.sh
bench-peer: ## the same beside Linux 6.1, now, on the same QEMU
	$QO=$O bench/run.sh --peer
bench-scale: ## what grows with the number of filters and processes
	$QO=$O bench/run.sh --scale
kasserts: run guest ## what the checks of invariants cost each program of tests/guest: none a quarter more
	$QO=$O prove -v -e '' tests/kasserts/run.sh

## beside Linux, and under other people's programs
oracle: $O/hostlib/verdict.a ## N generated programs against this machine's Linux
	$QO=$O N=$N tests/oracle/run.sh
conformance: run ## Linux's own seccomp self-tests, of 6.1 and 6.12, and their scores
	$QO=$O PORTCULLIS_BUILT=1 tests/conformance/run.sh 6.1
	$QO=$O PORTCULLIS_BUILT=1 tests/conformance/run.sh 6.12
userland: run ## Debian 13's own programs: shells, languages, servers, terminals (LINUX=1: on this Linux)
	$QO=$O PORTCULLIS_BUILT=1 LINUX=$(LINUX) prove -v -e '' tests/userland/run.sh
ltp: run ## tests of the Linux Test Project, of which LTP is a clone; FOLDERS: some of its folders of system calls
	$QO=$O PORTCULLIS_BUILT=1 LTP=$(LTP) prove -v -e '' tests/ltp/run.sh $(if $(FOLDERS),:: $(FOLDERS))
programs: run ## shells, an interpreter, compressors, a Go program, each under its policies
	$QO=$O PORTCULLIS_BUILT=1 prove -v -e '' tests/programs/run.sh
peer: run guest policy ## tests/guest on Linux 6.1 for riscv64, beside Portcullis; and a recording beside strace -f
	$QO=$O PORTCULLIS_BUILT=1 prove -f -o -e '' tests/peer/run.sh tests/peer/strace.sh

.PHONY: oracle prove prove-code prove-path prove-isa gate-campaign families faults faults-every \
	archive-campaign fuzz fuzz-calls mutation mutation-kernel coverage bench bench-peer bench-scale \
	kasserts conformance programs userland ltp peer
