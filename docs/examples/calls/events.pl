# SPDX-License-Identifier: LGPL-2.1-or-later
use strict;
use warnings;
use Sys::Virt;
use Sys::Virt::Event;

my $seen = 0;
Sys::Virt::Event::register_default();
my $conn = Sys::Virt->new(uri => "test:///default");
$conn->domain_event_register_any(undef, Sys::Virt::Domain::EVENT_ID_LIFECYCLE, sub {
    my ($from, $domain, $event, $detail) = @_;
    printf "%s: event %d\n", $domain->get_name(), $event;
    $seen++;
});
my $domain = $conn->get_domain_by_name("test");
$domain->suspend();
$domain->resume();
Sys::Virt::Event::run_default() while $seen < 2;
