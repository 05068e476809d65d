/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage of the test hypervisor: pools of every type, volumes, their contents, events. */

#include <stdlib.h>

#include "drivers/connect.h"
#include "drivers/events.h"

#define UUID "11111111-2222-3333-4444-55555555555"

static virConnectPtr conn;

static void
onLifecycle(virConnectPtr from G_GNUC_UNUSED, virStoragePoolPtr pool, int event,
            int detail G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    static const char *const words[] = { "defined", "undefined", "started", "stopped", "created",
                                         "deleted" };

    g_string_append_printf(heard, "%s %s;", virStoragePoolGetName(pool), words[event]);
}

static void
onRefresh(virConnectPtr from G_GNUC_UNUSED, virStoragePoolPtr pool, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(heard, "%s refreshed;", virStoragePoolGetName(pool));
}

static virStoragePoolPtr
define(const char *xml)
{
    virStoragePoolPtr pool = virStoragePoolDefineXML(conn, xml, VIR_STORAGE_POOL_DEFINE_VALIDATE);

    if (!pool)
        g_error("%s: %s", xml, virGetLastErrorMessage());
    return pool;
}

static virStoragePoolPtr
defineDirectory(const char *name)
{
    g_autofree char *xml = g_strdup_printf("<pool type='dir'><name>%s</name><target><path>/%s"
                                           "</path></target></pool>", name, name);

    return define(xml);
}

static virStorageVolPtr
makeVolume(virStoragePoolPtr pool, const char *name, unsigned int kilobytes)
{
    g_autofree char *xml = g_strdup_printf("<volume><name>%s</name><capacity unit='KiB'>%u"
                                           "</capacity><allocation>0</allocation></volume>", name,
                                           kilobytes);
    virStorageVolPtr volume = virStorageVolCreateXML(pool, xml, VIR_STORAGE_VOL_CREATE_VALIDATE);

    if (!volume)
        g_error("%s: %s", name, virGetLastErrorMessage());
    return volume;
}

