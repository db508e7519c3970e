"""Where the keys of a TOML text stand."""

import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.district.toml_lines import KeyPath, toml_lines

AWKWARD = '''\
# [not.a.table]
name = "a # no comment"   # a comment with = and [
"quoted.key".'other' = """one
two = 2
three \\""" ""\"""
plain.dotted . spaced = 'x = 1'

[points]
assigned = [
  5,  # five ]
  20,
]
class_targets = { 1 = 3, "2" = { deep = [1, 2] } }

[[score_lines]]
good = 1
[score_lines.sub]
x = """ """

[[ score_lines ]]
good = 2023-01-01 00:00:00
[score_lines.sub]
x = \'\'\'
[fake]
y = 1\'\'\'
z = [ [1, 2],
      [3] ]
'''

EXPECTED: dict[KeyPath, int] = {
    ("name",): 2,
    ("quoted.key",): 3,
    ("quoted.key", "other"): 3,
    ("plain",): 6,
    ("plain", "dotted"): 6,
    ("plain", "dotted", "spaced"): 6,
    ("points",): 8,
    ("points", "assigned"): 9,
    ("points", "assigned", 0): 10,
    ("points", "assigned", 1): 11,
    ("points", "class_targets"): 13,
    ("points", "class_targets", "1"): 13,
    ("points", "class_targets", "2"): 13,
    ("points", "class_targets", "2", "deep"): 13,
    ("points", "class_targets", "2", "deep", 0): 13,
    ("points", "class_targets", "2", "deep", 1): 13,
    ("score_lines",): 15,
    ("score_lines", 0): 15,
    ("score_lines", 0, "good"): 16,
    ("score_lines", 0, "sub"): 17,
    ("score_lines", 0, "sub", "x"): 18,
    ("score_lines", 1): 20,
    ("score_lines", 1, "good"): 21,
    ("score_lines", 1, "sub"): 22,
    ("score_lines", 1, "sub", "x"): 23,
    ("score_lines", 1, "sub", "z"): 26,
    ("score_lines", 1, "sub", "z", 0): 26,
    ("score_lines", 1, "sub", "z", 0, 0): 26,
    ("score_lines", 1, "sub", "z", 0, 1): 26,
    ("score_lines", 1, "sub", "z", 1): 27,
    ("score_lines", 1, "sub", "z", 1, 0): 27,
}


def paths(value: Any, path: KeyPath = ()) -> set[KeyPath]:
    """Every path of a document that tomllib has read."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        items = []
    found = {path} if path else set()
    return found.union(*(paths(item, (*path, name)) for name, item in items))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_key_has_its_line_whatever_surrounds_it(line_end: str) -> None:
    text = AWKWARD.replace("\n", line_end)
    assert toml_lines(text) == EXPECTED
    assert set(EXPECTED) == paths(tomllib.loads(text))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", " \t\r\n"])
def test_a_text_without_keys_has_no_lines(text: str) -> None:
    assert toml_lines(text) == {}


keys = st.sampled_from(["a", "b-1", '"q.k"', "'l # k'", '"é"', "_"])
scalars = st.sampled_from(
    ["1", "-1.5e3", "true", '"t # ] }"', "'l, ] ='", "2023-01-01", "07:32:00", '""', '"\\"x"', "inf", "''''''",
     '"""m\n[x]\n# y"""', "'''m\n\"\n'''"]
)  # fmt: skip
arrays = st.lists(scalars, max_size=3).map(lambda items: "[ # c ]\n" + ",\n".join(items) + " ]")
tables = st.dictionaries(keys, st.sampled_from(["1", '"x}"', "[1, 2]"]), max_size=3).map(
    lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
)
sections = st.lists(
    st.tuples(
        st.sampled_from(
            ["[[list]]", "[[list]] # c", "[[ list ]]", "[list.sub]", "[table]", "[ table . inner ]"]
        ),
        st.dictionaries(keys, scalars | arrays | tables, max_size=4),
    ),
    max_size=5,
)


@given(sections)
def test_the_paths_are_those_of_tomllib_and_the_lines_those_of_the_text(
    parts: list[tuple[str, dict[str, str]]],
) -> None:
    text = "".join(
        f"{header}\n" + "".join(f"{key} = {value}\n" for key, value in pairs.items())
        for header, pairs in parts
    )
    document: dict[str, Any] = {}
    with suppress(tomllib.TOMLDecodeError):
        document = tomllib.loads(text)
    assume(document)
    lines = toml_lines(text)
    assert set(lines) == paths(document)
    written = text.split("\n")
    for path, line in lines.items():
        name = next(part for part in reversed(path) if isinstance(part, str))
        if isinstance(path[-1], str):
            assert name in written[line - 1]
