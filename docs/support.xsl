<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- The support matrix: functions by drivers; the flags of a function unfold. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="support">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'support'"/>
      <xsl:with-param name="root" select="''"/>
      <xsl:with-param name="title" select="'Support matrix'"/>
      <xsl:with-param name="section" select="'Support'"/>
      <xsl:with-param name="content">
        <h1>Support matrix</h1>
        <p class="brief">Which driver answers which function, since which release. Made from what the drivers' tables are made from, so a function in it is one that links.</p>
        <p>For programs: <a href="support.csv">CSV</a>, <a href="support.json">JSON with flags</a>.</p>
        <h2 id="legend">Legend</h2>
        <dl class="facts">
          <dt>12.3.0</dt><dd>the driver has it since that release</dd>
          <dt><span class="no">no</span></dt><dd>it does not: the call fails with <code><a href="ref/errors.html#VIR_ERR_NO_SUPPORT">VIR_ERR_NO_SUPPORT</a></code></dd>
          <dt>library</dt><dd>no function of a hypervisor: the library answers by itself</dd>
          <dt>some flags</dt><dd>flags besides those listed in its row are refused; the row unfolds</dd>
          <xsl:for-each select="driver"><dt><xsl:value-of select="@name"/></dt><dd><xsl:value-of select="."/></dd></xsl:for-each>
        </dl>
        <form id="filter" class="filter">
          <label>Text <input type="search" id="filter-text" autocomplete="off"/></label>
          <label>Object <select id="filter-object"><option value="">all</option>
            <xsl:for-each select="object[key('on', @name)]"><xsl:sort select="@name"/><option><xsl:value-of select="@name"/></option></xsl:for-each><option>library</option></select></label>
          <label>Driver <select id="filter-driver"><option value="">any</option><xsl:for-each select="driver"><option><xsl:value-of select="@name"/></option></xsl:for-each></select></label>
          <label>Answer <select id="filter-has"><option value="">all</option><option value="yes">has it</option><option value="no">has it not</option></select></label>
          <output id="filter-count" aria-live="polite"></output>
        </form>
        <h2 id="functions">Functions of connections, domains, nodes and the other objects</h2>
        <xsl:call-template name="matrix"><xsl:with-param name="functions" select="function[not(@group)]"/></xsl:call-template>
        <h2 id="network">Network functions</h2>
        <p>Virtual networks belong to no hypervisor: guests of every driver can be plugged into them.</p>
        <xsl:call-template name="matrix"><xsl:with-param name="functions" select="function[@group = 'network']"/></xsl:call-template>
        <h2 id="admin">Administration of a daemon</h2>
        <p>These manage a daemon, not a hypervisor: the daemon itself answers.</p>
        <xsl:call-template name="matrix"><xsl:with-param name="functions" select="function[@group = 'admin']"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="matrix">
    <xsl:param name="functions"/>
    <div class="wide"><table class="matrix">
      <thead><tr><th scope="col">Function</th><th scope="col">Since</th><xsl:for-each select="/reference/driver"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:for-each select="$functions">
          <xsl:sort select="@name"/>
          <xsl:variable name="function" select="."/>
          <tr id="{@name}" data-object="{@object}">
            <th scope="row"><a href="ref/{@page}.html"><xsl:value-of select="@name"/></a>
              <xsl:if test="flag"><details><summary><xsl:value-of select="count(flag)"/> flag<xsl:if test="count(flag) &gt; 1">s</xsl:if></summary><ul class="flags">
                <xsl:for-each select="flag"><li><code><xsl:apply-templates select="name/node()"><xsl:with-param name="ref" select="'ref/'"/></xsl:apply-templates></code>: <xsl:choose><xsl:when test="driver"><xsl:for-each select="driver"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/></xsl:for-each></xsl:when><xsl:otherwise><span class="no">no driver</span></xsl:otherwise></xsl:choose></li></xsl:for-each></ul></details></xsl:if></th>
            <td><xsl:value-of select="@since"/></td>
            <xsl:for-each select="/reference/driver">
              <xsl:variable name="has" select="$function/support[@driver = current()/@name]"/>
              <td>
                <xsl:choose>
                  <xsl:when test="$has"><span class="yes"><xsl:value-of select="$has/@since"/></span><xsl:if test="$has/@flags"><br/><small>some flags</small></xsl:if></xsl:when>
                  <xsl:when test="$function/@answered = 'library'"><span class="library">library</span></xsl:when>
                  <xsl:otherwise><span class="no">no</span></xsl:otherwise>
                </xsl:choose>
              </td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table></div>
  </xsl:template>
</xsl:stylesheet>