static void
testDefault(void)
{
    static const char expected[] =
        "<pool type='dir'>\n"
        "  <name>default-pool</name>\n"
        "  <uuid>dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566</uuid>\n"
        "  <capacity unit='bytes'>107374182400</capacity>\n"
        "  <allocation unit='bytes'>0</allocation>\n"
        "  <available unit='bytes'>107374182400</available>\n"
        "  <source>\n"
        "  </source>\n"
        "  <target>\n"
        "    <path>/default-pool</path>\n"
        "  </target>\n"
        "</pool>\n";
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool"), again;
    virStoragePoolInfo info;
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *text = virStoragePoolGetXMLDesc(pool, 0);

    g_assert_cmpstr(text, ==, expected);
    free(text);
    assertDone(virStoragePoolGetInfo(pool, &info));
    g_assert_cmpint(info.state, ==, VIR_STORAGE_POOL_RUNNING);
    g_assert_cmpuint(info.available, ==, 100ULL << 30);
    assertDone(virStoragePoolGetUUIDString(pool, uuid));
    again = virStoragePoolLookupByUUIDString(conn, uuid);
    g_assert_cmpstr(virStoragePoolGetName(again), ==, "default-pool");
    virStoragePoolFree(again);
    again = virStoragePoolLookupByTargetPath(conn, "/default-pool");
    g_assert_cmpstr(virStoragePoolGetName(again), ==, "default-pool");
    virStoragePoolFree(again);
    virStoragePoolFree(pool);
    g_assert_null(virStoragePoolLookupByName(conn, "nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL);
    g_assert_null(virStoragePoolLookupByTargetPath(conn, "/nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL);
}

static void
testLifecycle(void)
{
    virStoragePoolPtr pool = defineDirectory("life"), other;
    int autostart = -1;

    assertHeard("life defined;");
    g_assert_cmpint(virStoragePoolIsActive(pool), ==, 0);
    g_assert_cmpint(virStoragePoolNumOfVolumes(pool), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virStoragePoolBuild(pool, 0));
    assertDone(virStoragePoolCreate(pool, 0));
    g_assert_cmpint(virStoragePoolCreate(pool, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virStoragePoolUndefine(pool), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virStoragePoolRefresh(pool, 0));
    assertDone(virStoragePoolSetAutostart(pool, 1));
    assertDone(virStoragePoolGetAutostart(pool, &autostart));
    g_assert_cmpint(autostart, ==, 1);
    assertDone(virStoragePoolDestroy(pool));
    assertDone(virStoragePoolDelete(pool, VIR_STORAGE_POOL_DELETE_NORMAL));
    other = defineDirectory("other");
    assertDone(virStoragePoolUndefine(other));
    virStoragePoolFree(other);
    assertDone(virStoragePoolUndefine(pool));
    g_assert_cmpint(virStoragePoolIsActive(pool), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL);
    assertHeard("life created;life started;life refreshed;life stopped;life deleted;"
                "other defined;other undefined;life undefined;");
    virStoragePoolFree(pool);
}

static void
testTransient(void)
{
    static const char xml[] = "<pool type='dir'><name>t</name><uuid>" UUID "1</uuid>"
                              "<target><path>/t</path></target></pool>";
    virStoragePoolPtr pool = virStoragePoolCreateXML(conn, xml,
                                                     VIR_STORAGE_POOL_CREATE_WITH_BUILD);

    assertHeard("t created;t started;");
    g_assert_cmpint(virStoragePoolIsPersistent(pool), ==, 0);
    g_assert_cmpint(virStoragePoolSetAutostart(pool, 1), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virStoragePoolCreateXML(conn, xml, 0));
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID);
    assertDone(virStoragePoolDestroy(pool));
    g_assert_cmpint(virStoragePoolDestroy(pool), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL);
    assertHeard("t stopped;");
    virStoragePoolFree(pool);
}

static void
testConflicts(void)
{
    virStoragePoolPtr pool = define("<pool type='dir'><name>c</name><uuid>" UUID "2</uuid>"
                                    "<target><path>/c</path></target></pool>");

    g_assert_null(virStoragePoolDefineXML(conn, "<pool type='dir'><name>c</name><uuid>" UUID "3"
                                          "</uuid><target><path>/d</path></target></pool>", 0));
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED);
    g_assert_null(virStoragePoolDefineXML(conn, "<pool type='dir'><name>d</name><uuid>" UUID "2"
                                          "</uuid><target><path>/d</path></target></pool>", 0));
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED);
    g_assert_null(virStoragePoolDefineXML(conn, "<pool type='dir'><name>d</name>"
                                          "<target><path>//c/</path></target></pool>", 0));
    assertMessage(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED, "'c' holds this storage");
    assertDone(virStoragePoolUndefine(pool));
    virStoragePoolFree(pool);
    assertHeard("c defined;c undefined;");
}

/* A definition of each type, and what of it is printed after its sizes. */
static const struct {
    unsigned int filter;
    const char *xml;
    const char *printed;
} pools[] = {
    { VIR_CONNECT_LIST_STORAGE_POOLS_DIR, "<pool type='dir'><name>p</name><target><path>/p//q/"
      "</path><permissions><mode>755</mode><owner>-1</owner><group>7</group></permissions>"
      "</target></pool>",
      "  <source>\n  </source>\n  <target>\n    <path>/p/q</path>\n    <permissions>\n"
      "      <mode>0755</mode>\n      <group>7</group>\n    </permissions>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_FS, "<pool type='fs'><name>p</name><source><device "
      "path='/dev/a'/></source><target><path>/p</path></target></pool>",
      "  <source>\n    <device path='/dev/a'/>\n    <format type='auto'/>\n  </source>\n"
      "  <target>\n    <path>/p</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_NETFS, "<pool type='netfs'><name>p</name><source><protocol "
      "ver='4'/><host name='h'/><dir path='/x'/><format type='nfs'/></source><target><path>/p"
      "</path></target></pool>",
      "  <source>\n    <host name='h'/>\n    <dir path='/x'/>\n    <format type='nfs'/>\n"
      "    <protocol ver='4'/>\n  </source>\n  <target>\n    <path>/p</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_LOGICAL, "<pool type='logical'><source><name>vg</name>"
      "</source></pool>",
      "  <source>\n    <name>vg</name>\n    <format type='lvm2'/>\n  </source>\n  <target>\n"
      "    <path>/dev/vg</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_DISK, "<pool type='disk'><name>p</name><source><device "
      "path='/dev/a' part_separator='no'/><format type='gpt'/></source><target><path>/dev</path>"
      "</target></pool>",
      "  <source>\n    <device path='/dev/a' part_separator='no'/>\n    <format type='gpt'/>\n"
      "  </source>\n  <target>\n    <path>/dev</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI, "<pool type='iscsi'><name>p</name><source><host "
      "name='h' port='3260'/><device path='iqn.a'/><auth type='chap' username='u'><secret "
      "usage='s'/></auth><vendor name='v'/><product name='w'/></source><target><path>/p</path>"
      "</target></pool>",
      "  <source>\n    <host name='h' port='3260'/>\n    <device path='iqn.a'/>\n"
      "    <auth type='chap' username='u'>\n      <secret usage='s'/>\n    </auth>\n"
      "    <vendor name='v'/>\n    <product name='w'/>\n  </source>\n  <target>\n"
      "    <path>/p</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT, "<pool type='iscsi-direct'><name>p</name>"
      "<source><host name='h'/><device path='iqn.a'/><initiator><iqn name='iqn.b'/></initiator>"
      "</source></pool>",
      "  <source>\n    <host name='h'/>\n    <device path='iqn.a'/>\n    <initiator>\n"
      "      <iqn name='iqn.b'/>\n    </initiator>\n  </source>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_SCSI, "<pool type='scsi'><name>p</name><source><adapter "
      "name='host1'/></source><target><path>/p</path></target></pool>",
      "  <source>\n    <adapter type='scsi_host' name='host1'/>\n  </source>\n  <target>\n"
      "    <path>/p</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_MPATH, "<pool type='mpath'><name>p</name><target><path>"
      "/dev/mapper</path></target></pool>",
      "  <source>\n  </source>\n  <target>\n    <path>/dev/mapper</path>\n  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_RBD, "<pool type='rbd'><name>p</name><source><name>r</name>"
      "<host name='h'/></source></pool>",
      "  <source>\n    <host name='h'/>\n    <name>r</name>\n  </source>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_SHEEPDOG, "<pool type='sheepdog'><name>p</name><source>"
      "<host name='h'/></source></pool>",
      "  <source>\n    <host name='h'/>\n    <name>p</name>\n  </source>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_GLUSTER, "<pool type='gluster'><name>p</name><source><host "
      "name='h'/><dir path='/d'/><name>g</name></source></pool>",
      "  <source>\n    <host name='h'/>\n    <dir path='/d'/>\n    <name>g</name>\n"
      "  </source>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_ZFS, "<pool type='zfs'><name>z</name></pool>",
      "  <source>\n    <name>z</name>\n  </source>\n  <target>\n    <path>/dev/zvol/z</path>\n"
      "  </target>\n" },
    { VIR_CONNECT_LIST_STORAGE_POOLS_VSTORAGE, "<pool type='vstorage'><name>v</name><target>"
      "<path>/v</path></target></pool>",
      "  <source>\n    <name>v</name>\n  </source>\n  <target>\n    <path>/v</path>\n"
      "  </target>\n" },
};

static void
testTypes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pools); i++) {
        virStoragePoolPtr pool = define(pools[i].xml);
        virStoragePoolPtr *list = NULL;
        virStorageVolPtr volume;
        char *text = virStoragePoolGetXMLDesc(pool, VIR_STORAGE_XML_INACTIVE);
        char *sources = strstr(text, "  <source>");

        g_assert_true(g_str_has_suffix(sources, "</pool>\n"));
        sources[strlen(sources) - strlen("</pool>\n")] = '\0';
        g_assert_cmpstr(sources, ==, pools[i].printed);
        free(text);
        g_assert_cmpint(virConnectListAllStoragePools(
                            conn, &list, pools[i].filter | VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE),
                        ==, 1);
        g_assert_cmpstr(virStoragePoolGetName(list[0]), ==, virStoragePoolGetName(pool));
        virStoragePoolFree(list[0]);
        free(list);
        assertDone(virStoragePoolCreate(pool, 0));
        volume = makeVolume(pool, "v", 1);
        virStorageVolFree(volume);
        assertDone(virStoragePoolDestroy(pool));
        assertDone(virStoragePoolUndefine(pool));
        virStoragePoolFree(pool);
    }
    assertHeard(NULL);
}

