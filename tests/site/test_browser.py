# SPDX-License-Identifier: LGPL-2.1-or-later
"""The site in a browser, from files: search, filters, keyboard, contrast, width, and no complaint."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser  # noqa: E402
from built_site import BUILD, SITE, make  # noqa: E402

#: Pages of each kind.
PAGES = ("index.html", "support.html", "ref/index.html", "ref/virDomain.html", "ref/virDomainSuspend.html",
         "ref/virDomainGetInfo.html", "ref/virDomainState.html", "ref/errors.html", "ref/permissions.html",
         "ref/constants.html", "formats/network.html", "formats/domain.html", "commands/virsh.html",
         "guides/call.html", "guides/remote.html", "guides/examples.html", "guides/checklist.html")
PICTURES = ("index.html", "support.html", "ref/virDomainSuspend.html", "formats/network.html", "guides/call.html")
DOWN, ENTER, ESCAPE, TAB = "\ue015", "\ue007", "\ue00c", "\ue004"

# Every text with its colour and that of what is behind it; those whose contrast is below what WCAG AA wants.
CONTRAST = """
const parts = text => text.match(/[\\d.]+/g).map(Number);
const light = rgb => { const [r, g, b] = rgb.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b; };
const behind = node => { for (let at = node; at; at = at.parentElement) {
  const found = parts(getComputedStyle(at).backgroundColor); if (found.length < 4 || found[3] === 1) return found; } return [255, 255, 255]; };
const wrong = new Set();
for (const node of document.querySelectorAll("body *")) {
  if (![...node.childNodes].some(c => c.nodeType === 3 && c.data.trim()) || !node.checkVisibility()) continue;
  const style = getComputedStyle(node), svg = node.namespaceURI.endsWith("svg");
  if (node.closest(".skip")) continue;
  const fore = light(parts(svg ? style.fill : style.color)), back = light(behind(svg ? node.closest("figure") : node));
  const ratio = (Math.max(fore, back) + .05) / (Math.min(fore, back) + .05);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) wrong.add(`${node.tagName} ${node.className} ${ratio.toFixed(2)} ${node.textContent.slice(0, 30)}`);
}
return [...wrong].slice(0, 10);
"""

# What needs a name for those who do not see it.
UNNAMED = """
return [...document.querySelectorAll("a[href], button, input, select, svg[role=img]")].filter(n =>
  !(n.textContent.trim() || n.getAttribute("aria-label") || n.getAttribute("aria-labelledby") || (n.labels && n.labels.length)))
  .map(n => n.outerHTML.slice(0, 80)).slice(0, 10);
