"""An image has its space before it has loaded, and loads when it is needed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Route

from tests.support.servers import serving


def test_the_text_does_not_move_when_an_image_loads(browser: Browser, published: Path) -> None:
    with serving(published) as where:
        context = browser.new_context(base_url=where, viewport={"width": 375, "height": 500})
        page = context.new_page()
        page.add_init_script(
            "new PerformanceObserver(list => { window.moved = (window.moved ?? 0) + list.getEntries().length }).observe({ type: 'layout-shift' })"
        )
        waiting: list[Route] = []
        page.route("**/*.png", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright accepts no built-in function
        page.goto("strategi/formaal/", wait_until="commit")
        image = page.locator("main img").first
        image.scroll_into_view_if_needed()
        before = image.bounding_box()
        assert before and abs(before["width"] / before["height"] - 640 / 360) < 0.02
        while not waiting:
            page.wait_for_timeout(20)
        for route in waiting:
            route.continue_()
        page.wait_for_function("() => document.querySelector('main img').complete")
        assert image.bounding_box() == before
        assert page.evaluate("window.moved ?? 0") == 0
        context.close()
