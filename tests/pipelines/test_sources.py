"""The declarations of the exports against the published contract, and the rules they must keep."""

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from pipelines import sources
from pipelines.sources import (
    DeclarationError,
    load_exports,
    load_order,
    read_declarations,
    referenced_exports,
)

# name 中文表头, `*` = required; the key is the first column unless KEYS says otherwise.
CONTRACT = {
    "areas": "area_code 区划编码*, name 名称*, level 层级*, parent_code 上级编码, longitude 经度, latitude 纬度, households 户数, population 人口",
    "units": "unit_id 单位编码*, name 单位名称*, kind 单位类别*, ranking_group 排名分组, community_code 包联社区编码, alliance 联盟",
    "stewards": "steward_id 红管家编号*, name 姓名*, steward_number 号段*, unit_id 单位编码, community_code 社区编码*, grid_code 网格编码, building 楼栋, party_member 党员, phone 手机号, households 联系户数, joined_on 加入日期*, left_on 退出日期",
    "tasks": "task_id 任务编号*, title 标题, category 类别*, kind 任务类型*, horn_level 集结号, channel 来源渠道, difficulty 难度, method 工作法, community_code 社区编码*, grid_code 网格编码, place 地点, longitude 经度, latitude 纬度, points 分值, published_at 发布时间*, due_at 办理期限, accepted_at 受理时间, routed_at 分流时间, supervised_at 督办时间, feedback_at 反馈时间, closed_at 办结时间, assessed_at 考核时间",
    "claims": "claim_id 领取编号*, task_id 任务编号*, steward_id 红管家编号*, claimed_at 领取时间*, completed_at 完成时间, verified_at 核查时间, verifier_id 核查人编号, verdict 核查结果, stars 星级",
    "points": "entry_id 流水编号*, steward_id 红管家编号*, occurred_at 记账时间*, points 分值*, kind 积分类型*, task_id 任务编号, merchant_id 商户编号",
    "checkins": "checkin_id 打卡编号*, steward_id 红管家编号*, community_code 社区编码*, checked_in_at 打卡时间*, longitude 经度*, latitude 纬度*",
    "wishes": "wish_id 心愿编号*, community_code 社区编码*, category 类别*, small_kind 四小类型, channel 收集渠道, collected_at 收集时间*, adopted_at 认领时间, adopter_id 认领人编号, fulfilled_at 达成时间",
    "satisfaction": "response_id 问卷编号*, wave 期次*, surveyed_on 调查日期*, community_code 社区编码*, unit_id 单位编码, topic 项目*, answer 评价*, weight 权重",
    "safety": "response_id 问卷编号*, wave 期次*, surveyed_on 调查日期*, community_code 社区编码*, answer 评价*, weight 权重",
    "bulletins": "wave 期次*, indicator 指标*, area_code 区划编码*, value 数值*, rank 排名, ranked_of 参评数",
    "incidents": "incident_id 事件编号*, kind 类型*, community_code 社区编码*, occurred_on 发生日期*, closed_on 办结日期",
    "sites": "site_id 阵地编号*, kind 类型*, name 名称*, community_code 社区编码*, longitude 经度, latitude 纬度",
    "meetings": "meeting_id 会议编号*, kind 类型*, community_code 社区编码*, held_on 日期*, attendees 人数, raised 提出事项, settled 解决事项",
    "activities": "activity_id 活动编号*, kind 类型*, community_code 社区编码*, unit_id 单位编码, held_on 日期*, participants 参与人次, served 服务人次, alliance 联盟, funds 经费",
    "projects": "project_id 项目编号*, name 名称*, kind 类型*, community_code 社区编码, steward_id 领办人编号, started_on 开始日期*, finished_on 完成日期, quantity 数量, suffix 计量单位, amount 金额",
    "feedback": "item_id 事项编号*, kind 类型*, community_code 社区编码*, recorded_at 时间*, closed_at 办结时间",
    "ratings": "rating_id 评价编号*, task_id 任务编号*, rater 评价方*, score 分值*, rated_on 日期*",
    "duties": "duty_id 责任编号*, unit_id 单位编码*, field 领域*, item 事项*, due_on 期限, done_on 完成日期",
    "resources": "resource_id 清单编号*, list 清单类型*, alliance 联盟, unit_id 单位编码, community_code 社区编码, item 事项*, quantity 数量, suffix 计量单位, matched_with 对接编号",
    "honours": "honour_id 荣誉编号*, steward_id 红管家编号*, kind 类型*, awarded_on 日期*",
}
LABELS = "区划 单位 红管家 任务 领取 积分 打卡 微心愿 满意度 安全感 上级通报 三零事件 阵地 议事 活动 实事项目 公开与反馈 评价 责任清单 清单 荣誉"
KEYS = {"stewards": ("steward_id", "joined_on"), "bulletins": ("wave", "indicator", "area_code")}
# export.column: stored values in the words of the contract; / separates a value from the English word it may come as.
CHOICES = {
    "areas.level": "district/区 subdistrict/街道 subdistrict/镇 community/社区 community/村 grid/网格",
    "units.kind": "机关 事业 企业 物业 社会组织 两新 志愿队",
    "tasks.kind": "派单/assigned 突发/urgent 日常/routine",
    "tasks.horn_level": "服务 攻坚 紧急",
    "tasks.difficulty": "易 实 难",
    "claims.verdict": "通过 退回",
    "points.kind": "派单任务 突发任务 日常任务 打卡 志愿服务 奖励 兑换 抽奖 扣减",
    "wishes.small_kind": "小建议 小纠纷 小隐患 小困难",
    "satisfaction.answer": "很满意 满意 基本满意 不满意 很不满意 不了解 1 2 3 4 5",
    "safety.answer": "很安全 安全 基本安全 不太安全 不安全 不了解",
    "bulletins.indicator": "安全感 满意度",
    "incidents.kind": "信访 安全事故 治安案件",
    "sites.kind": "工作室 驿站 微岗亭 网格驿站 商户 食堂 积分超市",
    "meetings.kind": "议事厅 恳谈会 院坝会 积分奖励大会",
    "resources.list": "服务 需求 志愿 资金 人员",
    "honours.kind": "红管家之星 金质 银质 铜质 先进典型",
}
RANGES = {
    "stewards.steward_number": (1, 6),
    "claims.stars": (1, 5),
    "points.points": (-1000, 1000),
    "tasks.points": (-1000, 1000),
    "bulletins.value": (0, 100),
    "ratings.score": (0, 100),
    "satisfaction.weight": (0, None),
    "safety.weight": (0, None),
    "meetings.attendees": (0, None),
    "areas.households": (0, None),
    "projects.amount": (None, None),
}
REFERENCES = {
    "area_code": "areas",
    "parent_code": "areas",
    "community_code": "areas",
    "grid_code": "areas",
    "unit_id": "units",
    "steward_id": "stewards",
    "verifier_id": "stewards",
    "adopter_id": "stewards",
    "task_id": "tasks",
    "merchant_id": "sites",
    "matched_with": "resources",
}
ORDER = {
    "tasks": "published_at≤closed_at accepted_at≤routed_at routed_at≤feedback_at feedback_at≤closed_at closed_at≤assessed_at accepted_at≤supervised_at accepted_at≤closed_at",
    "claims": "claimed_at≤completed_at completed_at≤verified_at claimed_at≤verified_at",
    "wishes": "collected_at≤adopted_at adopted_at≤fulfilled_at collected_at≤fulfilled_at",
    "stewards": "joined_on≤left_on",
    "projects": "started_on≤finished_on",
    "incidents": "occurred_on≤closed_on",
}


