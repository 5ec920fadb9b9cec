"""Make the finished pages light: one style sheet, two scripts, fonts cut to what is drawn.

The theme and its extensions put 9 style sheets and 20 scripts into every page, most of which no
page of this book uses. Here, when all pages are written, what they do use is gathered. The pages
then also keep the strict content security policy that they name: nothing inline, no other host.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from course_light import cards, fonts, heads, leftovers, openers, scripts, styles


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the pages, and what they load, once the builder has written all of them."""
    if exception is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    others = {"_static", *app.config.course_editions}  # an older edition lies in its own folder
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
             if path.relative_to(site).parts[0] not in others}
    first = site / app.builder.get_target_uri(app.config.root_doc)
    pages[first] = cards.with_cards(pages[first], pages, site)
    pages = openers.completed(pages, site, app.config.html_baseurl)
    found = heads.assets(pages, site)
    programs = scripts.gathered(found, site, app.config.language)
    sheet = styles.gathered(found, pages, programs, site)
    fonts.write(sheet, pages, site)
    for page, text in pages.items():
        page.write_text(heads.rewritten(text, page, site, programs, sheet), encoding="utf-8")
    leftovers.remove(site)
    # As hosts read it that can send headers, such as Netlify and Cloudflare.
    (site / "_headers").write_text(f"/*\n  Content-Security-Policy: {heads.POLICY}\n",
                                   encoding="utf-8")


def all_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have every page written anew: one that is left from an earlier build names other files."""
    return sorted(env.found_docs)


def setup(app: Sphinx) -> dict:
    """Run last, behind whatever else completes the site."""
    app.connect("env-updated", all_pages)
    app.connect("build-finished", lighten, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
