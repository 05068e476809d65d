# SPDX-License-Identifier: LGPL-2.1-or-later
# The files the generator writes, per layer; `python3 -m generator files` prints this.

GEN_ACCESS = \
	gen/access/permissions.h \
	gen/access/permissions.c \
	gen/access/checks.h \
	gen/access/hypervisor.c \
	gen/access/interface.c \
	gen/access/network.c \
	gen/access/nodedev.c \
	gen/access/nwfilter.c \
	gen/access/secret.c \
	gen/access/storage.c

GEN_API = \
	gen/api/libvirt-api.xml \
	gen/api/libvirt-qemu-api.xml \
	gen/api/libvirt-lxc-api.xml \
	gen/api/libvirt-admin-api.xml \
	gen/api/permissions.tsv \
	gen/api/support.tsv

GEN_BINDINGS = \
	gen/bindings/calls.c

GEN_CLIENT = \
	gen/client/commands.h

GEN_CLIENT_VIRSH = \
	gen/client/virsh.c \
	gen/client/virsh_objects.h \
	gen/client/virsh_objects.c \
	gen/client/domain_calls.c \
	gen/client/events_calls.c \
	gen/client/host_calls.c \
	gen/client/checkpoint_calls.c \
	gen/client/interface_calls.c \
	gen/client/filter_calls.c \
	gen/client/network_calls.c \
	gen/client/nodedev_calls.c \
	gen/client/secret_calls.c \
	gen/client/snapshot_calls.c \
	gen/client/backup_calls.c \
	gen/client/pool_calls.c \
	gen/client/volume_calls.c

GEN_CLIENT_VIRT_ADMIN = \
	gen/client/virt_admin.c \
	gen/client/virt_admin_objects.h \
	gen/client/virt_admin_objects.c \
	gen/client/admin-management_calls.c

GEN_COMPLETION = \
	gen/completion/virsh \
	gen/completion/virt-admin

GEN_CONFIG = \
	gen/config/libvirtd.conf \
	gen/config/qemu.conf

GEN_CONTRACT = \
	gen/tests/contract/fixture.h \
	gen/tests/contract/makers.c \
	gen/tests/contract/index.c \
	gen/tests/contract/driver_test.c \
	gen/tests/contract/driver_qemu.c \
	gen/tests/contract/common.c \
	gen/tests/contract/connect.c \
	gen/tests/contract/event.c \
	gen/tests/contract/stream.c \
	gen/tests/contract/domain.c \
	gen/tests/contract/domain-device.c \
	gen/tests/contract/domain-tune.c \
	gen/tests/contract/domain-block.c \
	gen/tests/contract/domain-job.c \
	gen/tests/contract/domain-guest.c \
	gen/tests/contract/domain-event.c \
	gen/tests/contract/snapshot.c \
	gen/tests/contract/checkpoint.c \
	gen/tests/contract/interface.c \
	gen/tests/contract/network.c \
	gen/tests/contract/nodedev.c \
	gen/tests/contract/nwfilter.c \
	gen/tests/contract/secret.c \
	gen/tests/contract/storage.c \
	gen/tests/contract/error.c \
	gen/tests/contract/qemu.c \
	gen/tests/contract/lxc.c \
	gen/tests/contract/admin.c

GEN_DAEMON = \
	gen/daemon/remote.h \
	gen/daemon/remote.c \
	gen/daemon/qemu.h \
	gen/daemon/qemu.c \
	gen/daemon/lxc.h \
	gen/daemon/lxc.c \
	gen/daemon/admin.h \
	gen/daemon/admin.c \
	gen/daemon/settings.c

GEN_DIFFERENTIAL = \
	gen/tests/differential/common.c \
	gen/tests/differential/connect.c \
	gen/tests/differential/event.c \
	gen/tests/differential/stream.c \
	gen/tests/differential/domain.c \
	gen/tests/differential/domain-device.c \
	gen/tests/differential/domain-tune.c \
	gen/tests/differential/domain-block.c \
	gen/tests/differential/domain-job.c \
	gen/tests/differential/domain-guest.c \
	gen/tests/differential/domain-event.c \
	gen/tests/differential/snapshot.c \
	gen/tests/differential/checkpoint.c \
	gen/tests/differential/interface.c \
	gen/tests/differential/network.c \
	gen/tests/differential/nodedev.c \
	gen/tests/differential/nwfilter.c \
	gen/tests/differential/secret.c \
	gen/tests/differential/storage.c \
	gen/tests/differential/error.c \
	gen/tests/differential/qemu.c \
	gen/tests/differential/lxc.c \
	gen/tests/differential/admin.c \
	gen/tests/differential/index.c

