<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- Pages of objects, enums, records, callbacks and typed parameters, and the lists over all of them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="type-page">
    <xsl:param name="kind"/>
    <xsl:param name="list"/>
    <xsl:param name="content"/>
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('ref/', @page)"/>
      <xsl:with-param name="title" select="@name"/>
      <xsl:with-param name="section" select="'API'"/>
      <xsl:with-param name="content">
        <p class="way"><a href="index.html">API</a> / <a href="{$list}.html"><xsl:value-of select="$kind"/></a></p>
        <h1><xsl:value-of select="@name"/></h1>
        <p class="brief"><xsl:apply-templates select="doc/node()"/></p>
        <p class="note">Declared in <code>&lt;libvirt/<xsl:value-of select="@header"/>&gt;</code><xsl:if test="@since">, since <xsl:value-of select="@since"/></xsl:if>.</p>
        <xsl:copy-of select="$content"/>
        <xsl:if test="user">
          <h2 id="users">Used by</h2>
          <ul class="columns"><xsl:for-each select="user"><li><xsl:apply-templates/></li></xsl:for-each></ul>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="function-list">
    <xsl:param name="functions"/>
    <dl class="functions">
      <xsl:for-each select="$functions">
        <xsl:sort select="@name"/>
        <dt><a href="{@page}.html"><xsl:value-of select="@name"/></a></dt>
        <dd><xsl:apply-templates select="brief/node()"/></dd>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <xsl:template match="object" mode="page">
    <xsl:variable name="name" select="@name"/>
    <xsl:call-template name="type-page">
      <xsl:with-param name="kind" select="'Objects'"/>
      <xsl:with-param name="list" select="'index'"/>
      <xsl:with-param name="content">
        <xsl:if test="@parent"><p>Belongs to a <a href="{@parent}.html"><xsl:value-of select="@parent"/></a>.</p></xsl:if>
        <xsl:if test="key">
          <h2 id="identity">Identity</h2>
          <dl><xsl:for-each select="key"><dt><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="type"><xsl:value-of select="@type"/></span></dt><dd><xsl:apply-templates/></dd></xsl:for-each></dl>
        </xsl:if>
        <xsl:if test="maker">
          <h2 id="makers">Where handles come from</h2>
          <ul class="columns"><xsl:for-each select="maker"><li><xsl:apply-templates/></li></xsl:for-each></ul>
        </xsl:if>
        <h2 id="functions">Functions</h2>
        <xsl:call-template name="function-list"><xsl:with-param name="functions" select="key('on', $name)"/></xsl:call-template>
        <xsl:if test="key('about', $name)[@object != $name]">
          <h2 id="about">Functions of the same part of the API</h2>
          <xsl:call-template name="function-list"><xsl:with-param name="functions" select="key('about', $name)[@object != $name]"/></xsl:call-template>
        </xsl:if>
        <xsl:if test="condition">
          <h2 id="states">States</h2>
          <dl><xsl:for-each select="condition"><dt><xsl:value-of select="@name"/></dt><dd><xsl:apply-templates/><xsl:if test="@error"> Other calls fail with <code><a href="errors.html#{@error}"><xsl:value-of select="@error"/></a></code>.</xsl:if></dd></xsl:for-each></dl>
        </xsl:if>
        <xsl:if test="/reference/event[@object = $name]">
          <h2 id="events">Events</h2>
          <ul class="columns"><xsl:for-each select="/reference/event[@object = $name]"><li><a href="events.html#{@at}"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul>
        </xsl:if>
        <xsl:if test="right">
          <h2 id="permissions">Permissions</h2>
          <ul class="columns"><xsl:for-each select="right"><li><a href="permissions.html#{@at}"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul>
        </xsl:if>
        <h2 id="types">Types of the same part of the API</h2>
        <ul class="columns">
          <xsl:for-each select="/reference/*[self::enum or self::record or self::callback or self::paramset][@header = current()/@header]">
            <xsl:sort select="@name"/>
            <li><a href="{@page}.html"><xsl:value-of select="@name"/></a></li>
          </xsl:for-each>
        </ul>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="enum" mode="page">
    <xsl:call-template name="type-page">
      <xsl:with-param name="kind" select="'Enums and flags'"/>
      <xsl:with-param name="list" select="'enums'"/>
      <xsl:with-param name="content">
        <h2 id="values"><xsl:choose><xsl:when test="@flags">Bits</xsl:when><xsl:otherwise>Values</xsl:otherwise></xsl:choose></h2>
        <div class="wide"><table>
          <thead><tr><th scope="col">Constant</th><th scope="col">Value</th><th scope="col">Meaning</th><th scope="col">Since</th></tr></thead>
          <tbody><xsl:for-each select="value"><tr id="{@name}"><th scope="row"><code><xsl:value-of select="@name"/></code></th><td><code><xsl:value-of select="@value"/></code></td><td><xsl:apply-templates/></td><td><xsl:value-of select="@since"/></td></tr></xsl:for-each></tbody>
        </table></div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="record" mode="page">
    <xsl:call-template name="type-page">
      <xsl:with-param name="kind" select="'Structures'"/>
      <xsl:with-param name="list" select="'structures'"/>
      <xsl:with-param name="content">
        <p><code>struct <xsl:value-of select="@struct"/></code></p>
        <h2 id="members">Members</h2>
        <dl><xsl:for-each select="field"><dt><code><xsl:if test="@union"><xsl:value-of select="@union"/>.</xsl:if><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="type"><code><xsl:apply-templates select="type/node()"/><xsl:value-of select="@tail"/></code></span></dt><dd><xsl:apply-templates select="text/node()"/></dd></xsl:for-each></dl>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="callback" mode="page">
    <xsl:call-template name="type-page">
      <xsl:with-param name="kind" select="'Callbacks'"/>
      <xsl:with-param name="list" select="'callbacks'"/>
      <xsl:with-param name="content">
        <pre class="prototype"><code><xsl:apply-templates select="prototype/node()"/></code></pre>
        <h2 id="parameters">Parameters</h2>
        <dl><xsl:for-each select="parameter"><dt><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="type"><code><xsl:apply-templates select="type/node()"/></code></span></dt><dd><xsl:apply-templates select="text/node()"/></dd></xsl:for-each></dl>
        <h2 id="returns">Returns</h2>
        <p><code><xsl:apply-templates select="returns/type/node()"/></code><xsl:if test="returns/text/node()">: <xsl:apply-templates select="returns/text/node()"/></xsl:if></p>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="paramset" mode="page">
    <xsl:call-template name="type-page">
      <xsl:with-param name="kind" select="'Typed parameters'"/>
      <xsl:with-param name="list" select="'parameters'"/>
      <xsl:with-param name="content">
        <h2 id="keys">Parameters</h2>
        <div class="wide"><table>
          <thead><tr><th scope="col">Constant</th><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th><th scope="col">Since</th></tr></thead>
          <tbody><xsl:for-each select="entry"><tr id="{@name}"><th scope="row"><code><xsl:value-of select="@name"/></code></th><td><code><xsl:choose><xsl:when test="@whole"><xsl:value-of select="@whole"/></xsl:when><xsl:otherwise><xsl:value-of select="@string"/></xsl:otherwise></xsl:choose></code></td><td><xsl:choose><xsl:when test="@type"><xsl:value-of select="@type"/></xsl:when><xsl:otherwise><xsl:value-of select="@part"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates/></td><td><xsl:value-of select="@since"/></td></tr></xsl:for-each></tbody>
        </table></div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- One page that lists things of a kind. -->
  <xsl:template name="list">
    <xsl:param name="file"/>
    <xsl:param name="title"/>
    <xsl:param name="text"/>
    <xsl:param name="content"/>
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('ref/', $file)"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="section" select="'API'"/>
      <xsl:with-param name="content">
        <p class="way"><a href="index.html">API</a></p>
        <h1><xsl:value-of select="$title"/></h1>
        <p class="brief"><xsl:copy-of select="$text"/></p>
        <xsl:copy-of select="$content"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="things">
    <xsl:param name="of"/>
    <dl class="functions"><xsl:for-each select="$of"><xsl:sort select="@name"/><dt><a href="{@page}.html"><xsl:value-of select="@name"/></a></dt><dd><xsl:apply-templates select="doc/node()"/></dd></xsl:for-each></dl>
  </xsl:template>

  <xsl:template name="library">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'library'"/>
      <xsl:with-param name="title" select="'Functions without a handle'"/>
      <xsl:with-param name="text">They open connections, tell of errors, run the event loop and handle typed parameters.</xsl:with-param>
      <xsl:with-param name="content">
        <xsl:for-each select="module[key('on', 'library')/@module = @name]">
          <h2 id="{@name}"><xsl:value-of select="@name"/></h2>
          <p><xsl:apply-templates/></p>
          <xsl:call-template name="function-list"><xsl:with-param name="functions" select="key('on', 'library')[@module = current()/@name]"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="lists">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'enums'"/><xsl:with-param name="title" select="'Enums and flags'"/>
      <xsl:with-param name="content"><xsl:call-template name="things"><xsl:with-param name="of" select="enum"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'structures'"/><xsl:with-param name="title" select="'Structures'"/>
      <xsl:with-param name="content"><xsl:call-template name="things"><xsl:with-param name="of" select="record"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'callbacks'"/><xsl:with-param name="title" select="'Callbacks'"/>
      <xsl:with-param name="content"><xsl:call-template name="things"><xsl:with-param name="of" select="callback"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'parameters'"/><xsl:with-param name="title" select="'Typed parameters'"/>
      <xsl:with-param name="text">Sets of named values with a type each, as arrays of <a href="virTypedParameter.html">virTypedParameter</a>.</xsl:with-param>
      <xsl:with-param name="content"><xsl:call-template name="things"><xsl:with-param name="of" select="paramset"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'functions'"/><xsl:with-param name="title" select="'All functions'"/>
      <xsl:with-param name="content"><xsl:call-template name="function-list"><xsl:with-param name="functions" select="function"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="constants"/>
    <xsl:call-template name="error-codes"/>
    <xsl:call-template name="events"/>
    <xsl:call-template name="rights"/>
  </xsl:template>

  <xsl:template name="constants">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'constants'"/><xsl:with-param name="title" select="'Constants'"/>
      <xsl:with-param name="text">Limits and lengths, and every value of an enum with its place.</xsl:with-param>
      <xsl:with-param name="content">
        <h2 id="limits">Limits and lengths</h2>
        <dl><xsl:for-each select="limit"><dt id="{@name}"><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="type"><xsl:value-of select="@value"/></span></dt><dd><xsl:apply-templates/></dd></xsl:for-each></dl>
        <h2 id="values">Values of enums and bits of flags</h2>
        <ul class="columns"><xsl:for-each select="enum/value"><xsl:sort select="@name"/><li><a href="{../@page}.html#{@name}"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul>
        <h2 id="keys">Names of typed parameters</h2>
        <ul class="columns"><xsl:for-each select="paramset/entry"><xsl:sort select="@name"/><li><a href="{../@page}.html#{@name}"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="error-codes">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'errors'"/><xsl:with-param name="title" select="'Errors'"/>
      <xsl:with-param name="text">Every code an error can have, and the functions that say they give it. The same codes are the values of <a href="virErrorNumber.html">virErrorNumber</a>.</xsl:with-param>
      <xsl:with-param name="content">
        <xsl:for-each select="code">
          <section>
            <h2 id="{@name}"><code><xsl:value-of select="@name"/></code></h2>
            <p><xsl:apply-templates/> Number <xsl:value-of select="@number"/><xsl:if test="@since">, since <xsl:value-of select="@since"/></xsl:if>.<xsl:if test="@message"> Its message begins: “<xsl:value-of select="@message"/>”.</xsl:if></p>
            <xsl:variable name="functions" select="key('throws', @name)"/>
            <xsl:if test="$functions">
              <details><summary><xsl:value-of select="count($functions)"/> functions</summary>
                <ul class="columns"><xsl:for-each select="$functions"><li><a href="{@page}.html#errors"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul>
              </details>
            </xsl:if>
          </section>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="events">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'events'"/><xsl:with-param name="title" select="'Events'"/>
      <xsl:with-param name="text">What a connection tells without being asked. Register the callback, run an event loop.</xsl:with-param>
      <xsl:with-param name="content">
        <xsl:for-each select="event">
          <section>
            <h2 id="{@at}"><xsl:value-of select="@name"/></h2>
            <p><xsl:apply-templates select="doc/node()"/></p>
            <dl class="facts">
              <dt>Object</dt><dd><a href="{@object}.html"><xsl:value-of select="@object"/></a></dd>
              <dt>Number</dt><dd><code><xsl:apply-templates select="id/node()"/></code></dd>
              <dt>Callback</dt><dd><code><xsl:apply-templates select="callback/node()"/></code></dd>
              <dt>Since</dt><dd><xsl:value-of select="@since"/></dd>
              <xsl:if test="@number"><dt>Wire procedure</dt><dd><xsl:value-of select="@number"/></dd></xsl:if>
            </dl>
          </section>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="rights">
    <xsl:call-template name="list">
      <xsl:with-param name="file" select="'permissions'"/><xsl:with-param name="title" select="'Permissions'"/>
      <xsl:with-param name="text">What a client of the daemon may need, object by object, and the calls that need it.</xsl:with-param>
      <xsl:with-param name="content">
        <xsl:for-each select="object[right]">
          <h2 id="{@name}"><a href="{@page}.html"><xsl:value-of select="@name"/></a></h2>
          <xsl:for-each select="right">
            <section>
              <h3 id="{@at}"><xsl:value-of select="@name"/></h3>
              <p><xsl:apply-templates/> Action <code><xsl:value-of select="@action"/></code><xsl:if test="@read-only">; allowed to read-only clients unless policy says otherwise</xsl:if>.</p>
              <xsl:variable name="functions" select="key('needs', @at)"/>
              <xsl:if test="$functions"><details><summary><xsl:value-of select="count($functions)"/> functions</summary><ul class="columns"><xsl:for-each select="$functions"><li><a href="{@page}.html#facts"><xsl:value-of select="@name"/></a></li></xsl:for-each></ul></details></xsl:if>
            </section>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="api-index">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'ref/index'"/>
      <xsl:with-param name="title" select="'API reference'"/>
      <xsl:with-param name="section" select="'API'"/>
      <xsl:with-param name="content">
        <h1>API reference</h1>
        <p class="brief"><xsl:value-of select="count(function)"/> functions at API level <xsl:value-of select="@release"/>. Programs include <code>&lt;libvirt/libvirt.h&gt;</code> and link <code>-lvirt</code>.</p>
        <h2 id="objects">Objects</h2>
        <dl class="functions">
          <xsl:for-each select="object"><dt><a href="{@page}.html"><xsl:value-of select="@name"/></a></dt><dd><xsl:apply-templates select="doc/node()"/><xsl:text> </xsl:text><span class="note"><xsl:value-of select="count(key('on', @name))"/> functions</span></dd></xsl:for-each>
          <dt><a href="library.html">Functions without a handle</a></dt><dd>Connections, errors, the event loop, typed parameters. <span class="note"><xsl:value-of select="count(key('on', 'library'))"/> functions</span></dd>
        </dl>
        <h2 id="lists">Lists</h2>
        <ul>
          <li><a href="functions.html">All functions</a></li>
          <li><a href="enums.html">Enums and flags</a> (<xsl:value-of select="count(enum)"/>)</li>
          <li><a href="structures.html">Structures</a> (<xsl:value-of select="count(record)"/>)</li>
          <li><a href="callbacks.html">Callbacks</a> (<xsl:value-of select="count(callback)"/>)</li>
          <li><a href="parameters.html">Typed parameters</a> (<xsl:value-of select="count(paramset)"/> sets)</li>
          <li><a href="constants.html">Constants</a></li>
          <li><a href="errors.html">Errors</a> (<xsl:value-of select="count(code)"/> codes)</li>
          <li><a href="events.html">Events</a> (<xsl:value-of select="count(event)"/>)</li>
          <li><a href="permissions.html">Permissions</a> (<xsl:value-of select="count(object/right)"/>)</li>
          <li><a href="../support.html">Which driver has what</a></li>
        </ul>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
