# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the bash completion; words of a command are asked from the shell itself."""

from __future__ import annotations

from generator.shell.model import Shell
from generator.text import banner

BODY = r"""
# Words before the command are options of the program; the connection they choose is used to
# complete names of objects. Everything behind them is answered by the hidden command "complete".
_@STEM@_complete()
{
    local current words=() globals=() index word options='@OPTIONS@' valued='@VALUED@'
    COMPREPLY=()
    current=${COMP_WORDS[COMP_CWORD]}
    index=1
    while [ "$index" -lt "$COMP_CWORD" ]; do
        word=${COMP_WORDS[index]}
        case "$word" in
            -*)
                globals+=("$word")
                case " $valued " in
                    *" $word "*)
                        index=$((index + 1))
                        [ "${COMP_WORDS[index]}" = "=" ] && index=$((index + 1))
                        [ "$index" -ge "$COMP_CWORD" ] && return 0
                        globals+=("${COMP_WORDS[index]//[\"\']/}")
                        # "test:///default" arrives as three words where ":" breaks them
                        while [ "${COMP_WORDS[index + 1]}" = ":" ]; do
                            globals[${#globals[@]} - 1]+=":${COMP_WORDS[index + 2]}"
                            index=$((index + 2))
                        done
                        [ "$index" -ge "$COMP_CWORD" ] && return 0
                        ;;
                esac
                ;;
            *)
                words=("${COMP_WORDS[@]:index:COMP_CWORD - index}")
                break
                ;;
        esac
        index=$((index + 1))
    done
    if [ "${#words[@]}" -eq 0 ] && [ "${current#-}" != "$current" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return 0
    fi
    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" "${globals[@]}" -q complete -- \
        "${words[@]}" "$current" 2>/dev/null </dev/null)
    return 0
}

complete -o default -F _@STEM@_complete @NAME@
"""


def script(shell: Shell) -> str:
    """gen/completion/<shell>"""
    options: list[str] = []
    valued: list[str] = []
    for item in shell.globals:
        words = [f"--{item.name}"] + ([f"-{item.short}"] if item.short else [])
        options += words
        if item.value and not item.optional:
            valued += words
    text = BODY.replace("@NAME@", shell.name).replace("@STEM@", shell.stem)
    text = text.replace("@OPTIONS@", " ".join(options)).replace("@VALUED@", " ".join(valued))
    return banner(shell.source, "hash") + text
