// SPDX-License-Identifier: LGPL-2.1-or-later

// Drives a daemon with go-libvirt, which speaks the protocol by itself, without any of our libraries.
// Arguments: "unix" and a socket, or "tcp" and a port. Prints TAP.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/digitalocean/go-libvirt"
	"github.com/digitalocean/go-libvirt/socket"
	"github.com/digitalocean/go-libvirt/socket/dialers"
)

const guestXML = "<domain type='test'><name>go</name><uuid>11111111-2222-3333-4444-0000000000dd</uuid>" +
	"<memory unit='MiB'>64</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os><devices>" +
	"<disk type='file' device='disk'><source file='/guest.img'/><target dev='vda' bus='virtio'/></disk>" +
	"</devices></domain>"
const networkXML = "<network><name>go-net</name><bridge name='virbr76'/>" +
	"<ip address='10.76.0.1' netmask='255.255.255.0'/></network>"
const poolXML = "<pool type='dir'><name>go-pool</name><target><path>/go</path></target></pool>"
const volumeXML = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"
const secretXML = "<secret ephemeral='no' private='no'><description>of go</description></secret>"

var count int

// expect is one case: what came back, the error, and what had to come.
func expect(name string, err error, got, wanted any) {
	count++
	if err == nil && fmt.Sprint(got) == fmt.Sprint(wanted) {
		fmt.Printf("ok %d - %s\n", count, name)
		return
	}
	fmt.Printf("not ok %d - %s\n# %v instead of %v; error: %v\n", count, name, got, wanted, err)
}

func fatal(what string, err error) {
	if err != nil {
		fmt.Printf("Bail out! %s: %v\n", what, err)
		os.Exit(1)
	}
}

func node(l *libvirt.Libvirt) {
	version, err := l.ConnectGetLibVersion()
	expect("version of the library", err, version >= 9000000, true)
	name, err := l.ConnectGetHostname()
	expect("host name", err, name != "", true)
	_, memory, cpus, _, _, _, _, _, err := l.NodeGetInfo()
	expect("node", err, memory > 0 && cpus > 0, true)
	capabilities, err := l.Capabilities()
	expect("capabilities", err, bytes.Contains(capabilities, []byte("<capabilities>")), true)
	interfaces, _, err := l.ConnectListAllInterfaces(1, 3)
	expect("interfaces", err, len(interfaces), 1)
}

func domain(l *libvirt.Libvirt) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	events, err := l.LifecycleEvents(ctx)
	fatal("subscription", err)
	guest, err := l.DomainDefineXML(guestXML)
	fatal("definition", err)
	expect("name", nil, guest.Name, "go")
	expect("start", l.DomainCreate(guest), nil, nil)
	guest, err = l.DomainLookupByName("go")
	expect("id", err, guest.ID > 0, true)
	state, maximum, _, vcpus, _, err := l.DomainGetInfo(guest)
	expect("information", err, []uint64{uint64(state), maximum, uint64(vcpus)}, []uint64{1, 65536, 2})
	expect("pause", l.DomainSuspend(guest), nil, nil)
	paused, reason, err := l.DomainGetState(guest, 0)
	expect("paused", err, []int32{paused, reason}, []int32{3, 1})
	expect("continue", l.DomainResume(guest), nil, nil)
	expect("set memory", l.DomainSetMemory(guest, 16384), nil, nil)
	_, _, memory, _, _, err := l.DomainGetInfo(guest)
	expect("memory", err, memory, 16384)
	document, err := l.DomainGetXMLDesc(guest, 0)
	expect("document", err, strings.Contains(document, "<name>go</name>"), true)
	all, number, err := l.ConnectListAllDomains(1, 0)
	expect("list", err, []int{len(all), int(number)}, []int{2, 2})
	records, err := l.ConnectGetAllDomainStats(nil, uint32(libvirt.DomainStatsState), 0)
	expect("statistics", err, len(records), 2)
	parameters, err := l.DomainGetSchedulerParameters(guest, 1)
	expect("parameters of the scheduler", err, len(parameters), 1)
	snapshots(l, guest)
	expect("destroy", l.DomainDestroy(guest), nil, nil)
	expect("undefine", l.DomainUndefine(guest), nil, nil)
	_, err = l.DomainLookupByName("go")
	expect("gone", nil, libvirt.IsNotFound(err), true)
	heard := []string{}
	for len(heard) < 6 {
		select {
		case event := <-events:
			heard = append(heard, fmt.Sprint(event.Event))
		case <-time.After(20 * time.Second):
			heard = append(heard, "late")
		}
	}
	expect("events", nil, strings.Join(heard, " "), "0 2 3 4 5 1")
}

