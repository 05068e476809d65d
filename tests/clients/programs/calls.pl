# SPDX-License-Identifier: LGPL-2.1-or-later
# Drives Sys::Virt (libsys-virt-perl) through the objects of the connection named by the first argument.
# Prints TAP.

use strict;
use warnings;

use Sys::Virt;
use Sys::Virt::Event;
use Test::More;

my $GUEST = <<'XML';
<domain type='test'><name>perl</name><uuid>11111111-2222-3333-4444-0000000000aa</uuid>
<memory unit='MiB'>64</memory><currentMemory unit='MiB'>32</currentMemory><vcpu>2</vcpu>
<os><type arch='i686'>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/guest.img'/><target dev='vda' bus='virtio'/></disk>
<interface type='network'><source network='default'/></interface></devices></domain>
XML
my $SNAPSHOT = "<domainsnapshot><name>before</name></domainsnapshot>";
my $NETWORK = <<'XML';
<network><name>perl-net</name><bridge name='virbr77'/>
<ip address='10.77.0.1' netmask='255.255.255.0'/></network>
XML
my $POOL = "<pool type='dir'><name>perl-pool</name><target><path>/perl</path></target></pool>";
my $VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>";
my $SECRET = "<secret ephemeral='no' private='no'><description>of perl</description></secret>";
my $FILTER = "<filter name='perl-filter' chain='root'><rule action='drop' direction='in'/></filter>";
my $PORT = "<device><parent>scsi_host2</parent><capability type='scsi_host'><capability type='fc_host'>" .
    "<wwnn>2000000000000002</wwnn><wwpn>1000000000000002</wwpn></capability></capability></device>";
my $INTERFACE = "<interface type='ethernet' name='perl9'><start mode='none'/></interface>";

Sys::Virt::Event::register_default();
my $conn = Sys::Virt->new(uri => $ARGV[0]);
my @heard;

sub turn_until {
    my ($wanted) = @_;
    my $tick = Sys::Virt::Event::add_timeout(20, sub { });
    for (1 .. 500) {
        last if $wanted->();
        Sys::Virt::Event::run_default();
    }
    Sys::Virt::Event::remove_timeout($tick);
}

sub count {
    return scalar @_;
}

sub code_of {
    my ($call) = @_;
    eval { $call->(); };
    return ref $@ ? $@->code : 0;
}

subtest "connection and node" => sub {
    is($conn->get_type, uc(substr($conn->get_type, 0, 1)) . substr($conn->get_type, 1), "type");
    is($conn->get_uri, $ARGV[0], "URI");
    ok($conn->get_hostname, "host name");
    like($conn->get_capabilities, qr/<capabilities>/, "capabilities");
    ok($conn->get_node_info->{memory} > 0, "memory of the node");
    ok($conn->get_node_info->{cpus} > 0, "CPUs of the node");
    ok($conn->get_library_version >= 9000000, "version of the library");
    ok($conn->get_version, "version of the hypervisor");
    ok($conn->is_alive, "alive");
    ok(!$conn->is_encrypted, "not encrypted");
    ok($conn->get_max_vcpus("test") > 0, "largest number of vCPUs");
    ok($conn->get_node_free_memory >= 0, "free memory");
    ok(count($conn->get_node_cells_free_memory(0, 2)) > 0, "free memory of the cells");
    my ($total, $map, $online) = $conn->get_node_cpu_map();
    ok($total > 0 && $online > 0, "map of the CPUs");
    ok(exists $conn->get_node_cpu_stats()->{kernel}, "statistics of the CPUs");
    ok(exists $conn->get_node_memory_stats()->{total}, "statistics of the memory");
};

