"""The monthly report as files: 月报 in DOCX, PPTX, XLSX and, where LibreOffice is installed, PDF; pictures as PNG."""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.board.door import Serving, serving_version
from dashboard.pictures.shots import Shot, take
from dashboard.report.content import make_report
from dashboard.report.docx_file import to_docx
from dashboard.report.model import Report
from dashboard.report.pdf_file import find_soffice, write_pdf
from dashboard.report.pptx_file import write_pptx
from dashboard.report.xlsx_pack import to_workbook
from pipelines.faults import DiskFull, NoBrowserFault, OutFolderUnusable, PicturesFailed
from pipelines.passages import passages_of
from pipelines.warehouse import Warehouse

_SHARP = 2


@dataclass(frozen=True)
class Pack:
    """The files written, and sentences about what could not be."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def write_pack(warehouse: Path, period: str, out: Path, told: Callable[[str], None] = lambda _: None) -> Pack:
    """Writes the pack of a month into a folder; every file appears whole, and all of them at the end or none.

    `told` hears what is being done. Raises the faults of `make_report`, those of a warehouse that cannot be read, and
    OutFolderUnusable. A missing browser or LibreOffice is no fault: the notes say what is missing for it.
    """
    quiet()
    board = serving_version(str(warehouse), Warehouse(warehouse).current().id)
    report = make_report(board, period, passages_of(Warehouse(warehouse).state, period))
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".unfinished-", dir=out) as aside:
            files, notes = _written(board, report, Path(aside), told)
            return Pack(tuple(file.replace(out / file.name) for file in files), tuple(notes))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(out) from error
        raise OutFolderUnusable(out, error.strerror or str(error)) from error


def _written(
    board: Serving, report: Report, aside: Path, told: Callable[[str], None]
) -> tuple[list[Path], list[str]]:
    name = f"月报_{report.period}"
    told("生成图片")
    pictures, notes = _pictures(board, report, aside, name)
    told("编排 DOCX、PPTX、XLSX")
    docx, pptx, xlsx = (aside / f"{name}.{ending}" for ending in ("docx", "pptx", "xlsx"))
    docx.write_bytes(to_docx(report, pictures))
    write_pptx(report, pictures, pptx)
    xlsx.write_bytes(to_workbook(report))
    files = [docx, pptx, xlsx, *pictures.values()]
    program = find_soffice()
    if program is None:
        notes.append("没有安装 LibreOffice，没有生成 PDF；其余文件已写出。")
        return files, notes
    told("转换 PDF")
    work = aside / "pdf"
    work.mkdir()
    pdf = write_pdf(program, docx, work)
    if pdf is None:
        notes.append(f"LibreOffice（{program}）没有转换成功，没有生成 PDF；其余文件已写出。")
        return files, notes
    return [*files, pdf], notes


def _pictures(board: Serving, report: Report, aside: Path, name: str) -> tuple[dict[str, Path], list[str]]:
    """Name of the picture → PNG; none, and a note, where there is no browser or a picture fails."""
    shots = [Shot(f"{name}_{one.caption}", one.path, one.block) for one in report.pictures]
    if not shots:
        return {}, []
    try:
        made = take(Path(board.root), shots, aside, scale=_SHARP)
    except (NoBrowserFault, PicturesFailed) as fault:
        return {}, [f"{str(fault).rstrip('。')}；月报照常写出，图片的位置留有说明。"]
    return {one.name: path for one, path in zip(report.pictures, made, strict=True)}, []


def quiet() -> None:
    """Streamlit remarks on every kept answer that no server runs; here none is meant to."""
    for logger in ("streamlit.runtime.caching.cache_data_api", "streamlit.runtime.scriptrunner_utils"):
        logging.getLogger(logger).setLevel(logging.ERROR)