GEN_DOCUMENT = \
	gen/document/capabilities.h \
	gen/document/capabilities.c \
	gen/document/cpu.h \
	gen/document/cpu.c \
	gen/document/domain-address.h \
	gen/document/domain-address.c \
	gen/document/domain-boot.h \
	gen/document/domain-boot.c \
	gen/document/domain-character.h \
	gen/document/domain-character.c \
	gen/document/domain-display.h \
	gen/document/domain-display.c \
	gen/document/domain-features.h \
	gen/document/domain-features.c \
	gen/document/domain-hostdev.h \
	gen/document/domain-hostdev.c \
	gen/document/domain-interface.h \
	gen/document/domain-interface.c \
	gen/document/domain-machine.h \
	gen/document/domain-machine.c \
	gen/document/domain-storage.h \
	gen/document/domain-storage.c \
	gen/document/domain-tuning.h \
	gen/document/domain-tuning.c \
	gen/document/domain.h \
	gen/document/domain.c \
	gen/document/domainbackup.h \
	gen/document/domainbackup.c \
	gen/document/domaincapabilities.h \
	gen/document/domaincapabilities.c \
	gen/document/domaincheckpoint.h \
	gen/document/domaincheckpoint.c \
	gen/document/domainsnapshot.h \
	gen/document/domainsnapshot.c \
	gen/document/domainstatus.h \
	gen/document/domainstatus.c \
	gen/document/interface.h \
	gen/document/interface.c \
	gen/document/network.h \
	gen/document/network.c \
	gen/document/networkport.h \
	gen/document/networkport.c \
	gen/document/node.h \
	gen/document/node.c \
	gen/document/nodedev.h \
	gen/document/nodedev.c \
	gen/document/nwfilter.h \
	gen/document/nwfilter.c \
	gen/document/nwfilterbinding.h \
	gen/document/nwfilterbinding.c \
	gen/document/savecookie.h \
	gen/document/savecookie.c \
	gen/document/saveimage.h \
	gen/document/saveimage.c \
	gen/document/secret.h \
	gen/document/secret.c \
	gen/document/storagepool.h \
	gen/document/storagepool.c \
	gen/document/storagepoolcapabilities.h \
	gen/document/storagepoolcapabilities.c \
	gen/document/storagepoolsources.h \
	gen/document/storagepoolsources.c \
	gen/document/storagevol.h \
	gen/document/storagevol.c \
	gen/document/sysinfo.h \
	gen/document/sysinfo.c

GEN_DRIVER = \
	gen/driver/vtable.h \
	gen/driver/test.h \
	gen/driver/qemu.h

GEN_DRIVER_QEMU = \
	gen/driver/qemu.c

GEN_DRIVER_TEST = \
	gen/driver/test.c \
	gen/driver/test_faults.c

GEN_ENTRY = \
	gen/entry/common.c \
	gen/entry/connect.c \
	gen/entry/event.c \
	gen/entry/stream.c \
	gen/entry/domain.c \
	gen/entry/domain-device.c \
	gen/entry/domain-tune.c \
	gen/entry/domain-block.c \
	gen/entry/domain-job.c \
	gen/entry/domain-guest.c \
	gen/entry/migration.c \
	gen/entry/domain-event.c \
	gen/entry/snapshot.c \
	gen/entry/checkpoint.c \
	gen/entry/interface.c \
	gen/entry/network.c \
	gen/entry/nodedev.c \
	gen/entry/nwfilter.c \
	gen/entry/secret.c \
	gen/entry/storage.c \
	gen/entry/error.c

GEN_ENTRY_ADMIN = \
	gen/entry/admin.c

GEN_ENTRY_LXC = \
	gen/entry/lxc.c

GEN_ENTRY_QEMU = \
	gen/entry/qemu.c

GEN_EVENT_COUNTS = \
	gen/tests/event_counts.h

GEN_INCLUDE = \
	gen/include/libvirt/libvirt-common.h \
	gen/include/libvirt/libvirt-host.h \
	gen/include/libvirt/libvirt-event.h \
	gen/include/libvirt/libvirt-stream.h \
	gen/include/libvirt/libvirt-domain.h \
	gen/include/libvirt/libvirt-domain-snapshot.h \
	gen/include/libvirt/libvirt-domain-checkpoint.h \
	gen/include/libvirt/libvirt-interface.h \
	gen/include/libvirt/libvirt-network.h \
	gen/include/libvirt/libvirt-nodedev.h \
	gen/include/libvirt/libvirt-nwfilter.h \
	gen/include/libvirt/libvirt-secret.h \
	gen/include/libvirt/libvirt-storage.h \
	gen/include/libvirt/virterror.h \
	gen/include/libvirt/libvirt-qemu.h \
	gen/include/libvirt/libvirt-lxc.h \
	gen/include/libvirt/libvirt-admin.h \
	gen/include/libvirt/libvirt.h

