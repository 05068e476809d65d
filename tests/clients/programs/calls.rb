# SPDX-License-Identifier: LGPL-2.1-or-later
# Drives ruby-libvirt through the objects of the connection named by the first argument. Prints TAP.

require "libvirt"

GUEST = "<domain type='test'><name>ruby</name><uuid>11111111-2222-3333-4444-0000000000bb</uuid>" \
        "<memory unit='MiB'>64</memory><currentMemory unit='MiB'>32</currentMemory><vcpu>2</vcpu>" \
        "<os><type arch='i686'>hvm</type></os><devices><disk type='file' device='disk'>" \
        "<source file='/guest.img'/><target dev='vda' bus='virtio'/></disk></devices></domain>"
NETWORK = "<network><name>ruby-net</name><bridge name='virbr78'/>" \
          "<ip address='10.78.0.1' netmask='255.255.255.0'/></network>"
POOL = "<pool type='dir'><name>ruby-pool</name><target><path>/ruby</path></target></pool>"
VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"
SECRET = "<secret ephemeral='no' private='no'><description>of ruby</description></secret>"
FILTER = "<filter name='ruby-filter' chain='root'><rule action='drop' direction='in'/></filter>"
INTERFACE = "<interface type='ethernet' name='ruby9'><start mode='none'/></interface>"

$count = 0

# One case: the block has to give what is expected; a class of errors, or a code in it, is one way.
def expect(name, wanted)
  $count += 1
  begin
    result = yield
  rescue Libvirt::Error => error
    result = error.libvirt_code
  end
  good = wanted === result
  puts "#{good ? 'ok' : 'not ok'} #{$count} - #{name}"
  puts "# #{result.inspect} instead of #{wanted.inspect}" unless good
end

def positive
  ->(value) { value.is_a?(Integer) && value > 0 }
end

def node(conn)
  expect("type", /Test/i) { conn.type }
  expect("URI", ARGV[0]) { conn.uri }
  expect("host name", /./) { conn.hostname }
  expect("capabilities", /<capabilities>/) { conn.capabilities }
  expect("memory of the node", positive) { conn.node_get_info.memory }
  expect("version of the library", positive) { conn.libversion }
  expect("largest number of vCPUs", positive) { conn.max_vcpus }
  expect("alive", true) { conn.alive? }
  expect("encrypted", false) { conn.encrypted? }
  expect("free memory of cells", Array) { conn.node_cells_free_memory }
  expect("statistics of the CPUs", Hash) { conn.node_cpu_stats }
  expect("statistics of the memory", Hash) { conn.node_memory_stats }
end

def domain(conn)
  guest = conn.define_domain_xml(GUEST)
  expect("name", "ruby") { guest.name }
  expect("UUID", "11111111-2222-3333-4444-0000000000bb") { guest.uuid }
  expect("persistent", true) { guest.persistent? }
  expect("off", false) { guest.active? }
  guest.create
  expect("id", positive) { guest.id }
  expect("state", Libvirt::Domain::RUNNING) { guest.state[0] }
  expect("vCPUs", 2) { guest.info.nr_virt_cpu }
  guest.suspend
  expect("paused", Libvirt::Domain::PAUSED) { guest.info.state }
  guest.resume
  guest.memory = 16384
  expect("memory", 16384) { guest.info.memory }
  expect("largest memory", 65536) { guest.max_memory }
  guest.autostart = true
  expect("autostart", true) { guest.autostart? }
  guest.vcpus = 1
  expect("vCPUs after setting them", 1) { guest.num_vcpus(Libvirt::Domain::VCPU_LIVE) }
  expect("document", /<name>ruby</) { guest.xml_desc }
  expect("type of the system", "hvm") { guest.os_type }
  expect("scheduler", "fair") { guest.scheduler_type[0] }
  expect("statistics of the disk", Integer) { guest.block_stats("vda").rd_bytes }
  expect("information about vCPUs", Array) { guest.vcpus }
  expect("number of the running", 2) { conn.num_of_domains }
  expect("found by its name", guest.id) { conn.lookup_domain_by_name("ruby").id }
  expect("found by its UUID", "ruby") { conn.lookup_domain_by_uuid(guest.uuid).name }
  expect("in the list of all", 2) { conn.list_all_domains.length }
  snapshots(guest)
  guest.destroy
  expect("defined", ["ruby"]) { conn.list_defined_domains }
  guest.undefine
  expect("gone", 42) { conn.lookup_domain_by_name("ruby") }
  expect("a wrong document", 35) { conn.define_domain_xml("<domain") }
end

def snapshots(guest)
  snapshot = guest.snapshot_create_xml("<domainsnapshot><name>before</name></domainsnapshot>")
  expect("name of the snapshot", "before") { snapshot.name }
  expect("number of the snapshots", 1) { guest.num_of_snapshots }
  expect("list of the snapshots", ["before"]) { guest.list_snapshots }
  guest.revert_to_snapshot(snapshot)
  snapshot.delete
  expect("no snapshot is left", false) { guest.has_current_snapshot? }
end

def network(conn)
  net = conn.define_network_xml(NETWORK)
  net.create
  expect("network active", true) { net.active? }
  expect("bridge", "virbr78") { net.bridge_name }
  expect("networks", 2) { conn.list_all_networks.length }
  net.destroy
  net.undefine
  expect("network gone", 43) { conn.lookup_network_by_name("ruby-net") }
end

def storage(conn)
  pool = conn.define_storage_pool_xml(POOL)
  pool.build
  pool.create
  expect("pool runs", Libvirt::StoragePool::RUNNING) { pool.info.state }
  volume = pool.create_volume_xml(VOLUME)
  expect("size of the volume", 1048576) { volume.info.capacity }
  expect("volumes", ["one.img"]) { pool.list_volumes }
  expect("what is uploaded comes back", "hello ruby") do
    stream = conn.stream
    volume.upload(stream, 0, 10)
    stream.send("hello ruby")
    stream.finish
    stream = conn.stream
    volume.download(stream, 0, 10)
    received = stream.recv(10)
    stream.finish
    received[1]
  end
  volume.delete
  pool.destroy
  pool.delete
  pool.undefine
  expect("pools", 1) { conn.list_all_storage_pools.length }
end

def others(conn)
  interface = conn.define_interface_xml(INTERFACE)
  expect("interface", "ruby9") { interface.name }
  interface.undefine
  secret = conn.define_secret_xml(SECRET)
  secret.set_value("hush")
  expect("value of the secret", "hush") { secret.value }
  secret.undefine
  filter = conn.define_nwfilter_xml(FILTER)
  expect("network filters", true) { conn.list_nwfilters.include?("ruby-filter") }
  expect("document of the filter", /<rule action='drop'/) { filter.xml_desc }
  filter.undefine
  expect("filter gone", 62) { conn.lookup_nwfilter_by_name("ruby-filter") }
  expect("node devices", true) { conn.list_nodedevices.include?("computer") }
  expect("document of a node device", /<capability type='system'/) do
    conn.lookup_nodedevice_by_name("computer").xml_desc
  end
end

conn = Libvirt.open(ARGV[0])
node(conn)
domain(conn)
network(conn)
storage(conn)
others(conn)
expect("closed", true) { conn.close; conn.closed? }
puts "1..#{$count}"