subtest "domain" => sub {
    $conn->domain_event_register_any(undef, Sys::Virt::Domain::EVENT_ID_LIFECYCLE, sub {
        my ($c, $dom, $event, $detail) = @_;
        push @heard, $event if $dom->get_name eq "perl";
    });
    my $dom = $conn->define_domain($GUEST);
    is($dom->get_name, "perl", "name");
    is($dom->get_uuid_string, "11111111-2222-3333-4444-0000000000aa", "UUID");
    is($dom->get_id, -1, "no id while it is off");
    ok($dom->is_persistent && !$dom->is_active, "persistent and off");
    $dom->create;
    ok($dom->get_id > 0, "an id while it runs");
    is(($dom->get_state)[0], Sys::Virt::Domain::STATE_RUNNING, "running");
    my $info = $dom->get_info;
    is($info->{nrVirtCpu}, 2, "vCPUs");
    is($info->{maxMem}, 65536, "largest memory");
    $dom->suspend;
    is(($dom->get_state)[0], Sys::Virt::Domain::STATE_PAUSED, "paused");
    $dom->resume;
    $dom->set_memory(16384);
    is($dom->get_info->{memory}, 16384, "memory after setting it");
    is($dom->get_max_memory, 65536, "largest memory again");
    $dom->set_autostart(1);
    ok($dom->get_autostart, "autostart");
    $dom->set_vcpus(1);
    is($dom->get_info->{nrVirtCpu}, 1, "vCPUs after setting them");
    like($dom->get_xml_description, qr/<name>perl</, "document");
    is($dom->get_os_type, "hvm", "type of the system");
    ok(exists $dom->get_scheduler_parameters->{weight}, "parameters of the scheduler");
    is($dom->get_scheduler_type, "fair", "scheduler");
    ok(exists $dom->block_stats("vda")->{rd_bytes}, "statistics of the disk");
    is($dom->get_block_info("vda")->{capacity} >= 0, 1, "size of the disk");
    $dom->set_metadata(Sys::Virt::Domain::METADATA_TITLE, "a title");
    is($dom->get_metadata(Sys::Virt::Domain::METADATA_TITLE), "a title", "title");
    my @stats = $conn->get_all_domain_stats(Sys::Virt::Domain::STATS_STATE, undef, 0);
    ok((grep { $_->{data}->{"state.state"} } @stats) >= 2, "statistics of all");
    is($conn->get_domain_by_name("perl")->get_id, $dom->get_id, "found by its name");
    is($conn->get_domain_by_uuid($dom->get_uuid)->get_name, "perl", "found by its UUID");
    is($conn->get_domain_by_id($dom->get_id)->get_name, "perl", "found by its id");
    is(scalar(grep { $_->get_name eq "perl" } $conn->list_all_domains), 1, "in the list of all");
    is(scalar(grep { $_->get_name eq "perl" } $conn->list_domains), 1, "in the list of the old kind");
    is($conn->num_of_domains, 2, "number of the running");
    my $snap = $dom->create_snapshot($SNAPSHOT);
    is($snap->get_name, "before", "name of the snapshot");
    is($dom->num_of_snapshots, 1, "number of the snapshots");
    is(($dom->list_all_snapshots)[0]->get_name, "before", "list of the snapshots");
    is($dom->current_snapshot->get_name, "before", "current snapshot");
    $snap->revert_to;
    $snap->delete;
    ok(!$dom->has_current_snapshot, "no snapshot is left");
    my @vcpus = $dom->get_vcpu_info;
    ok(@vcpus && exists $vcpus[0]->{state}, "information about the vCPUs");
    $dom->destroy;
    is(($dom->get_state)[0], Sys::Virt::Domain::STATE_SHUTOFF, "off");
    is($conn->num_of_defined_domains, 1, "number of the defined");
    $dom->undefine;
    is(code_of(sub { $conn->get_domain_by_name("perl") }), Sys::Virt::Error::ERR_NO_DOMAIN, "gone");
    is(code_of(sub { $conn->define_domain("<domain") }), Sys::Virt::Error::ERR_XML_DETAIL,
       "a wrong document");
    turn_until(sub { grep { $_ == Sys::Virt::Domain::EVENT_UNDEFINED } @heard });
    is_deeply([@heard[0 .. 1]], [Sys::Virt::Domain::EVENT_DEFINED, Sys::Virt::Domain::EVENT_STARTED],
              "the first events");
    is($heard[-1], Sys::Virt::Domain::EVENT_UNDEFINED, "the last event");
};