func snapshots(l *libvirt.Libvirt, guest libvirt.Domain) {
	snapshot, err := l.DomainSnapshotCreateXML(guest, "<domainsnapshot><name>before</name></domainsnapshot>", 0)
	expect("snapshot", err, snapshot.Name, "before")
	list, _, err := l.DomainListAllSnapshots(guest, 1, 0)
	expect("snapshots", err, len(list), 1)
	expect("revert", l.DomainRevertToSnapshot(snapshot, 0), nil, nil)
	expect("delete the snapshot", l.DomainSnapshotDelete(snapshot, 0), nil, nil)
}

func network(l *libvirt.Libvirt) {
	network, err := l.NetworkDefineXML(networkXML)
	fatal("network", err)
	expect("network on", l.NetworkCreate(network), nil, nil)
	bridge, err := l.NetworkGetBridgeName(network)
	expect("bridge", err, bridge, "virbr76")
	list, _, err := l.ConnectListAllNetworks(1, 0)
	expect("networks", err, len(list), 2)
	expect("network off", l.NetworkDestroy(network), nil, nil)
	expect("undefine the network", l.NetworkUndefine(network), nil, nil)
}

func storage(l *libvirt.Libvirt) {
	pool, err := l.StoragePoolDefineXML(poolXML, 0)
	fatal("pool", err)
	expect("build", l.StoragePoolBuild(pool, 0), nil, nil)
	expect("pool on", l.StoragePoolCreate(pool, 0), nil, nil)
	volume, err := l.StorageVolCreateXML(pool, volumeXML, 0)
	fatal("volume", err)
	_, capacity, _, err := l.StorageVolGetInfo(volume)
	expect("size of the volume", err, capacity, 1048576)
	data := bytes.Repeat([]byte("data of go\n"), 50000)
	expect("upload", l.StorageVolUpload(volume, bytes.NewReader(data), 0, uint64(len(data)), 0), nil, nil)
	var got bytes.Buffer
	err = l.StorageVolDownload(volume, &got, 0, uint64(len(data)), 0)
	expect("what was uploaded comes back", err, bytes.Equal(got.Bytes(), data), true)
	expect("delete the volume", l.StorageVolDelete(volume, 0), nil, nil)
	expect("pool off", l.StoragePoolDestroy(pool), nil, nil)
	expect("undefine the pool", l.StoragePoolUndefine(pool), nil, nil)
}

func secret(l *libvirt.Libvirt) {
	secret, err := l.SecretDefineXML(secretXML, 0)
	fatal("secret", err)
	expect("set the value", l.SecretSetValue(secret, []byte("hush"), 0), nil, nil)
	value, err := l.SecretGetValue(secret, 0)
	expect("value of the secret", err, string(value), "hush")
	expect("undefine the secret", l.SecretUndefine(secret), nil, nil)
}

func main() {
	var dialer socket.Dialer = dialers.NewLocal(dialers.WithSocket(os.Args[2]))
	if os.Args[1] == "tcp" {
		dialer = dialers.NewRemote("127.0.0.1", dialers.UsePort(os.Args[2]))
	}
	l := libvirt.NewWithDialer(dialer)
	fatal("connection", l.ConnectToURI("test:///default"))
	node(l)
	domain(l)
	network(l)
	storage(l)
	secret(l)
	expect("close", l.Disconnect(), nil, nil)
	fmt.Printf("1..%d\n", count)
}
