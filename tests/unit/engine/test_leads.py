"""What may stand before an anchor, by what follows it."""

from __future__ import annotations

import pytest

from normalize.engine.leads import Leads

# Behind a sign a number follows, or it ends a word, with a number before it.
LEADS = Leads([(r"\$[0-9]", "-?"), (r"\$(?![0-9])", "[0-9]+ ?")])


@pytest.mark.parametrize(
    ("text", "start"),
    [("4 $5", 2), ("-$5", 0), ("4 $ and", 0), ("44$", 0), ("a $ and", 2), ("4 x", 2)],
)
def test_a_match_begins_as_far_before_as_what_follows_lets_it(text, start):
    """Only what may stand there with this behind it is looked for."""
    anchor = text.index("$") if "$" in text else 2
    assert LEADS.at(text, anchor).match(text, 0, anchor).start() == start


def test_where_nothing_is_known_of_what_follows_anything_fits():
    """An empty source is behind every anchor."""
    leads = Leads([("", "[0-9]")])
    assert leads.at("4x", 1).match("4x", 0, 1).start() == 0