"""


class Site(unittest.TestCase):
    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        if shutil.which("chromedriver") is None or shutil.which("chromium") is None:
            raise unittest.SkipTest("chromium and chromium-driver are not installed")
        make()
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.quit)

    def setUp(self) -> None:
        self.browser.size(1200, 900)

    def open(self, page: str) -> None:
        file, hash_, at = page.partition("#")
        self.browser.open((SITE / file).as_uri() + hash_ + at)

    def wait(self, script: str) -> object:
        """The value of a script as soon as there is one."""
        for _ in range(1200):
            found = self.browser.run(script)
            if found:
                return found
            time.sleep(0.05)
        self.fail(f"never true: {script}")

    def search(self, words: str) -> list[str]:
        self.open("ref/index.html")
        self.browser.keys("/" + words)
        self.wait("return document.querySelector('#found').hidden === false")
        found = self.browser.run("return [...document.querySelectorAll('#found a')].map(a => a.firstChild.data)")
        assert isinstance(found, list)
        return found

    def test_search_finds_a_function_by_its_words(self) -> None:
        for words in ("suspend", "pause running", "keeping its memory", "virdomainsuspend"):
            with self.subTest(words=words):
                self.assertIn("virDomainSuspend", self.search(words))

    def test_search_finds_everything(self) -> None:
        for words, name in (("VIR_ERR_NO_DOMAIN", "VIR_ERR_NO_DOMAIN"), ("net-dumpxml", "virsh net-dumpxml"),
                            ("network dhcp range start", "network/ip/dhcp/range/@start"), ("certificates step", "Certificates, step by step"),
                            ("domain.start", "domain.start"), ("virDomainInfo", "virDomainInfo")):
            with self.subTest(words=words):
                self.assertIn(name, self.search(words))
        self.open("index.html")
        self.browser.keys("/zzqqxx")
        self.wait("return document.querySelector('#found').textContent.includes('Nothing')")

    def test_search_works_with_the_keyboard(self) -> None:
        found = self.search("suspend")
        self.browser.keys(DOWN + DOWN)
        self.assertEqual(self.browser.run("return document.querySelector('#found [aria-selected=true]').firstChild.data"), found[1])
        self.browser.keys(ESCAPE)
        self.assertTrue(self.browser.run("return document.querySelector('#found').hidden"))
        self.search("virDomainSuspend")
        self.browser.keys(ENTER)
        self.wait("return location.pathname.endsWith('ref/virDomainSuspend.html')")

    def test_the_first_key_leads_to_the_content(self) -> None:
        self.open("ref/virDomain.html")
        self.browser.keys(TAB)
        self.assertEqual(self.browser.run("return document.activeElement.className"), "skip")
        self.browser.keys(ENTER)
        self.wait("return location.hash === '#content'")

    def rows(self) -> list[str]:
        found = self.browser.run("return [...document.querySelectorAll('.matrix tbody tr')].filter(r => !r.hidden).map(r => r.id)")
        assert isinstance(found, list)
        return found

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.browser.run("const f = document.getElementById('filter-' + arguments[0]); f.value = arguments[1];"
                             "f.dispatchEvent(new Event('input', { bubbles: true }));", name, value)

    def test_the_matrix_filters(self) -> None:
        self.open("support.html")
        every = self.rows()
        self.choose(object="virNetwork")
        self.assertTrue(self.rows())
        self.assertTrue(all(name.startswith("virNetwork") for name in self.rows()))
        self.choose(driver="qemu", has="no")
        self.assertIn("virNetworkCreate", self.rows())
        self.choose(object="", driver="test", has="yes", text="suspend")
        self.assertIn("virDomainSuspend", self.rows())
        self.assertNotIn("virDomainResume", self.rows())
        count = self.browser.run("return document.getElementById('filter-count').textContent")
        self.assertEqual(count, f"{len(self.rows())} of {len(every)} functions")
        self.choose(text="", driver="", has="")
        self.assertEqual(self.rows(), every)

    def test_flags_unfold(self) -> None:
        self.open("support.html#virDomainReboot")
        seen = "return document.querySelector('#virDomainReboot .flags').checkVisibility()"
        self.assertFalse(self.browser.run(seen))
        self.browser.run("document.querySelector('#virDomainReboot summary').click()")
        self.assertTrue(self.browser.run(seen))

    def test_a_link_unfolds_the_tree(self) -> None:
        self.open("formats/network.html")
        self.browser.run("document.querySelector('button[data-fold=closed]').click()")
        place = "network.ip.dhcp.range.@start"
        self.assertFalse(self.browser.run("return document.getElementById(arguments[0]).checkVisibility()", place))
        self.browser.run("location.hash = arguments[0]", place)
        self.wait(f"return document.getElementById('{place}').checkVisibility()")

    def test_the_picture_leads_on(self) -> None:
        self.open("guides/call.html")
        self.browser.run("document.querySelector('figure svg a').dispatchEvent(new MouseEvent('click', { bubbles: true }))")
        self.wait("return location.pathname.endsWith('guides/getting-started.html')")

    def test_light_and_dark_can_be_read(self) -> None:
        for theme in ("light", "dark"):
            for page in PAGES:
                with self.subTest(theme=theme, page=page):
                    self.open(page)
                    self.browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
                    self.assertEqual(self.browser.run(CONTRAST), [])

    def test_the_theme_is_kept(self) -> None:
        self.open("index.html")
        self.browser.run("document.getElementById('theme').click()")
        theme = self.browser.run("return document.documentElement.dataset.theme")
        self.open("ref/index.html")
        self.assertEqual(self.browser.run("return document.documentElement.dataset.theme"), theme)

    def test_a_phone_scrolls_in_one_direction(self) -> None:
        self.browser.size(360, 640)
        for page in PAGES:
            with self.subTest(page=page):
                self.open(page)
                wide = self.browser.run("return document.documentElement.scrollWidth")
                self.assertLessEqual(wide, 360)

    def test_everything_has_a_name(self) -> None:
        for page in PAGES:
            with self.subTest(page=page):
                self.open(page)
                self.assertEqual(self.browser.run(UNNAMED), [])

    def test_nothing_is_complained_of_and_pictures_are_taken(self) -> None:
        folder = BUILD / "site-pictures"
        folder.mkdir(exist_ok=True)
        for page in PAGES:
            with self.subTest(page=page):
                self.browser.complaints()
                self.open(page)
                self.assertEqual(self.browser.complaints(), [])
                if page in PICTURES:
                    self.browser.picture(folder / (page.replace("/", "-").removesuffix("html") + "png"))
        self.assertEqual(len(os.listdir(folder)), len(PICTURES))


if __name__ == "__main__":
    unittest.main()
