/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of JSON that may be missing. */

#include <stdarg.h>

#include "qemu_monitor.h"

json_object *
qemuJsonGet(json_object *object, const char *name)
{
    json_object *value = NULL;

    if (object && json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, name, &value);
    return value;
}

const char *
qemuJsonString(json_object *object, const char *name)
{
    json_object *value = qemuJsonGet(object, name);

    return value && json_object_is_type(value, json_type_string) ? json_object_get_string(value) :
           NULL;
}

gint64
qemuJsonInteger(json_object *object, const char *name)
{
    json_object *value = qemuJsonGet(object, name);

    return value && json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : 0;
}

bool
qemuJsonTrue(json_object *object, const char *name)
{
    json_object *value = qemuJsonGet(object, name);

    return value && json_object_is_type(value, json_type_boolean) && json_object_get_boolean(value);
}

json_object *
qemuJsonStrings(const char *name, ...)
{
    json_object *object = json_object_new_object();
    va_list pairs;

    va_start(pairs, name);
    while (name) {
        json_object_object_add(object, name, json_object_new_string(va_arg(pairs, const char *)));
        name = va_arg(pairs, const char *);
    }
    va_end(pairs);
    return object;
}

json_object *
qemuJsonList(const GPtrArray *texts)
{
    json_object *list = json_object_new_array();

    for (guint i = 0; texts && i < texts->len; i++)
        json_object_array_add(list, json_object_new_string(texts->pdata[i]));
    return list;
}

GPtrArray *
qemuJsonTexts(json_object *list)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    for (size_t i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(list, i);

        if (json_object_is_type(one, json_type_string))
            g_ptr_array_add(texts, g_strdup(json_object_get_string(one)));
    }
    return texts;
}
