"""Moodle's grading worksheet, with the columns that `mod/assign/feedback/offline` of Moodle writes."""

import csv
import io
from datetime import datetime

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom.collecting import gather
from gmmlearn.grading.classroom.roster import Entry
from gmmlearn.grading.collecting import worksheet
from gmmlearn.grading.collecting.names import Origin

HEAD = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"'
)
LINES = """
"Participant 55501","Ada Lovelace",,ada@uni.edu,"Submitted",,100.00,Yes,"Monday, 2 November 2026, 1:05 PM",-,
"Participant 55502","Jürgen Müller",m77,,"Submitted",,100.00,Yes,"Tuesday, 3 November 2026, 12:00 AM",-,
"Participant 55503","No One",,,"No submission",,100.00,Yes,-,-,
"""
OF = {
    "de": (
        'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden",'
        '"Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"',
        ["Mittwoch, 4. März 2026, 13:05", "Mittwoch, 2. Dezember 2026, 00:00"],
        'Teilnehmer/in{},"{}",{},"Zur Bewertung abgegeben",,"20,00",Ja,"{}",-,',
    ),
    "fr": (
        'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","La note peut être modifiée",'
        '"Dernière modification (travail remis)","Dernière modification (note)","Feedback par commentaires"',
        ["mercredi 4 mars 2026, 13:05", "mercredi 2 décembre 2026, 00:00"],
        'Participant{},"{}",{},Remis,,"20,00",Oui,"{}",-,',
    ),
    "es": (
        'Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,"Calificación máxima",'
        '"La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)",'
        '"Comentarios de retroalimentación"',
        ["miércoles, 4 de marzo de 2026, 13:05", "miércoles, 2 de diciembre de 2026, 00:00"],
        'Participante{},"{}",{},Enviado,,"20,00",Sí,"{}",-,',
    ),
    "it": (
        'Identificativo,Nome,"Indirizzo email",Stato,Valutazione,"Valutazione massima",'
        '"La valutazione può essere cambiata","Ultima modifica (consegna)","Ultima modifica (valutazione)",Commenti',
        ["mercoledì, 4 marzo 2026, 13:05", "mercoledì, 2 dicembre 2026, 00:00"],
        'Partecipante{},"{}",{},Consegnato,,"20,00",Sì,"{}",-,',
    ),
    "pt": (
        'Identificador,"Nome completo",E-mail,Estado,Avaliação,"Nota máxima","A nota pode ser alterada.",'
        '"Última atualização (submissão)","Última atualização (avaliação)","Comentários de feedback"',
        ["quarta-feira, 4 de março de 2026 às 13:05", "quarta-feira, 2 de dezembro de 2026 às 00:00"],
        'Participante{},"{}",{},Enviado,,"20,00",Sim,"{}",-,',
    ),
    "pt_BR": (
        'Identificador,"Nome completo","Endereço de email",Status,Nota,"Nota máxima","Nota pode ser alterada",'
        '"Última modificação (envio)","Última modificação (nota)","Comentários de feedback"',
        ["quarta-feira, 4 mar. 2026, 13:05", "quarta-feira, 2 dez. 2026, 00:00"],
        'Participante{},"{}",{},"Enviado para avaliação",,"20,00",Sim,"{}",-,',
    ),
    "ca": (
        'Identificador,"Nom complet","Adreça electrònica",Estat,Qualificació,"Qualificació màxima",'
        '"Es pot canviar la qualificació","Darrera modificació (tramesa)","Darrera modificació (qualificació)",'
        '"Comentaris de retroacció."',
        ["dimecres, 4 de març de 2026, 13:05", "dimecres, 2 de desembre de 2026, 00:00"],
        'Participant{},"{}",{},Tramès,,"20,00",Sí,"{}",-,',
    ),
}
"""Titles, two times, and the form of a line, as Moodle in that language writes them."""


def in_language(language):
    head, times, line = OF[language]
    whose = (("55501", "Ada Lovelace", "ada@uni.edu", times[0]), ("55502", "Jürgen Müller", "", times[1]),
             ("55503", "No One", "", "-"))  # fmt: skip
    return "\n".join([head, *(line.format(*one) for one in whose), ""])


