"""Signing from the printing place: asked for once, refused on the sheet, saved signed."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.models.actions.issuing import VoidPaper
from desktop.models.actions.office import ReviseOffice
from desktop.models.attachments import path_of
from desktop.samples.kept import sample_office
from desktop.tasks import issuing
from desktop.views.main_window import MainWindow
from desktop.views.signing_sheet import SigningSheet
from tests.certificates import DAY, NAME, NOW, PASSWORD, made
from tests.views.conftest import Hands


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user wants the signed file; a certificate lies beside it."""
    target = tmp_path / "đã ký.pdf"
    (tmp_path / "a.p12").write_bytes(made(NOW - 3650 * DAY, NOW + 36_500 * DAY))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    return target


@pytest.fixture
def sheet(window: MainWindow, hands: Hands, out: Path) -> Any:
    """The sheet that asks for a certificate, for a paper of one initiative."""
    assert not out.exists()
    place: Any = hands.go("printing", ("summary-list", (1,)))
    place.acts.buttons["sign"].click()
    return sheet_of(window)


def sheet_of(window: MainWindow) -> Any:
    """The sheet that is open."""
    return [one for one in window.findChildren(SigningSheet) if one.isVisible()][-1]


def test_a_paper_is_signed_and_a_wrong_password_is_asked_for_again(
    sheet: Any, hands: Hands, out: Path
) -> None:
    sheet.certificate.set_value(str(out.with_name("a.p12")))
    sheet.password.setText("sai")
    sheet.accept()
    hands.rest()
    assert sheet.isVisible()
    assert "Mật khẩu không đúng" in sheet.trouble.text()
    assert not out.exists()
    sheet.password.setText(PASSWORD)
    sheet.accept()
    hands.rest()
    assert (sheet.trouble.text(), out.exists()) == ("", True)
    said = subprocess.run(["pdfsig", "-nocert", out], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in said.stdout
    assert NAME in said.stdout


def test_without_a_certificate_the_sheet_stays_and_says_so(sheet: Any) -> None:
    assert sheet.password.echoMode() is QLineEdit.EchoMode.Password
    sheet.accept()
    assert sheet.isVisible()
    assert sheet.trouble.text()
    sheet.reject()


def test_a_paper_with_its_number_is_signed_as_it_was_kept_unless_it_is_void(
    window: MainWindow, hands: Hands, out: Path
) -> None:
    store = window.desk.store
    assert store is not None
    window.doing.do(ReviseOffice(sample_office("01 triệu sáng kiến")))
    wanted = issuing.Wanted("progress-report", ())
    issued_id = issuing.issue(store, wanted, window.desk.app.resources).outcome.result[0]
    place: Any = hands.go("issued", issued_id)
    place.sign.click()
    sheet = sheet_of(window)
    sheet.certificate.set_value(str(out.with_name("a.p12")))
    sheet.password.setText(PASSWORD)
    sheet.accept()
    hands.rest()
    kept = path_of(store.folder, place.current.pdf).read_bytes()
    # A signature is appended: what was kept is there to the last byte.
    assert out.read_bytes().startswith(kept)
    window.doing.do(VoidPaper(issued_id, "Sai"))
    hands.rest()
    assert not place.sign.isEnabled()
    place.ask_sign()
    assert [one for one in window.findChildren(SigningSheet) if one.isVisible()] == []


def test_nobody_to_print_for_is_nothing_to_sign(hands: Hands) -> None:
    place: Any = hands.go("printing")
    place.whom.selection = ()
    place.choose(paper="summary-list", group="selection")
    hands.rest()
    assert not place.acts.buttons["sign"].isEnabled()
