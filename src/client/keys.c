/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that press keys and send signals, with the names that people use for both. */

#include <errno.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"

enum { VIRSH_KEYCODE_MAX = 0xffff };

typedef struct {
    const char *name;
    unsigned int code;
} virshKeyName;

#define KEY(name) { #name, name }

/* The keys of a keyboard as the Linux kernel names them. */
static const virshKeyName keyNames[] = {
    KEY(KEY_ESC), KEY(KEY_1), KEY(KEY_2), KEY(KEY_3), KEY(KEY_4), KEY(KEY_5), KEY(KEY_6),
    KEY(KEY_7), KEY(KEY_8), KEY(KEY_9), KEY(KEY_0), KEY(KEY_MINUS), KEY(KEY_EQUAL),
    KEY(KEY_BACKSPACE), KEY(KEY_TAB), KEY(KEY_Q), KEY(KEY_W), KEY(KEY_E), KEY(KEY_R), KEY(KEY_T),
    KEY(KEY_Y), KEY(KEY_U), KEY(KEY_I), KEY(KEY_O), KEY(KEY_P), KEY(KEY_LEFTBRACE),
    KEY(KEY_RIGHTBRACE), KEY(KEY_ENTER), KEY(KEY_LEFTCTRL), KEY(KEY_A), KEY(KEY_S), KEY(KEY_D),
    KEY(KEY_F), KEY(KEY_G), KEY(KEY_H), KEY(KEY_J), KEY(KEY_K), KEY(KEY_L), KEY(KEY_SEMICOLON),
    KEY(KEY_APOSTROPHE), KEY(KEY_GRAVE), KEY(KEY_LEFTSHIFT), KEY(KEY_BACKSLASH), KEY(KEY_Z),
    KEY(KEY_X), KEY(KEY_C), KEY(KEY_V), KEY(KEY_B), KEY(KEY_N), KEY(KEY_M), KEY(KEY_COMMA),
    KEY(KEY_DOT), KEY(KEY_SLASH), KEY(KEY_RIGHTSHIFT), KEY(KEY_KPASTERISK), KEY(KEY_LEFTALT),
    KEY(KEY_SPACE), KEY(KEY_CAPSLOCK), KEY(KEY_F1), KEY(KEY_F2), KEY(KEY_F3), KEY(KEY_F4),
    KEY(KEY_F5), KEY(KEY_F6), KEY(KEY_F7), KEY(KEY_F8), KEY(KEY_F9), KEY(KEY_F10),
    KEY(KEY_NUMLOCK), KEY(KEY_SCROLLLOCK), KEY(KEY_KP7), KEY(KEY_KP8), KEY(KEY_KP9),
    KEY(KEY_KPMINUS), KEY(KEY_KP4), KEY(KEY_KP5), KEY(KEY_KP6), KEY(KEY_KPPLUS), KEY(KEY_KP1),
    KEY(KEY_KP2), KEY(KEY_KP3), KEY(KEY_KP0), KEY(KEY_KPDOT), KEY(KEY_ZENKAKUHANKAKU),
    KEY(KEY_102ND), KEY(KEY_F11), KEY(KEY_F12), KEY(KEY_RO), KEY(KEY_KATAKANA), KEY(KEY_HIRAGANA),
    KEY(KEY_HENKAN), KEY(KEY_KATAKANAHIRAGANA), KEY(KEY_MUHENKAN), KEY(KEY_KPJPCOMMA),
    KEY(KEY_KPENTER), KEY(KEY_RIGHTCTRL), KEY(KEY_KPSLASH), KEY(KEY_SYSRQ), KEY(KEY_RIGHTALT),
    KEY(KEY_LINEFEED), KEY(KEY_HOME), KEY(KEY_UP), KEY(KEY_PAGEUP), KEY(KEY_LEFT), KEY(KEY_RIGHT),
    KEY(KEY_END), KEY(KEY_DOWN), KEY(KEY_PAGEDOWN), KEY(KEY_INSERT), KEY(KEY_DELETE),
    KEY(KEY_MACRO), KEY(KEY_MUTE), KEY(KEY_VOLUMEDOWN), KEY(KEY_VOLUMEUP), KEY(KEY_POWER),
    KEY(KEY_KPEQUAL), KEY(KEY_KPPLUSMINUS), KEY(KEY_PAUSE), KEY(KEY_SCALE), KEY(KEY_KPCOMMA),
    KEY(KEY_HANGEUL), KEY(KEY_HANJA), KEY(KEY_YEN), KEY(KEY_LEFTMETA), KEY(KEY_RIGHTMETA),
    KEY(KEY_COMPOSE), KEY(KEY_STOP), KEY(KEY_AGAIN), KEY(KEY_PROPS), KEY(KEY_UNDO),
    KEY(KEY_FRONT), KEY(KEY_COPY), KEY(KEY_OPEN), KEY(KEY_PASTE), KEY(KEY_FIND), KEY(KEY_CUT),
    KEY(KEY_HELP), KEY(KEY_MENU), KEY(KEY_CALC), KEY(KEY_SETUP), KEY(KEY_SLEEP), KEY(KEY_WAKEUP),
    KEY(KEY_FILE), KEY(KEY_SENDFILE), KEY(KEY_DELETEFILE), KEY(KEY_XFER), KEY(KEY_PROG1),
    KEY(KEY_PROG2), KEY(KEY_WWW), KEY(KEY_MSDOS), KEY(KEY_COFFEE), KEY(KEY_ROTATE_DISPLAY),
    KEY(KEY_CYCLEWINDOWS), KEY(KEY_MAIL), KEY(KEY_BOOKMARKS), KEY(KEY_COMPUTER), KEY(KEY_BACK),
    KEY(KEY_FORWARD), KEY(KEY_CLOSECD), KEY(KEY_EJECTCD), KEY(KEY_EJECTCLOSECD),
    KEY(KEY_NEXTSONG), KEY(KEY_PLAYPAUSE), KEY(KEY_PREVIOUSSONG), KEY(KEY_STOPCD),
    KEY(KEY_RECORD), KEY(KEY_REWIND), KEY(KEY_PHONE), KEY(KEY_ISO), KEY(KEY_CONFIG),
    KEY(KEY_HOMEPAGE), KEY(KEY_REFRESH), KEY(KEY_EXIT), KEY(KEY_MOVE), KEY(KEY_EDIT),
    KEY(KEY_SCROLLUP), KEY(KEY_SCROLLDOWN), KEY(KEY_KPLEFTPAREN), KEY(KEY_KPRIGHTPAREN),
    KEY(KEY_NEW), KEY(KEY_REDO), KEY(KEY_F13), KEY(KEY_F14), KEY(KEY_F15), KEY(KEY_F16),
    KEY(KEY_F17), KEY(KEY_F18), KEY(KEY_F19), KEY(KEY_F20), KEY(KEY_F21), KEY(KEY_F22),
    KEY(KEY_F23), KEY(KEY_F24), KEY(KEY_PLAYCD), KEY(KEY_PAUSECD), KEY(KEY_PROG3), KEY(KEY_PROG4),
    KEY(KEY_ALL_APPLICATIONS), KEY(KEY_SUSPEND), KEY(KEY_CLOSE), KEY(KEY_PLAY),
    KEY(KEY_FASTFORWARD), KEY(KEY_BASSBOOST), KEY(KEY_PRINT), KEY(KEY_HP), KEY(KEY_CAMERA),
    KEY(KEY_SOUND), KEY(KEY_QUESTION), KEY(KEY_EMAIL), KEY(KEY_CHAT), KEY(KEY_SEARCH),
    KEY(KEY_CONNECT), KEY(KEY_FINANCE), KEY(KEY_SPORT), KEY(KEY_SHOP), KEY(KEY_ALTERASE),
    KEY(KEY_CANCEL), KEY(KEY_BRIGHTNESSDOWN), KEY(KEY_BRIGHTNESSUP), KEY(KEY_MEDIA),
    KEY(KEY_SWITCHVIDEOMODE), KEY(KEY_KBDILLUMTOGGLE), KEY(KEY_KBDILLUMDOWN), KEY(KEY_KBDILLUMUP),
    KEY(KEY_SEND), KEY(KEY_REPLY), KEY(KEY_FORWARDMAIL), KEY(KEY_SAVE), KEY(KEY_DOCUMENTS),
    KEY(KEY_BATTERY), KEY(KEY_BLUETOOTH), KEY(KEY_WLAN), KEY(KEY_UWB), KEY(KEY_UNKNOWN),
    KEY(KEY_VIDEO_NEXT), KEY(KEY_VIDEO_PREV), KEY(KEY_BRIGHTNESS_CYCLE), KEY(KEY_BRIGHTNESS_AUTO),
    KEY(KEY_DISPLAY_OFF), KEY(KEY_WWAN), KEY(KEY_RFKILL), KEY(KEY_MICMUTE),
};

