#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator's language: one bad specification per rule, with its exact message."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import compare, inspect_api, outputs, rules  # noqa: E402
from generator.load import load  # noqa: E402
from generator.source import Problems  # noqa: E402
from generator.wire import rules as wire_rules  # noqa: E402

INDEX = """\
<api name="libvirt" prefix="vir">
  <release name="1.2.3"/>
  <driver name="test" schemes="test" error-domain="TEST">a model</driver>
  <driver name="far" schemes="" error-domain="REMOTE" hooks="wire">another host</driver>
  <include href="m.xml"/>
</api>
"""
HEAD = """\
<module name="m" header="libvirt-m.h" library="libvirt">
<object name="Thing" driver="hypervisor" argument="thing" error="INVALID_ARG" error-domain="NONE">
<key name="name" type="string"></key><permission name="read"></permission></object>
"""
STATES = """\
<object name="Beast" driver="hypervisor" argument="beast" error="INVALID_ARG" error-domain="NONE">
<state name="gone" error="INVALID_ARG"></state><state name="off"></state><state name="on"></state></object>
"""
SELF = '<self type="Thing" acl="none"/>'
STATUS = '<returns kind="status"></returns>'

REMOTE = (
    '<program name="remote" number="1" version="1" library="libvirt"><doc></doc>'
    '<limit name="STRING_MAX" value="64"></limit><limit name="IDS_MAX" value="8"></limit></program>'
)
CALL = 'shape="call" since="1.0.0" access="read" proc="7"'


def function(body: str, attributes: str = "", name: str = "ThingDo") -> str:
    fixed = 'shape="call" since="1.0.0" access="read"'
    return f'<function name="{name}" {attributes or fixed}>{body}{STATUS}</function>\n'


def problems_of(module: str, index: str = INDEX) -> list[str]:
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "api.xml").write_text(index)
        (root / "m.xml").write_text(module)
        problems = Problems()
        api = load(root, "api.xml", problems)
        if api is not None and not problems.found:
            rules.check(api, problems)
        return sorted(str(problem) for problem in problems.found)


# Rule -> the index that provokes it, where the module alone does not.
INDEXES = {
    "complete-driver": INDEX.replace('error-domain="TEST"', 'error-domain="TEST" complete="yes"'),
    "known-feature": INDEX.replace('"TEST"', '"TEST" features="MIGRATION_V4"'),
}

