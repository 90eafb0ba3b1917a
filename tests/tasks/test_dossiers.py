"""Whole dossiers: their papers and scans in order; what cannot be printed is said, never hidden."""

import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from desktop import text
from desktop.errors import UserError
from desktop.models.actions.decisions import ReviseDecision
from desktop.models.actions.initiatives import AttachFile, RecordInitiative
from desktop.models.attachments import keep, path_of
from desktop.models.entry import AuthorDraft
from desktop.models.reading import decision_initiatives, decisions
from desktop.models.store import Store
from desktop.tasks.completeness import lacks
from desktop.tasks.papers import ids_of, print_papers
from desktop.tasks.shown_files import ShownFiles
from desktop.views.pdf_pages import contents
from tests.exchange.test_scan_pages import bomb, broken, cut, encrypted, endless, pdf, photo, word
from tests.stores import complete


@pytest.fixture
def recorded(store: Store) -> int:
    return int(store.journal.do(RecordInitiative(complete())).result)


def attach(store: Store, record: int, file: Path, kind: str = "other") -> str:
    kept = keep(store.folder, file)
    store.journal.do(AttachFile(record, kept, kind))
    return kept.sha256


def attach_decision(store: Store, file: Path) -> None:
    with store.reading() as connection:
        (line,) = decisions(connection)
        ids = decision_initiatives(connection, line.id)
    store.journal.do(ReviseDecision(line.id, line.draft, ids, keep(store.folder, file)))


def printed(store: Store, tmp_path: Path, resources: Path) -> tuple[Path, ShownFiles]:
    out, files = tmp_path / "dossier.pdf", ShownFiles(store.folder, tmp_path / "pictures")
    print_papers(store, "dossier", ids_of(store, []), out, resources, files=files)
    return out, files


