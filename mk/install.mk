# SPDX-License-Identifier: BSD-2-Clause
#
# install.mk - installing. Puts portcullis, and what `portcullis run` needs, where Debian has such
# files: make install DESTDIR=/tmp/x PREFIX=/usr.
#
#   PREFIX=DIR   (/usr/local)      DESTDIR=DIR   the root below which all of it goes

PREFIX  ?= /usr/local
BINDIR  := $(PREFIX)/bin
OWNDIR  := $(PREFIX)/lib/portcullis
MANDIR  ?= $(PREFIX)/share/man/man1
DOCDIR  ?= $(PREFIX)/share/doc/portcullis
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR  ?= $(PREFIX)/share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)

# What qemu.sh runs and reads, in the folders in which it looks for them.
OWN_SCRIPTS := qemu.sh tools/setup.sh
OWN_DATA    := tools/archive.sh tools/each.sh tools/progress.sh tools/options.sh tools/surroundings.sh tools/run.def \
	       tools/gdbinit
OWN_PROGRAMS := $(filter-out tools/symbols tools/newer,$(TOOLS:$O/%=%)) $(USER:$O/%=%) \
	       $(USER:$O/user/%=root/bin/%)
OWN_IMAGES  := portcullis.Image portcullis.elf initrd.cpio
INSTALL     := install -D -p
SUBCOMMANDS  = $(shell $O/portcullis completion bash | sed -n "s/^.*words='\(.*\) --help --version'$$/\1/p")

into = for f in $3; do $(INSTALL) -m $1 $2$$f $(DESTDIR)$(OWNDIR)/$$f || exit 1; done
ALL_OURS = $(OWNDIR) $(DOCDIR) $(BINDIR)/portcullis $(BASHDIR)/portcullis $(ZSHDIR)/_portcullis \
	   $(MANDIR)/portcullis.1

install: run policy $(USER) ## portcullis below DESTDIR PREFIX, with the kernel, man pages and completion
	$Q$(call into,755,,$(OWN_SCRIPTS))
	$Q$(call into,644,,$(OWN_DATA))
	$Q$(call into,644,$O/,$(OWN_IMAGES))
	$Q$(call into,755,$O/,$(OWN_PROGRAMS))
	$Q$(INSTALL) -m 755 $O/portcullis $(DESTDIR)$(BINDIR)/portcullis
	$Qln -sf ../../bin/portcullis $(DESTDIR)$(OWNDIR)/portcullis
	$Qmkdir -p $(addprefix $(DESTDIR),$(MANDIR) $(DOCDIR) $(BASHDIR) $(ZSHDIR))
	$Q$O/portcullis man > $(DESTDIR)$(MANDIR)/portcullis.1
	$Qfor c in $(SUBCOMMANDS); do \
	  $O/portcullis man $$c > $(DESTDIR)$(MANDIR)/portcullis-$$c.1 || exit 1; done
	$Q$O/portcullis completion bash > $(DESTDIR)$(BASHDIR)/portcullis
	$Q$O/portcullis completion zsh > $(DESTDIR)$(ZSHDIR)/_portcullis
	$Q$(INSTALL) -m 644 LICENSE $(DESTDIR)$(DOCDIR)/copyright
	$Qcp -r README.md docs $(DESTDIR)$(DOCDIR)
uninstall: ## delete what make install has put there
	$Qrm -rf $(ALL_OURS:%=$(DESTDIR)%)
	$Qrm -f $(DESTDIR)$(MANDIR)/portcullis-*.1
.PHONY: install uninstall