# Rule -> (body of the module after HEAD, the exact message without its place).
BAD = {
    "unique-name": (
        function(SELF) + function(SELF), "'ThingDo' is already defined at m.xml:4:1"),
    "camel-case": (function(SELF, name="thingDo"), "function 'thingDo' is not CamelCase"),
    "distinct-parameters": (
        function(SELF + '<in name="thing" type="int"></in>'),
        "in function 'ThingDo': parameter 'thing' appears twice"),
    "count-is-known": (
        function(SELF + '<count name="nids"></count>'),
        "in function 'ThingDo': no list is counted by 'nids'"),
    "list-direction": (
        function(SELF + '<in name="ids" type="int" list="alloc" count="n"></in>'),
        "in function 'ThingDo': 'ids' comes in, so it is an array"),
    "fill-is-counted": (
        function(SELF + '<out name="ids" type="int" list="fill"></out>'),
        "in function 'ThingDo': list 'ids' has no count"),
    "self-where-due": (function(""), "function 'ThingDo' is a call but has no <self>"),
    "lookup-returns-object": (
        function(SELF, 'shape="lookup" since="1.0.0" access="read"'),
        "look-up 'ThingDo' returns no object"),
    "lookup-throws": (
        f'<function name="ThingLookup" shape="lookup" since="1.0.0" access="read">{SELF}'
        '<returns kind="object" type="Thing"></returns><support driver="test" since="1.0.0"/></function>',
        "look-up 'ThingLookup' does not say how it fails"),
    "derived-error": (
        function(SELF + '<throws error="NO_SUPPORT">ever</throws>'),
        "function 'ThingDo': NO_SUPPORT is derived"),
    "string-twin": (
        '<function name="ThingLookupByUUIDString" shape="lookup-string" since="1.0.0">'
        + SELF + '<returns kind="object" type="Thing"></returns></function>',
        "'ThingLookupByUUIDString' has no twin 'ThingLookupByUUID'"),
    "known-parent": (
        '<object name="Cub" driver="hypervisor" parent="Thong" argument="cub" error="INVALID_ARG"'
        ' error-domain="NONE"></object>',
        "object 'Cub': unknown parent 'Thong', did you mean 'Thing'?"),
    "known-error": (
        '<enum name="ErrorNumber" prefix="VIR_ERR_"><value name="INVALID_ARG" value="8"></value></enum>'
        + function(SELF + '<throws error="INVALID_AGR">ever</throws>'),
        "unknown error 'INVALID_AGR', did you mean 'INVALID_ARG'?"),
    "flag-names": (
        '<flags name="ThingFlags" prefix="VIR_THING_"><bit name="FAST" value="1"></bit></flags>'
        + function(SELF + '<in name="flags" type="ThingFlags"></in>'
                   '<requires flag="VIR_THING_FAST" needs="VIR_THING_FATS"/>'),
        "in function 'ThingDo': 'VIR_THING_FATS' is none of its flags, did you mean 'VIR_THING_FAST'?"),
    "union-choice": (
        '<record name="R"><field name="kind" type="int"></field><union name="u" by="kinds">'
        '<field name="i" type="int"></field></union></record>',
        "record 'R': union 'u' is chosen by 'kinds', which is no field, did you mean 'kind'?"),
    "combination": (
        function(SELF + '<out name="ids" type="event-id"></out>'),
        "in function 'ThingDo': 'ids' cannot be out, single and event-id"),
    "typed-return": (
        f'<function name="ThingFind" shape="call" since="1.0.0" access="read">{SELF}'
        '<returns kind="object"></returns></function>',
        "function 'ThingFind' returns an untyped object"),
    "getter-key": (
        '<function name="ThingGetNmae" shape="getter" since="1.0.0">' + SELF
        + '<returns kind="string"></returns></function>',
        "getter 'ThingGetNmae': object 'Thing' has no key 'nmae', did you mean 'name'?"),
    "range-order": (
        function(SELF + '<in name="x" type="int" range="5..1"></in>'),
        "in function 'ThingDo': range of 'x' is empty"),
    "state-names": (
        STATES + function('<self type="Beast" acl="none"/><state from="off" to="onn"/><state from="on"/>',
                          name="BeastDo"),
        "in function 'BeastDo': object 'Beast' has no state 'onn', did you mean 'on'?"),
    "state-complete": (
        STATES + function('<self type="Beast" acl="none"/><state from="off" to="on"/>', name="BeastDo"),
        "function 'BeastDo' does not say what it does in state 'on'"),
    "access-is-said": (
        function(SELF, 'shape="call" since="1.0.0"'),
        "function 'ThingDo' has access read or write"),
    "blocking-class": (
        function(SELF, 'shape="call" since="1.0.0" access="read" blocks="maybe"'),
        "function 'ThingDo': 'maybe' is no blocking class (one of no, monitor, long)"),
    "one-procedure": (
        function(SELF, 'shape="call" since="1.0.0" access="read" proc="7"')
        + function(SELF, 'shape="call" since="1.0.0" access="read" proc="7"', "ThingRun"),
        "procedure 7 of 'ThingRun' is taken by 'ThingDo'"),
    "known-driver": (
        function(SELF + '<support driver="tset" since="1.0.0"/>'),
        "in function 'ThingDo': unknown driver 'tset', did you mean 'test'?"),
    "complete-driver": (
        function('<self type="Thing" acl="none"/><support driver="test" since="1.0.0"/>')
        + function('<self type="Thing" acl="none"/>', name="ThingUndo"),
        "driver 'test' is complete, but has not 'ThingUndo'; say why with <without>"),
    "known-feature": (
        '<enum name="DriverFeature" prefix="VIR_DRV_FEATURE_" visibility="wire" since="1.0.0">'
        '<value name="MIGRATION_V3" value="6"></value></enum>',
        "in driver 'test': unknown feature 'MIGRATION_V4', did you mean 'MIGRATION_V3'?"),
    "support-flags": (
        '<flags name="ThingFlags" prefix="VIR_THING_"><bit name="FAST" value="1"></bit></flags>'
        + function(SELF + '<in name="flags" type="ThingFlags"></in>'
                   '<support driver="test" since="1.0.0" flags="VIR_THING_FATS"/>'),
        "in function 'ThingDo': 'VIR_THING_FATS' is none of its flags,"
        " did you mean 'VIR_THING_FAST'?"),
    "known-permission": (
        function('<self type="Thing" acl="raed"/>'),
        "in function 'ThingDo': object 'Thing' has no permission 'raed', did you mean 'read'?"),
    "permission-is-said": (
        function('<self type="Thing"/>'),
        "function 'ThingDo' does not say which permission it needs (acl=\"none\" where anybody may)"),
    "permission-subject": (
        '<object name="Connect" driver="hypervisor" argument="conn" error="INVALID_ARG" error-domain="NONE">'
        '</object>' + function('<self type="Connect" acl="thing.read"/>'),
        "in function 'ThingDo': nothing tells of the object of 'thing.read'; say which argument does with"
        " acl-subject (document:, image:, name:, or nothing)"),
    "permission-lookup": (
        function('<self type="Thing" acl="read"/>'),
        "function 'ThingDo' is called on 'Thing', which no look-up by UUID or name finds"),
    "event-object": (
        '<callback name="Cb" since="1.0.0"><returns kind="none"/></callback>'
        '<event object="Thing" name="GONE" callback="Cb" since="1.0.0"></event>',
        "event 'GONE': there is no enum 'ThingEventID'"),
    "distinct-values": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0"></value>'
        '<value name="A" value="1"></value></enum>', "in 'E': 'A' appears twice"),
    "detailed-text": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0" detailed="no %d %s"></value></enum>',
        "in 'E': 'no %d %s' does not hold one %s"),
    "release-order": (
        function(SELF, 'shape="call" since="9.0.0" access="read"'),
        "function 'ThingDo' is newer (9.0.0) than the release 1.2.3"),
    "brief-style": (
        function("<brief>do it.</brief>" + SELF), "brief of 'ThingDo' ends in a full stop"),
    "phrase-style": (
        function(SELF + '<in name="x" type="int">The number.</in>'),
        "in 'ThingDo': the text of 'x' is a phrase, not a sentence"),
    "text-adds": (
        '<enum name="Thing" prefix="VIR_T_"><value name="OLD" value="1">The old thing.</value></enum>',
        "in 'Thing': the text of 'OLD' only repeats its name"),
    "text-formula": (
        '<flags name="F" prefix="VIR_F_"><doc>Flags of the Thing functions.</doc></flags>',
        "in 'F': the text of 'doc' would fit any other: 'Flags of the Thing functions.'"),
    "text-unit": (
        function(SELF + '<in name="bufferSize" type="uint64">how large the buffer is</in>'),
        "in 'ThingDo': the text of 'bufferSize' does not say the unit"),
    "text-failure": (
        f'<function name="ThingDo" {CALL}>{SELF}<returns kind="count">the number of ends</returns></function>',
        "function 'ThingDo' does not say that it returns -1 on error"),
    "text-owner": (
        f'<function name="ThingDo" {CALL}>{SELF}'
        '<returns kind="string" transfer="full">a text, or NULL on error</returns></function>',
        "function 'ThingDo' does not say who frees what it returns"),
    "text-siblings": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0">Something.</value>'
        '<value name="B" value="1">Something.</value></enum>', "in 'E': 'B' has the text of 'A'"),
    "secret-type": (
        function(SELF + '<in name="pin" type="int" secret="yes"></in>'),
        "in function 'ThingDo': 'pin' cannot be secret"),
    "known-element": (
        "<doc><args>x</args></doc>",
        "in doc: element 'args' is not expected here, did you mean 'arg'? [known-child]"),
    "known-reference": (
        function("<doc>Like <ref>ThingDoo</ref>.</doc>" + SELF),
        "there is no function or type 'ThingDoo', did you mean 'ThingDo'?"),
    "returns": (
        '<function name="ThingDo" shape="call" since="1.0.0" access="read">' + SELF + "</function>",
        "function 'ThingDo' does not say what it returns"),
    "known-program": (
        REMOTE + function(SELF, 'shape="call" since="1.0.0" access="read" proc="1" program="remot"'),
        "in function 'ThingDo': unknown program 'remot', did you mean 'remote'?"),
    "path-is-text": (
        REMOTE + function(SELF + '<in name="size" type="int" path="yes"></in>', CALL),
        "in function 'ThingDo': parameter 'size' is no path:"
        ' path="yes" is for one string that comes in'),
    "records-are-freed": (
        REMOTE + '<record name="Fact" since="1.0.0"><field name="size" type="int"></field></record>'
        + function(SELF + '<out name="facts" type="Fact" list="alloc" transfer="full" max="IDS_MAX"></out>',
                   CALL),
        "in function 'ThingDo': nothing frees the records of 'facts': there is neither 'FactFree'"
        " nor 'FactListFree'"),
    "known-limit": (
        REMOTE + function(SELF + '<in name="ids" type="int" list="array" count="n" max="IDS_MX"></in>'),
        "unknown limit 'IDS_MX', did you mean 'IDS_MAX'?"),
    "wire-limit": (
        REMOTE + function(SELF + '<in name="ids" type="int" list="array" count="n"></in>', CALL),
        "'ids' of remote_thing_do_args has no limit: say max="),
    "wire-order": (
        REMOTE + function(SELF + '<in name="id" type="int"></in>', CALL + ' wire-order="ids"'),
        "in function 'ThingDo': wire-order names 'ids', which does not travel there,"
        " did you mean 'id'?"),
    "wire-lowered": (
        REMOTE + '<callback name="ThingCall" since="1.0.0"><returns kind="none"/></callback>'
        + function(SELF + '<in name="cb" type="callback:ThingCall"></in>', CALL),
        "function 'ThingDo' cannot travel: 'cb' is a callback, which does not travel"),
    "wire-kept": (
        REMOTE + f'<function name="ThingGetKind" {CALL}>{SELF}'
        '<returns kind="string" transfer="none"></returns></function>',
        "function 'ThingGetKind' returns a string that stays its owner's:"
        ' <support driver="far"> says who keeps it on the client'),
    "stream-direction": (
        REMOTE + function(SELF, CALL + ' stream="read"'), "function 'ThingDo' opens no stream"),
    "wire-number": (
        REMOTE + function(SELF, CALL) + '<function name="Gone" shape="event" since="1.0.0" proc="7"'
        ' visibility="wire"><in name="id" type="int"></in><returns kind="none"></returns></function>',
        "procedure 7 of 'Gone' is taken by 'ThingDo' in program 'remote'"),
    "wire-shape": (
        REMOTE + '<function name="Gone" shape="event" since="1.0.0"><returns kind="none"></returns>'
        '</function>', "function 'Gone' is on the wire only: visibility=\"wire\""),
    "wire-name": (
        REMOTE + function(SELF + '<in name="id" type="int" wire-name="thing"></in>', CALL),
        "remote_thing_do_args has 'thing' twice"),
    "known-child": (
        "<paramset name='P' prefix='VIR_P_'><value name='x' value='1'/></paramset>",
        "in paramset 'P': element 'value' is not expected here"),
    "known-attribute": (
        function(SELF, 'shape="call" sinc="1.0.0" since="1.0.0" access="read"'),
        "in function 'ThingDo': unknown attribute 'sinc', did you mean 'since'?"),
    "required-attribute": (
        function(SELF, 'shape="call" access="read"'), "function 'ThingDo' has no 'since'"),
    "closed-set": (
        function(SELF + '<in name="x" type="int" list="fil" count="n"></in>'),
        "in function 'ThingDo'/in 'x': 'fil' is not a list, did you mean 'fill'?"
        " (one of no, array, fill, alloc)"),
    "yes-or-no": (
        function(SELF + '<in name="x" type="string" nullable="true"></in>'),
        "in function 'ThingDo'/in 'x': 'nullable' is yes or no"),
    "range": (
        function(SELF + '<in name="x" type="int" range="1-5"></in>'),
        "in function 'ThingDo'/in 'x': 'range' is low..high: '1-5'"),
    "default": (
        function(SELF + '<in name="x" type="string" default="none"></in>'),
        "in function 'ThingDo'/in 'x': 'none' cannot be meant by what is not nullable"),
    "spelled-argument": (
        function(SELF + '<in name="x" type="int"></in><name lang="perl" argument="y" as="z"/>'),
        "function 'ThingDo' has no argument 'y' to spell otherwise in perl"),
    "number": (
        function(SELF, 'shape="call" since="1.0.0" access="read" proc="x"'),
        "in function 'ThingDo': 'proc' is not a number: 'x'"),
    "known-type": (
        function(SELF + '<in name="x" type="strng"></in>'),
        "in function 'ThingDo'/in 'x': unknown type 'strng', did you mean 'string'?"),
}