static void
testWrongDefinitions(void)
{
    static const char *const wrong[] = {
        "<pool type='dir'><name>a</name></pool>",
        "<pool type='dir'><target><path>/a</path></target></pool>",
        "<pool type='dir'><name>a/b</name><target><path>/a</path></target></pool>",
        "<pool type='nope'><name>a</name></pool>",
        "<pool type='fs'><name>a</name><target><path>/a</path></target></pool>",
        "<pool type='netfs'><name>a</name><source><host name='h'/></source><target><path>/a</path>"
        "</target></pool>",
        "<pool type='scsi'><name>a</name><source><adapter type='fc_host'/></source><target><path>/a"
        "</path></target></pool>",
        "<pool type='rbd'><name>a</name><source><name>r</name><host name='h'/><auth type='ceph' "
        "username='u'><secret/></auth></source></pool>",
        "<pool type='iscsi-direct'><name>a</name><source><host name='h'/></source></pool>",
        "<pool type='netfs'><name>a</name><source><host name='h'/><dir path='/d'/><format "
        "type='cifs'/><protocol ver='3'/></source><target><path>/a</path></target></pool>",
        "<pool type='dir'><name>a</name><target><path>/a</path><permissions><mode>8</mode>"
        "</permissions></target></pool>",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virStoragePoolDefineXML(conn, wrong[i], 0));
        assertError(VIR_FROM_STORAGE, VIR_ERR_XML_ERROR);
    }
    g_assert_null(virStoragePoolDefineXML(conn, "<pool", 0));
    assertError(VIR_FROM_STORAGE, VIR_ERR_XML_DETAIL);
    g_assert_null(virStoragePoolDefineXML(conn, "<pool type='zfs'><name>a</name><nope/></pool>",
                                          VIR_STORAGE_POOL_DEFINE_VALIDATE));
    assertError(VIR_FROM_XML, VIR_ERR_XML_INVALID_SCHEMA);
}

