"""Questions to a built warehouse: those without sense are refused in one sentence, the others have the agreed columns."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.commands import command, process
from tests.pipelines.building import SAMPLE, copy_of

# Words of a command → what its sentence must name.
WRONG = {
    "measure stewrads": "stewards",
    "measure": "METRIC",
    "measure stewards --grain week": "month",
    "measure target_reached_rate --grain month": "year",
    "measure stewards --by weather": "weather",
    "measure stewards --by topic": "topic",
    "measure project_quantity --grain year": "--by kind",
    "measure stewards --period 2024-13": "2024-13",
    "measure stewards --period 2024Q5": "2024Q5",
    "measure stewards --period 24": "24",
    "measure stewards --period 二〇二四年": "二〇二四年",
    "measure stewards --period 2024-1": "2024-1",
    "measure stewards --grain quarter --period 2024-01": "2024-01",
    "measure stewards --period": "--period",
    "measure stewards --loud": "--loud",
    "rank": "用法",
    "rank unit --period 2024Q1": "unit",
    "rank units": "--period",
    "rank units --period 2024": "2024",
    "rank units --period 2024-01": "2024-01",
    "rank units --period Q1": "Q1",
    "rank units --period 1999Q1": "1999Q1",
    "rank units --period 2024Q3": "2024Q3",
    "rank units --period 2024Q1 --published": "2024Q1",
    "rank communities --period x": "“x”",
    "rank communities --period 1999": "1999",
    "rank stewards --period 2024-00": "2024-00",
    "rank stewards --period 2025": "2025",
    "rollback": "",
    "rollback 000099-20300101T000000Z": "000099",
    "rollback ../../etc/passwd": "passwd",
    "statsu": "status",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_question_without_sense(tiny_warehouse: Path, tmp_path: Path, words: str) -> None:
    if words == "rank":
        assert command(words).code == 2
        return
    # Going back takes the builders' lock first, which another worker may hold on the warehouse that all share.
    warehouse = copy_of(tiny_warehouse, tmp_path / "w") if words.startswith("rollback") else tiny_warehouse
    options = (
        [] if words in ("statsu", "measure", "measure stewards --period") else ["--warehouse", warehouse]
    )
    assert WRONG[words] in command(*words.split(), *options).refused(2)


@pytest.mark.parametrize(
    "words", ["build", "check", "status", "rejects", "measure stewards", "rank units --period 2024Q1"]
)
def test_what_is_needed_is_asked_for(words: str) -> None:
    sentence = command(*words.split()).refused(2)
    assert "INBOX" in sentence or "--warehouse" in sentence


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["--programme", "nowhere"], "nowhere"),
        (["--scale", "0"], "0"),
        (["--scale", "-1"], "-1"),
        (["--scale", "viel"], "viel"),
        (["--months", "0"], "0"),
        (["--seed", "x"], "x"),
    ],
)
def test_a_sample_that_cannot_be(tmp_path: Path, words: list[str], word: str) -> None:
    command("sample", tmp_path / "s", *words).refused(2, word)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_never_writes_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    command("sample", tmp_path, "--scale", "0.02").refused(2, str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


HEADERS = {
    "metrics": "metric,label,definition,better,kind,format,suffix,grains,dimensions",
    "rejects": "file,line,export,reason,column,value,message",
    "findings": "check,severity,export,key,message",
    "measure stewards": "period,value,numerator,denominator,n,low,high",
    "measure stewards --by community": "period,community,community_name,value,numerator,denominator,n,low,high",
    "measure satisfaction_rate --grain wave --by topic": "period,topic,topic_name,value,numerator,denominator,n,low,high",
    "rank units --period 2024Q1": "rank,tied,unit_id,unit,ranking_group,headcount,points,score,tier,margin,near_line,"
    "previous_rank,previous_tier,consequence,provisional",
    "rank communities --period 2024-02": "rank,tied,area_code,community,stewards,points,score,previous_rank",
    "rank stewards --period 2024": "steward_id,name,steward_number,community_code,unit_id,points,rank_in_community,"
    "of_community,rank_in_number,of_number,rank_in_unit,of_unit",
}


@pytest.mark.parametrize("words", HEADERS)
def test_columns_are_those_agreed_on(tiny_warehouse: Path, words: str) -> None:
    options = [] if words == "metrics" else ["--warehouse", tiny_warehouse]
    csv = command(*words.split(), *options, "--csv").done()
    assert csv.out.splitlines()[0] == HEADERS[words]
    assert csv.err == ""
    table = command(*words.split(), *options).done()
    assert table.out.splitlines()[0].split() == HEADERS[words].split(",")


def test_empty_answers_keep_their_columns(tiny_warehouse: Path) -> None:
    options = ("--warehouse", tiny_warehouse, "--csv")
    told = command("measure", "claims", "--period", "2023-01", *options).done()
    assert told.out == "period,value,numerator,denominator,n,low,high\n"
    assert command("rejects", *options).done().out == HEADERS["rejects"] + "\n"


def test_json_of_a_build_and_of_status(tmp_path: Path) -> None:
    told = process(
        "build", SAMPLE, "--warehouse", tmp_path / "w", "--district", SAMPLE / "district.toml", "--json"
    ).done()
    assert told.err == ""
    summary = json.loads(told.out)
    for name in ("records", "loaded", "rejected", "superseded"):
        assert summary[name] == sum(file[name] for file in summary["files"]) > 0
    assert summary["records"] == summary["loaded"] + summary["rejected"] + summary["superseded"]
    assert 0 < summary["seconds"] < 300
    assert {type(value) for file in summary["files"] for value in file.values()} == {str, int, list}
    for file in summary["files"]:
        assert set(file) >= {"file", "export", "encoding", "records", "loaded", "superseded", "rejected"}
        assert (SAMPLE / file["file"]).is_file()
    assert {frozenset(finding) for finding in summary["findings"]} == {
        frozenset({"check", "severity", "count"})
    }
    assert summary["data_until"] == "2023-09-30T23:59:59"
    assert summary["refused"] == []
    assert set(summary["ignored"]) >= {"README.md", "district.toml"}

    status = command("status", "--warehouse", tmp_path / "w", "--json").done().json
    assert status["version"] == summary["version"]
    assert datetime.fromisoformat(status["built_at"]).tzinfo is not None
    for name in ("data_until", "records", "rejected"):
        assert status[name] == summary[name]
    assert [kept["version"] for kept in status["versions_kept"]] == [summary["version"]]
    sentences = command("status", "--warehouse", tmp_path / "w").done().out
    for part in (summary["version"], f"{summary['records']:,}", f"{summary['rejected']:,}"):
        assert part in sentences
    rejects = command("rejects", "--warehouse", tmp_path / "w", "--csv").done().rows
    assert len({(row["file"], row["line"]) for row in rejects}) == summary["rejected"]
    findings = command("findings", "--warehouse", tmp_path / "w", "--csv").done().rows
    assert len(findings) == sum(finding["count"] for finding in summary["findings"])


def test_json_of_a_check(tmp_path: Path) -> None:
    told = process("check", SAMPLE, "--json").done()
    assert told.err == ""
    report = json.loads(told.out)
    assert set(report) == {"files", "rejects", "refused", "ignored"}
    for file in report["files"]:
        assert file["records"] == file["loaded"] + file["superseded"] + file["rejected"]
        assert file["delimiter"] in (",", "\t", ";")
        assert file["encoding"] in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
        reasons = [row["reason"] for row in report["rejects"] if row["file"] == file["file"]]
        assert sum(file["reasons"].values()) == len(reasons) >= file["rejected"]
    assert {file["encoding"] for file in report["files"]} >= {"utf-8", "gb18030"}