ERRORS = (
    '<enum name="ErrorNumber" prefix="VIR_ERR_"><value name="INVALID_ARG" value="8"></value></enum>'
    '<enum name="ErrorDomain" prefix="VIR_FROM_"><value name="NONE" value="0"></value>'
    '<value name="TEST" value="12"></value><value name="REMOTE" value="13"></value></enum>'
)
FLAGS = '<flags name="ThingFlags" prefix="VIR_THING_"><bit name="FAST" value="1"></bit></flags>'
BEAST = '<self type="Beast" acl="none"/><state from="on" to="on"/>'

# Further messages of the same rules.
CONNECT = (
    '<object name="Connect" driver="hypervisor" argument="conn" error="INVALID_ARG" error-domain="NONE">'
    '<permission name="search"></permission></object>'
    '<paramset name="Facts" prefix="VIR_FACT_"><key name="NAME" string="name" type="string" since="1.0.0">'
    '</key></paramset>')
FOUND = (
    '<function name="ThingLookupByName" shape="lookup" since="1.0.0" access="read">'
    '<self type="Connect" acl="thing.read"/><in name="name" type="string"></in>'
    '<returns kind="object" type="Thing"></returns></function>')
MORE = (
    ("default", function(SELF + '<in name="x" type="int" default="some"></in>'),
     "in function 'ThingDo'/in 'x': 'default' is 'none' or a number: 'some'"),
    ("text-owner", function(SELF + '<out name="text" type="string" transfer="full">set to a text</out>'),
     "in 'ThingDo': the text of 'text' does not say who frees it"),
    ("permission-is-said", CONNECT + function('<self type="Connect" acl="none" acl-filter="thing.read"/>'),
     "in function 'ThingDo': a list that is filtered needs a permission"),
    ("permission-subject", CONNECT + function(
        '<self type="Connect" acl="thing.read" acl-subject="name:nmae"/><in name="name" type="string"></in>'),
     "in function 'ThingDo': there is no argument 'nmae', did you mean 'name'?"),
    ("permission-subject", CONNECT + function(
        '<self type="Connect" acl="thing.read" acl-subject="name:params.nmae"/>'
        '<in name="params" type="params:Facts" list="array" count="nparams"></in>'),
     "in function 'ThingDo': 'params' has no parameter 'nmae', did you mean 'name'?"),
    ("permission-lookup", CONNECT + FOUND.replace(
        "</returns>", '</returns><throws error="INVALID_ARG">ever</throws>') + function(
            '<self type="Thing" acl="read"/><support driver="test" since="1.0.0"/>'),
     "driver 'test' has 'ThingDo', but not 'ThingLookupByName', by which the object is known"),
    ("closed-set", CONNECT + function('<self type="Connect" acl="thing.read" acl-subject="nam:x"/>'),
     "'nam' does not say what a call is about, did you mean 'name'? (one of document, image, name, nothing)"),
    ("camel-case", function(SELF + '<in name="Id" type="int"></in>'),
     "parameter 'Id' does not start in lower case"),
    ("list-direction", function(SELF + '<out name="ids" type="int" list="array" count="n"></out>'),
     "in function 'ThingDo': 'ids' goes out: fill or alloc"),
    ("known-parent",
     '<object name="Cub" driver="hypervisor" parent="Den" argument="cub" error="INVALID_ARG"'
     ' error-domain="NONE"></object><object name="Den" driver="hypervisor" parent="Cub"'
     ' argument="den" error="INVALID_ARG" error-domain="NONE"></object>',
     "object 'Cub' is its own ancestor"),
    ("known-error", ERRORS + function(SELF, CALL + ' error-domain="TETS"'),
     "unknown error domain 'TETS', did you mean 'TEST'?"),
    ("union-choice",
     '<record name="R"><field name="n" type="int"></field>'
     '<field name="ids" type="int" list="array" count="m"></field></record>',
     "record 'R': 'ids' is counted by 'm', which is no field"),
    ("typed-return",
     f'<function name="ThingFind" shape="call" since="1.0.0" access="read">{SELF}'
     '<returns kind="object" type="string"></returns></function>',
     "function 'ThingFind' returns an object, but 'string' is none"),
    ("range-order", function(SELF + '<in name="x" type="string" range="1..5"></in>'),
     "in function 'ThingDo': 'x' is no number to have a range"),
    ("state-names",
     STATES + function(BEAST + '<state from="off" to="on" emits="BORN"/>', name="BeastDo"),
     "in function 'BeastDo': there is no event 'BORN' of object 'Beast'"),
    ("state-names",
     ERRORS + STATES + function(BEAST + '<state from="off" error="INVALID_AGR"/>', name="BeastDo"),
     "in function 'BeastDo': unknown error 'INVALID_AGR', did you mean 'INVALID_ARG'?"),
    ("state-names",
     STATES + function(BEAST + '<state from="off" to="on" error="INVALID_ARG"/>', name="BeastDo"),
     "in function 'BeastDo': a call that fails changes no state and emits nothing"),
    ("state-complete",
     STATES + function(BEAST + '<state from="off" to="on"/><state from="on" to="off"/>',
                       name="BeastDo"),
     "function 'BeastDo' says twice what it does in state 'on'"),
    ("complete-driver",
     function(SELF + '<support driver="test" since="1.0.0"/><without driver="test">for no reason</without>'),
     "function 'ThingDo' is supported by driver 'test', and <without> it"),
    ("known-driver", function(SELF + '<without driver="tset">it cannot</without>'),
     "in function 'ThingDo': unknown driver 'tset', did you mean 'test'?"),
    ("support-flags", function(SELF + '<support driver="test" since="1.0.0" flags="VIR_THING_FAST"/>'),
     "function 'ThingDo' has no flags to support"),
    ("support-flags", function(SELF + '<support driver="test" since="1.2.0" until="1.1.0"/>'),
     "in function 'ThingDo': supported until 1.1.0, but since 1.2.0"),
    ("event-object",
     '<enum name="ThingEventID" prefix="VIR_THING_EVENT_ID_"><value name="GONE" value="0"></value>'
     '</enum><callback name="Cb" since="1.0.0"><returns kind="none"/></callback>'
     '<event object="Thing" name="GNOE" callback="Cb" since="1.0.0"></event>',
     "'ThingEventID' has no value 'GNOE', did you mean 'GONE'?"),
    ("release-order", function(SELF, 'shape="call" since="1.0" access="read"'),
     "function 'ThingDo': since '1.0' is no release"),
    ("brief-style", function(f"<brief>{'do ' * 30}</brief>" + SELF),
     "brief of 'ThingDo' has 89 characters, at most 80"),
    ("brief-style", function("<brief>Do it</brief>" + SELF),
     "brief of 'ThingDo' starts with a capital letter"),
    ("known-program",
     REMOTE + '<program name="more" number="2" version="1" uses="remot"><doc></doc></program>',
     "program 'more' uses unknown program 'remot', did you mean 'remote'?"),
    ("known-program",
     REMOTE + '<record name="R"><field name="n" type="int"></field></record>'
     '<program name="more" number="2" version="1" sends="Q"><doc></doc></program>',
     "program 'more' sends unknown record 'Q'"),
    ("stream-direction",
     REMOTE + '<object name="Stream" driver="runtime" argument="stream" error="INVALID_ARG"'
     ' error-domain="NONE"></object>'
     + function(SELF + '<in name="stream" type="Stream"></in>', CALL),
     "function 'ThingDo' has stream read or write"),
    ("wire-number",
     REMOTE + '<enum name="ThingEventID" prefix="VIR_THING_EVENT_ID_"><value name="GONE" value="0">'
     '</value></enum><callback name="Cb" since="1.0.0"><in name="n" type="int"></in>'
     '<returns kind="none"/></callback>'
     '<event object="Thing" name="GONE" callback="Cb" since="1.0.0" proc="7"></event>'
     + function(SELF, CALL),
     "procedure 7 of 'Thing/GONE' is taken by 'ThingDo' in program 'remote'"),
    ("wire-shape",
     REMOTE + '<function name="Gone" shape="event" since="1.0.0" proc="7" visibility="wire">'
     '<in name="id" type="int"></in><returns kind="status"></returns></function>',
     "nobody answers 'Gone': it returns nothing"),
    ("wire-name",
     REMOTE + function(SELF + '<in name="id" type="int" wire-name="Id"></in>', CALL),
     "'Id' of remote_thing_do_args is no name for the wire"),
)