def column(path: str) -> sources.Column:
    export, name = path.split(".")
    return load_exports()[export].column(name)


def test_every_export_of_the_contract_is_declared_and_no_other() -> None:
    exports = load_exports()
    assert set(exports) == set(CONTRACT)
    assert [exports[name].label for name in CONTRACT] == LABELS.split()


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_headers_and_required_marks_are_those_of_the_contract(name: str) -> None:
    export = load_exports()[name]
    declared = [f"{c.name} {c.header}{'*' if c.required else ''}" for c in export.columns]
    assert ", ".join(declared) == CONTRACT[name]
    assert export.key == KEYS.get(name, (export.columns[0].name,))


@pytest.mark.parametrize("path", CHOICES)
def test_closed_sets_accept_the_words_of_the_contract(path: str) -> None:
    spelled = {text: c.value for c in column(path).choices for text in (c.value, *c.aliases)}
    for pair in CHOICES[path].split():
        stored, _, word = pair.partition("/")
        assert spelled[stored] == stored
        assert not word or spelled[word] == stored
    assert {pair.partition("/")[0] for pair in CHOICES[path].split()} == set(spelled.values())


def test_sets_that_the_contract_leaves_open_are_free_text() -> None:
    chosen = {f"{e.name}.{c.name}" for e in load_exports().values() for c in e.columns if c.choices}
    assert chosen == set(CHOICES)


@pytest.mark.parametrize("path", RANGES)
def test_ranges(path: str) -> None:
    assert (column(path).minimum, column(path).maximum) == RANGES[path]


def test_all_coordinates_lie_in_the_same_frame() -> None:
    frames = {
        (c.name, c.minimum, c.maximum)
        for e in load_exports().values()
        for c in e.columns
        if c.type in ("longitude", "latitude")
    }
    assert frames == {("longitude", 73, 136), ("latitude", 3, 54)}


