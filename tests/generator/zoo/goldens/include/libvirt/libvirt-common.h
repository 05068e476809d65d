/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/base.xml, api/wire.xml; change that, not this. */

#ifndef __VIR_VIRCOMMON_H__
#define __VIR_VIRCOMMON_H__

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A connection to a zoo.
 */
typedef struct _virConnect virConnect;
typedef virConnect *virConnectPtr;

/**
 * A stream of bytes.
 */
typedef struct _virStream virStream;
typedef virStream *virStreamPtr;

#ifndef VIR_DEPRECATED
# if defined(__GNUC__)
#  define VIR_DEPRECATED __attribute__((__deprecated__))
# else
#  define VIR_DEPRECATED
# endif
#endif

#ifndef VIR_EXPORT_VAR
# define VIR_EXPORT_VAR extern
#endif

/**
 * The API level of these headers: major * 1000000 + minor * 1000 + micro.
 */
#define LIBVIR_VERSION_NUMBER 2005000

/**
 * True when these headers are of the given API level or later.
 */
#define LIBVIR_CHECK_VERSION(major, minor, micro) \
    ((major) * 1000000 + (minor) * 1000 + (micro) <= LIBVIR_VERSION_NUMBER)

/**
 * Bytes of a UUID.
 *
 * Since: 1.0.0
 */
#define VIR_UUID_BUFLEN 16

/**
 * Bytes of a UUID as text.
 *
 * Since: 1.0.0
 */
#define VIR_UUID_STRING_BUFLEN 37

/**
 * Bytes of a name.
 *
 * Since: 1.0.0
 */
#define VIR_TYPED_PARAM_FIELD_LENGTH 80

/**
 * Where errors come from.
 *
 * Since: 1.0.0
 */
typedef enum {
    /*
     * Nowhere in particular.
     *
     * Since: 1.0.0
     */
    VIR_FROM_NONE = 0,
    /*
     * Code about animals.
     *
     * Since: 1.0.0
     */
    VIR_FROM_ANIMAL = 1,
    /*
     * A handle of an animal.
     *
     * Since: 1.0.0
     */
    VIR_FROM_ANI = 2,
    /*
     * Code that moves bytes.
     *
     * Since: 1.0.0
     */
    VIR_FROM_STREAMS = 3,
    /*
     * Animals in memory.
     *
     * Since: 1.0.0
     */
    VIR_FROM_TEST = 4,
    /*
     * Animals elsewhere.
     *
     * Since: 1.0.0
     */
    VIR_FROM_REMOTE = 5
#ifdef VIR_ENUM_SENTINELS
    , VIR_FROM_LAST
#endif
} virErrorDomain;

/**
 * Codes of errors.
 *
 * Since: 1.0.0
 */
typedef enum {
    /*
     * All went well.
     *
     * Since: 1.0.0
     */
    VIR_ERR_OK = 0,
    /*
     * The driver does not have it.
     *
     * Since: 1.0.0
     */
    VIR_ERR_NO_SUPPORT = 3,
    /*
     * No live connection.
     *
     * Since: 1.0.0
     */
    VIR_ERR_INVALID_CONN = 6,
    /*
     * No live stream.
     *
     * Since: 1.0.0
     */
    VIR_ERR_INVALID_STREAM = 7,
    /*
     * An argument is wrong.
     *
     * Since: 1.0.0
     */
    VIR_ERR_INVALID_ARG = 8
#ifdef VIR_ENUM_SENTINELS
    , VIR_ERR_NUMBER_LAST
#endif
} virErrorNumber;

/**
 * Types of a parameter.
 *
 * Since: 1.0.0
 */
typedef enum {
    /*
     * A number.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_INT = 1,
    /*
     * A number that is not negative.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_UINT = 2,
    /*
     * A large number.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_LLONG = 3,
    /*
     * A large number that is not negative.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_ULLONG = 4,
    /*
     * A number with a fraction.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_DOUBLE = 5,
    /*
     * Yes or no.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_BOOLEAN = 6,
    /*
     * A text.
     *
     * Since: 1.0.0
     */
    VIR_TYPED_PARAM_STRING = 7
#ifdef VIR_ENUM_SENTINELS
    , VIR_TYPED_PARAM_LAST
#endif
} virTypedParameterType;

