<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- From gen/site/formats.xml: a page per document format with its tree and examples. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="page.xsl"/>

  <xsl:template match="/formats">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="'formats/index'"/>
      <xsl:with-param name="title" select="'Documents'"/>
      <xsl:with-param name="section" select="'Documents'"/>
      <xsl:with-param name="content">
        <h1>Documents</h1>
        <p class="brief">The XML documents that functions take and give. The order of elements does not matter when they are read; they are printed in the order of these pages.</p>
        <p>Unknown elements are left out, unless a <code>VALIDATE</code> flag asks for strictness. RELAX NG schemas with the same content are installed in <code>libvirt/schemas</code> of the data folder.</p>
        <dl class="functions">
          <xsl:for-each select="format"><dt><a href="{@name}.html"><xsl:value-of select="@name"/></a></dt><dd><xsl:value-of select="doc"/><xsl:text> </xsl:text><span class="note">root <code>&lt;<xsl:value-of select="@root"/>&gt;</code><xsl:if test="@since">, since <xsl:value-of select="@since"/></xsl:if></span></dd></xsl:for-each>
        </dl>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:apply-templates select="format"/>
  </xsl:template>

  <xsl:template match="format">
    <xsl:call-template name="page">
      <xsl:with-param name="file" select="concat('formats/', @name)"/>
      <xsl:with-param name="title" select="concat('Document ', @name)"/>
      <xsl:with-param name="section" select="'Documents'"/>
      <xsl:with-param name="content">
        <p class="way"><a href="index.html">Documents</a></p>
        <h1>The document <xsl:value-of select="@name"/></h1>
        <p class="brief"><xsl:value-of select="doc"/></p>
        <p class="note">Root element <code>&lt;<xsl:value-of select="@root"/>&gt;</code><xsl:if test="@since">, since <xsl:value-of select="@since"/></xsl:if>.
          <xsl:for-each select="namespace"> Prefix <code><xsl:value-of select="@prefix"/></code> stands for <code><xsl:value-of select="@uri"/></code>.</xsl:for-each></p>
        <xsl:if test="example">
          <h2 id="examples">Examples</h2>
          <xsl:for-each select="example">
            <h3 id="example-{position()}"><xsl:value-of select="@file"/></h3>
            <pre><code class="xml"><xsl:value-of select="."/></code></pre>
          </xsl:for-each>
        </xsl:if>
        <h2 id="tree">Elements and attributes</h2>
        <p><button type="button" data-fold="closed">Fold all</button><xsl:text> </xsl:text><button type="button" data-fold="open">Unfold all</button></p>
        <ul class="tree"><xsl:apply-templates select="node"/></ul>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="node">
    <li id="{@at}">
      <xsl:choose>
        <xsl:when test="node"><details open="open"><summary><xsl:call-template name="line"/></summary><xsl:call-template name="values"/><ul><xsl:apply-templates select="node"/></ul></details></xsl:when>
        <xsl:otherwise><xsl:call-template name="line"/><xsl:call-template name="values"/></xsl:otherwise>
      </xsl:choose>
    </li>
  </xsl:template>

  <xsl:template name="line">
    <a class="self" href="#{@at}">
      <xsl:choose>
        <xsl:when test="@kind = 'element' and not(starts-with(@name, 'as in '))"><code>&lt;<xsl:value-of select="@name"/>&gt;</code></xsl:when>
        <xsl:otherwise><code><xsl:value-of select="@name"/></code></xsl:otherwise>
      </xsl:choose>
    </a>
    <xsl:text> </xsl:text>
    <span class="meaning"><xsl:value-of select="text"/></span>
    <xsl:if test="@see"><xsl:text> </xsl:text><a href="#{@see}">content as there</a></xsl:if>
    <xsl:for-each select="text">
      <span class="note">
        <xsl:if test="@kind"><xsl:text> · </xsl:text><xsl:value-of select="@kind"/></xsl:if>
        <xsl:if test="@unit"><xsl:text> in </xsl:text><xsl:value-of select="@unit"/></xsl:if>
        <xsl:if test="@unit-attribute"><xsl:text> (unit in @</xsl:text><xsl:value-of select="@unit-attribute"/><xsl:text>)</xsl:text></xsl:if>
        <xsl:if test="@range"><xsl:text> · </xsl:text><xsl:value-of select="@range"/></xsl:if>
        <xsl:if test="@required"><xsl:text> · required</xsl:text></xsl:if>
        <xsl:if test="@listed"><xsl:text> · any number</xsl:text></xsl:if>
        <xsl:if test="@default"><xsl:text> · default </xsl:text><code><xsl:value-of select="@default"/></code></xsl:if>
        <xsl:if test="@when"><xsl:text> · for </xsl:text><xsl:value-of select="@when"/></xsl:if>
        <xsl:if test="@scope"><xsl:text> · only </xsl:text><xsl:value-of select="@scope"/></xsl:if>
        <xsl:if test="@secret"><xsl:text> · secret</xsl:text></xsl:if>
        <xsl:if test="@aliases"><xsl:text> · also </xsl:text><code><xsl:value-of select="@aliases"/></code></xsl:if>
        <xsl:if test="@since"><xsl:text> · since </xsl:text><xsl:value-of select="@since"/></xsl:if>
      </span>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="values">
    <xsl:if test="value">
      <dl class="values"><xsl:for-each select="value"><dt><code><xsl:value-of select="@name"/></code></dt><dd><xsl:value-of select="."/><xsl:if test="@aliases"> (also <code><xsl:value-of select="@aliases"/></code>)</xsl:if><xsl:if test="@since"><span class="note"> since <xsl:value-of select="@since"/></span></xsl:if></dd></xsl:for-each></dl>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