/* A number, or a name of the Linux code set; false when it is neither. */
static bool virshKeycode(const char *word, bool named, unsigned int *code)
{
    char *end = NULL;
    guint64 number;

    errno = 0;
    number = g_ascii_strtoull(word, &end, 0);
    if (!errno && g_ascii_isdigit(*word) && !*end) {
        *code = (unsigned int)number;
        return number && number <= VIRSH_KEYCODE_MAX;
    }
    for (size_t i = 0; named && i < G_N_ELEMENTS(keyNames); i++)
        if (g_str_equal(keyNames[i].name, word)) {
            *code = keyNames[i].code;
            return true;
        }
    return false;
}

bool shellSendKey(virshControl *ctl, const virshArguments *arguments)
{
    /* in the order of the API; "rfb" is the former name of "qnum" */
    static const char *const sets[] = { "linux", "xt",  "atset1", "atset2", "atset3", "os_x",
                                        "xt_kbd", "usb", "win32",  "qnum",   NULL };
    const GPtrArray *words = virshWords(arguments, "keycode");
    const char *name = NULL;
    unsigned int codes[VIR_DOMAIN_SEND_KEY_MAX_KEYS];
    unsigned int hold = 0;
    int set = VIR_KEYCODE_SET_LINUX;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "codeset", &name) ||
        !virshUint(ctl, arguments, "holdtime", &hold))
        return false;
    if (name)
        set = g_str_equal(name, "rfb") ? VIR_KEYCODE_SET_QNUM : virshWordIndex(sets, name);
    if (set < 0) {
        virshError(ctl, "unknown codeset: '%s'", name);
        return false;
    }
    if (words->len > G_N_ELEMENTS(codes)) {
        virshError(ctl, "too many keycodes");
        return false;
    }
    for (guint i = 0; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);

        if (!virshKeycode(word, set == VIR_KEYCODE_SET_LINUX, &codes[i])) {
            virshError(ctl, "invalid keycode: '%s'", word);
            return false;
        }
    }
    return virDomainSendKey(domain, (unsigned int)set, hold, codes, (int)words->len, 0) == 0;
}

