"""Settings of Sphinx for the site to read; `web/pages.py` lays out what it reads."""

project = "Gaussian mixtures"
author = "the authors of gmmlearn"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
nb_execution_mode = "off"
nb_merge_streams = True
nb_render_markdown_format = "myst"  # outputs have formulas and tables too
nb_ipywidgets_js = {}  # else from another host
default_role = "code"
html_theme = "sphinx_book_theme"
html_title = "Gaussian mixtures"
html_static_path = ["_static"]
html_css_files = ["explore.css", "course.css"]
html_js_files = [("explore.js", {"type": "module"}), ("search.js", {"type": "module"})]
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "navbar_persistent": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {"default_mode": "auto"}
html_copy_source = False
html_use_index = False  # names of functions; the page of functions and the search have them
html_domain_indices = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
mathjax_path = "mathjax/tex-chtml.js"
mathjax3_config = {"options": {"enableMenu": False, "enableAssistiveMml": True}}
autodoc_member_order = "bysource"
napoleon_google_docstring = False


def setup(app):
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _plain)


def _plain(app, what, name, of, options, lines):
    """The bars of a determinant and of a condition are no markup; the stubs are written to be read as they are."""
    lines[:] = [line if ">>>" in line else line.replace("|", r"\|") for line in lines]
