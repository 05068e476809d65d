<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- From gen/site/guides.xml: the guides with their drawings, and the front page. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="svg">
  <xsl:import href="page.xsl"/>

  <xsl:template match="/guides">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'index'"/>
      <xsl:with-param name="root" select="''"/>
      <xsl:with-param name="title" select="'Managing virtual machines'"/>
      <xsl:with-param name="content">
        <h1>One interface to virtual machines</h1>
        <p class="brief">A C library, a daemon and a shell that manage guests, networks and storage of a host, here or far away, whatever the hypervisor. Generated from one specification; so is this site.</p>
        <ul class="cards">
          <li><a href="guides/getting-started.html">Getting started</a><br/>define and run a guest in five minutes</li>
          <li><a href="ref/index.html">API reference</a><br/>every function, type, error and event</li>
          <li><a href="support.html">Support matrix</a><br/>which driver answers what</li>
          <li><a href="formats/index.html">Documents</a><br/>every element and attribute</li>
          <li><a href="commands/virsh.html">virsh</a><br/>every command of the shell</li>
          <li><a href="guides/call.html">How a call travels</a><br/>the picture a newcomer needs</li>
        </ul>
        <xsl:call-template name="guide-list"><xsl:with-param name="way" select="'guides/'"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'guides/index'"/>
      <xsl:with-param name="title" select="'Guides'"/>
      <xsl:with-param name="section" select="'Guides'"/>
      <xsl:with-param name="content"><h1>Guides</h1><xsl:call-template name="guide-list"/></xsl:with-param>
    </xsl:call-template>
    <xsl:apply-templates select="part/guide"/>
  </xsl:template>

  <xsl:template name="guide-list">
    <xsl:param name="way"/>
    <xsl:for-each select="part">
      <h2 id="part-{position()}"><xsl:value-of select="@title"/></h2>
      <ul class="columns"><xsl:for-each select="guide"><li><a href="{$way}{@page}.html"><xsl:value-of select="@title"/></a></li></xsl:for-each></ul>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="guide">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('guides/', @page)"/>
      <xsl:with-param name="title" select="@title"/>
      <xsl:with-param name="section" select="'Guides'"/>
      <xsl:with-param name="content">
        <p class="way"><a href="index.html">Guides</a> / <xsl:value-of select="../@title"/></p>
        <xsl:if test="count(heading) &gt; 3">
          <details class="contents"><summary>On this page</summary><ul><xsl:for-each select="heading"><li><a href="#{@at}"><xsl:value-of select="."/></a></li></xsl:for-each></ul></details>
        </xsl:if>
        <xsl:apply-templates select="body/node()" mode="guide"/>
        <nav class="turn" aria-label="Neighbours">
          <xsl:for-each select="(preceding::guide)[last()]"><a rel="prev" href="{@page}.html">← <xsl:value-of select="@title"/></a></xsl:for-each>
          <xsl:for-each select="(following::guide)[1]"><a rel="next" href="{@page}.html"><xsl:value-of select="@title"/> →</a></xsl:for-each>
        </nav>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@* | node()" mode="guide">
    <xsl:copy><xsl:apply-templates select="@* | node()" mode="guide"/></xsl:copy>
  </xsl:template>
  <xsl:template match="ref" mode="guide">
    <xsl:apply-templates select="."><xsl:with-param name="ref" select="'../ref/'"/></xsl:apply-templates>
  </xsl:template>
  <!-- Drawings are part of the page, so that their links work and they follow light and dark. -->
  <xsl:template match="drawing" mode="guide">
    <figure class="drawing">
      <xsl:copy-of select="document(concat('drawings/', substring-after(@src, 'drawings/')), document(''))/svg:svg"/>
      <figcaption><xsl:value-of select="@alt"/></figcaption>
    </figure>
  </xsl:template>
</xsl:stylesheet>
