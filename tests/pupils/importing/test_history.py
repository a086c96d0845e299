"""What is kept of an import for years: figures, ids, row numbers and reasons. No name and no value of a pupil."""

from pupils.models import RollImport
from schools.models import School
from schools.tenancy import in_school
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.pages import bring_in, decide, stage


def only_import(school: School) -> RollImport:
    with in_school(school):
        return RollImport.objects.get()


def test_the_history_holds_no_name_and_no_value(client, school, senco):
    client.force_login(senco)
    bring_in(client, school, "ctf_full_v26.xml")
    kept = repr(only_import(school).outcome) + repr(only_import(school).counts)
    assert not [word for word in ("Alder", "Hazel", "Rowan", "Robin", make_upn(1)) if word in kept]


def test_the_history_holds_no_name_of_a_row_that_went_wrong(client, school, senco):
    """Somebody chose the wrong columns: a name stands where a code, a year, a date, a number or a flag belongs."""
    client.force_login(senco)
    head = ["Surname", "Forename", "UPN", "DOB", "Year", "SEN Status", "SEN Need", "Gender", "EAL", "Pupil Premium"]
    good = ["Hazel", "Rowan", "", "05/11/2013", "7", "K", "SLCN", "F", "N", "N"]
    wrong = [[*good[:place], "Zebedee Quill", *good[place + 1 :]] for place in range(2, len(head))]
    data = "\n".join(",".join(line) for line in [head, *wrong]).encode()
    url = stage(client, school, "roll.csv", data)
    assert client.get(url).content.decode().count("The file says “Zebedee Quill”.") == len(wrong)
    assert decide(client, url).status_code == 302
    found = only_import(school)
    assert {number for number, _, _ in found.outcome["problems"]} == set(range(2, len(wrong) + 2))
    kept = repr(found.outcome) + repr(found.counts) + client.get(url).content.decode()
    assert not [word for word in ("Zebedee", "Quill", "ZEBEDEE", "Rowan") if word in kept]