class Rules(unittest.TestCase):
    def test_good(self) -> None:
        self.assertEqual(problems_of(HEAD + function(SELF) + "</module>"), [])

    def test_bad(self) -> None:
        for rule, (body, message) in BAD.items():
            with self.subTest(rule=rule):
                found = problems_of(HEAD + body + "</module>", INDEXES.get(rule, INDEX))
                texts = [line.split(": error: ", 1)[1] for line in found]
                self.assertIn(message if message.endswith("]") else f"{message} [{rule}]", texts)
                self.assertRegex(found[0], r"^(m|api)\.xml:\d+:\d+: error: ")

    def test_more_messages(self) -> None:
        for rule, body, message in MORE:
            with self.subTest(message=message):
                found = problems_of(HEAD + body + "</module>")
                self.assertIn(f"{message} [{rule}]", [line.split(": error: ", 1)[1] for line in found])

    def test_release(self) -> None:
        self.assertEqual(
            problems_of(HEAD + "</module>", INDEX.replace("1.2.3", "1.2")),
            ["api.xml:1:1: error: release '1.2' is not of the form 1.2.3 [release-order]"])

    def test_every_rule_is_tried(self) -> None:
        for rule in (*rules.RULES, *wire_rules.RULES):
            self.assertIn(rules.rule_id(rule), BAD)

    def test_all_problems_at_once(self) -> None:
        body = BAD["camel-case"][0] + BAD["blocking-class"][0]
        self.assertEqual(len(problems_of(HEAD + body + "</module>")), 2)

    def test_not_xml(self) -> None:
        self.assertEqual(problems_of("<module>\n<x></module>"),
                         ["m.xml:2:6: error: mismatched tag [xml-well-formed]"])

    def test_unknown_root(self) -> None:
        self.assertEqual(problems_of("<modul/>"), [
            "m.xml:1:1: error: modul has no 'header' [required-attribute]",
            "m.xml:1:1: error: modul has no 'library' [required-attribute]",
            "m.xml:1:1: error: modul has no 'name' [required-attribute]",
            "m.xml:1:1: error: unknown element 'modul', did you mean 'module'? [known-element]"])

    def test_missing_file(self) -> None:
        index = INDEX.replace("m.xml", "n.xml")
        self.assertEqual(problems_of(HEAD + "</module>", index),
                         ["n.xml:1:1: error: cannot read: No such file or directory [file-readable]"])

    def test_other_closed_sets(self) -> None:
        for attribute, value, text in (
            ("priority", "hihg", "unknown priority 'hihg', did you mean 'high'? (one of low, high)"),
            ("errors", "kept", "unknown errors 'kept', did you mean 'keep'? (one of reset, keep)"),
            ("shape", "cal", "'cal' is not a shape, did you mean 'call'?"),
        ):
            with self.subTest(attribute=attribute):
                fixed = 'since="1.0.0" access="read"' + (
                    "" if attribute == "shape" else ' shape="call"')
                found = problems_of(
                    HEAD + function(SELF, f'{fixed} {attribute}="{value}"') + "</module>")
                self.assertTrue(any(text in line and "[closed-set]" in line for line in found), found)

    def test_unknown_names(self) -> None:
        for type_, text in (
            ("params:Tings", "unknown parameter set 'Tings', did you mean 'Things'?"),
            ("callback:ThingCalback", "unknown callback 'ThingCalback', did you mean 'ThingCallback'?"),
        ):
            with self.subTest(type=type_):
                found = problems_of(
                    HEAD + '<paramset name="Things" prefix="VIR_T_"/>'
                    '<callback name="ThingCallback" since="1.0.0"><returns kind="none"/></callback>'
                    + function(SELF + f'<in name="x" type="{type_}" list="array" count="n"></in>')
                    + "</module>")
                self.assertTrue(any(text in line and "[known-type]" in line for line in found), found)

    def test_plain_xml_only(self) -> None:
        for text, message in (
            ("<![CDATA[x]]>", "a specification has no CDATA section"),
            ("<?php x?>", "processing instruction 'php' is not used"),
        ):
            with self.subTest(text=text):
                found = problems_of(HEAD + f"<doc>{text}</doc></module>")
                self.assertTrue(any(message in line and "[xml-plain]" in line for line in found), found)

    def test_no_doctype(self) -> None:
        found = problems_of("<!DOCTYPE module>\n" + HEAD + "</module>")
        self.assertIn("m.xml:1:17: error: a specification has no DOCTYPE [xml-plain]", found)


