"""The file district.toml that goes with a sample."""

from pipelines.sample.names import DISTRICT
from pipelines.sample.people import CODE_PATTERN
from pipelines.sample.plan import Plan

_TEXT = """\
# 示例区的设置：区名、单位、人员、数据全部虚构。各项含义和默认值见 README。
name = "{name}"
programmes = ["D"]

# 单位季度人均积分的分值线，等于线的归高档；四个季度都达到优秀线，全年就是 1000 分。
[[score_lines]]
effective_from = 2022-01-01
excellent = {excellent}
good = {good}
pass = {passing}

[tiers]
names = ["优秀", "良好", "合格", "不合格"]

[ranking]
headcount = "period_end"
communities = "per_steward"
commend = 10
explain = 7
near_line = 0.9

[points]
assigned = [5, 20]
urgent = [5, 40]
annual_target = 1000
# 号段不同，年度任务不同；没有写的号段(2 号，联系单位干部)按 annual_target。
class_targets = {{ 1 = 50, 3 = 200, 4 = 40, 5 = 40, 6 = 50 }}

[checkins]
radius_m = 50
per_year = 12
datum = "gcj02"

[surveys]
minimum_n = 30

[stewards]
# 号段、单位、网格、楼栋、顺序号，如 2D017Q10703-001、6Q1070305-002。
code_pattern = '{code_pattern}'
"""


def settings_text(plan: Plan) -> str:
    """The settings as TOML; the score lines are in force from 2022 on."""
    excellent, good, passing = plan.score_lines
    return _TEXT.format(
        name=DISTRICT, excellent=excellent, good=good, passing=passing, code_pattern=CODE_PATTERN
    )
