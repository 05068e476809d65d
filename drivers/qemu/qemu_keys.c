/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys by the numbers that different systems give them. */

#include "qemu_keys.h"

#include <linux/input-event-codes.h>

#include <glib.h>
#include <libvirt/libvirt.h>

/* Up to here the numbers of Linux are those of the keyboard of an AT. */
#define SAME_NUMBERS 88

/* Keys with their numbers on a USB keyboard and in Windows; 0: it has none of its own there. */
static const struct {
    unsigned short key;
    unsigned char usb, win32;
} keys[] = {
    { KEY_A, 4, 0x41 }, { KEY_B, 5, 0x42 }, { KEY_C, 6, 0x43 }, { KEY_D, 7, 0x44 },
    { KEY_E, 8, 0x45 }, { KEY_F, 9, 0x46 }, { KEY_G, 10, 0x47 }, { KEY_H, 11, 0x48 },
    { KEY_I, 12, 0x49 }, { KEY_J, 13, 0x4a }, { KEY_K, 14, 0x4b }, { KEY_L, 15, 0x4c },
    { KEY_M, 16, 0x4d }, { KEY_N, 17, 0x4e }, { KEY_O, 18, 0x4f }, { KEY_P, 19, 0x50 },
    { KEY_Q, 20, 0x51 }, { KEY_R, 21, 0x52 }, { KEY_S, 22, 0x53 }, { KEY_T, 23, 0x54 },
    { KEY_U, 24, 0x55 }, { KEY_V, 25, 0x56 }, { KEY_W, 26, 0x57 }, { KEY_X, 27, 0x58 },
    { KEY_Y, 28, 0x59 }, { KEY_Z, 29, 0x5a }, { KEY_1, 30, 0x31 }, { KEY_2, 31, 0x32 },
    { KEY_3, 32, 0x33 }, { KEY_4, 33, 0x34 }, { KEY_5, 34, 0x35 }, { KEY_6, 35, 0x36 },
    { KEY_7, 36, 0x37 }, { KEY_8, 37, 0x38 }, { KEY_9, 38, 0x39 }, { KEY_0, 39, 0x30 },
    { KEY_ENTER, 40, 0x0d }, { KEY_ESC, 41, 0x1b }, { KEY_BACKSPACE, 42, 0x08 },
    { KEY_TAB, 43, 0x09 }, { KEY_SPACE, 44, 0x20 }, { KEY_MINUS, 45, 0xbd },
    { KEY_EQUAL, 46, 0xbb }, { KEY_LEFTBRACE, 47, 0xdb }, { KEY_RIGHTBRACE, 48, 0xdd },
    { KEY_BACKSLASH, 49, 0xdc }, { KEY_SEMICOLON, 51, 0xba }, { KEY_APOSTROPHE, 52, 0xde },
    { KEY_GRAVE, 53, 0xc0 }, { KEY_COMMA, 54, 0xbc }, { KEY_DOT, 55, 0xbe },
    { KEY_SLASH, 56, 0xbf }, { KEY_CAPSLOCK, 57, 0x14 }, { KEY_F1, 58, 0x70 },
    { KEY_F2, 59, 0x71 }, { KEY_F3, 60, 0x72 }, { KEY_F4, 61, 0x73 }, { KEY_F5, 62, 0x74 },
    { KEY_F6, 63, 0x75 }, { KEY_F7, 64, 0x76 }, { KEY_F8, 65, 0x77 }, { KEY_F9, 66, 0x78 },
    { KEY_F10, 67, 0x79 }, { KEY_F11, 68, 0x7a }, { KEY_F12, 69, 0x7b }, { KEY_SYSRQ, 70, 0x2c },
    { KEY_SCROLLLOCK, 71, 0x91 }, { KEY_PAUSE, 72, 0x13 }, { KEY_INSERT, 73, 0x2d },
    { KEY_HOME, 74, 0x24 }, { KEY_PAGEUP, 75, 0x21 }, { KEY_DELETE, 76, 0x2e },
    { KEY_END, 77, 0x23 }, { KEY_PAGEDOWN, 78, 0x22 }, { KEY_RIGHT, 79, 0x27 },
    { KEY_LEFT, 80, 0x25 }, { KEY_DOWN, 81, 0x28 }, { KEY_UP, 82, 0x26 },
    { KEY_NUMLOCK, 83, 0x90 }, { KEY_KPSLASH, 84, 0x6f }, { KEY_KPASTERISK, 85, 0x6a },
    { KEY_KPMINUS, 86, 0x6d }, { KEY_KPPLUS, 87, 0x6b }, { KEY_KPENTER, 88, 0x00 },
    { KEY_KP1, 89, 0x61 }, { KEY_KP2, 90, 0x62 }, { KEY_KP3, 91, 0x63 }, { KEY_KP4, 92, 0x64 },
    { KEY_KP5, 93, 0x65 }, { KEY_KP6, 94, 0x66 }, { KEY_KP7, 95, 0x67 }, { KEY_KP8, 96, 0x68 },
    { KEY_KP9, 97, 0x69 }, { KEY_KP0, 98, 0x60 }, { KEY_KPDOT, 99, 0x6e },
    { KEY_102ND, 100, 0xe2 }, { KEY_COMPOSE, 101, 0x5d }, { KEY_LEFTCTRL, 224, 0xa2 },
    { KEY_LEFTSHIFT, 225, 0xa0 }, { KEY_LEFTALT, 226, 0xa4 }, { KEY_LEFTMETA, 227, 0x5b },
    { KEY_RIGHTCTRL, 228, 0xa3 }, { KEY_RIGHTSHIFT, 229, 0xa1 }, { KEY_RIGHTALT, 230, 0xa5 },
    { KEY_RIGHTMETA, 231, 0x5c }, { KEY_LEFTSHIFT, 0, 0x10 }, { KEY_LEFTCTRL, 0, 0x11 },
    { KEY_LEFTALT, 0, 0x12 },
};