class Whole(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.specification = outputs.load(ROOT)

    def test_deterministic(self) -> None:
        first = [(o.path, o.render()) for o in outputs.outputs(self.specification)]
        second = [(o.path, o.render()) for o in outputs.outputs(outputs.load(ROOT))]
        self.assertEqual(first, second)

    def test_files_list_is_current(self) -> None:
        text = outputs.makefile(outputs.outputs(self.specification))
        self.assertEqual((ROOT / "gen" / "files.mk").read_text(), text)

    def test_no_place_of_this_machine(self) -> None:
        for output in outputs.outputs(self.specification):
            self.assertNotIn(str(ROOT), output.render(), output.path)

    def test_quirks_and_missing_texts_only_fall(self) -> None:
        limits = dict(line.split("\t") for line in
                      (ROOT / "tests/abi/budget.tsv").read_text().splitlines())
        quirks = sum(len(f.quirks) for f in self.specification.api.functions)
        self.assertLessEqual(quirks, int(limits["quirks"]))
        self.assertLessEqual(inspect_api.wire_notes(self.specification.api), int(limits["wire-notes"]))
        missing = inspect_api.undocumented(self.specification.api)
        self.assertLessEqual(missing, int(limits["undocumented"]))

    def test_diff(self) -> None:
        same = compare.compare(self.specification.api, self.specification.api)
        self.assertEqual(same, [])


if __name__ == "__main__":
    unittest.main()