static void
testSources(void)
{
    char *text = virConnectFindStoragePoolSources(conn, "logical", NULL, 0);

    g_assert_nonnull(strstr(text, "<name>testvg2</name>"));
    free(text);
    text = virConnectFindStoragePoolSources(conn, "netfs",
                                            "<source><host name='h'/></source>", 0);
    g_assert_cmpstr(text, ==, "<sources>\n  <source>\n    <host name='h'/>\n"
                    "    <dir path='/testshare'/>\n    <format type='nfs'/>\n  </source>\n"
                    "</sources>\n");
    free(text);
    g_assert_null(virConnectFindStoragePoolSources(conn, "netfs", NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectFindStoragePoolSources(conn, "netfs", "<source><host/></source>", 0));
    assertError(VIR_FROM_STORAGE, VIR_ERR_XML_ERROR);
    g_assert_null(virConnectFindStoragePoolSources(conn, "disk", NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_SUPPORT);
    g_assert_null(virConnectFindStoragePoolSources(conn, "nope", NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_SUPPORT);
}

static void
testVolumes(void)
{
    static const char xml[] =
        "<volume><name>disk</name><capacity unit='GiB'>1</capacity><allocation unit='MiB'>3"
        "</allocation><target><format type='qcow2'/><permissions><mode>0644</mode><owner>1</owner>"
        "</permissions><compat>1.1</compat><clusterSize unit='KiB'>64</clusterSize><features>"
        "<lazy_refcounts/></features><encryption format='luks'><secret type='passphrase' uuid='"
        UUID "9'/></encryption></target><backingStore><path>/x/y</path></backingStore></volume>";
    static const char printed[] =
        "<volume type='file'>\n  <name>disk</name>\n  <key>/default-pool/disk</key>\n"
        "  <capacity unit='bytes'>1073741824</capacity>\n"
        "  <allocation unit='bytes'>3145728</allocation>\n  <target>\n"
        "    <path>/default-pool/disk</path>\n    <format type='qcow2'/>\n    <permissions>\n"
        "      <mode>0644</mode>\n      <owner>1</owner>\n    </permissions>\n"
        "    <encryption format='luks'>\n      <secret type='passphrase' uuid='" UUID "9'/>\n"
        "    </encryption>\n    <compat>1.1</compat>\n"
        "    <clusterSize unit='B'>65536</clusterSize>\n    <features>\n"
        "      <lazy_refcounts/>\n    </features>\n  </target>\n  <backingStore>\n"
        "    <path>/x/y</path>\n    <format type='raw'/>\n  </backingStore>\n</volume>\n";
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool"), holder;
    virStorageVolPtr volume = virStorageVolCreateXML(pool, xml, VIR_STORAGE_VOL_CREATE_VALIDATE);
    virStorageVolPtr found;
    virStoragePoolInfo info;
    virStorageVolInfo about;
    char *text = virStorageVolGetXMLDesc(volume, 0);
    char *names[2] = { NULL };

    g_assert_cmpstr(text, ==, printed);
    free(text);
    assertDone(virStoragePoolGetInfo(pool, &info));
    g_assert_cmpuint(info.allocation, ==, 3 << 20);
    g_assert_null(virStorageVolCreateXML(pool, xml, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(virStoragePoolNumOfVolumes(pool), ==, 1);
    g_assert_cmpint(virStoragePoolListVolumes(pool, names, 2), ==, 1);
    g_assert_cmpstr(names[0], ==, "disk");
    free(names[0]);
    found = virStorageVolLookupByPath(conn, "/default-pool/disk");
    g_assert_cmpstr(virStorageVolGetKey(found), ==, "/default-pool/disk");
    holder = virStoragePoolLookupByVolume(found);
    g_assert_cmpstr(virStoragePoolGetName(holder), ==, "default-pool");
    virStoragePoolFree(holder);
    assertDone(virStorageVolGetInfoFlags(found, &about, VIR_STORAGE_VOL_GET_PHYSICAL));
    g_assert_cmpuint(about.allocation, ==, 1 << 30);
    assertDone(virStorageVolDelete(volume, 0));
    g_assert_cmpint(virStorageVolGetInfo(found, &about), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_VOL);
    g_assert_null(virStorageVolLookupByKey(conn, "/default-pool/disk"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_VOL);
    virStorageVolFree(found);
    virStorageVolFree(volume);
    virStoragePoolFree(pool);
}

static void
testWrongVolumes(void)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool");
    static const struct {
        const char *xml;
        int domain, code;
    } wrong[] = {
        { "<volume><name>a</name></volume>", VIR_FROM_STORAGE, VIR_ERR_XML_ERROR },
        { "<volume><capacity>1</capacity></volume>", VIR_FROM_STORAGE, VIR_ERR_XML_ERROR },
        { "<volume><name>a</name><capacity unit='parsec'>1</capacity></volume>",
          VIR_FROM_STORAGE, VIR_ERR_XML_ERROR },
        { "<volume><name>a</name><capacity unit='TiB'>1</capacity></volume>", VIR_FROM_TEST,
          VIR_ERR_INTERNAL_ERROR },
        { "<volume><name>a</name><capacity>1</capacity><target><format type='linux-swap'/>"
          "</target></volume>", VIR_FROM_STORAGE, VIR_ERR_CONFIG_UNSUPPORTED },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virStorageVolCreateXML(pool, wrong[i].xml, 0));
        assertError(wrong[i].domain, wrong[i].code);
    }
    g_assert_null(virStorageVolCreateXML(pool, "<volume><name>a</name><capacity>1</capacity>"
                                         "</volume>", VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA));
    assertError(VIR_FROM_STORAGE, VIR_ERR_CONFIG_UNSUPPORTED);
    g_assert_cmpint(virStoragePoolNumOfVolumes(pool), ==, 0);
    virStoragePoolFree(pool);
}

static void
testResize(void)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool");
    virStorageVolPtr volume = makeVolume(pool, "size", 1);
    virStorageVolInfo info;

    assertDone(virStorageVolResize(volume, 4096, 0));
    g_assert_cmpint(virStorageVolResize(volume, 2048, 0), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG);
    assertDone(virStorageVolResize(volume, 2048, VIR_STORAGE_VOL_RESIZE_SHRINK));
    assertDone(virStorageVolResize(volume, 1024, VIR_STORAGE_VOL_RESIZE_DELTA |
                                   VIR_STORAGE_VOL_RESIZE_ALLOCATE));
    assertDone(virStorageVolGetInfo(volume, &info));
    g_assert_cmpuint(info.capacity, ==, 3072);
    g_assert_cmpuint(info.allocation, ==, 3072);
    g_assert_cmpint(virStorageVolResize(volume, 1024, VIR_STORAGE_VOL_RESIZE_SHRINK), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virStorageVolResize(volume, 1ULL << 50, 0), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED);
    assertDone(virStorageVolDelete(volume, 0));
    virStorageVolFree(volume);
    virStoragePoolFree(pool);
}

/* The whole contents of a volume, as long as `length`, without holes. */
static void
assertContents(virStorageVolPtr volume, const char *expected, size_t length)
{
    virStreamPtr stream = virStreamNew(conn, 0);
    g_autofree char *bytes = g_malloc(length + 1);
    size_t done = 0;
    int got;

    assertDone(virStorageVolDownload(volume, stream, 0, 0, 0));
    while ((got = virStreamRecv(stream, bytes + done, length + 1 - done)) > 0)
        done += (size_t) got;
    assertDone(got);
    g_assert_cmpmem(bytes, done, expected, length);
    assertDone(virStreamFinish(stream));
    g_assert_cmpint(virStreamRecv(stream, bytes, 1), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR);
    virStreamFree(stream);
}

static void
upload(virStorageVolPtr volume, unsigned long long offset, const char *text)
{
    virStreamPtr stream = virStreamNew(conn, 0);
    int length = (int) strlen(text);

    assertDone(virStorageVolUpload(volume, stream, offset, 0, 0));
    g_assert_cmpint(virStreamSend(stream, text, (size_t) length), ==, length);
    assertDone(virStreamFinish(stream));
    virStreamFree(stream);
}

static void
testContents(void)
{
    virStoragePoolPtr pool = defineDirectory("data");
    virStorageVolPtr volume, copy;
    char expected[1024] = { 0 };

    assertDone(virStoragePoolCreate(pool, 0));
    volume = makeVolume(pool, "one", 1);
    assertContents(volume, expected, sizeof(expected));
    assertHeard("data defined;data started;");
    upload(volume, 100, "hello");
    assertHeard("data refreshed;");
    memcpy(expected + 100, "hello", 5);
    assertContents(volume, expected, sizeof(expected));
    copy = virStorageVolCreateXMLFrom(pool, "<volume><name>two</name><capacity>1024</capacity>"
                                      "</volume>", volume, 0);
    assertDone(virStorageVolWipe(volume, 0));
    assertContents(copy, expected, sizeof(expected));
    memset(expected, 0, sizeof(expected));
    assertContents(volume, expected, sizeof(expected));
    g_assert_cmpint(virStorageVolWipePattern(volume, 99, 0), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG);
    assertDone(virStoragePoolDestroy(pool));
    g_assert_cmpint(virStorageVolWipe(volume, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virStoragePoolBuild(pool, VIR_STORAGE_POOL_BUILD_NO_OVERWRITE), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID);
    assertDone(virStoragePoolBuild(pool, VIR_STORAGE_POOL_BUILD_OVERWRITE));
    assertDone(virStoragePoolCreate(pool, 0));
    g_assert_cmpint(virStoragePoolNumOfVolumes(pool), ==, 0);
    assertDone(virStoragePoolDestroy(pool));
    assertDone(virStoragePoolUndefine(pool));
    assertHeard("data stopped;data created;data started;data stopped;data undefined;");
    virStorageVolFree(copy);
    virStorageVolFree(volume);
    virStoragePoolFree(pool);
}

#define HOLE 65536

static void
testHoles(void)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool");
    virStorageVolPtr volume = makeVolume(pool, "sparse", 2 * HOLE / 1024);
    virStreamPtr stream = virStreamNew(conn, 0);
    const unsigned int stop = VIR_STREAM_RECV_STOP_AT_HOLE;
    g_autofree char *bytes = g_malloc0(2 * HOLE);
    long long length = 0;

    memset(bytes, 'x', HOLE);
    assertDone(virStorageVolUpload(volume, stream, 0, 0, VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM));
    assertDone(virStreamSendHole(stream, HOLE, 0));
    g_assert_cmpint(virStreamSend(stream, bytes, HOLE), ==, HOLE);
    assertDone(virStreamFinish(stream));
    virStreamFree(stream);
    stream = virStreamNew(conn, 0);
    assertDone(virStorageVolDownload(volume, stream, 0, 0,
                                     VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM));
    g_assert_cmpint(virStreamRecvFlags(stream, bytes, 1, stop), ==, -3);
    assertDone(virStreamRecvHole(stream, &length, 0));
    g_assert_cmpint(length, ==, HOLE);
    g_assert_cmpint(virStreamRecvFlags(stream, bytes, 2 * HOLE, stop), ==, HOLE);
    g_assert_cmpint(bytes[HOLE - 1], ==, 'x');
    g_assert_cmpint(virStreamRecvFlags(stream, bytes, 1, stop), ==, 0);
    assertDone(virStreamAbort(stream));
    g_assert_cmpint(virStreamSend(stream, bytes, 1), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_NO_SUPPORT);
    virStreamFree(stream);
    stream = virStreamNew(conn, 0);
    assertDone(virStorageVolUpload(volume, stream, 0, 8, 0));
    g_assert_cmpint(virStorageVolDelete(volume, 0), ==, -1);
    assertError(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virStreamSend(stream, bytes, 9), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(virStreamSendHole(stream, 1, 0), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virStorageVolUpload(volume, stream, 0, 8, 0), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID);
    /* Freed without an end, the stream lets go of the volume all the same. */
    virStreamFree(stream);
    assertDone(virStorageVolDelete(volume, 0));
    virStorageVolFree(volume);
    virStoragePoolFree(pool);
    assertHeard(NULL);
}

static void
onReadable(virStreamPtr stream, int events, void *opaque)
{
    GString *got = opaque;
    char bytes[3];
    int count;

    g_assert_cmpint(events, ==, VIR_STREAM_EVENT_READABLE);
    count = virStreamRecv(stream, bytes, sizeof(bytes));
    assertDone(count);
    g_string_append_len(got, bytes, count);
    if (count == 0)
        assertDone(virStreamEventRemoveCallback(stream));
}

static void
released(void *opaque)
{
    g_string_append_c(opaque, '.');
}

static void
testEventDriven(void)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool");
    virStorageVolPtr volume = makeVolume(pool, "slow", 1);
    virStreamPtr stream = virStreamNew(conn, VIR_STREAM_NONBLOCK);
    g_autoptr(GString) got = g_string_new(NULL);

    upload(volume, 0, "abcdefgh");
    assertDone(virStorageVolDownload(volume, stream, 0, 8, 0));
    assertDone(virStreamEventAddCallback(stream, VIR_STREAM_EVENT_READABLE |
                                         VIR_STREAM_EVENT_HANGUP, onReadable, got, released));
    g_assert_cmpint(virStreamEventAddCallback(stream, VIR_STREAM_EVENT_READABLE, onReadable, got,
                                              released), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR);
    while (!strchr(got->str, '.'))
        virEventRunDefaultImpl();
    g_assert_cmpstr(got->str, ==, "abcdefgh.");
    g_assert_cmpint(virStreamEventUpdateCallback(stream, 0), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR);
    assertDone(virStreamFinish(stream));
    virStreamFree(stream);
    assertDone(virStorageVolDelete(volume, 0));
    virStorageVolFree(volume);
    virStoragePoolFree(pool);
    assertHeard(NULL);
}

int
main(int argc, char **argv)
{
    int lifecycle, refresh, status;

    g_test_init(&argc, &argv, NULL);
    virEventRegisterDefaultImpl();
    conn = mustOpen("test:///default");
    heard = g_string_new(NULL);
    lifecycle = virConnectStoragePoolEventRegisterAny(
        conn, NULL, VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
        VIR_STORAGE_POOL_EVENT_CALLBACK(onLifecycle), NULL, NULL);
    refresh = virConnectStoragePoolEventRegisterAny(
        conn, NULL, VIR_STORAGE_POOL_EVENT_ID_REFRESH, onRefresh, NULL, NULL);
    g_test_add_func("/storage/default", testDefault);
    g_test_add_func("/storage/lifecycle", testLifecycle);
    g_test_add_func("/storage/transient", testTransient);
    g_test_add_func("/storage/conflicts", testConflicts);
    g_test_add_func("/storage/types", testTypes);
    g_test_add_func("/storage/wrong-definitions", testWrongDefinitions);
    g_test_add_func("/storage/sources", testSources);
    g_test_add_func("/storage/volumes", testVolumes);
    g_test_add_func("/storage/wrong-volumes", testWrongVolumes);
    g_test_add_func("/storage/resize", testResize);
    g_test_add_func("/storage/contents", testContents);
    g_test_add_func("/storage/holes", testHoles);
    g_test_add_func("/storage/event-driven", testEventDriven);
    status = g_test_run();
    virConnectStoragePoolEventDeregisterAny(conn, lifecycle);
    virConnectStoragePoolEventDeregisterAny(conn, refresh);
    g_string_free(heard, /* free_segment= */ TRUE);
    virConnectClose(conn);
    return status;
}