/* The number by which QEMU knows a key of Linux; 0: none. */
static unsigned int
fromLinux(unsigned int key)
{
    static const unsigned char further[] = {
        [96] = 0x9c, [97] = 0x9d, [98] = 0xb5, [99] = 0xb7, [100] = 0xb8, [102] = 0xc7,
        [103] = 0xc8, [104] = 0xc9, [105] = 0xcb, [106] = 0xcd, [107] = 0xcf, [108] = 0xd0,
        [109] = 0xd1, [110] = 0xd2, [111] = 0xd3, [119] = 0xc6, [125] = 0xdb, [126] = 0xdc,
        [127] = 0xdd,
    };

    if (key <= SAME_NUMBERS)
        return key;
    return key < G_N_ELEMENTS(further) ? further[key] : 0;
}

/* The other sets are those of an AT with a prefix of their own for the keys that came later. */
static unsigned int
fromPrefixed(unsigned int code)
{
    if (code >> 8 == 0xe0)
        return (code & 0x7f) | 0x80;
    return code < 0x80 ? code : 0;
}

unsigned int
qemuKeyNumber(unsigned int codeset, unsigned int code)
{
    switch (codeset) {
    case VIR_KEYCODE_SET_LINUX:
        return fromLinux(code);
    case VIR_KEYCODE_SET_XT:
    case VIR_KEYCODE_SET_QNUM:
        return code <= 255 ? code : 0;
    case VIR_KEYCODE_SET_ATSET1:
        return fromPrefixed(code);
    case VIR_KEYCODE_SET_USB:
    case VIR_KEYCODE_SET_WIN32:
        break;
    default:
        return 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (code && code == (codeset == VIR_KEYCODE_SET_USB ? keys[i].usb : keys[i].win32))
            return fromLinux(keys[i].key);
    }
    return 0;
}
