"""The form of a quiz on a page without a kernel: by keyboard, in both themes, on a phone, and what it remembers."""

import json

import pytest

from gmmlearn.explore.browser import css, esm, script
from gmmlearn.figures.quiz import Questions, mixed_quiz, quiz

from .conftest import chromium

__all__ = ["chromium"]


def html(*shown, ground="#ffffff"):
    """A page as the site to read has it: each brings its questions along, and a list for where no script runs."""
    brought = [f'<script type="application/json">{json.dumps(one.asked)}</script>' for one in shown]
    parts = [f'<div class="questions">{data}{one._repr_html_()}</div>' for data, one in zip(brought, shown)]
    opened = f"<script type=module>{script('page')}\nmodules.page.openQuestions(); window.modules = modules;</script>"
    ink = "#f0f0f0" if ground == "#141414" else "#1a1a1a"
    return (
        f"<!doctype html><html lang=en><title>Questions</title><style>{css()}</style>"
        f"<body style='background:{ground};color:{ink}'><main><h1>Questions</h1>{''.join(parts)}</main>{opened}"
    )


@pytest.fixture(scope="module")
def context(chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


def opened(context, *shown, **options):
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(html(*shown, **options))
    page.wait_for_selector(".gmmx-quiz fieldset")
    assert errors == []
    return page


def test_a_question_is_answered_with_the_keyboard_alone_and_said_aloud(context):
    page = opened(context, quiz("mixtures"))
    first = page.get_by_role("group", name="1. Two variables")
    said = first.get_by_role("status")
    for keys, heard in (("Tab Space Tab Enter", "Not quite. "), ("Shift+Tab ArrowDown ArrowDown Tab Space", "Right. ")):
        for key in keys.split():
            page.keyboard.press(key)
        assert said.inner_text().startswith(heard)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    assert said.inner_text() == "", "a verdict is about one choice"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_two_widgets_of_a_notebook_have_no_id_and_no_group_of_choices_in_common(context):
    """Each loads a script of its own, as with anywidget; all of them write into one document."""
    page = context.new_page()
    page.set_content("<div></div><div></div>")
    page.evaluate(
        """async ([code, asked]) => {
          for (const [i, el] of [...document.querySelectorAll("div")].entries()) {
            const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
            const widget = (await import(address)).default;
            widget.render({ model: { get: (key) => asked[i][key], send: () => {} }, el });
          }
        }""",
        [esm("quiz"), [quiz("mixtures").asked, quiz("em").asked]],
    )
    choices = page.get_by_role("radio").all()
    groups = {choice.get_attribute("name") for choice in choices}
    assert len(groups) == page.locator("fieldset").count() > 2
    first = [group.get_by_role("radio").first for group in page.locator("fieldset").all()]
    for choice in first:
        choice.check()
    assert all(choice.is_checked() for choice in first)
    page.evaluate("window.made = []")
    for _ in range(2):
        page.evaluate("(code) => made.push(new Function(`${code}; return modules.dom.freshId('x')`)())", script("dom"))
    assert page.evaluate("new Set(made).size") == 2
    page.close()


def test_nothing_is_judged_before_something_is_chosen(context):
    page = opened(context, quiz("em"))
    page.get_by_role("button", name="Check my answer").first.click()
    assert page.get_by_role("status").first.inner_text() == "Choose one first."
    page.close()


def test_the_page_remembers_a_question_that_it_asks_twice(context):
    one = quiz("em")
    page = opened(context, one)
    page.locator("input").nth(1).check()
    page.get_by_role("button", name="Check my answer").first.click()
    parts = json.dumps(one.asked)
    page.evaluate("(parts) => modules.quiz.ask(document.querySelector('main'), JSON.parse(parts))", parts)
    assert page.locator(".gmmx-quiz").nth(1).locator("input").nth(1).is_checked()
    page.close()


def test_the_mixed_quiz_counts_first_choices_and_links_to_the_sections(context):
    asked = mixed_quiz().asked["questions"]
    page = opened(context, mixed_quiz())
    for one in page.locator("fieldset").all():
        for choice in (0, 1):  # only the first counts
            one.locator("input").nth(choice).check()
            one.get_by_role("button", name="Check my answer").click()
    right = sum(one["answers"][0]["correct"] for one in asked)
    result = page.locator(".gmmx-result")
    assert result.get_by_role("status").inner_text() == f"20 of 20 answered, {right} right at once. Read again:"
    wanted = {one["read"]["href"] for one in asked if not one["answers"][0]["correct"]}
    assert {link.get_attribute("href") for link in result.locator("a").all()} == wanted
    page.close()


@pytest.mark.parametrize("ground", ["#ffffff", "#141414"])
def test_axe_finds_nothing_in_either_theme(context, ground):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(context, quiz("e_step"), ground=ground)
    for place in (0, 1):
        page.locator("fieldset").nth(place).locator("input").first.check()
        page.get_by_role("button", name="Check my answer").nth(place).click()
    assert page.locator(".gmmx-quiz").get_attribute("data-theme") == ("dark" if ground == "#141414" else "light")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.close()


def test_without_a_script_the_list_unfolds(chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(html(quiz("mixtures")))
    page.locator("summary").first.click()
    assert page.locator("details[open] p").inner_text().startswith(("Right.", "Not quite."))
    context.close()


def test_a_text_that_looks_like_markup_stays_a_text(context):
    answers = [{"answer": "<b>1 & 2</b>", "correct": right, "feedback": "<i>x</i>"} for right in (True, False)]
    page = opened(context, Questions({"em/x": {"question": "a < b?", "answers": answers}}, "A <heading>", {}))
    assert page.get_by_role("group", name="a < b?").count() == 1
    assert page.locator("main b, main i").count() == 0
    page.close()
