import pytest

from scr_portal.documents import names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Minutes of 3 May.docx", "Minutes of 3 May.docx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\una\Letter.pdf", "Letter.pdf"),
        ("/tmp/x/../a.txt", "a.txt"),
        ("invoice\u202excod.exe", "invoicexcod.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("\u200babc\u2066.csv", "abc.csv"),
        ("Łódź – عربي.pdf", "Łódź – عربي.pdf"),
        ('a<b>"c|d?.txt', "a_b__c_d_.txt"),
        ("  two   words .pdf", "two words.pdf"),
        ("", "file"),
        (".pdf", "pdf"),
        ("...", "file"),
    ],
)
def test_a_name_is_one_line_that_can_be_seen(given, kept):
    assert names.cleaned(given) == kept


def test_a_long_name_keeps_its_ending():
    kept = names.cleaned("ä" * 400 + ".docx")
    assert len(kept) == names.LONGEST
    assert kept.endswith("ä.docx")
