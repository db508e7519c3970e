"""PDF of the DOCX by LibreOffice, where it is installed."""

import os
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from dashboard.report.docx_layout import FALLBACKS

COMMANDS = ("soffice", "libreoffice")
_SECONDS = 45
# Read by fontconfig, through which LibreOffice looks for faces on Linux: what stands in for one that is not installed.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{aliases}<include ignore_missing="yes">{system}</include>
</fontconfig>
"""
_ALIAS = """<match target="pattern"><test qual="any" name="family"><string>{face}</string></test>
<edit name="family" mode="append" binding="strong">{others}</edit></match>
"""
_SYSTEM_FONTS = "/etc/fonts/fonts.conf"


def find_soffice() -> str | None:
    """The program of LibreOffice; None when there is none."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def write_pdf(program: str, docx: Path, folder: Path) -> Path | None:
    """The PDF of a document, written into the folder; None when LibreOffice could not make it.

    It runs with settings of its own, so that an open LibreOffice does not disturb it, and is told what stands in for the
    faces that this machine does not have.
    """
    fonts = folder / "fonts.conf"
    fonts.write_text(_font_settings(), "utf-8")
    words = [program, f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}", "--headless"]
    try:
        done = subprocess.run(
            [*words, "--convert-to", "pdf", "--outdir", str(folder), str(docx)],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={"FONTCONFIG_FILE": str(fonts.absolute()), **os.environ},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    made = folder / f"{docx.stem}.pdf"
    return made if done.returncode == 0 and made.is_file() else None


def _font_settings() -> str:
    aliases = "".join(
        _ALIAS.format(
            face=escape(face), others="".join(f"<string>{escape(other)}</string>" for other in others)
        )
        for face, others in FALLBACKS.items()
    )
    return _FONTS.format(aliases=aliases, system=_SYSTEM_FONTS)
