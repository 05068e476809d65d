<?php
// SPDX-License-Identifier: LGPL-2.1-or-later
// Drives php-libvirt through the objects of the connection named by the first argument. Prints TAP.

const GUEST = "<domain type='test'><name>php</name><uuid>11111111-2222-3333-4444-0000000000cc</uuid>" .
    "<memory unit='MiB'>64</memory><currentMemory unit='MiB'>32</currentMemory><vcpu>2</vcpu>" .
    "<os><type arch='i686'>hvm</type></os><devices><disk type='file' device='disk'>" .
    "<source file='/guest.img'/><target dev='vda' bus='virtio'/></disk></devices></domain>";
const NETWORK = "<network><name>php-net</name><bridge name='virbr79'/>" .
    "<ip address='10.79.0.1' netmask='255.255.255.0'/></network>";
const POOL = "<pool type='dir'><name>php-pool</name><target><path>/php</path></target></pool>";
const FILTER = "<filter name='php-filter' chain='root'><rule action='drop' direction='in'/></filter>";
const VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>";

$count = 0;

// One case: a result and what it has to be, or a function that judges it.
function expect(string $name, mixed $result, mixed $wanted): void
{
    global $count;
    $good = is_callable($wanted) ? $wanted($result) : $result === $wanted;
    printf("%s %d - %s\n", $good ? "ok" : "not ok", ++$count, $name);
    if (!$good) {
        printf("# %s; %s\n", str_replace("\n", " ", var_export($result, true)), libvirt_get_last_error());
    }
}

function node($conn): void
{
    global $argv;
    $positive = fn($v) => $v > 0;
    expect("host name", libvirt_connect_get_hostname($conn), fn($v) => (bool) $v);
    expect("URI", libvirt_connect_get_uri($conn), $argv[1]);
    expect("capabilities", libvirt_connect_get_capabilities($conn),
           fn($v) => str_contains($v, "<capabilities>"));
    expect("node", libvirt_node_get_info($conn), fn($v) => $v["memory"] > 0 && $v["cpus"] > 0);
    expect("hypervisor", libvirt_connect_get_hypervisor($conn), fn($v) => strcasecmp($v["hypervisor"], "test") == 0);
    expect("largest number of vCPUs", libvirt_connect_get_maxvcpus($conn), $positive);
    expect("encrypted", libvirt_connect_get_encrypted($conn), 0);
    expect("CPU statistics", libvirt_node_get_cpu_stats($conn), fn($v) => is_array($v));
    expect("memory statistics", libvirt_node_get_mem_stats($conn), fn($v) => is_array($v));
    expect("information", @libvirt_connect_get_information($conn), fn($v) => $v["num_total_domains"] == 1);
}