GEN_MAN = \
	gen/man/libvirtd.conf.5 \
	gen/man/libvirtd.8 \
	gen/man/qemu.conf.5 \
	gen/man/virsh.1 \
	gen/man/virt-admin.1

GEN_POLKIT = \
	gen/polkit/org.libvirt.api.policy

GEN_PROTOCOL = \
	gen/wire/net_protocol.x \
	gen/wire/remote_protocol.x \
	gen/wire/qemu_protocol.x \
	gen/wire/lxc_protocol.x \
	gen/wire/admin_protocol.x \
	gen/wire/keepalive_protocol.x

GEN_PYTHON_C = \
	gen/bindings/python.c

GEN_PYTHON_PACKAGE = \
	gen/bindings/python/libvirt/__init__.pyi \
	gen/bindings/python/libvirt/enums.py \
	gen/bindings/python/libvirt/aio.py

GEN_PYTHON_STUBS = \
	gen/bindings/python/libvirt_qemu.pyi \
	gen/bindings/python/libvirt_lxc.pyi \
	gen/bindings/python/libvirt_admin.pyi

GEN_REMOTE = \
	gen/remote/remote.h \
	gen/remote/remote.c \
	gen/remote/events.c \
	gen/remote/remote_convert.h \
	gen/remote/qemu_convert.h \
	gen/remote/lxc_convert.h \
	gen/remote/admin_convert.h \
	gen/remote/connect.c \
	gen/remote/domain-device.c \
	gen/remote/domain.c \
	gen/remote/domain-tune.c \
	gen/remote/network.c \
	gen/remote/domain-job.c \
	gen/remote/migration.c \
	gen/remote/domain-block.c \
	gen/remote/storage.c \
	gen/remote/nodedev.c \
	gen/remote/interface.c \
	gen/remote/secret.c \
	gen/remote/nwfilter.c \
	gen/remote/snapshot.c \
	gen/remote/domain-guest.c \
	gen/remote/checkpoint.c \
	gen/remote/qemu.c \
	gen/remote/lxc.c \
	gen/remote/admin.c

GEN_RUNTIME = \
	gen/runtime/objects.h \
	gen/runtime/objects.c \
	gen/runtime/tables.h \
	gen/runtime/tables.c \
	gen/runtime/events.h \
	gen/runtime/events.c \
	gen/runtime/local.h \
	gen/runtime/phases.h

GEN_SAMPLES = \
	gen/tests/wire_samples.c

GEN_SCHEMAS = \
	gen/schemas/capabilities.rng \
	gen/schemas/cpu.rng \
	gen/schemas/domain.rng \
	gen/schemas/domainbackup.rng \
	gen/schemas/domaincapabilities.rng \
	gen/schemas/domaincheckpoint.rng \
	gen/schemas/domainsnapshot.rng \
	gen/schemas/domainstatus.rng \
	gen/schemas/interface.rng \
	gen/schemas/network.rng \
	gen/schemas/networkport.rng \
	gen/schemas/node.rng \
	gen/schemas/nodedev.rng \
	gen/schemas/nwfilter.rng \
	gen/schemas/nwfilterbinding.rng \
	gen/schemas/savecookie.rng \
	gen/schemas/secret.rng \
	gen/schemas/storagepool.rng \
	gen/schemas/storagepoolcapabilities.rng \
	gen/schemas/storagepoolsources.rng \
	gen/schemas/storagevol.rng \
	gen/schemas/sysinfo.rng

GEN_SETTINGS = \
	gen/settings/qemu.c

GEN_STATES = \
	gen/tests/state_cases.c

GEN_SYMBOLS = \
	gen/symbols/libvirt.syms \
	gen/symbols/libvirt-qemu.syms \
	gen/symbols/libvirt-lxc.syms \
	gen/symbols/libvirt-admin.syms

GEN_TESTS = \
	gen/tests/event_cases.c

GEN_UNITS = \
	gen/units/libvirtd.service.in \
	gen/units/libvirtd.socket.in \
	gen/units/libvirtd-ro.socket.in \
	gen/units/libvirtd-admin.socket.in \
	gen/units/virtqemud.socket.in \
	gen/units/virtqemud-ro.socket.in \
	gen/units/libvirtd-tcp.socket.in

GEN_WIRE = \
	gen/wire/net.h \
	gen/wire/net.c \
	gen/wire/remote.h \
	gen/wire/remote.c \
	gen/wire/remote_objects.h \
	gen/wire/qemu.h \
	gen/wire/qemu.c \
	gen/wire/qemu_objects.h \
	gen/wire/lxc.h \
	gen/wire/lxc.c \
	gen/wire/lxc_objects.h \
	gen/wire/admin.h \
	gen/wire/admin.c \
	gen/wire/admin_objects.h \
	gen/wire/keepalive.h \
	gen/wire/keepalive.c
