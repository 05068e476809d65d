<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- The frame of every page: head, navigation with the search, and the place for the content. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">
  <xsl:param name="out" select="'.'"/>
  <xsl:param name="release" select="/*/@release"/>
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <!-- Writes one page; `root` is the way from its folder to the top of the site. -->
  <xsl:template name="page">
    <xsl:param name="file"/>
    <xsl:param name="root" select="'../'"/>
    <xsl:param name="title"/>
    <xsl:param name="section"/>
    <xsl:param name="content"/>
    <exsl:document href="{$out}/{$file}.html" method="html" encoding="UTF-8" indent="no"
      doctype-system="about:legacy-compat">
      <html lang="en" data-root="{$root}">
        <head>
          <meta name="viewport" content="width=device-width, initial-scale=1"/>
          <title><xsl:value-of select="$title"/> · libvirt <xsl:value-of select="$release"/></title>
          <link rel="stylesheet" href="{$root}site.css"/>
          <link rel="icon" href="{$root}icon.svg"/>
          <script src="{$root}site.js"></script>
        </head>
        <body>
          <a class="skip" href="#content">To the content</a>
          <header>
            <a class="home" href="{$root}index.html">libvirt</a>
            <nav aria-label="Parts of the site">
              <xsl:call-template name="part"><xsl:with-param name="root" select="$root"/><xsl:with-param name="section" select="$section"/><xsl:with-param name="href" select="'guides/index.html'"/><xsl:with-param name="name" select="'Guides'"/></xsl:call-template>
              <xsl:call-template name="part"><xsl:with-param name="root" select="$root"/><xsl:with-param name="section" select="$section"/><xsl:with-param name="href" select="'ref/index.html'"/><xsl:with-param name="name" select="'API'"/></xsl:call-template>
              <xsl:call-template name="part"><xsl:with-param name="root" select="$root"/><xsl:with-param name="section" select="$section"/><xsl:with-param name="href" select="'support.html'"/><xsl:with-param name="name" select="'Support'"/></xsl:call-template>
              <xsl:call-template name="part"><xsl:with-param name="root" select="$root"/><xsl:with-param name="section" select="$section"/><xsl:with-param name="href" select="'formats/index.html'"/><xsl:with-param name="name" select="'Documents'"/></xsl:call-template>
              <xsl:call-template name="part"><xsl:with-param name="root" select="$root"/><xsl:with-param name="section" select="$section"/><xsl:with-param name="href" select="'commands/index.html'"/><xsl:with-param name="name" select="'Commands'"/></xsl:call-template>
            </nav>
            <form role="search" id="search" action="{$root}index.html">
              <label for="query">Search</label>
              <input id="query" type="search" name="q" autocomplete="off" placeholder="press / to search"
                role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list"/>
              <div id="found" role="listbox" aria-label="Search results" hidden="hidden"></div>
            </form>
            <button id="theme" type="button">Dark</button>
          </header>
          <main id="content" tabindex="-1">
            <xsl:copy-of select="$content"/>
          </main>
          <footer>
            <p>Generated from the specification of libvirt <xsl:value-of select="$release"/>. No cookies, no foreign hosts.</p>
          </footer>
        </body>
      </html>
    </exsl:document>
  </xsl:template>

  <xsl:template name="part">
    <xsl:param name="root"/>
    <xsl:param name="section"/>
    <xsl:param name="href"/>
    <xsl:param name="name"/>
    <a href="{$root}{$href}">
      <xsl:if test="$section = $name"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
      <xsl:value-of select="$name"/>
    </a>
  </xsl:template>

  <!-- A name with a page of its own, seen from a page in a folder. -->
  <xsl:template match="ref">
    <xsl:param name="ref" select="''"/>
    <a>
      <xsl:attribute name="href">
        <xsl:value-of select="$ref"/>
        <xsl:value-of select="@page"/>.html<xsl:if test="@at">#<xsl:value-of select="@at"/></xsl:if>
      </xsl:attribute>
      <xsl:apply-templates/>
    </a>
  </xsl:template>
</xsl:stylesheet>
