/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the lines of the shell: words, options and their values; nothing is ever run. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "client/address.h"
#include "client/commands.h"
#include "client/jsontext.h"
#include "client/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Reads a text to its end, so that the sanitizers see one that has none. */
static void
touch(const char *text)
{
    if (text && strlen(text) > G_MAXINT)
        g_error("a text of more than 2 GiB");
}

/* Reads every option in every way; what is refused is refused in silence. */
static void
readValues(virshControl *ctl, const virshArguments *arguments)
{
    for (size_t i = 0; i < arguments->command->optionCount; i++) {
        const char *name = arguments->command->options[i].name;
        g_autofree char *rest = virshRest(arguments, name);
        const char *text = NULL;
        unsigned long long large = 0;
        unsigned int number = 0, flags = 0;
        int small = 0;

        touch(rest);
        virshString(ctl, arguments, name, &text);
        virshInt(ctl, arguments, name, &small);
        virshUint(ctl, arguments, name, &number);
        virshUlong(ctl, arguments, name, &large);
        virshSize(ctl, arguments, name, 1024, &large);
        virshWordBits(ctl, arguments, name, "one|two|three", 1, "no '%s'", &flags);
        if (text) {
            g_autoptr(GString) out = g_string_new(NULL);
            g_autofree char *indented = jsonIndent(text);
            g_autofree char *member = jsonMember(text, "return");

            touch(indented);
            touch(member);
            virshComposeAddress(ctl, out, text, "vda", true);
            virshComposeAddress(ctl, out, text, "sda", false);
            virshComposeAddress(ctl, out, text, "hda", false);
        }
    }
    virshArgumentsCheck(ctl, arguments);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    virshControl ctl = { .debug = 4, .silent = true };
    g_autofree char *line = g_strndup((const char *)bytes, size);
    g_autoptr(virshArguments) commands = NULL;
    const char *problem = NULL;
    g_autoptr(GArray) open = virshTokenize(line, /* open= */ true, &problem);

    if (!open && !problem)
        g_error("an open line without tokens and without a problem");
    if (virshParseLine(&ctl, line, &commands))
        for (const virshArguments *at = commands; at; at = at->next)
            readValues(&ctl, at);
    return 0;
}

/* Weak: libFuzzer brings a main() of its own. */
__attribute__((weak)) int
main(int argc, char **argv)
{
    g_print("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        gsize length;

        if (!g_file_get_contents(argv[i], &text, &length, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
        g_print("ok %d - %s\n", i, argv[i]);
    }
    return 0;
}