/* In the order of the API; the real-time signals follow. */
static const char *const signalNames[] = {
    "nop",  "hup",  "int",    "quit", "ill",  "trap", "abrt", "bus",  "fpe",    "kill", "usr1",
    "segv", "usr2", "pipe",   "alrm", "term", "stkflt", "chld", "cont", "stop", "tstp", "ttin",
    "ttou", "urg",  "xcpu",   "xfsz", "vtalrm", "prof", "winch", "poll", "pwr", "sys", NULL,
};

enum { VIRSH_SIGNAL_REAL_TIME = 32 };

/* The number of a signal that is named "kill", "SIGKILL", "sig_kill", "rt5" or by its number. */
static int virshSignal(const char *word)
{
    g_autofree char *lower = g_ascii_strdown(word, -1);
    const char *name = lower;
    char *end = NULL;
    gint64 number;
    int index;

    errno = 0;
    number = g_ascii_strtoll(word, &end, 10);
    if (!errno && end != word && !*end)
        return number >= 0 && number <= G_MAXINT ? (int)number : -1;
    if (g_str_has_prefix(name, "sig_"))
        name += 4;
    else if (g_str_has_prefix(name, "sig"))
        name += 3;
    index = virshWordIndex(signalNames, name);
    if (index >= 0 || !g_str_has_prefix(name, "rt") || !g_ascii_isdigit(name[2]))
        return index;
    number = g_ascii_strtoll(name + 2, &end, 10);
    return !*end && number <= VIRSH_SIGNAL_REAL_TIME ? VIRSH_SIGNAL_REAL_TIME + (int)number : -1;
}

bool shellSendProcessSignal(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    long long process = 0;
    int number;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshLong(ctl, arguments, "pid", &process) ||
        !virshString(ctl, arguments, "signame", &name))
        return false;
    number = virshSignal(name);
    if (number < 0) {
        virshError(ctl, "malformed signal name: %s", name);
        return false;
    }
    return virDomainSendProcessSignal(domain, process, (unsigned int)number, 0) == 0;
}

void offerKeycode(virshControl *ctl G_GNUC_UNUSED, const virshArguments *arguments G_GNUC_UNUSED,
                  GPtrArray *found, const char *prefix)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keyNames); i++)
        virshOffer(found, prefix, keyNames[i].name);
}

void offerSignal(virshControl *ctl G_GNUC_UNUSED, const virshArguments *arguments G_GNUC_UNUSED,
                 GPtrArray *found, const char *prefix)
{
    for (size_t i = 0; signalNames[i]; i++)
        virshOffer(found, prefix, signalNames[i]);
}
