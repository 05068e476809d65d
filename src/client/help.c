/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows the command tables: all groups, one group, one command, the program's own options. */

#include "client/help.h"

#include "client/arguments.h"
#include "client/commands.h"
#include "client/output.h"
#include "client/parse.h"
#include "client/program.h"

static const char *virshValueLabel(const virshOption *option)
{
    bool number = option->kind == VIRSH_KIND_INT || option->kind == VIRSH_KIND_UINT ||
                  option->kind == VIRSH_KIND_ULONG || option->kind == VIRSH_KIND_SIZE;

    return number ? "<number>" : "<string>";
}

static void virshUsage(virshControl *ctl, const virshOption *option)
{
    bool required = option->flags & VIRSH_OPTION_REQUIRED;

    if (option->kind == VIRSH_KIND_FLAG)
        virshPrint(ctl, " [--%s]", option->name);
    else if (option->kind == VIRSH_KIND_REST)
        virshPrint(ctl, required ? " {[--%s] <string>}..." : " [[--%s] <string>]...",
                   option->name);
    else if (required && (option->flags & VIRSH_OPTION_NAMED))
        virshPrint(ctl, " --%s %s", option->name, virshValueLabel(option));
    else if (required)
        virshPrint(ctl, " <%s>", option->name);
    else
        virshPrint(ctl, " [--%s %s]", option->name, virshValueLabel(option));
}

static void virshHelpOption(virshControl *ctl, const virshOption *option)
{
    g_autofree char *head = NULL;
    bool data = (option->flags & VIRSH_OPTION_REQUIRED) || option->kind == VIRSH_KIND_REST;

    if (option->kind == VIRSH_KIND_FLAG)
        head = g_strdup_printf("--%s", option->name);
    else if (data && !(option->flags & VIRSH_OPTION_NAMED))
        head = g_strdup_printf("[--%s] %s", option->name, virshValueLabel(option));
    else
        head = g_strdup_printf("--%s %s", option->name, virshValueLabel(option));
    virshPrint(ctl, "    %-15s  %s\n", head, option->doc);
}

bool virshHelpCommand(virshControl *ctl, const virshCommand *command)
{
    const char *name = command->target ? command->target : command->name;

    virshPrint(ctl, "  NAME\n    %s - %s\n\n  SYNOPSIS\n    %s", name, command->brief, name);
    for (size_t i = 0; i < command->optionCount; i++)
        virshUsage(ctl, &command->options[i]);
    virshPrint(ctl, "\n\n  DESCRIPTION\n    %s\n", command->doc);
    if (command->optionCount)
        virshPrint(ctl, "\n  OPTIONS\n");
    for (size_t i = 0; i < command->optionCount; i++)
        virshHelpOption(ctl, &command->options[i]);
    virshPrint(ctl, "\n");
    return true;
}

static void virshHelpGroup(virshControl *ctl, const virshGroup *group, const char *colon)
{
    virshPrint(ctl, " %s (help keyword '%s')%s\n", group->title, group->name, colon);
    for (size_t i = 0; i < group->count; i++) {
        const virshCommand *command = &group->commands[i];

        if (!(command->flags & (VIRSH_COMMAND_HIDDEN | VIRSH_COMMAND_ALIAS)))
            virshPrint(ctl, "    %-30s %s\n", command->name, command->brief);
    }
    virshPrint(ctl, "\n");
}

bool shellHelp(virshControl *ctl, const virshArguments *arguments)
{
    const char *word = virshText(arguments, "command");
    const virshCommand *command;

    if (!word) {
        virshPrint(ctl, "Grouped commands:\n\n");
        for (size_t i = 0; i < virshGroupCount; i++)
            virshHelpGroup(ctl, &virshGroups[i], ":");
        return true;
    }
    command = virshFindCommand(word);
    if (command)
        return virshHelpCommand(ctl, command);
    for (size_t i = 0; i < virshGroupCount; i++)
        if (g_str_equal(virshGroups[i].name, word)) {
            virshHelpGroup(ctl, &virshGroups[i], ":");
            return true;
        }
    virshError(ctl, "command or command group '%s' doesn't exist", word);
    return false;
}

void virshHelpGlobal(virshControl *ctl)
{
    virshPrint(ctl, "\n%s [options]... [<command_string>]"
                    "\n%s [options]... <command> [args...]\n\n  options:\n",
               virshProgramName, virshProgramName);
    for (size_t i = 0; i < virshGlobalCount; i++) {
        const virshGlobal *option = &virshGlobals[i];
        g_autofree char *letter =
            option->letter ? g_strdup_printf("-%c | ", option->letter) : g_strdup("     ");
        g_autofree char *value = NULL;
        g_autofree char *head = NULL;

        if (option->value)
            value = g_strdup_printf(option->optional ? "[=%s]" : "=%s", option->value);
        head = g_strdup_printf("%s--%s%s", letter, option->name, value ? value : "");
        virshPrint(ctl, "    %-31s %s\n", head, option->doc);
    }
    virshPrint(ctl, "\n  commands (without any, the shell is interactive):\n\n");
    for (size_t i = 0; i < virshGroupCount; i++)
        virshHelpGroup(ctl, &virshGroups[i], "");
    virshPrint(ctl, "  'help <group>' shows one group, 'help <command>' one command.\n\n");
}
