"""Which questions make sense, and what is said to those that do not."""

import duckdb
import pytest

from pipelines.faults import InputFault, PeriodFault
from pipelines.measure import Question, measure
from pipelines.metrics import load_metrics

Con = duckdb.DuckDBPyConnection


def test_every_metric_answers_every_question_it_declares(tiny: Con) -> None:
    asked = 0
    for metric in load_metrics().values():
        by_grain = [Question(metric.name, grain, by=metric.requires) for grain in metric.grains]
        by_dimension = [Question(metric.name, metric.grains[-1], by=by) for by in metric.dimensions]
        for question in by_grain + by_dimension:
            table = measure(tiny, question)
            assert table["value"].notna().all()
            keys = ["period", *([question.by, f"{question.by}_name"] if question.by else [])]
            assert not table.duplicated(keys).any()
            asked += 1
        if metric.daily:
            measure(tiny, Question(metric.name, first_days=5))
    assert asked > 500


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (Question("wish_fulfiled_rate"), "没有指标“wish_fulfiled_rate”；是不是 wish_fulfilled_rate"),
        (Question("claims", "week"), "没有时段“week”；--grain 请从 month、quarter、year、all 中选"),
        (Question("target_reached_rate"), "请从 year 中选"),
        (Question("claims", by="weather"), "不能按“weather”分；--by 请从 district、subdistrict、community、steward_number 中选"),
        (Question("claims", by="topic"), "不能按“topic”分"),
        (Question("claims", period="2023-13"), "“2023-13”不是有效的时段"),
        (Question("claims", "year", period="2023-09"), "时段“2023-09”装不下 --grain year"),
        (Question("claims", "all", period="2023"), "时段“2023”装不下 --grain all"),
        (Question("claims", area="X9"), "没有编码为“X9”的区划"),
        (Question("claims", area="G1"), "分不到网格 G1"),
        (Question("project_quantity", "year"), "请加上 --by kind"),
        (Question("stewards", first_days=5), "没有按日的数"),
        (Question("claims", first_days=0), "没有按日的数"),
        (Question("points_earned", by="kind", first_days=5), "没有按日的数"),
        (Question("safety_rate", "wave", period="春季"), "“春季”不是有效的时段"),
    ],
)  # fmt: skip
def test_questions_without_sense(tiny: Con, question: Question, sentence: str) -> None:
    with pytest.raises(InputFault) as fault:
        measure(tiny, question)
    assert sentence in str(fault.value)
    assert fault.value.exit_code == 2


def test_a_malformed_period_is_a_period_fault(tiny: Con) -> None:
    with pytest.raises(PeriodFault):
        measure(tiny, Question("claims", period="last month"))
