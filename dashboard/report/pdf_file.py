"""PDF of the DOCX by LibreOffice, where it is installed."""

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from dashboard.report.docx_layout import FALLBACKS

COMMANDS = ("soffice", "libreoffice")
_SECONDS = 45
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Font/Substitution"><prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>
{pairs}</oor:items>
"""
_PAIR = """<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs"><node oor:name="_{number}" oor:op="replace">
<prop oor:name="ReplaceFont" oor:op="fuse"><value>{face}</value></prop>
<prop oor:name="SubstituteFont" oor:op="fuse"><value>{other}</value></prop>
<prop oor:name="OnScreenOnly" oor:op="fuse"><value>false</value></prop>
<prop oor:name="Always" oor:op="fuse"><value>false</value></prop></node></item>
"""


def find_soffice() -> str | None:
    """The program of LibreOffice; None when there is none."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def write_pdf(program: str, docx: Path, folder: Path) -> Path | None:
    """The PDF of a document, written into the folder; None when LibreOffice could not make it.

    It runs with settings of its own, so that an open LibreOffice does not disturb it, and with the substitutes for faces
    that this machine does not have.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    pairs = "".join(
        _PAIR.format(number=number, face=escape(face), other=escape(others[-1]))
        for number, (face, others) in enumerate(FALLBACKS.items())
    )
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(pairs=pairs), "utf-8")
    words = [program, f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless", "--convert-to", "pdf"]
    try:
        done = subprocess.run(
            [*words, "--outdir", str(folder), str(docx)], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    made = folder / f"{docx.stem}.pdf"
    return made if done.returncode == 0 and made.is_file() else None
