/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the generated protocol is to its users: procedures, and structures described by tables.
 *
 * gen/wire/<program>.h has a C struct per structure of the protocol and a table of procedures, both
 * derived from api.xml; gen/wire/net.h has those of the message itself (virWireNetHeader, virWireNetError,
 * virWireNetStreamHole). One interpreter encodes, decodes and prints them all, so that every length is
 * checked in one place.
 *
 * How a field is held in its C struct:
 *   number            int, unsigned int, long long, unsigned long long, double, char, ...
 *   string            char *; NULL only where the protocol has an optional string
 *   uuid              unsigned char [16]
 *   structure         the struct itself; a pointer, NULL when absent, where it is optional
 *   opaque data       virWireBytes
 *   list of T         struct { T *items; size_t count; }
 *   typed parameters  the same with virTypedParameter, whose strings are borrowed too
 *
 * Everything a structure points at is borrowed: from the reader once it was decoded, from whoever
 * filled the structure when it is to be encoded. So structures are never freed.
 */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "rpc/xdr.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(virXdrReader, virXdrReaderClear)

/* What one item of a field is; the C type behind it. */
typedef enum {
    VIR_WIRE_CHAR,          /* char; four bytes on the wire, as the next two */
    VIR_WIRE_UCHAR,         /* unsigned char */
    VIR_WIRE_USHORT,        /* unsigned short */
    VIR_WIRE_INT,           /* int */
    VIR_WIRE_UINT,          /* unsigned int */
    VIR_WIRE_HYPER,         /* long long */
    VIR_WIRE_UHYPER,        /* unsigned long long */
    VIR_WIRE_DOUBLE,        /* double */
    VIR_WIRE_STRING,        /* char *, at most itemLimit bytes */
    VIR_WIRE_OPAQUE,        /* unsigned char; one byte on the wire */
    VIR_WIRE_STRUCT,        /* the struct described by `type` */
    VIR_WIRE_PARAM,         /* virTypedParameter; strings of at most itemLimit bytes */
} virWireKind;

typedef enum {
    VIR_WIRE_ONE,
    VIR_WIRE_OPTIONAL,      /* a pointer, NULL when absent; strings and structures only */
    VIR_WIRE_FIXED,         /* exactly `limit` items, inside the struct */
    VIR_WIRE_LIST,          /* virWireList of at most `limit` items */
} virWireForm;

/* Any list and any optional value, as the interpreter sees them. */
typedef struct {
    void *items;
    size_t count;
} __attribute__((may_alias)) virWireList;
typedef void *__attribute__((may_alias)) virWirePointer;

typedef struct {
    unsigned char *items;
    size_t count;
} virWireBytes;

typedef struct virWireType virWireType;

typedef struct {
    const char *name;
    const virWireType *type;    /* of VIR_WIRE_STRUCT */
    unsigned int limit;
    unsigned int itemLimit;
    unsigned short offset;
    unsigned char kind;         /* virWireKind */
    unsigned char form;         /* virWireForm */
    bool secret;                /* never printed */
} virWireField;

struct virWireType {
    const char *name;           /* in the protocol's own spelling */
    unsigned int size;          /* of the C struct */
    unsigned int least;         /* the fewest bytes it takes on the wire */
    unsigned int count;
    const virWireField *fields;
};

typedef enum {
    VIR_WIRE_CALL,
    VIR_WIRE_EVENT,             /* from the server, without a reply */
    VIR_WIRE_MESSAGE,           /* either way, without a reply */
} virWireDirection;

typedef enum {
    VIR_WIRE_STREAM_NONE,
    VIR_WIRE_STREAM_READ,       /* data flows from the server to the client */
    VIR_WIRE_STREAM_WRITE,      /* data flows from the client to the server */
} virWireStream;

typedef struct {
    const char *name;           /* of the function: DomainGetInfo */
    unsigned int program;
    int number;
    virWireDirection direction;
    bool high;                  /* never waits behind others; touches no hypervisor process */
    bool filesIn;               /* the call carries file descriptors */
    bool filesOut;              /* the reply does */
    virWireStream stream;       /* what kind of stream the call opens */
    const virWireType *args;    /* NULL when there are none; an event's message */
    const virWireType *ret;     /* NULL when there is none */
} virWireProcedure;

typedef struct {
    const char *name;           /* remote, qemu, lxc, admin, keepalive */
    unsigned int number;
    unsigned int version;
    size_t count;
    const virWireProcedure *procedures;     /* sorted by number */
} virWireProgram;

/* Room for the C struct of any structure of any program: declare
 * `_Alignas(max_align_t) unsigned char args[VIR_WIRE_STRUCT_MAX];` */
#define VIR_WIRE_STRUCT_MAX 512

/* Writes `value`; false when a limit is passed: writer->field and writer->fault say where and why. */
VIR_MODULE_API bool virWireEncode(virXdrWriter *writer, const virWireType *type, const void *value);
/*
 * Reads into `value` (type->size bytes). The last string is ended too, so only a structure without
 * strings, such as the header of a message, may be followed by another. Bytes that are left over are
 * for the caller to judge. On failure nothing of `value` may be used.
 */
VIR_MODULE_API bool virWireDecode(virXdrReader *reader, const virWireType *type, void *value);
/* Prints a structure for people: names, values, lists shortened, secrets hidden. */
VIR_MODULE_API void virWireDescribe(GString *out, const virWireType *type, const void *value);

VIR_MODULE_API const virWireProcedure *virWireFind(const virWireProgram *program, int number);
