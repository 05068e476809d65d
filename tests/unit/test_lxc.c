/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests entering a container: real namespaces, and what is no container. */

#define _GNU_SOURCE 1

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/local.h"
#include "runtime/objects.h"

static virDomainPtr
container(const char *uri, int id)
{
    static const unsigned char uuid[VIR_UUID_BUFLEN] = { 1 };
    virConnectPtr conn = virHandleNew(&virConnectClass);
    virDomainPtr domain;

    g_mutex_init(&conn->lock);
    conn->uri = virURIParse(uri);
    domain = virDomainNew(conn, "box", uuid, id);
    virConnectClose(conn);
    return domain;
}

static ino_t
ownNetwork(void)
{
    struct stat place = { .st_ino = 0 };

    g_assert_cmpint(stat("/proc/self/ns/net", &place), ==, 0);
    return place.st_ino;
}

/* There and back again: the old namespaces are handed out, and lead home. */
static void
testNamespace(void)
{
    virDomainPtr domain = container("lxc:///", 1);
    ino_t home = ownNetwork(), abroad;
    unsigned int nold = 0;
    int *old = NULL;
    int fd, back;

    back = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (unshare(CLONE_NEWNET) < 0) {
        g_test_skip("this user may not make namespaces");
        close(back);
        virDomainFree(domain);
        return;
    }
    abroad = ownNetwork();
    fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    g_assert_cmpint(setns(back, 0), ==, 0);
    g_assert_cmpuint(ownNetwork(), ==, home);
    g_assert_cmpint(localDomainLxcEnterNamespace(domain, 1, &fd, &nold, &old, 0), ==, 0);
    g_assert_cmpuint(ownNetwork(), ==, abroad);
    g_assert_cmpuint(nold, >, 3);
    g_assert_cmpint(setns(back, 0), ==, 0);
    g_assert_cmpuint(ownNetwork(), ==, home);
    for (unsigned int i = 0; i < nold; i++)
        close(old[i]);
    g_free(old);
    close(fd);
    close(back);
    virDomainFree(domain);
}

static void
testRefused(void)
{
    virDomainPtr box = container("lxc:///", -1);
    virDomainPtr other = container("test:///default", 1);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    virSecurityModel model = { .model = "other" };
    virSecurityLabel label = { .label = "x" };

    g_assert_cmpint(localDomainLxcEnterNamespace(box, 1, &nothing, NULL, NULL, 0), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(localDomainLxcEnterCGroup(box, 0), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(localDomainLxcEnterCGroup(other, 0), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_NO_SUPPORT);
    g_assert_cmpint(localDomainLxcEnterSecurityLabel(&model, &label, NULL, 0), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_ARGUMENT_UNSUPPORTED);
    g_assert_cmpint(localDomainLxcEnterNamespace(box, 0, &nothing, NULL, NULL, 0), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_INVALID_ARG);
    g_strlcpy(model.model, "none", sizeof(model.model));
    g_assert_cmpint(localDomainLxcEnterSecurityLabel(&model, &label, &label, 0), ==, 0);
    g_assert_cmpstr(label.label, ==, "");
    close(nothing);
    virDomainFree(box);
    virDomainFree(other);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lxc/namespace", testNamespace);
    g_test_add_func("/lxc/refused", testRefused);
    return g_test_run();
}
