<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- From gen/site/commands.xml: a page per shell. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="page.xsl"/>

  <xsl:template match="/shells">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'commands/index'"/>
      <xsl:with-param name="title" select="'Commands'"/>
      <xsl:with-param name="section" select="'Commands'"/>
      <xsl:with-param name="content">
        <h1>Commands</h1>
        <p class="brief">Programs of this package. Each has a manual page, installed with it.</p>
        <dl class="functions">
          <xsl:for-each select="shell"><dt><a href="{@name}.html"><xsl:value-of select="@name"/></a>(1)</dt><dd><xsl:value-of select="brief"/><xsl:text> </xsl:text><span class="note"><xsl:value-of select="count(group/command)"/> commands</span></dd></xsl:for-each>
          <dt>libvirtd(8), libvirtd.conf(5)</dt><dd>the daemon and its settings, see <a href="../guides/daemon.html">the guide</a></dd>
          <dt>virDomainSuspend(3) and so on</dt><dd>one page per public function, with the content of <a href="../ref/index.html">the reference</a></dd>
        </dl>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:apply-templates select="shell"/>
  </xsl:template>

  <xsl:template match="shell">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('commands/', @name)"/>
      <xsl:with-param name="title" select="@name"/>
      <xsl:with-param name="section" select="'Commands'"/>
      <xsl:with-param name="content">
        <p class="way"><a href="index.html">Commands</a></p>
        <h1><xsl:value-of select="@name"/></h1>
        <p class="brief"><xsl:value-of select="brief"/></p>
        <xsl:for-each select="doc"><p><xsl:call-template name="marked"/></p></xsl:for-each>
        <h2 id="options">Options of the program</h2>
        <dl><xsl:for-each select="global"><dt><code><xsl:if test="@short">-<xsl:value-of select="@short"/>, </xsl:if>--<xsl:value-of select="@name"/><xsl:if test="@value"><xsl:text> </xsl:text><xsl:value-of select="@value"/></xsl:if></code></dt><dd><xsl:value-of select="."/></dd></xsl:for-each></dl>
        <xsl:for-each select="group">
          <h2 id="group-{@name}"><xsl:value-of select="@title"/></h2>
          <xsl:for-each select="command">
            <section class="command">
              <h3 id="{@name}"><xsl:value-of select="@name"/></h3>
              <p><xsl:value-of select="brief"/><xsl:if test="@since"><span class="note"> since <xsl:value-of select="@since"/></span></xsl:if></p>
              <pre class="usage"><code><xsl:value-of select="usage"/></code></pre>
              <xsl:for-each select="doc"><p><xsl:call-template name="marked"/></p></xsl:for-each>
              <xsl:if test="@aliases"><p>Also: <code><xsl:value-of select="@aliases"/></code></p></xsl:if>
              <xsl:if test="option"><dl><xsl:for-each select="option"><dt><code>--<xsl:value-of select="@name"/></code></dt><dd><xsl:value-of select="."/><xsl:if test="@choices"> (<xsl:value-of select="@choices"/>)</xsl:if><xsl:if test="@since"><span class="note"> since <xsl:value-of select="@since"/></span></xsl:if></dd></xsl:for-each></dl></xsl:if>
              <xsl:if test="function"><p class="note">Stands on <xsl:for-each select="function"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:call-template name="marked"/></xsl:for-each></p></xsl:if>
            </section>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="marked">
    <xsl:apply-templates><xsl:with-param name="ref" select="'../ref/'"/></xsl:apply-templates>
  </xsl:template>
</xsl:stylesheet>
