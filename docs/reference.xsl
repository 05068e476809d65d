<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- From gen/site/reference.xml: a page per function and object, and the lists of them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="page.xsl"/>
  <xsl:import href="types.xsl"/>
  <xsl:import href="support.xsl"/>
  <xsl:key name="on" match="function" use="@object"/>
  <xsl:key name="about" match="function" use="@about"/>
  <xsl:key name="throws" match="function" use="error/@code"/>
  <xsl:key name="needs" match="function" use="permission/@at"/>

  <xsl:template match="/reference">
    <xsl:apply-templates select="function | object | enum | record | callback | paramset" mode="page"/>
    <xsl:call-template name="library"/>
    <xsl:call-template name="lists"/>
    <xsl:call-template name="support"/>
    <xsl:call-template name="api-index"/>
  </xsl:template>

  <!-- The way to a page: API, object, name. -->
  <xsl:template name="way">
    <p class="way">
      <a href="index.html">API</a>
      <xsl:text> / </xsl:text>
      <xsl:choose>
        <xsl:when test="@object = 'library'"><a href="library.html">without a handle</a></xsl:when>
        <xsl:when test="@object"><a href="{@object}.html"><xsl:value-of select="@object"/></a></xsl:when>
      </xsl:choose>
    </p>
  </xsl:template>

  <xsl:template match="function" mode="page">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('ref/', @page)"/>
      <xsl:with-param name="title" select="@name"/>
      <xsl:with-param name="section" select="'API'"/>
      <xsl:with-param name="content">
        <xsl:call-template name="way"/>
        <h1><xsl:value-of select="@name"/></h1>
        <p class="brief"><xsl:apply-templates select="brief/node()"/></p>
        <pre class="prototype"><code>#include &lt;libvirt/<xsl:value-of select="@header"/>&gt;&#10;&#10;<xsl:apply-templates select="prototype/node()"/></code></pre>
        <xsl:if test="doc/node()"><p><xsl:apply-templates select="doc/node()"/></p></xsl:if>
        <xsl:call-template name="parameters"/>
        <xsl:call-template name="returned"/>
        <xsl:call-template name="flags"/>
        <xsl:call-template name="errors"/>
        <xsl:call-template name="states"/>
        <xsl:call-template name="facts"/>
        <xsl:call-template name="function-support"/>
        <xsl:call-template name="calls"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="parameters">
    <xsl:if test="parameter">
      <h2 id="parameters">Parameters</h2>
      <dl class="parameters">
        <xsl:for-each select="parameter">
          <dt id="parameter-{@name}"><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="type"><code><xsl:apply-templates select="type/node()"/></code></span>
            <xsl:if test="@direction = 'out' or @direction = 'inout'"><xsl:text> </xsl:text><span class="note"><xsl:value-of select="@direction"/></span></xsl:if>
            <xsl:if test="@nullable"><xsl:text> </xsl:text><span class="note">may be NULL</span></xsl:if>
            <xsl:if test="@secret"><xsl:text> </xsl:text><span class="note">secret</span></xsl:if>
          </dt>
          <dd>
            <xsl:apply-templates select="text/node()"/>
            <xsl:if test="of">. Values: <xsl:for-each select="of"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates/></xsl:for-each></xsl:if>
            <xsl:if test="range">. Range: <xsl:value-of select="range/@low"/> to <xsl:value-of select="range/@high"/></xsl:if>
            <xsl:if test="@max">. Limit of the protocol: <xsl:value-of select="@max"/></xsl:if>
            <xsl:if test="ownership"><br/>Ownership: <xsl:apply-templates select="ownership/node()"/>.</xsl:if>
          </dd>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:template>

  <xsl:template name="returned">
    <h2 id="returns">Returns</h2>
    <p>
      <code><xsl:apply-templates select="returns/type/node()"/></code>
      <xsl:if test="returns/text/node()">: <xsl:apply-templates select="returns/text/node()"/>.</xsl:if>
      <xsl:if test="returns/@failure"> After a failure it is <code><xsl:value-of select="returns/@failure"/></code>, and the error is told by <a href="virGetLastError.html">virGetLastError</a>.</xsl:if>
      <xsl:if test="returns/ownership"><br/>Ownership: <xsl:apply-templates select="returns/ownership/node()"/>.</xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="flags">
    <xsl:if test="flag">
      <h2 id="flags">Flags</h2>
      <div class="wide"><table>
        <thead><tr><th scope="col">Flag</th><th scope="col">Value</th><th scope="col">Meaning</th><th scope="col">Since</th>
          <xsl:for-each select="/reference/driver[@hooks = 'hand']"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
        <tbody>
          <xsl:for-each select="flag">
            <xsl:variable name="flag" select="."/>
            <tr>
              <th scope="row"><code><xsl:apply-templates select="name/node()"/></code></th>
              <td><code><xsl:value-of select="@value"/></code></td>
              <td><xsl:apply-templates select="text/node()"/></td>
              <td><xsl:value-of select="@since"/></td>
              <xsl:for-each select="/reference/driver[@hooks = 'hand']">
                <td>
                  <xsl:choose>
                    <xsl:when test="$flag/driver[@name = current()/@name]">yes</xsl:when>
                    <xsl:otherwise><span class="no">no</span></xsl:otherwise>
                  </xsl:choose>
                </td>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table></div>
      <xsl:if test="requires | excludes">
        <ul>
          <xsl:for-each select="requires"><li><xsl:apply-templates select="flag/node()"/> needs <xsl:apply-templates select="needs/node()"/>.</li></xsl:for-each>
          <xsl:for-each select="excludes"><li><xsl:apply-templates select="flag/node()"/> and <xsl:apply-templates select="other/node()"/> exclude each other.</li></xsl:for-each>
        </ul>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template name="errors">
    <xsl:if test="error">
      <h2 id="errors">Errors</h2>
      <dl class="errors">
        <xsl:for-each select="error">
          <dt><code><a href="errors.html#{@code}"><xsl:value-of select="@code"/></a></code></dt>
          <dd><xsl:apply-templates/></dd>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:template>

  <xsl:template name="states">
    <xsl:if test="state">
      <h2 id="states">States and events</h2>
      <div class="wide"><table>
        <thead><tr><th scope="col">In state</th><th scope="col">Becomes</th><th scope="col">Events</th><th scope="col">Error</th></tr></thead>
        <tbody>
          <xsl:for-each select="state">
            <tr>
              <th scope="row"><xsl:value-of select="@from"/></th>
              <td><xsl:value-of select="@to"/></td>
              <td><xsl:if test="@emits"><a href="events.html"><xsl:value-of select="@emits"/></a></xsl:if></td>
              <td><xsl:if test="@errors"><code><a href="errors.html#VIR_ERR_{substring-before(concat(@errors, ' '), ' ')}"><xsl:value-of select="@errors"/></a></code></xsl:if></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table></div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="facts">
    <h2 id="facts">Facts</h2>
    <dl class="facts">
      <dt>Since</dt><dd><xsl:value-of select="@since"/></dd>
      <dt>Library</dt><dd><xsl:value-of select="@library"/>, symbol version <code><xsl:value-of select="@node"/></code></dd>
      <dt>Access</dt>
      <dd>
        <xsl:choose>
          <xsl:when test="@access = 'write'">refused on a read-only connection</xsl:when>
          <xsl:when test="@access = 'read'">allowed on a read-only connection</xsl:when>
          <xsl:otherwise>needs no connection</xsl:otherwise>
        </xsl:choose>
      </dd>
      <dt>Blocking</dt>
      <dd>
        <xsl:choose>
          <xsl:when test="@blocks = 'no'">answered from memory, without waiting</xsl:when>
          <xsl:when test="@blocks = 'long'">may take long: it waits for a guest or for data</xsl:when>
          <xsl:otherwise>waits for an answer of the hypervisor, with a deadline</xsl:otherwise>
        </xsl:choose>
      </dd>
      <xsl:if test="permission | open">
        <dt>Permission</dt>
        <dd>
          <xsl:if test="open">none is needed</xsl:if>
          <xsl:for-each select="permission">
            <xsl:if test="position() &gt; 1">, </xsl:if>
            <a href="permissions.html#{@at}"><xsl:value-of select="@name"/></a>
            <xsl:if test="@filter"> (of each item; others are left out)</xsl:if>
            <xsl:if test="@when"> (with <code><xsl:value-of select="translate(@when, '|', ' ')"/></code>)</xsl:if>
          </xsl:for-each>
        </dd>
      </xsl:if>
      <xsl:for-each select="wire">
        <dt>Wire procedure</dt>
        <dd>number <xsl:value-of select="@number"/> of program <xsl:value-of select="@program"/>, <code><xsl:value-of select="@spelled"/></code>, <xsl:value-of select="@priority"/> priority<xsl:if test="@stream">, with a stream</xsl:if>
          <xsl:if test="@args">; arguments <code><xsl:value-of select="@args"/></code></xsl:if>
          <xsl:if test="@ret">; reply <code><xsl:value-of select="@ret"/></code></xsl:if></dd>
      </xsl:for-each>
      <xsl:if test="command">
        <dt>Shell</dt>
        <dd>
          <xsl:for-each select="command">
            <xsl:if test="position() &gt; 1">, </xsl:if>
            <a href="../commands/{@shell}.html#{@name}"><xsl:value-of select="@shell"/><xsl:text> </xsl:text><xsl:value-of select="@name"/></a>
          </xsl:for-each>
        </dd>
      </xsl:if>
    </dl>
  </xsl:template>

  <xsl:template name="function-support">
    <h2 id="support">Support</h2>
    <xsl:choose>
      <xsl:when test="@answered = 'library'"><p>The library answers by itself; no driver is asked<xsl:if test="support"> but where a driver says more</xsl:if>.</p></xsl:when>
      <xsl:when test="not(support)"><p>No driver of this release has it: the call fails with <code><a href="errors.html#VIR_ERR_NO_SUPPORT">VIR_ERR_NO_SUPPORT</a></code>.</p></xsl:when>
    </xsl:choose>
    <xsl:if test="support">
      <dl class="facts">
        <xsl:for-each select="support">
          <dt><xsl:value-of select="@driver"/></dt>
          <dd>since <xsl:value-of select="@since"/><xsl:if test="@flags = 'some'">, with some of the flags</xsl:if>; hook <code><xsl:value-of select="@hook"/></code></dd>
        </xsl:for-each>
      </dl>
    </xsl:if>
    <p><a href="../support.html#{@name}">Its row of the support matrix</a></p>
  </xsl:template>

  <xsl:template name="calls">
    <h2 id="call">The call</h2>
    <xsl:for-each select="call">
      <h3><xsl:value-of select="@lang"/></h3>
      <pre><code class="{@lang}"><xsl:apply-templates/></code></pre>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