subtest "network" => sub {
    is($conn->get_network_by_name("default")->get_name, "default", "the one that is there");
    my $net = $conn->define_network($NETWORK);
    $net->create;
    ok($net->is_active && $net->is_persistent, "active");
    is($net->get_bridge_name, "virbr77", "bridge");
    $net->set_autostart(1);
    ok($net->get_autostart, "autostart");
    like($net->get_xml_description, qr/10\.77\.0\.1/, "document");
    is(count($conn->list_all_networks), 2, "list");
    is_deeply([$net->get_dhcp_leases], [], "no lease");
    $net->destroy;
    is($conn->num_of_defined_networks, 1, "number of the defined");
    $net->undefine;
    is(code_of(sub { $conn->get_network_by_name("perl-net") }), Sys::Virt::Error::ERR_NO_NETWORK, "gone");
};

subtest "storage" => sub {
    my $pool = $conn->define_storage_pool($POOL);
    $pool->build;
    $pool->create;
    is($pool->get_info->{state}, Sys::Virt::StoragePool::STATE_RUNNING, "running");
    my $vol = $pool->create_volume($VOLUME);
    is($vol->get_name, "one.img", "name of the volume");
    is($vol->get_info->{capacity}, 1048576, "size of the volume");
    is($conn->get_storage_volume_by_path($vol->get_path)->get_key, $vol->get_key, "found by its path");
    is($pool->num_of_storage_volumes, 1, "number of the volumes");
    my $stream = $conn->new_stream;
    my $sent = 0;
    $vol->upload($stream, 0, 0);
    $stream->send_all(sub { $_[1] = $sent ? "" : "hello perl"; $sent = 1; return length $_[1]; });
    $stream->finish;
    my $got = "";
    $stream = $conn->new_stream;
    $vol->download($stream, 0, 10);
    $stream->recv_all(sub { $got .= $_[1]; return length $_[1]; });
    $stream->finish;
    is($got, "hello perl", "what was uploaded comes back");
    $vol->resize(2097152);
    is($vol->get_info->{capacity}, 2097152, "size after the change");
    $vol->wipe;
    $vol->delete;
    $pool->refresh;
    is(count($pool->list_all_volumes), 0, "no volume is left");
    $pool->destroy;
    $pool->delete;
    $pool->undefine;
    is(count($conn->list_all_storage_pools), 1, "list of the pools");
};

subtest "interface, secret, node device" => sub {
    my $iface = $conn->define_interface($INTERFACE);
    is($iface->get_name, "perl9", "name of the interface");
    $iface->create;
    ok($iface->is_active, "active");
    $iface->destroy;
    $iface->undefine;
    is($conn->num_of_interfaces, 1, "number of the interfaces");
    my $secret = $conn->define_secret($SECRET);
    $secret->set_value("hush");
    is($secret->get_value, "hush", "value of the secret");
    is(count($conn->list_all_secrets), 1, "list of the secrets");
    $secret->undefine;
};

subtest "network filter" => sub {
    my $filter = $conn->define_nwfilter($FILTER);
    is($filter->get_name, "perl-filter", "name");
    like($filter->get_xml_description, qr/<rule action='drop'/, "document");
    is(scalar(grep { $_->get_name eq "perl-filter" } $conn->list_all_nwfilters), 1, "in the list");
    $filter->undefine;
    is(code_of(sub { $conn->get_nwfilter_by_name("perl-filter") }), Sys::Virt::Error::ERR_NO_NWFILTER, "gone");
};

subtest "node devices" => sub {
    my ($device) = $conn->list_all_node_devices;
    is($device->get_name, "computer", "first node device");
    like($device->get_xml_description, qr/<device>/, "its document");
    my $port = $conn->create_node_device($PORT);
    is($port->get_parent, "scsi_host2", "parent of a port");
    $port->destroy;
    is(code_of(sub { $conn->get_node_device_by_name($port->get_name) }),
       Sys::Virt::Error::ERR_NO_NODE_DEVICE, "the port is gone");
};

done_testing;
