"""Definitions are read whole, and refused with file, line, key and what was meant."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.programme.definition import (
    Installed,
    Programme,
    load_programme,
    load_programmes,
    programme_from_text,
)
from desktop.programme.eligibility import check
from desktop.programme.rules import TESTS
from desktop.programme.targets import rounded, share_of_target
from desktop.tasks import adopting
from desktop.vietnamese.dates import PartialDate
from tests.programme.situations import facts_of, moment

CODE = "1TR-2021-2023"
SWITCHES = {f"MT-{number:02d}" for number in range(1, 21)}


@pytest.fixture
def shipped(resources: Path) -> str:
    return (resources / "programmes" / f"{CODE}.toml").read_text(encoding="utf-8")


def refusal(folder: Path, text: str) -> UserError:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_programme(path)
    return caught.value


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_programme_of_2021_to_2023_is_whole(programme: Programme) -> None:
    counts = {"DK": 22, "CT": 6, "KT": 8, "QT": 4}
    ids = [f"{name}-{n:02d}" for name, count in counts.items() for n in range(1, count + 1)]
    assert [rule.id for rule in programme.rules] == ids
    kinds = {"DK": "eligibility", "CT": "target", "KT": "award", "QT": "process"}
    assert all(rule.kind == kinds[rule.id[:2]] for rule in programme.rules)
    assert [award.rule for award in programme.awards if award.to == "person"] == [
        "KT-03",
        "KT-04",
        "KT-05",
        "KT-04",
    ]
    assert [one.code for one in programme.categories] == [f"1.{n}" for n in range(1, 8)]
    assert [stage.target for stage in programme.stages] == [300000, 700000]
    assert {one.id for one in programme.contradictions} == SWITCHES
    assert (len(programme.groups), len(programme.regions), len(programme.fields)) == (5, 8, 5)
    assert programme.campaigns[0].baseline == 165541
    assert programme.participation is not None
    assert programme.participation.percent == 10


def test_every_rule_cites_its_document_and_quotes_it(programme: Programme) -> None:
    for rule in programme.rules:
        assert programme.cites[rule.id].endswith(rule.clause)
        assert rule.quote
        assert rule.title
        assert rule.title_en
    assert programme.cites["DK-19"] == "1298/LĐLĐ mục 6"


def test_the_programmes_ship_with_their_dates_at_their_precision(
    programmes: dict[str, Programme],
) -> None:
    starts = {
        "75K-2021": ["2021-03-10"],
        "NHLDST-2025": ["2025-04-15", "2025-07-16"],
        "DMST-CDS-2025-2030": ["2025-01-01", "2028-01-01"],
        "THIDUA-2026": ["2026-01-01", "2026-07-01"],
    }
    for code, days in starts.items():
        stages = programmes[code].stages
        assert [stage.upload_from.isoformat() for stage in stages] == [
            f"{day}T00:00:00+07:00" for day in days
        ]
    last = programmes["DMST-CDS-2025-2030"].stages[1]
    assert (last.last, last.upload_before.isoformat()) == (
        PartialDate(2030),
        "2031-01-01T00:00:00+07:00",
    )
    assert programmes["75K-2021"].windows.apply.last == date(2021, 5, 31)
    assert set(programmes) == {*starts, CODE}


def test_every_rule_of_every_programme_names_a_place_and_what_is_looked_at(
    programmes: dict[str, Programme],
) -> None:
    for programme in programmes.values():
        assert programme.rules_of("eligibility")
        for rule in programme.rules:
            assert rule.clause
            assert rule.title_en
            assert rule.data


@pytest.mark.usefixtures("in_vietnamese")
def test_the_samples_are_judged_under_every_programme(
    programmes: dict[str, Programme], resources: Path
) -> None:
    text = (resources / "samples" / "initiatives.toml").read_text(encoding="utf-8")
    for programme in programmes.values():
        rules = {rule.id for rule in programme.rules_of("eligibility")}
        for sample in tomllib.loads(text)["initiatives"]:
            verdict = check(programme, facts_of(sample), now=moment("2026-11-21T09:00:00+07:00"))
            assert {found.rule for found in verdict.findings} == rules
            assert verdict.definition == programme.version
            assert all(found.message for found in verdict.findings)


@pytest.mark.parametrize(
    ("use", "result"),
    [("2021-01", "fail"), ("2021-02", "pass"), ("2021-05-31", "pass"), ("2021", "review")],
)
def test_months_bound_the_application_of_2021(
    programmes: dict[str, Programme], use: str, result: str
) -> None:
    verdict = check(
        programmes["75K-2021"], facts_of({"use": use}), now=moment("2021-07-01T09:00:00+07:00")
    )
    assert next(one.result for one in verdict.findings if one.rule == "DK-07") == result


def test_two_letters_round_in_their_own_ways(programme: Programme) -> None:
    cut, whole = programme.rounding_of("letter_3990"), programme.rounding_of("letter_1298")
    share = share_of_target(165541, 300000)
    other = share_of_target(2779, 2300)
    assert share is not None
    assert other is not None
    assert (str(rounded(share, cut)), str(rounded(other, whole))) == ("55.1", "121")
    assert str(rounded(share, programme.rounding_of("weekly"))) == "55.2"


def test_every_test_is_chosen_by_some_rule(programme: Programme) -> None:
    assert {rule.test for rule in programme.rules} == set(TESTS)


@pytest.mark.parametrize(
    ("old", "new", "meant", "key"),
    [
        ("apply_from =", "aply_from =", "apply_from", "windows.aply_from"),
        ('severity = "block"', 'severty = "block"', "severity", "rules[1].severty"),
        ('test = "applied"', 'test = "aplied"', "applied", "rules[5].test"),
        ('severity = "info"', 'severity = "inform"', "info", "rules[21].severity"),
        ('document = "letter_1298"', 'document = "letter_1289"', "letter_1298", "rules[19].docum"),
        ('credit = "leader_or_highest"', 'credit = "leader"', "leader_or_highest", "switches.cred"),
        ("total = 100", "totl = 100", "total", "rules[12].parameters.totl"),
        ("[participation]", "[participations]", "participation", "participations"),
    ],
)
def test_a_slip_is_named_with_its_line_and_the_nearest_word(
    shipped: str, tmp_path: Path, old: str, new: str, meant: str, key: str
) -> None:
    text = shipped.replace(old, new, 1)
    error = str(refusal(tmp_path, text))
    assert "mine.toml" in error
    assert f" {line_of(text, new)}," in error
    assert key in error
    assert f"“{meant}”" in error


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("apply_from = 2021-09-01", 'apply_from = "1/9/2021"', "definition-type"),
        ("apply_from = 2021-09-01", "apply_from = 20210901", "definition-type"),
        ("upload_from = 2022-01-08T07:00:00+07:00", "upload_from = 2022-01-08", "definition-type"),
        ("T07:00:00+07:00", "T07:00:00", "definition-type"),
        ("target = 300000", 'target = "300000"', "definition-type"),
        ("target = 300000", "target = true", "definition-type"),
        ("topic = true", 'topic = "yes"', "definition-type"),
        ("decimals = 1", "decimals = 1.5", "definition-type"),
        ('kinds = ["Sản phẩm", "Quy trình"]', 'kinds = "Sản phẩm"', "definition-type"),
        ("apply_from = 2021-09-01", "apply_from = 2021-13-01", "definition-syntax"),
        ("[portal]", "[portal", "definition-syntax"),
        ('title = "01 triệu', 'title_en = "01 triệu', "definition-syntax"),
        ('severity = "block"\n', "", "definition-missing-key"),
        ("apply_to = 2023-09-01", "apply_to = 2021-08-01", "definition-window"),
        ("qualify_to = 2022-05-31", "qualify_to = 2021-05-31", "definition-window"),
        ("upload_from = 2022-06-01T07", "upload_from = 2022-05-31T07", "definition-window"),
        ('id = "DK-02"', 'id = "DK-01"', "definition-twice"),
        ('code = "1.2"', 'code = "1.1"', "definition-twice"),
        ("number = 2\n", "number = 1\n", "definition-twice"),
        ("stage = 2", "stage = 3", "definition-choice"),
        ('kept_in = "switches.credit"', 'kept_in = "switches.kredit"', "definition-key"),
        ("total = 100", "total = 100\nmonths = 12", "definition-parameter"),
        ('form_set = "tt18-2013"', 'form_set = "tt18-2013"\nversion = "1"', "definition-key"),
        ('code = "1TR-2021-2023"', 'code = "1TR 2021"', "definition-code"),
        ('code = "1TR-2021-2023"', 'code = ""', "definition-empty"),
        ('recognisers = ["council", "head"]', "recognisers = []", "definition-empty"),
        ("target = 300000", "target = 0", "definition-figure"),
        ("percent = 10", "percent = 100.5", "definition-figure"),
        ("percent = 10", "percent = nan", "definition-type"),
        ("percent = 10", "percent = inf", "definition-type"),
        ("decimals = 1", f"decimals = {'[' * 5000}", "definition-syntax"),
        ("decimals = 0", "decimals = 7", "definition-figure"),
        ('report = "letter_1298"', 'report = "letter_3990"', "definition-twice"),
        ("first = 2022-04-21", "first = 2022-06-21", "definition-window"),
        ("last = 2022-05-31", "last = 2023-12-31", "definition-window"),
        ("number = 2\n", 'number = 2\nfirst = "2022"\n', "definition-window"),
        ("upload_from = 2022-06-01T07:00:00+07:00\n", "", "definition-missing-key"),
        ('key = "worker"', 'key = "union_officer"', "definition-twice"),
        ('kind = "target"\ntest = "stage_target"', 'test = "stage_target"', "definition-kind"),
        ('test = "confidential"', 'test = "agreement"', "definition-kind"),
        ('rule = "KT-06"', 'rule = "KT-16"', "definition-choice"),
        ('rule = "KT-06"', 'rule = "CT-06"', "definition-choice"),
        ('rule = "KT-06"', 'rule = "KT-05"', "definition-award"),
        ('levels = ["ldld_tinh"]', 'levels = ["ldld_tin"]', "definition-choice"),
        ('forms = ["Ghi nhận hàng quý"]', 'forms = ["Ghi nhận hàng năm"]', "definition-choice"),
        ('within = "object_group"', 'within = "emulation_group"', "definition-choice"),
        ("valid_to = 2024-05-28", "valid_to = 2024-05-29", "definition-twice"),
        ("valid_to = 2024-05-28", "valid_to = 2018-05-29", "definition-window"),
        ('"programme", clause = "II"', '"prog", clause = "II"', "definition-choice"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    shipped: str, tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert old in shipped
    assert refusal(tmp_path, shipped.replace(old, new, 1)).code == code


def test_a_byte_order_mark_of_an_editor_is_no_error(shipped: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(shipped, encoding="utf-8-sig")
    assert load_programme(path).code == "1TR-2021-2023"


@pytest.mark.parametrize("table", ["stages", "categories", "documents", "rules"])
def test_a_list_that_is_needed_may_not_be_empty(shipped: str, tmp_path: Path, table: str) -> None:
    tables = re.split(r"(?m)^(?=\[)", shipped)
    kept = [part for part in tables if not re.match(rf"\[+{table}[\].]", part)]
    text = f"{table} = []\n{''.join(kept)}"
    assert refusal(tmp_path, text).code == "definition-empty"


def test_a_definition_kept_as_text_is_read_as_from_a_file(
    shipped: str, programme: Programme
) -> None:
    assert programme_from_text(shipped, "sổ").version == programme.version
    with pytest.raises(UserError, match=r"sổ.*1TR-2021-2023") as caught:
        programme_from_text(shipped, "sổ", taken=[CODE])
    assert caught.value.code == "definition-twice"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.toml") as caught:
        load_programme(tmp_path / "none.toml")
    assert caught.value.code == "definition-missing"


def test_a_file_in_another_encoding_is_told(shipped: str, tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_bytes(shipped.encode("utf-16"))
    with pytest.raises(UserError) as caught:
        load_programme(path)
    assert caught.value.code == "definition-unreadable"


def test_the_version_changes_with_the_content_and_not_with_comments(
    shipped: str, tmp_path: Path, programme: Programme
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("# a comment\n" + shipped, encoding="utf-8")
    same = load_programme(path).version
    path.write_text(shipped.replace("target = 700000", "target = 700001"), encoding="utf-8")
    assert same == programme.version
    assert load_programme(path).version != programme.version
    assert len(programme.version) == 12


def test_the_same_code_in_two_files_is_refused(shipped: str, tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(shipped, encoding="utf-8")
    with pytest.raises(UserError, match=r"b\.toml") as caught:
        load_programmes(tmp_path)
    assert caught.value.code == "definition-twice"


def test_a_folder_without_programmes_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_programmes(tmp_path)
    assert caught.value.code == "definition-missing"


def test_names_are_shown_in_the_language_in_use(programme: Programme, in_english: None) -> None:
    assert programme.categories[0].label == "Technical solution"
    assert programme.stages[1].label == "Stage 2"
    assert programme.rules[0].label == "Is one of the seven kinds of solution"


@pytest.mark.usefixtures("in_vietnamese")
def test_names_are_vietnamese_by_default(programme: Programme) -> None:
    assert programme.categories[0].label == "Giải pháp kỹ thuật"
    assert programme.groups[0].label == "Cán bộ công đoàn"
    assert programme.label == programme.title


def test_every_contradiction_names_the_answer_in_force(shipped: str) -> None:
    data: dict[str, Any] = tomllib.loads(shipped)
    for one in data["contradictions"]:
        assert one["texts"]
        kept: Any = data
        for name in one["kept_in"].split("."):
            kept = kept[name]
        if one.get("choices"):
            answer = ", ".join(kept) if isinstance(kept, list) else str(kept)
            assert answer in one["choices"], json.dumps(one, ensure_ascii=False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "upload_before = 2023-09-02T00:00:00+07:00\nqualify_from",
            "upload_before = 2023-10-01T00:00:00+07:00\nqualify_from",
            "sau khi Cổng đã đóng lúc 00:00 02/09/2023",
        ),
        (
            "upload_from = 2022-01-08T07:00:00+07:00\nupload_before = 2022-06",
            "upload_from = 2022-01-08T06:00:00+07:00\nupload_before = 2022-06",
            "trước khi Cổng mở lúc 07:00 08/01/2022",
        ),
        ('form_set = "tt18-2013"', 'form_set = "tt18"', "Đang có: tt18-2013"),
        ('profile = "cong_1tr_v1"', 'profile = "cong_1tr_v2"', "“cong_1tr_v1”"),
    ],
)
def test_what_a_new_definition_cannot_use_here_is_refused_with_its_line(
    old: str, new: str, said: str, shipped: str, tmp_path: Path
) -> None:
    text = shipped.replace(old, new, 1)
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    load_programme(tmp_path / "mine.toml")
    installed = Installed(("tt18-2013",), ("cong_1tr_v1",))
    with pytest.raises(UserError, match=re.escape(said)) as caught:
        load_programme(tmp_path / "mine.toml", installed=installed)
    assert f"dòng {line_of(text, new.splitlines()[0])}," in str(caught.value)


def test_every_shipped_definition_can_be_used_here(resources: Path) -> None:
    for file in (resources / "programmes").glob("*.toml"):
        assert load_programme(file, installed=adopting.installed(resources)).code
