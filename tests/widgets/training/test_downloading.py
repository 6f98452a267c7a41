from __future__ import annotations

import base64
import re

from simulator.widgets.training.downloading import download_link


def test_a_link_holds_what_it_gives_and_its_name_is_no_markup():
    link = download_link('a"><script>.json', b"\x00content")
    assert "<script>" not in link
    assert base64.b64decode(re.search(r"base64,([^\"]+)", link)[1]) == b"\x00content"
