# SPDX-License-Identifier: LGPL-2.1-or-later
use strict;
use warnings;
use Sys::Virt;

my $conn = Sys::Virt->new(uri => "test:///default", readonly => 1);
foreach my $domain ($conn->list_all_domains()) {
    my $info = $domain->get_info();
    printf "%s: state %d, %d KiB, %d processors\n", $domain->get_name(),
        $info->{state}, $info->{memory}, $info->{nrVirtCpu};
}
