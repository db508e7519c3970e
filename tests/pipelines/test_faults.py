"""Every fault leaves with the exit code of its family and says one Chinese sentence."""

import inspect
import re
from pathlib import Path

import pytest

from pipelines import faults

FAMILIES = {faults.InputFault: 2, faults.LockFault: 3, faults.SurroundingsFault: 4}
ALL = [
    kind
    for _, kind in inspect.getmembers(faults, inspect.isclass)
    if issubclass(kind, faults.Fault) and kind is not faults.Fault
]


def test_there_are_faults_of_every_family() -> None:
    assert set(FAMILIES) < set(ALL)


@pytest.mark.parametrize("kind", ALL)
def test_a_fault_belongs_to_one_family_and_leaves_with_its_code(kind: type[faults.Fault]) -> None:
    families = [family for family in FAMILIES if issubclass(kind, family)]
    assert len(families) == 1
    assert kind.exit_code == FAMILIES[families[0]]
    assert kind.__doc__


@pytest.mark.parametrize(
    "fault",
    [
        faults.PeriodFault("2023-13"),
        faults.DistrictFault(Path("d.toml"), 3, "应为整数", "写成整数", "ranking.commend"),
    ],
)
def test_the_sentence_is_chinese_says_where_and_asks_for_something(fault: faults.Fault) -> None:
    sentence = str(fault)
    assert sentence == fault.sentence
    assert re.search("[\u4e00-\u9fff]", sentence)
    assert "请" in sentence
    assert sentence.count("。") == 1
    assert sentence.endswith("。")


def test_the_sentence_of_the_settings_names_file_line_and_setting() -> None:
    fault = faults.DistrictFault(Path("d.toml"), 3, "应为整数", "写成整数", "ranking.commend")
    assert str(fault) == "设置文件 d.toml 第 3 行“ranking.commend”：应为整数；请写成整数。"
    assert (fault.path, fault.line, fault.setting) == (Path("d.toml"), 3, "ranking.commend")