typedef struct _virTypedParameter virTypedParameter;
typedef virTypedParameter *virTypedParameterPtr;

typedef struct _virConnectAuth virConnectAuth;
typedef virConnectAuth *virConnectAuthPtr;

/**
 * virFreeCallback:
 *
 * @opaque: what was given at registration
 *
 * Releases the data of a callback.
 *
 * Since: 1.0.0
 */
typedef void (*virFreeCallback)(void *opaque);

/**
 * A named value.
 *
 * Since: 1.0.0
 */
struct _virTypedParameter {
    /*
     * What the parameter is called.
     */
    char field[VIR_TYPED_PARAM_FIELD_LENGTH];
    /*
     * Which member of the union holds the value.
     */
    int type;
    union {
        /*
         * The number.
         */
        int i;
        /*
         * The text.
         */
        char *s;
    } value;
};

/**
 * How to ask for credentials.
 *
 * Since: 1.0.0
 */
struct _virConnectAuth {
    /*
     * The kinds that can be asked for.
     */
    int *credtype;
    /*
     * How many.
     */
    unsigned int ncredtype;
    /*
     * Passed to the callback.
     */
    void *cbdata;
};

/**
 * virInitialize:
 *
 * Prepare the library.
 *
 * Any other function does it too.
 *
 * Returns 0 on success, -1 on error.
 *
 * Since: 1.0.0
 */
int virInitialize(void);

/**
 * virGetLastErrorCode:
 *
 * Tell the code of the last error.
 *
 * Of this thread.
 *
 * Returns the code, 0 without an error.
 *
 * Since: 1.0.0
 */
int virGetLastErrorCode(void);

/**
 * virConnectOpenAuth:
 *
 * @name: the URI, or NULL for the usual one
 *
 * @auth: how to ask
 *
 * @flags: no flags exist; pass 0
 *
 * Open a connection.
 *
 * Asks for credentials where they are needed.
 *
 * Returns a connection, which the caller closes, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when auth is NULL or flags has an unknown bit.
 *
 * Since: 1.0.0
 */
virConnectPtr virConnectOpenAuth(const char *name, virConnectAuthPtr auth, unsigned int flags);

/**
 * virConnectClose:
 *
 * @conn: the Connect to act on
 *
 * Close a connection.
 *
 * The last of its users does it.
 *
 * Returns 0 when closed, 1 when others still use it, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed.
 *
 * Since: 1.0.0
 */
int virConnectClose(virConnectPtr conn);

/**
 * virConnectRef:
 *
 * @conn: the Connect to act on
 *
 * Keep a connection.
 *
 * Takes one more reference.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed.
 *
 * Since: 1.0.0
 */
int virConnectRef(virConnectPtr conn);

/**
 * virTypedParamsGetString:
 *
 * @params: the parameters
 *
 * @name: what the parameter is called
 *
 * @value: set to the text, which still belongs to the array
 *
 * Get the value of a text.
 *
 * Finds it by name.
 *
 * Returns 1 when found, 0 when absent, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when nparams is negative.
 *
 * Since: 1.0.0
 */
int virTypedParamsGetString(virTypedParameterPtr params,
                            int nparams,
                            const char *name,
                            const char **value);

/**
 * virTypedParamsAddInt:
 *
 * @params: the array
 *
 * @name: what the parameter is called
 *
 * @value: the number
 *
 * Add a number.
 *
 * The array grows as needed.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when nparams is NULL, *nparams is negative, params is NULL,
 * maxparams is NULL or name is NULL.
 *
 * Since: 1.0.0
 */
int virTypedParamsAddInt(virTypedParameterPtr *params,
                         int *nparams,
                         int *maxparams,
                         const char *name,
                         int value);

/**
 * virStreamSend:
 *
 * @stream: the Stream to act on
 *
 * @data: the bytes
 *
 * Send bytes.
 *
 * May take fewer than offered.
 *
 * Returns bytes taken, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_STREAM when stream is no virStream, or was freed; VIR_ERR_INVALID_ARG
 * when data is NULL; VIR_ERR_NO_SUPPORT when the driver does not have what it is made of.
 *
 * Since: 1.1.0
 */
int virStreamSend(virStreamPtr stream, const char *data, size_t nbytes);

#ifdef __cplusplus
}
#endif

#endif /* __VIR_VIRCOMMON_H__ */