def test_every_whole_number_but_the_graded_ones_counts_from_zero() -> None:
    graded = {"steward_number", "stars"}
    counts = [
        c for e in load_exports().values() for c in e.columns if c.type == "integer" and c.name not in graded
    ]
    assert counts
    assert {c.minimum for c in counts} == {0}


def test_every_column_that_names_a_foreign_key_refers_to_its_export() -> None:
    for export in load_exports().values():
        for c in export.columns:
            expected = None if c.name == export.key[0] else REFERENCES.get(c.name)
            assert c.references == expected, f"{export.name}.{c.name}"


def test_orders_include_those_that_follow() -> None:
    pairs = {e.name: {f"{a}≤{b}" for a, b in e.order_pairs} for e in load_exports().values() if e.order}
    assert set(pairs) == set(ORDER)
    for name, expected in ORDER.items():
        assert set(expected.split()) <= pairs[name]
    assert "supervised_at≤closed_at" not in pairs["tasks"]
    assert "published_at≤accepted_at" not in pairs["tasks"]


def test_all_times_are_events_but_deadlines() -> None:
    ahead = {f"{e.name}.{c.name}" for e in load_exports().values() for c in e.columns if not c.event} & {
        f"{e.name}.{c.name}"
        for e in load_exports().values()
        for c in e.columns
        if c.type in ("date", "datetime", "deadline")
    }
    assert ahead == {"tasks.due_at", "duties.due_on"}


def test_only_names_and_phones_of_stewards_are_personal() -> None:
    personal = {f"{e.name}.{c.name}" for e in load_exports().values() for c in e.columns if c.personal}
    assert personal == {"stewards.name", "stewards.phone"}


def test_an_export_comes_after_those_it_refers_to() -> None:
    order = load_order()
    for export in load_exports().values():
        for c in export.references:
            assert c.references == export.name or order.index(str(c.references)) < order.index(export.name)


def test_surrogates_of_referenced_exports_and_of_references() -> None:
    surrogates = {name: load_exports()[name].surrogate for name in referenced_exports()}
    assert surrogates == {
        "areas": "area_no",
        "units": "unit_no",
        "stewards": "steward_no",
        "tasks": "task_no",
        "sites": "site_no",
        "resources": "resource_no",
    }
    assert column("points.merchant_id").surrogate == "merchant_no"
    assert column("resources.matched_with").surrogate == "matched_no"
    assert column("areas.parent_code").surrogate == "parent_no"


def test_every_export_can_withdraw_its_records() -> None:
    assert all(e.column("voided").header == "作废" for e in load_exports().values())


def test_the_module_wins_over_the_folder_of_its_data() -> None:
    code = "import pipelines.sources as s; print(s.__file__)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.strip().endswith("sources.py")


# --- a wrong declaration is refused --------------------------------------------------------------


@pytest.mark.parametrize(
    ("export", "old", "new", "complaint"),
    [
        ("duties", 'references = "units"', 'references = "unit"', "refers to unit"),
        ("duties", 'header = "期限"', 'header = "期限"\nhint = "x"', "hint"),
        ("duties", 'type = "date"', 'type = "day"', "type"),
        ("duties", 'key = ["duty_id"]', 'key = ["due_on"]', "key column due_on"),
        ("duties", 'name = "done_on"', 'name = "due_on"', "two columns of one name"),
        ("duties", 'name = "duties"', 'name = "chores"', "declares chores"),
        ("duties", 'name = "done_on"', 'name = "voided"', "two columns of one name"),
        ("incidents", '"occurred_on", "closed_on"', '"occurred_on", "ended_on"', "ended_on"),
        ("incidents", '"occurred_on", "closed_on"', '"kind", "closed_on"', "order names kind"),
        (
            "projects",
            '["started_on", "finished_on"],',
            '["started_on", "finished_on"], ["finished_on", "started_on"],',
            "circle",
        ),
        ("areas", 'references = "areas"', 'references = "units"', "circle"),
        ("claims", '"合格", ', '"退回", ', "one spelling for two choices"),
        ("claims", "maximum = 5", 'choices = [{ value = "5" }]', "choices belong"),
        ("duties", 'name = "field"', 'name = "field"\nminimum = 1', "only numbers have a range"),
        ("duties", 'name = "field"', 'name = "field"\nevent = true', "only dates are events"),
        ("tasks", "event = false", "event = true", "deadline may lie ahead"),
    ],
)
def test_a_wrong_declaration_is_refused(
    tmp_path: Path, export: str, old: str, new: str, complaint: str
) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(str(files("pipelines") / "sources"), folder)
    path = folder / f"{export}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match=complaint):
        read_declarations(folder)
