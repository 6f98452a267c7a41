"""Whoever has no token sees no page, and starts no kernel."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.browser.conftest import TOKEN

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/api/kernels?token=wrong", "/api/contents?token=wrong"])
def test_a_wrong_token_is_refused(served, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(served + path, timeout=60)  # noqa: S310 - this machine
    assert refused.value.code in {401, 403, 404, 405}
    refused.value.close()


@pytest.mark.parametrize("path", ["/voila/render/training.ipynb", "/voila/tree", "/api/kernels/00000000-0000-0000-0000-000000000000"])
def test_a_name_of_another_machine_is_refused_even_with_the_token(served, path):
    asked = urllib.request.Request(f"{served}{path}?token={TOKEN}", headers={"Host": "evil.example"})  # noqa: S310 - this machine
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=60)  # noqa: S310 - as above
    assert refused.value.code == 403
    refused.value.close()


def test_without_the_token_the_page_says_how_to_come_in(served):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served}/voila/render/workbench.ipynb?token=wrong", timeout=60)  # noqa: S310 - as above
    assert refused.value.code == 403
    assert "tieuchi app" in refused.value.read().decode()
