# SPDX-License-Identifier: LGPL-2.1-or-later
use strict;
use warnings;
use Sys::Virt;

my $conn = Sys::Virt->new(uri => "test:///default");
eval { $conn->get_domain_by_name("nobody") };
print "there is no domain 'nobody'\n"
    if $@ && $@->code == Sys::Virt::Error::ERR_NO_DOMAIN;