function domain($conn): void
{
    $guest = libvirt_domain_define_xml($conn, GUEST);
    expect("name", libvirt_domain_get_name($guest), "php");
    expect("UUID", libvirt_domain_get_uuid_string($guest), "11111111-2222-3333-4444-0000000000cc");
    expect("off", libvirt_domain_is_active($guest), fn($v) => !$v);
    expect("start", libvirt_domain_create($guest), true);
    expect("id", libvirt_domain_get_id($guest), fn($v) => $v > 0);
    expect("information", libvirt_domain_get_info($guest),
           fn($v) => $v["state"] == VIR_DOMAIN_RUNNING && $v["nrVirtCpu"] == 2 && $v["maxMem"] == 65536);
    expect("pause", libvirt_domain_suspend($guest), true);
    expect("paused", libvirt_domain_get_info($guest)["state"], VIR_DOMAIN_PAUSED);
    expect("continue", libvirt_domain_resume($guest), true);
    expect("set memory", libvirt_domain_set_memory($guest, 16384), true);
    expect("memory", libvirt_domain_get_info($guest)["memory"], fn($v) => $v == 16384);
    expect("set autostart", libvirt_domain_set_autostart($guest, true), true);
    expect("autostart", libvirt_domain_get_autostart($guest), 1);
    expect("document", libvirt_domain_get_xml_desc($guest, null), fn($v) => str_contains($v, "<name>php<"));
    expect("disks", libvirt_domain_get_disk_devices($guest), fn($v) => in_array("vda", $v));
    expect("disk statistics", libvirt_domain_block_stats($guest, "vda"), fn($v) => isset($v["rd_bytes"]));
    expect("block information", libvirt_domain_get_block_info($guest, "vda"), fn($v) => isset($v["capacity"]));
    expect("counts", libvirt_domain_get_counts($conn), fn($v) => $v["active"] == 2);
    expect("names", libvirt_list_domains($conn), fn($v) => in_array("php", $v));
    expect("found by its name", libvirt_domain_get_id(libvirt_domain_lookup_by_name($conn, "php")),
           libvirt_domain_get_id($guest));
    $snapshot = libvirt_domain_snapshot_create($guest);
    expect("snapshot", libvirt_domain_has_current_snapshot($guest), true);
    expect("snapshot's document", libvirt_domain_snapshot_get_xml($snapshot),
           fn($v) => str_contains($v, "<domainsnapshot>"));
    expect("revert", libvirt_domain_snapshot_revert($snapshot), true);
    expect("delete the snapshot", libvirt_domain_snapshot_delete($snapshot), true);
    expect("destroy", libvirt_domain_destroy($guest), true);
    expect("defined", libvirt_list_inactive_domains($conn), ["php"]);
    expect("undefine", libvirt_domain_undefine($guest), true);
    expect("gone", @libvirt_domain_lookup_by_name($conn, "php"), false);
}

function network($conn): void
{
    $network = libvirt_network_define_xml($conn, NETWORK);
    expect("network on", libvirt_network_set_active($network, 1), true);
    expect("bridge", libvirt_network_get_bridge($network), "virbr79");
    expect("networks", count(libvirt_list_networks($conn)), 2);
    expect("network's information", libvirt_network_get_information($network)["ip"], "10.79.0.1");
    expect("network off", libvirt_network_set_active($network, 0), true);
    expect("undefine the network", libvirt_network_undefine($network), true);
}

function storage($conn): void
{
    $pool = libvirt_storagepool_define_xml($conn, POOL, 0);
    expect("build", libvirt_storagepool_build($pool), true);
    expect("pool on", libvirt_storagepool_create($pool), true);
    expect("pool's information", libvirt_storagepool_get_info($pool)["capacity"], fn($v) => $v > 0);
    $volume = libvirt_storagevolume_create_xml($pool, VOLUME);
    expect("volume", libvirt_storagevolume_get_name($volume), "one.img");
    expect("size", libvirt_storagevolume_get_info($volume)["capacity"], fn($v) => $v == 1048576);
    expect("volumes", libvirt_storagepool_list_volumes($pool), ["one.img"]);
    expect("delete the volume", libvirt_storagevolume_delete($volume), true);
    expect("pool off", libvirt_storagepool_destroy($pool), true);
    expect("delete the pool", libvirt_storagepool_delete($pool), true);
    expect("undefine the pool", libvirt_storagepool_undefine($pool), true);
    expect("pools", count(libvirt_list_storagepools($conn)), 1);
}

function filter($conn): void
{
    $filter = libvirt_nwfilter_define_xml($conn, FILTER);
    expect("network filter", libvirt_nwfilter_get_name($filter), "php-filter");
    expect("network filters", libvirt_list_nwfilters($conn), fn($v) => in_array("php-filter", $v));
    expect("undefine the filter", libvirt_nwfilter_undefine($filter), true);
    expect("filter gone", @libvirt_nwfilter_lookup_by_name($conn, "php-filter"), false);
}

$conn = libvirt_connect($argv[1], false, []);
if (!$conn) {
    printf("Bail out! %s\n", libvirt_get_last_error());
    exit(1);
}
node($conn);
domain($conn);
network($conn);
storage($conn);
expect("node devices", libvirt_list_nodedevs($conn), fn($v) => in_array("computer", $v));
expect("document of a node device", libvirt_nodedev_get_xml_desc(libvirt_nodedev_get($conn, "computer"), null),
       fn($v) => str_contains($v, "<device>"));
filter($conn);
printf("1..%d\n", $count);
