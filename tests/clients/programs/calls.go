// SPDX-License-Identifier: LGPL-2.1-or-later

// Drives libvirt-go, compiled against our headers, through the objects of the connection named by the first
// argument. Prints TAP.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/libvirt/libvirt-go"
)

const guestXML = "<domain type='test'><name>cgo</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>" +
	"<os><type arch='i686'>hvm</type></os><devices><disk type='file' device='disk'>" +
	"<source file='/guest.img'/><target dev='vda' bus='virtio'/></disk></devices></domain>"
const poolXML = "<pool type='dir'><name>cgo-pool</name><target><path>/cgo</path></target></pool>"
const volumeXML = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"

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

func node(conn *libvirt.Connect) {
	version, err := conn.GetLibVersion()
	expect("version of the library", err, version >= 9000000, true)
	info, err := conn.GetNodeInfo()
	expect("node", err, info.Memory > 0 && info.Cpus > 0, true)
	uri, err := conn.GetURI()
	expect("URI", err, uri, os.Args[1])
	alive, err := conn.IsAlive()
	expect("alive", err, alive, true)
	model, err := conn.GetCapabilities()
	expect("capabilities", err, strings.Contains(model, "<capabilities>"), true)
}

func domain(conn *libvirt.Connect) {
	heard := make(chan libvirt.DomainEventType, 64)
	id, err := conn.DomainEventLifecycleRegister(nil,
		func(c *libvirt.Connect, d *libvirt.Domain, event *libvirt.DomainEventLifecycle) {
			heard <- event.Event
		})
	fatal("subscription", err)
	guest, err := conn.DomainDefineXML(guestXML)
	fatal("definition", err)
	defer guest.Free()
	expect("start", guest.Create(), nil, nil)
	info, err := guest.GetInfo()
	expect("information", err, []uint64{uint64(info.State), info.MaxMem, uint64(info.NrVirtCpu)}, []uint64{1, 65536, 2})
	expect("pause", guest.Suspend(), nil, nil)
	state, reason, err := guest.GetState()
	expect("paused", err, []int{int(state), reason}, []int{3, 1})
	expect("continue", guest.Resume(), nil, nil)
	expect("set memory", guest.SetMemory(16384), nil, nil)
	domains, err := conn.ListAllDomains(libvirt.CONNECT_LIST_DOMAINS_ACTIVE)
	expect("list", err, len(domains), 2)
	statistics, err := conn.GetAllDomainStats(nil, libvirt.DOMAIN_STATS_STATE|libvirt.DOMAIN_STATS_BALLOON, 0)
	expect("statistics", err, len(statistics) == 2 && statistics[0].State.StateSet, true)
	parameters, err := guest.GetSchedulerParameters()
	expect("parameters of the scheduler", err, parameters.WeightSet, true)
	snapshot, err := guest.CreateSnapshotXML("<domainsnapshot><name>before</name></domainsnapshot>", 0)
	fatal("snapshot", err)
	name, err := snapshot.GetName()
	expect("snapshot", err, name, "before")
	expect("revert", snapshot.RevertToSnapshot(0), nil, nil)
	expect("delete the snapshot", snapshot.Delete(0), nil, nil)
	expect("destroy", guest.Destroy(), nil, nil)
	expect("undefine", guest.Undefine(), nil, nil)
	_, err = conn.LookupDomainByName("cgo")
	failure, _ := err.(libvirt.Error)
	expect("gone", nil, failure.Code, libvirt.ERR_NO_DOMAIN)
	last := libvirt.DomainEventType(-1)
	for last != libvirt.DOMAIN_EVENT_UNDEFINED {
		select {
		case last = <-heard:
		case <-time.After(20 * time.Second):
			fatal("events", fmt.Errorf("the last was %v", last))
		}
	}
	expect("end of the events", conn.DomainEventDeregister(id), last, libvirt.DOMAIN_EVENT_UNDEFINED)
}

func storage(conn *libvirt.Connect) {
	pool, err := conn.StoragePoolDefineXML(poolXML, 0)
	fatal("pool", err)
	expect("build", pool.Build(0), nil, nil)
	expect("pool on", pool.Create(0), nil, nil)
	volume, err := pool.StorageVolCreateXML(volumeXML, 0)
	fatal("volume", err)
	stream, err := conn.NewStream(0)
	fatal("stream", err)
	fatal("upload", volume.Upload(stream, 0, 10, 0))
	sent := false
	err = stream.SendAll(func(s *libvirt.Stream, space int) ([]byte, error) {
		if sent {
			return []byte{}, nil
		}
		sent = true
		return []byte("data of go"), nil
	})
	expect("send", err, nil, nil)
	expect("finish", stream.Finish(), nil, nil)
	stream, _ = conn.NewStream(0)
	fatal("download", volume.Download(stream, 0, 10, 0))
	got := ""
	err = stream.RecvAll(func(s *libvirt.Stream, data []byte) (int, error) {
		got += string(data)
		return len(data), nil
	})
	expect("what was uploaded comes back", err, got, "data of go")
	expect("finish again", stream.Finish(), nil, nil)
	expect("delete the volume", volume.Delete(0), nil, nil)
	expect("pool off", pool.Destroy(), nil, nil)
	expect("undefine the pool", pool.Undefine(), nil, nil)
}

func main() {
	libvirt.EventRegisterDefaultImpl()
	go func() {
		for {
			libvirt.EventRunDefaultImpl()
		}
	}()
	conn, err := libvirt.NewConnect(os.Args[1])
	fatal("connection", err)
	node(conn)
	domain(conn)
	storage(conn)
	_, err = conn.Close()
	expect("close", err, nil, nil)
	fmt.Printf("1..%d\n", count)
}