def written(tmp_path, text):
    path = tmp_path / "Grades-STATS101-gmm-12345.csv"
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def test_names_and_times_are_those_of_the_worksheet(tmp_path):
    lines = worksheet.read(written(tmp_path, HEAD + LINES)).lines
    assert [line.time for line in lines.values()] == [datetime(2026, 11, 2, 13, 5), datetime(2026, 11, 3), None]
    roster = {"ada": Entry("ada", email="ada@uni.edu"), "jm": Entry("jm", "Juergen Mueller")}
    for name in ("Participant_55501", "Teilnehmerin_55502"):
        package = tmp_path / "all" / f"{name}_assignsubmission_file_" / "gmm" / "gmmlearn"
        package.mkdir(parents=True)
        (package / "e_step.py").write_text("x = 1\n")
    blind = gather([tmp_path / "all"], Origin.AUTO, roster)
    assert [len(several) for several in blind.students.values()] == [0, 0]
    found = gather([tmp_path / "all"], Origin.AUTO, roster, lines)
    assert found.rows == []
    assert {id: [one.time for one in several] for id, several in found.students.items()} == {
        "ada": [datetime(2026, 11, 2, 13, 5)],
        "jm": [datetime(2026, 11, 3)],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\nada,Ada\n", "its columns are 'id', 'name'. It is to be .* set to Catalan, .* or Swedish"),
        ("", "its columns are none"),
        (HEAD.replace("Identifier", "Azonosító") + LINES, "its columns are 'Azonosító', 'Full name'"),
        (HEAD + "\nAda,,,,,,,,-,-,\n", "line 2: the identifier 'Ada' has no number"),
        (HEAD + "\nParticipant 1,,,,,,,,-,-,\nParticipant 1,,,,,,,,-,-,\n", "line 3: .* is there twice"),
        (HEAD + '\nParticipant 1,,,,,,,,"Montag, 2. Oktober 2026, 13:05",-,\n', "line 2: the time 'Montag"),
        (HEAD + '\nParticipant 1,,,,,,,,"2 November 2026, 25:05",-,\n', "line 2: the time"),
        (OF["de"][0] + '\nTeilnehmer/in1,,,,,,Ja,"Monday, 2 October 2026, 13:05",-,\n', "writes it in German"),
    ],
)
def test_another_file_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(UsageError, match=said):
        worksheet.read(written(tmp_path, text))


@pytest.mark.parametrize("language", OF)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_worksheet_is_read_in_the_language_of_its_moodle_and_written_in_the_same_form(tmp_path, language, delimiter):
    """With semicolons it went through a spreadsheet program of such a country."""
    text = in_language(language)
    rows = list(csv.reader(io.StringIO(text)))
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter, lineterminator="\n").writerows(rows)
    sheet = worksheet.read(written(tmp_path, saved.getvalue()))
    assert [(line.who.name, line.time) for line in sheet.lines.values()] == [
        ("Ada Lovelace", datetime(2026, 3, 4, 13, 5)),
        ("Jürgen Müller", datetime(2026, 12, 2)),
        ("No One", None),
    ]
    assert sheet.lines["55501"].who.ids == ("ada@uni.edu", "55501")
    assert f"{rows[0][0]!r} is the participant, {rows[0][1]!r} is the name, {rows[0][2]!r} is the address" in sheet.said
    assert f"{rows[0][7]!r} is the time of the hand-in" in sheet.said
    assert sheet.maximum() == 20
    grown = list(csv.reader(io.StringIO(sheet.filled({"55502": (17.5, "Good; go on")})), delimiter=delimiter))
    expected = [list(row) for row in rows]
    expected[2][4], expected[2][9] = "17,50", "Good; go on"
    assert grown == expected


def test_without_names_the_numbers_still_have_times(tmp_path):
    """With anonymous submissions Moodle leaves names and addresses out."""
    sheet = worksheet.read(
        written(tmp_path, 'ID,Status,"Zuletzt geändert (Abgabe)"\nTeilnehmer/in7,x,"Montag, 2. März 2026, 09:05"\n')
    )
    assert sheet.lines["7"].time == datetime(2026, 3, 2, 9, 5)
    assert sheet.maximum() is None
