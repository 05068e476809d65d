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

GEN_MAN_FUNCTIONS = \
	gen/man/virTypedParamsAddBoolean.3 \
	gen/man/virTypedParamsAddDouble.3 \
	gen/man/virTypedParamsAddFromString.3 \
	gen/man/virTypedParamsAddInt.3 \
	gen/man/virTypedParamsAddLLong.3 \
	gen/man/virTypedParamsAddString.3 \
	gen/man/virTypedParamsAddUInt.3 \
	gen/man/virTypedParamsAddULLong.3 \
	gen/man/virTypedParamsClear.3 \
	gen/man/virTypedParamsFree.3 \
	gen/man/virTypedParamsGet.3 \
	gen/man/virTypedParamsGetBoolean.3 \
	gen/man/virTypedParamsGetDouble.3 \
	gen/man/virTypedParamsGetInt.3 \
	gen/man/virTypedParamsGetLLong.3 \
	gen/man/virTypedParamsGetString.3 \
	gen/man/virTypedParamsGetUInt.3 \
	gen/man/virTypedParamsGetULLong.3 \
	gen/man/virTypedParamsAddStringList.3 \
	gen/man/virConnectClose.3 \
	gen/man/virConnectGetType.3 \
	gen/man/virConnectGetVersion.3 \
	gen/man/virConnectOpen.3 \
	gen/man/virConnectOpenReadOnly.3 \
	gen/man/virGetVersion.3 \
	gen/man/virInitialize.3 \
	gen/man/virNodeGetInfo.3 \
	gen/man/virConnectGetCapabilities.3 \
	gen/man/virConnectGetMaxVcpus.3 \
	gen/man/virConnectGetHostname.3 \
	gen/man/virConnectGetURI.3 \
	gen/man/virNodeGetCellsFreeMemory.3 \
	gen/man/virNodeGetFreeMemory.3 \
	gen/man/virConnectOpenAuth.3 \
	gen/man/virConnectRef.3 \
	gen/man/virNodeGetSecurityModel.3 \
	gen/man/virConnectGetLibVersion.3 \
	gen/man/virConnectIsEncrypted.3 \
	gen/man/virConnectIsSecure.3 \
	gen/man/virConnectCompareCPU.3 \
	gen/man/virConnectBaselineCPU.3 \
	gen/man/virConnectGetSysinfo.3 \
	gen/man/virNodeGetCPUStats.3 \
	gen/man/virNodeGetMemoryStats.3 \
	gen/man/virConnectIsAlive.3 \
	gen/man/virConnectSetKeepAlive.3 \
	gen/man/virNodeSuspendForDuration.3 \
	gen/man/virConnectRegisterCloseCallback.3 \
	gen/man/virConnectUnregisterCloseCallback.3 \
	gen/man/virNodeGetMemoryParameters.3 \
	gen/man/virNodeSetMemoryParameters.3 \
	gen/man/virNodeGetCPUMap.3 \
	gen/man/virConnectGetCPUModelNames.3 \
	gen/man/virNodeGetFreePages.3 \
	gen/man/virNodeAllocPages.3 \
	gen/man/virConnectBaselineHypervisorCPU.3 \
	gen/man/virConnectCompareHypervisorCPU.3 \
	gen/man/virNodeGetSEVInfo.3 \
	gen/man/virConnectSetIdentity.3 \
	gen/man/virEventRegisterImpl.3 \
	gen/man/virEventRegisterDefaultImpl.3 \
	gen/man/virEventRunDefaultImpl.3 \
	gen/man/virEventAddHandle.3 \
	gen/man/virEventAddTimeout.3 \
	gen/man/virEventRemoveHandle.3 \
	gen/man/virEventRemoveTimeout.3 \
	gen/man/virEventUpdateHandle.3 \
	gen/man/virEventUpdateTimeout.3 \
	gen/man/virStreamAbort.3 \
	gen/man/virStreamEventAddCallback.3 \
	gen/man/virStreamEventRemoveCallback.3 \
	gen/man/virStreamEventUpdateCallback.3 \
	gen/man/virStreamFinish.3 \
	gen/man/virStreamFree.3 \
	gen/man/virStreamNew.3 \
	gen/man/virStreamRecv.3 \
	gen/man/virStreamRecvAll.3 \
	gen/man/virStreamRef.3 \
	gen/man/virStreamSend.3 \
	gen/man/virStreamSendAll.3 \
	gen/man/virStreamRecvFlags.3 \
	gen/man/virStreamRecvHole.3 \
	gen/man/virStreamSendHole.3 \
	gen/man/virStreamSparseRecvAll.3 \
	gen/man/virStreamSparseSendAll.3 \
	gen/man/virConnectListDomains.3 \
	gen/man/virConnectNumOfDomains.3 \
	gen/man/virDomainCreateLinux.3 \
	gen/man/virDomainDestroy.3 \
	gen/man/virDomainFree.3 \
	gen/man/virDomainGetID.3 \
	gen/man/virDomainGetInfo.3 \
	gen/man/virDomainGetName.3 \
	gen/man/virDomainGetOSType.3 \
	gen/man/virDomainGetXMLDesc.3 \
	gen/man/virDomainLookupByID.3 \
	gen/man/virDomainLookupByName.3 \
	gen/man/virDomainResume.3 \
	gen/man/virDomainShutdown.3 \
	gen/man/virDomainSuspend.3 \
	gen/man/virDomainGetUUID.3 \
	gen/man/virDomainLookupByUUID.3 \
	gen/man/virDomainReboot.3 \
	gen/man/virConnectListDefinedDomains.3 \
	gen/man/virDomainCreate.3 \
	gen/man/virDomainDefineXML.3 \
	gen/man/virDomainGetUUIDString.3 \
	gen/man/virDomainLookupByUUIDString.3 \
	gen/man/virDomainUndefine.3 \
	gen/man/virConnectNumOfDefinedDomains.3 \
	gen/man/virDomainGetAutostart.3 \
	gen/man/virDomainSetAutostart.3 \
	gen/man/virDomainGetConnect.3 \
	gen/man/virDomainCreateXML.3 \
	gen/man/virDomainRef.3 \
	gen/man/virDomainGetSecurityLabel.3 \
	gen/man/virConnectDomainXMLFromNative.3 \
	gen/man/virConnectDomainXMLToNative.3 \
	gen/man/virDomainIsActive.3 \
	gen/man/virDomainIsPersistent.3 \
	gen/man/virDomainCreateWithFlags.3 \
	gen/man/virDomainIsUpdated.3 \
	gen/man/virDomainGetState.3 \
	gen/man/virDomainGetControlInfo.3 \
	gen/man/virDomainDestroyFlags.3 \
	gen/man/virDomainUndefineFlags.3 \
	gen/man/virDomainReset.3 \
	gen/man/virDomainGetMetadata.3 \
	gen/man/virDomainSetMetadata.3 \
	gen/man/virDomainShutdownFlags.3 \
	gen/man/virConnectListAllDomains.3 \
	gen/man/virDomainGetSecurityLabelList.3 \
	gen/man/virDomainCreateWithFiles.3 \
	gen/man/virDomainCreateXMLWithFiles.3 \
	gen/man/virConnectGetDomainCapabilities.3 \
	gen/man/virDomainDefineXMLFlags.3 \
	gen/man/virDomainRename.3 \
	gen/man/virDomainSetLifecycleAction.3 \
	gen/man/virDomainFDAssociate.3 \
	gen/man/virDomainGetAutostartOnce.3 \
	gen/man/virDomainSetAutostartOnce.3 \
	gen/man/virDomainAttachDevice.3 \
	gen/man/virDomainDetachDevice.3 \
	gen/man/virDomainInterfaceStats.3 \
	gen/man/virDomainAttachDeviceFlags.3 \
	gen/man/virDomainDetachDeviceFlags.3 \
	gen/man/virDomainUpdateDeviceFlags.3 \
	gen/man/virDomainOpenConsole.3 \
	gen/man/virDomainInjectNMI.3 \
	gen/man/virDomainScreenshot.3 \
	gen/man/virDomainSendKey.3 \
	gen/man/virDomainOpenGraphics.3 \
	gen/man/virDomainGetInterfaceParameters.3 \
	gen/man/virDomainSetInterfaceParameters.3 \
	gen/man/virDomainOpenChannel.3 \
	gen/man/virDomainOpenGraphicsFD.3 \
	gen/man/virDomainInterfaceAddresses.3 \
	gen/man/virDomainInterfaceFree.3 \
	gen/man/virDomainDetachDeviceAlias.3 \
	gen/man/virDomainGraphicsReload.3 \
	gen/man/virDomainGetMaxMemory.3 \
	gen/man/virDomainSetMaxMemory.3 \
	gen/man/virDomainSetMemory.3 \
	gen/man/virDomainGetVcpus.3 \
	gen/man/virDomainPinVcpu.3 \
	gen/man/virDomainSetVcpus.3 \
	gen/man/virDomainGetMaxVcpus.3 \
	gen/man/virDomainGetSchedulerParameters.3 \
	gen/man/virDomainGetSchedulerType.3 \
	gen/man/virDomainSetSchedulerParameters.3 \
	gen/man/virDomainMemoryPeek.3 \
	gen/man/virDomainMemoryStats.3 \
	gen/man/virDomainGetMemoryParameters.3 \
	gen/man/virDomainGetVcpusFlags.3 \
	gen/man/virDomainSetMemoryParameters.3 \
	gen/man/virDomainSetVcpusFlags.3 \
	gen/man/virDomainGetBlkioParameters.3 \
	gen/man/virDomainSetBlkioParameters.3 \
	gen/man/virDomainSetMemoryFlags.3 \
	gen/man/virDomainGetSchedulerParametersFlags.3 \
	gen/man/virDomainSetSchedulerParametersFlags.3 \
	gen/man/virDomainGetVcpuPinInfo.3 \
	gen/man/virDomainPinVcpuFlags.3 \
	gen/man/virDomainGetNumaParameters.3 \
	gen/man/virDomainSetNumaParameters.3 \
	gen/man/virDomainGetCPUStats.3 \
	gen/man/virDomainGetEmulatorPinInfo.3 \
	gen/man/virDomainPinEmulator.3 \
	gen/man/virDomainSetMemoryStatsPeriod.3 \
	gen/man/virConnectGetAllDomainStats.3 \
	gen/man/virDomainListGetStats.3 \
	gen/man/virDomainStatsRecordListFree.3 \
	gen/man/virDomainGetIOThreadInfo.3 \
	gen/man/virDomainIOThreadInfoFree.3 \
	gen/man/virDomainPinIOThread.3 \
	gen/man/virDomainAddIOThread.3 \
	gen/man/virDomainDelIOThread.3 \
	gen/man/virDomainGetPerfEvents.3 \
	gen/man/virDomainSetPerfEvents.3 \
	gen/man/virDomainSetVcpu.3 \
	gen/man/virDomainGetLaunchSecurityInfo.3 \
	gen/man/virDomainSetIOThreadParams.3 \
	gen/man/virDomainStartDirtyRateCalc.3 \
	gen/man/virDomainSetLaunchSecurityState.3 \
	gen/man/virDomainDelThrottleGroup.3 \
	gen/man/virDomainSetThrottleGroup.3 \
	gen/man/virDomainBlockStats.3 \
	gen/man/virDomainBlockPeek.3 \
	gen/man/virDomainGetBlockInfo.3 \
	gen/man/virDomainBlockJobAbort.3 \
	gen/man/virDomainBlockJobSetSpeed.3 \
	gen/man/virDomainBlockPull.3 \
	gen/man/virDomainGetBlockJobInfo.3 \
	gen/man/virDomainBlockStatsFlags.3 \
	gen/man/virDomainBlockResize.3 \
	gen/man/virDomainGetBlockIoTune.3 \
	gen/man/virDomainSetBlockIoTune.3 \
	gen/man/virDomainBlockRebase.3 \
	gen/man/virDomainGetDiskErrors.3 \
	gen/man/virDomainBlockCommit.3 \
	gen/man/virDomainBlockCopy.3 \
	gen/man/virDomainSetBlockThreshold.3 \
	gen/man/virDomainRestore.3 \
	gen/man/virDomainSave.3 \
	gen/man/virDomainCoreDump.3 \
	gen/man/virDomainMigrate.3 \
	gen/man/virDomainMigrateToURI.3 \
	gen/man/virDomainAbortJob.3 \
	gen/man/virDomainGetJobInfo.3 \
	gen/man/virDomainHasManagedSaveImage.3 \
	gen/man/virDomainManagedSave.3 \
	gen/man/virDomainManagedSaveRemove.3 \
	gen/man/virDomainMigrateSetMaxDowntime.3 \
	gen/man/virDomainMigrateSetMaxSpeed.3 \
	gen/man/virDomainMigrate2.3 \
	gen/man/virDomainMigrateToURI2.3 \
	gen/man/virDomainRestoreFlags.3 \
	gen/man/virDomainSaveFlags.3 \
	gen/man/virDomainSaveImageDefineXML.3 \
	gen/man/virDomainSaveImageGetXMLDesc.3 \
	gen/man/virDomainMigrateGetMaxSpeed.3 \
	gen/man/virDomainGetJobStats.3 \
	gen/man/virDomainMigrateGetCompressionCache.3 \
	gen/man/virDomainMigrateSetCompressionCache.3 \
	gen/man/virDomainMigrate3.3 \
	gen/man/virDomainMigrateToURI3.3 \
	gen/man/virDomainCoreDumpWithFormat.3 \
	gen/man/virDomainMigrateStartPostCopy.3 \
	gen/man/virDomainManagedSaveDefineXML.3 \
	gen/man/virDomainManagedSaveGetXMLDesc.3 \
	gen/man/virDomainMigrateGetMaxDowntime.3 \
	gen/man/virDomainBackupBegin.3 \
	gen/man/virDomainBackupGetXMLDesc.3 \
	gen/man/virDomainRestoreParams.3 \
	gen/man/virDomainSaveParams.3 \
	gen/man/virDomainAbortJobFlags.3 \
	gen/man/virDomainPMSuspendForDuration.3 \
	gen/man/virDomainPMWakeup.3 \
	gen/man/virDomainGetHostname.3 \
	gen/man/virDomainFSTrim.3 \
	gen/man/virDomainSendProcessSignal.3 \
	gen/man/virDomainFSFreeze.3 \
	gen/man/virDomainFSThaw.3 \
	gen/man/virDomainGetTime.3 \
	gen/man/virDomainSetTime.3 \
	gen/man/virDomainFSInfoFree.3 \
	gen/man/virDomainGetFSInfo.3 \
	gen/man/virDomainSetUserPassword.3 \
	gen/man/virDomainGetGuestVcpus.3 \
	gen/man/virDomainSetGuestVcpus.3 \
	gen/man/virDomainGetGuestInfo.3 \
	gen/man/virDomainAgentSetResponseTimeout.3 \
	gen/man/virDomainAuthorizedSSHKeysGet.3 \
	gen/man/virDomainAuthorizedSSHKeysSet.3 \
	gen/man/virDomainGetMessages.3 \
	gen/man/virConnectDomainEventDeregister.3 \
	gen/man/virConnectDomainEventRegister.3 \
	gen/man/virConnectDomainEventDeregisterAny.3 \
	gen/man/virConnectDomainEventRegisterAny.3 \
	gen/man/virDomainHasCurrentSnapshot.3 \
	gen/man/virDomainRevertToSnapshot.3 \
	gen/man/virDomainSnapshotCreateXML.3 \
	gen/man/virDomainSnapshotCurrent.3 \
	gen/man/virDomainSnapshotDelete.3 \
	gen/man/virDomainSnapshotFree.3 \
	gen/man/virDomainSnapshotGetXMLDesc.3 \
	gen/man/virDomainSnapshotListNames.3 \
	gen/man/virDomainSnapshotLookupByName.3 \
	gen/man/virDomainSnapshotNum.3 \
	gen/man/virDomainSnapshotGetConnect.3 \
	gen/man/virDomainSnapshotGetDomain.3 \
	gen/man/virDomainSnapshotGetName.3 \
	gen/man/virDomainSnapshotGetParent.3 \
	gen/man/virDomainSnapshotListChildrenNames.3 \
	gen/man/virDomainSnapshotNumChildren.3 \
	gen/man/virDomainListAllSnapshots.3 \
	gen/man/virDomainSnapshotHasMetadata.3 \
	gen/man/virDomainSnapshotIsCurrent.3 \
	gen/man/virDomainSnapshotListAllChildren.3 \
	gen/man/virDomainSnapshotRef.3 \
	gen/man/virDomainCheckpointCreateXML.3 \
	gen/man/virDomainCheckpointDelete.3 \
	gen/man/virDomainCheckpointFree.3 \
	gen/man/virDomainCheckpointGetConnect.3 \
	gen/man/virDomainCheckpointGetDomain.3 \
	gen/man/virDomainCheckpointGetName.3 \
	gen/man/virDomainCheckpointGetParent.3 \
	gen/man/virDomainCheckpointGetXMLDesc.3 \
	gen/man/virDomainCheckpointListAllChildren.3 \
	gen/man/virDomainCheckpointLookupByName.3 \
	gen/man/virDomainCheckpointRef.3 \
	gen/man/virDomainListAllCheckpoints.3 \
	gen/man/virConnectListInterfaces.3 \
	gen/man/virConnectNumOfInterfaces.3 \
	gen/man/virInterfaceCreate.3 \
	gen/man/virInterfaceDefineXML.3 \
	gen/man/virInterfaceDestroy.3 \
	gen/man/virInterfaceFree.3 \
	gen/man/virInterfaceGetConnect.3 \
	gen/man/virInterfaceGetMACString.3 \
	gen/man/virInterfaceGetName.3 \
	gen/man/virInterfaceGetXMLDesc.3 \
	gen/man/virInterfaceLookupByMACString.3 \
	gen/man/virInterfaceLookupByName.3 \
	gen/man/virInterfaceRef.3 \
	gen/man/virInterfaceUndefine.3 \
	gen/man/virConnectListDefinedInterfaces.3 \
	gen/man/virConnectNumOfDefinedInterfaces.3 \
	gen/man/virInterfaceIsActive.3 \
	gen/man/virInterfaceChangeBegin.3 \
	gen/man/virInterfaceChangeCommit.3 \
	gen/man/virInterfaceChangeRollback.3 \
	gen/man/virConnectListAllInterfaces.3 \
	gen/man/virConnectListDefinedNetworks.3 \
	gen/man/virConnectListNetworks.3 \
	gen/man/virConnectNumOfDefinedNetworks.3 \
	gen/man/virConnectNumOfNetworks.3 \
	gen/man/virNetworkCreate.3 \
	gen/man/virNetworkCreateXML.3 \
	gen/man/virNetworkDefineXML.3 \
	gen/man/virNetworkDestroy.3 \
	gen/man/virNetworkFree.3 \
	gen/man/virNetworkGetBridgeName.3 \
	gen/man/virNetworkGetName.3 \
	gen/man/virNetworkGetUUID.3 \
	gen/man/virNetworkGetUUIDString.3 \
	gen/man/virNetworkGetXMLDesc.3 \
	gen/man/virNetworkLookupByName.3 \
	gen/man/virNetworkLookupByUUID.3 \
	gen/man/virNetworkLookupByUUIDString.3 \
	gen/man/virNetworkUndefine.3 \
	gen/man/virNetworkGetAutostart.3 \
	gen/man/virNetworkSetAutostart.3 \
	gen/man/virNetworkGetConnect.3 \
	gen/man/virNetworkRef.3 \
	gen/man/virNetworkIsActive.3 \
	gen/man/virNetworkIsPersistent.3 \
	gen/man/virConnectListAllNetworks.3 \
	gen/man/virNetworkUpdate.3 \
	gen/man/virConnectNetworkEventDeregisterAny.3 \
	gen/man/virConnectNetworkEventRegisterAny.3 \
	gen/man/virNetworkDHCPLeaseFree.3 \
	gen/man/virNetworkGetDHCPLeases.3 \
	gen/man/virNetworkListAllPorts.3 \
	gen/man/virNetworkPortCreateXML.3 \
	gen/man/virNetworkPortDelete.3 \
	gen/man/virNetworkPortFree.3 \
	gen/man/virNetworkPortGetNetwork.3 \
	gen/man/virNetworkPortGetParameters.3 \
	gen/man/virNetworkPortGetUUID.3 \
	gen/man/virNetworkPortGetUUIDString.3 \
	gen/man/virNetworkPortGetXMLDesc.3 \
	gen/man/virNetworkPortLookupByUUID.3 \
	gen/man/virNetworkPortLookupByUUIDString.3 \
	gen/man/virNetworkPortRef.3 \
	gen/man/virNetworkPortSetParameters.3 \
	gen/man/virNetworkDefineXMLFlags.3 \
	gen/man/virNetworkCreateXMLFlags.3 \
	gen/man/virNetworkGetMetadata.3 \
	gen/man/virNetworkSetMetadata.3 \
	gen/man/virNodeDeviceFree.3 \
	gen/man/virNodeDeviceGetName.3 \
	gen/man/virNodeDeviceGetParent.3 \
	gen/man/virNodeDeviceGetXMLDesc.3 \
	gen/man/virNodeDeviceListCaps.3 \
	gen/man/virNodeDeviceLookupByName.3 \
	gen/man/virNodeDeviceNumOfCaps.3 \
	gen/man/virNodeListDevices.3 \
	gen/man/virNodeNumOfDevices.3 \
	gen/man/virNodeDeviceRef.3 \
	gen/man/virNodeDeviceDettach.3 \
	gen/man/virNodeDeviceReAttach.3 \
	gen/man/virNodeDeviceReset.3 \
	gen/man/virNodeDeviceCreateXML.3 \
	gen/man/virNodeDeviceDestroy.3 \
	gen/man/virConnectListAllNodeDevices.3 \
	gen/man/virNodeDeviceLookupSCSIHostByWWN.3 \
	gen/man/virNodeDeviceDetachFlags.3 \
	gen/man/virConnectNodeDeviceEventDeregisterAny.3 \
	gen/man/virConnectNodeDeviceEventRegisterAny.3 \
	gen/man/virNodeDeviceCreate.3 \
	gen/man/virNodeDeviceDefineXML.3 \
	gen/man/virNodeDeviceUndefine.3 \
	gen/man/virNodeDeviceGetAutostart.3 \
	gen/man/virNodeDeviceIsActive.3 \
	gen/man/virNodeDeviceIsPersistent.3 \
	gen/man/virNodeDeviceSetAutostart.3 \
	gen/man/virNodeDeviceUpdate.3 \
	gen/man/virConnectListNWFilters.3 \
	gen/man/virConnectNumOfNWFilters.3 \
	gen/man/virNWFilterDefineXML.3 \
	gen/man/virNWFilterFree.3 \
	gen/man/virNWFilterGetName.3 \
	gen/man/virNWFilterGetUUID.3 \
	gen/man/virNWFilterGetUUIDString.3 \
	gen/man/virNWFilterGetXMLDesc.3 \
	gen/man/virNWFilterLookupByName.3 \
	gen/man/virNWFilterLookupByUUID.3 \
	gen/man/virNWFilterLookupByUUIDString.3 \
	gen/man/virNWFilterRef.3 \
	gen/man/virNWFilterUndefine.3 \
	gen/man/virConnectListAllNWFilters.3 \
	gen/man/virConnectListAllNWFilterBindings.3 \
	gen/man/virNWFilterBindingCreateXML.3 \
	gen/man/virNWFilterBindingDelete.3 \
	gen/man/virNWFilterBindingFree.3 \
	gen/man/virNWFilterBindingGetFilterName.3 \
	gen/man/virNWFilterBindingGetPortDev.3 \
	gen/man/virNWFilterBindingGetXMLDesc.3 \
	gen/man/virNWFilterBindingLookupByPortDev.3 \
	gen/man/virNWFilterBindingRef.3 \
	gen/man/virNWFilterDefineXMLFlags.3 \
	gen/man/virConnectListSecrets.3 \
	gen/man/virConnectNumOfSecrets.3 \
	gen/man/virSecretDefineXML.3 \
	gen/man/virSecretFree.3 \
	gen/man/virSecretGetConnect.3 \
	gen/man/virSecretGetUUID.3 \
	gen/man/virSecretGetUUIDString.3 \
	gen/man/virSecretGetUsageID.3 \
	gen/man/virSecretGetUsageType.3 \
	gen/man/virSecretGetValue.3 \
	gen/man/virSecretGetXMLDesc.3 \
	gen/man/virSecretLookupByUUID.3 \
	gen/man/virSecretLookupByUUIDString.3 \
	gen/man/virSecretLookupByUsage.3 \
	gen/man/virSecretRef.3 \
	gen/man/virSecretSetValue.3 \
	gen/man/virSecretUndefine.3 \
	gen/man/virConnectListAllSecrets.3 \
	gen/man/virConnectSecretEventDeregisterAny.3 \
	gen/man/virConnectSecretEventRegisterAny.3 \
	gen/man/virConnectListDefinedStoragePools.3 \
	gen/man/virConnectListStoragePools.3 \
	gen/man/virConnectNumOfDefinedStoragePools.3 \
	gen/man/virConnectNumOfStoragePools.3 \
	gen/man/virStoragePoolBuild.3 \
	gen/man/virStoragePoolCreate.3 \
	gen/man/virStoragePoolCreateXML.3 \
	gen/man/virStoragePoolDefineXML.3 \
	gen/man/virStoragePoolDelete.3 \
	gen/man/virStoragePoolDestroy.3 \
	gen/man/virStoragePoolFree.3 \
	gen/man/virStoragePoolGetAutostart.3 \
	gen/man/virStoragePoolGetConnect.3 \
	gen/man/virStoragePoolGetInfo.3 \
	gen/man/virStoragePoolGetName.3 \
	gen/man/virStoragePoolGetUUID.3 \
	gen/man/virStoragePoolGetUUIDString.3 \
	gen/man/virStoragePoolGetXMLDesc.3 \
	gen/man/virStoragePoolListVolumes.3 \
	gen/man/virStoragePoolLookupByName.3 \
	gen/man/virStoragePoolLookupByUUID.3 \
	gen/man/virStoragePoolLookupByUUIDString.3 \
	gen/man/virStoragePoolLookupByVolume.3 \
	gen/man/virStoragePoolNumOfVolumes.3 \
	gen/man/virStoragePoolRefresh.3 \
	gen/man/virStoragePoolSetAutostart.3 \
	gen/man/virStoragePoolUndefine.3 \
	gen/man/virStorageVolCreateXML.3 \
	gen/man/virStorageVolDelete.3 \
	gen/man/virStorageVolFree.3 \
	gen/man/virStorageVolGetConnect.3 \
	gen/man/virStorageVolGetInfo.3 \
	gen/man/virStorageVolGetKey.3 \
	gen/man/virStorageVolGetName.3 \
	gen/man/virStorageVolGetPath.3 \
	gen/man/virStorageVolGetXMLDesc.3 \
	gen/man/virStorageVolLookupByKey.3 \
	gen/man/virStorageVolLookupByName.3 \
	gen/man/virStorageVolLookupByPath.3 \
	gen/man/virConnectFindStoragePoolSources.3 \
	gen/man/virStoragePoolRef.3 \
	gen/man/virStorageVolRef.3 \
	gen/man/virStorageVolCreateXMLFrom.3 \
	gen/man/virStoragePoolIsActive.3 \
	gen/man/virStoragePoolIsPersistent.3 \
	gen/man/virStorageVolWipe.3 \
	gen/man/virStorageVolDownload.3 \
	gen/man/virStorageVolUpload.3 \
	gen/man/virStorageVolResize.3 \
	gen/man/virStorageVolWipePattern.3 \
	gen/man/virConnectListAllStoragePools.3 \
	gen/man/virStoragePoolListAllVolumes.3 \
	gen/man/virConnectStoragePoolEventDeregisterAny.3 \
	gen/man/virConnectStoragePoolEventRegisterAny.3 \
	gen/man/virStorageVolGetInfoFlags.3 \
	gen/man/virStoragePoolLookupByTargetPath.3 \
	gen/man/virConnectGetStoragePoolCapabilities.3 \
	gen/man/virConnCopyLastError.3 \
	gen/man/virConnGetLastError.3 \
	gen/man/virConnResetLastError.3 \
	gen/man/virConnSetErrorFunc.3 \
	gen/man/virCopyLastError.3 \
	gen/man/virDefaultErrorFunc.3 \
	gen/man/virGetLastError.3 \
	gen/man/virResetError.3 \
	gen/man/virResetLastError.3 \
	gen/man/virSetErrorFunc.3 \
	gen/man/virFreeError.3 \
	gen/man/virSaveLastError.3 \
	gen/man/virGetLastErrorMessage.3 \
	gen/man/virGetLastErrorCode.3 \
	gen/man/virGetLastErrorDomain.3 \
	gen/man/virDomainQemuMonitorCommand.3 \
	gen/man/virDomainQemuAttach.3 \
	gen/man/virDomainQemuAgentCommand.3 \
	gen/man/virConnectDomainQemuMonitorEventDeregister.3 \
	gen/man/virConnectDomainQemuMonitorEventRegister.3 \
	gen/man/virDomainQemuMonitorCommandWithFiles.3 \
	gen/man/virDomainLxcEnterNamespace.3 \
	gen/man/virDomainLxcOpenNamespace.3 \
	gen/man/virDomainLxcEnterSecurityLabel.3 \
	gen/man/virDomainLxcEnterCGroup.3 \
	gen/man/virAdmClientClose.3 \
	gen/man/virAdmClientFree.3 \
	gen/man/virAdmClientGetID.3 \
	gen/man/virAdmClientGetInfo.3 \
	gen/man/virAdmClientGetTimestamp.3 \
	gen/man/virAdmClientGetTransport.3 \
	gen/man/virAdmConnectClose.3 \
	gen/man/virAdmConnectGetLibVersion.3 \
	gen/man/virAdmConnectGetURI.3 \
	gen/man/virAdmConnectIsAlive.3 \
	gen/man/virAdmConnectListServers.3 \
	gen/man/virAdmConnectLookupServer.3 \
	gen/man/virAdmConnectOpen.3 \
	gen/man/virAdmConnectRef.3 \
	gen/man/virAdmConnectRegisterCloseCallback.3 \
	gen/man/virAdmConnectUnregisterCloseCallback.3 \
	gen/man/virAdmGetVersion.3 \
	gen/man/virAdmInitialize.3 \
	gen/man/virAdmServerFree.3 \
	gen/man/virAdmServerGetClientLimits.3 \
	gen/man/virAdmServerGetName.3 \
	gen/man/virAdmServerGetThreadPoolParameters.3 \
	gen/man/virAdmServerListClients.3 \
	gen/man/virAdmServerLookupClient.3 \
	gen/man/virAdmServerSetClientLimits.3 \
	gen/man/virAdmServerSetThreadPoolParameters.3 \
	gen/man/virAdmServerUpdateTlsFiles.3 \
	gen/man/virAdmConnectGetLoggingFilters.3 \
	gen/man/virAdmConnectGetLoggingOutputs.3 \
	gen/man/virAdmConnectSetLoggingFilters.3 \
	gen/man/virAdmConnectSetLoggingOutputs.3 \
	gen/man/virAdmConnectSetDaemonTimeout.3 \
	gen/man/virAdmConnectDaemonShutdown.3

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

GEN_SITE = \
	gen/site/reference.xml \
	gen/site/formats.xml \
	gen/site/commands.xml \
	gen/site/guides.xml \
	gen/site/search-index.js \
	gen/site/support.csv \
	gen/site/support.json

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