def words(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(said.split())


def test_papers_and_scans_stand_in_order_with_bookmarks(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    attach_decision(store, pdf(tmp_path / "qd.pdf"))
    attach(store, recorded, photo(tmp_path / "ảnh lò.jpg"))
    out, files = printed(store, tmp_path, resources)
    outline = [mark for mark, depth, _page in contents(out).outline if depth == 1]
    assert outline == [
        "Danh mục hồ sơ",
        "Đơn yêu cầu công nhận sáng kiến",
        "Mô tả sáng kiến",
        "Bản xác nhận tỷ lệ đóng góp",
        "Quyết định 118/QĐ-HĐSK ngày 20/12/2021",
        "ảnh lò.jpg",
        "Phiếu kiểm tra điều kiện",
    ]
    assert files.troubles == ()
    assert "Quyết định 118/QĐ-HĐSK ngày 20/12/2021 – trang 2/2" in words(out)


def test_one_scan_of_many_initiatives_is_drawn_once_and_lies_in_the_file_once(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    scan = photo(tmp_path / "qd.jpg")
    attach_decision(store, scan)
    alone, _files = printed(store, tmp_path, resources)
    size = alone.stat().st_size
    for number in range(3):
        store.journal.do(RecordInitiative(complete(title=f"Sáng kiến {number}")))
    many, _files = printed(store, tmp_path, resources)
    assert len(list((tmp_path / "pictures").iterdir())) == 1
    assert many.stat().st_size < size * 2


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (encrypted, "tệp có mật khẩu"),
        (bomb, "ảnh quá lớn"),
        (cut, "tệp bị hỏng"),
        (word, "tệp không phải bản quét"),
        (broken, "tệp bị hỏng"),
    ],
)
def test_a_file_that_cannot_be_printed_leaves_a_page_that_says_so(
    make: Callable[[Path], None],
    reason: str,
    store: Store,
    recorded: int,
    tmp_path: Path,
    resources: Path,
) -> None:
    make(tmp_path / "tệp lạ.doc")
    attach(store, recorded, tmp_path / "tệp lạ.doc")
    out, files = printed(store, tmp_path, resources)
    assert f"Không in được tệp “tệp lạ.doc” vì {reason}" in words(out)
    assert [(one.initiative_id, one.file) for one in files.troubles] == [(recorded, "tệp lạ.doc")]
    assert "Phiếu kiểm tra điều kiện" in {mark for mark, _d, _p in contents(out).outline}


def test_a_scan_that_was_lost_or_changed_on_the_disk_is_named(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    digest = attach(store, recorded, pdf(tmp_path / "qd.pdf"))
    path_of(store.folder, digest).write_bytes(b"something else")
    _out, files = printed(store, tmp_path, resources)
    assert [one.reason for one in files.troubles] == ["scan-lost"]


def test_what_a_dossier_lacks_is_named_part_by_part(store: Store) -> None:
    nobody = AuthorDraft("Lò Thị Số", credited=True)
    draft = complete(novelty="", decision=None, authors=(nobody,))
    key = store.journal.do(RecordInitiative(draft)).result
    with text.speaking("vi"), store.reading() as connection:
        (one,) = lacks(connection, "dossier", [key], store.folder)
        assert list(lacks(connection, "invitation", [key], store.folder)) == []
    assert one.parts == (
        "ngày sinh của Lò Thị Số",
        "tỷ lệ đóng góp cho đủ 100%",
        "tính mới",
        "quyết định công nhận",
        "bản quét quyết định",
    )


def test_nothing_is_left_half_written_where_the_place_cannot_be_written(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    taken = tmp_path / "dossier.pdf"
    taken.mkdir()
    with pytest.raises(UserError) as caught:
        print_papers(store, "dossier", [recorded], taken, resources)
    assert caught.value.code == "cannot-write"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_characters_that_the_letters_lack_are_named(
    store: Store, tmp_path: Path, resources: Path
) -> None:
    store.journal.do(RecordInitiative(complete(title="Sổ tay 鸡 cho bản ☃")))
    _out, files = printed(store, tmp_path, resources)
    assert set(files.unprintable) == {"鸡", "☃"}
    print_papers(store, "award-calibration", [], tmp_path / "b.pdf", resources, files=files)
    assert files.unprintable == ""


def test_a_full_disk_is_said_and_the_older_file_stays(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    out.write_bytes(b"older")
    size = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, size[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with pytest.raises(UserError, match=r"Không ghi được tệp .*\(đĩa đầy\)"):
            print_papers(store, "description", [recorded], out, resources)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, size)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    assert out.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_fonts_that_are_not_there_are_said(
    store: Store, recorded: int, tmp_path: Path, resources: Path
) -> None:
    bare = tmp_path / "resources"
    shutil.copytree(resources, bare, ignore=shutil.ignore_patterns("*.ttf"))
    with pytest.raises(UserError) as caught:
        print_papers(store, "dossier", [recorded], tmp_path / "a.pdf", bare)
    assert caught.value.code == "font-missing"
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_kills_its_worker_hinders_no_other(
    store: Store, recorded: int, tmp_path: Path, resources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.tasks.shown_files.SECONDS", 3)
    endless(tmp_path / "a.pdf")
    attach(store, recorded, tmp_path / "a.pdf")
    attach(store, recorded, pdf(tmp_path / "b.pdf"))
    out, files = printed(store, tmp_path, resources)
    assert [(one.file, one.reason) for one in files.troubles] == [("a.pdf", "scan-exhausted")]
    assert "b.pdf – trang 2/2" in words(out)


def test_scans_too_large_for_one_file_are_said(
    store: Store, recorded: int, tmp_path: Path, resources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.tasks.shown_files.MOST", 1000)
    attach(store, recorded, photo(tmp_path / "a.jpg"))
    with pytest.raises(UserError, match="Hãy in ít hồ sơ hơn"):
        printed(store, tmp_path, resources)
    assert not (tmp_path / "dossier.pdf").exists()
