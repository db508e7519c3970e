"""Why a record is rejected: the closed list of reasons, each with a Chinese label and one sentence of help."""

from enum import StrEnum


class Reason(StrEnum):
    """A reason for which a record does not load; a record may have several.

    The value is what commands and tables show; `label` is its Chinese name, `explanation` says in
    one Chinese sentence what is wrong with the record.
    """

    label: str
    explanation: str

    def __new__(cls, value: str, label: str, explanation: str) -> "Reason":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.explanation = explanation
        return member

    RAGGED_ROW = "ragged_row", "列数不符", "这一行的列数与表头不同，多半是内容里的分隔符没有加引号。"
    BAD_QUOTE = "bad_quote", "引号有误", "引号没有成对，或引号后面还有内容。"
    BAD_ENCODING = (
        "bad_encoding",
        "编码有误",
        "这一行有不能解读的字节，多半是不同编码的内容拼在了一个文件里。",
    )
    MISSING_VALUE = "missing_value", "缺少必填值", "必填的列为空，或写了 -、/、无、NULL、N/A。"
    BAD_NUMBER = "bad_number", "不是数字", "数字列里的内容不是数字，或整数列里写了小数。"
    BAD_DATE = "bad_date", "不是日期", "日期列里的内容不是日期，或这一天并不存在。"
    BAD_CHOICE = "bad_choice", "不在可选值中", "内容不在这一列的可选值之中。"
    OUT_OF_RANGE = "out_of_range", "超出范围", "数字超出了这一列允许的范围。"
    WRONG_ORDER = "wrong_order", "先后颠倒", "后一步的时间早于前一步，如办结早于发布。"
    FUTURE_DATE = "future_date", "晚于数据截至", "事件的时间晚于数据截至日，期限不在此列。"
    UNKNOWN_REFERENCE = (
        "unknown_reference",
        "引用不存在",
        "所引用的编号在对应的表中不存在；对应记录补来之后，下一次构建会自动入库。",
    )
    TOTAL_ROW = "total_row", "合计行", "这是表格软件留下的合计行或总计行，不是记录。"
    REPEATED_HEADER = "repeated_header", "重复表头", "数据中间又出现了一次表头。"
    TOO_LONG = "too_long", "内容过长", "内容超过了这一列允许的长度，多半是引号没有成对。"
