"""The file of a target language: it comes back byte for byte, and a mistake in it is named with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.language import LanguageFileRefused, read, write
from targets.language.reading import MAX_BYTES, MOST_PROBLEMS
from tests.targets.languages import changed, contents, small


def said(data: bytes) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(LanguageFileRefused) as refused:
        read(data)
    return str(refused.value)


@given(contents())
def test_what_is_written_is_read_back_the_same(content):
    data = write(content).encode()
    assert read(data) == content
    assert write(read(data)).encode() == data


@given(contents(), st.randoms())
def test_the_order_of_members_and_the_spaces_between_them_do_not_matter(content, dice):
    def shuffled(pairs: list) -> dict:
        dice.shuffle(pairs)
        return dict(pairs)

    untidy = json.dumps(json.loads(write(content), object_pairs_hook=shuffled), ensure_ascii=True)
    assert read(untidy.encode()) == content


def test_the_written_form_is_plain_to_read_and_ends_with_a_line_end():
    text = write(small())
    assert text.startswith('{\n  "format": 1,\n  "strands": [\n    {\n      "key": "communicating",\n')
    assert text.endswith("}\n")


def test_letters_are_written_as_they_are():
    data = changed(lambda document: document["strands"][0].update(name="Mwynhau’r iaith — ŵ 😀"))
    assert "Mwynhau’r iaith — ŵ 😀" in write(read(data))


def test_a_mark_at_the_beginning_of_the_file_is_no_mistake():
    assert read(b"\xef\xbb\xbf" + write(small()).encode()) == small()


def strand(document):
    return document["strands"][0]


def skill(document):
    return strand(document)["skills"][0]


def step(document):
    return skill(document)["steps"][3]


MISTAKES = {
    "another form": (lambda d: d.update(format=2), "format: must be 1"),
    "form as truth": (lambda d: d.update(format=True), "format: must be 1"),
    "no form": (lambda d: d.pop("format"), "format: is missing."),
    "no strands": (lambda d: d.update(strands=[]), "strands: needs at least one strand."),
    "strands no list": (lambda d: d.update(strands={}), "strands: must be a list in square brackets."),
    "strand no object": (lambda d: d["strands"].append("x"), "strands[1]: must be an object in braces with key, name and skills."),
    "unknown member": (
        lambda d: skill(d).update(colour="red"),
        "strands[0].skills[0].colour: is not known. Here belong key, name and steps.",
    ),
    "key with capitals": (
        lambda d: skill(d).update(key="Asking Help"),
        "strands[0].skills[0].key: “Asking Help” may only hold small letters",
    ),
    "key too long": (lambda d: strand(d).update(key="a" * 41), "strands[0].key: has 41 characters; at most 40 fit."),
    "same skill twice": (
        lambda d: strand(d)["skills"].append(skill(d)),
        "skills[2].key: “asking” is the key of strands[0].skills[0] already.",
    ),
    "same strand twice": (
        lambda d: d["strands"].append(strand(d) | {"skills": []}),
        "strands[1].key: “communicating” is the key of strands[0]",
    ),
    "same skill in another strand": (
        lambda d: d["strands"].append({"key": "other", "name": "Other", "skills": [skill(d)]}),
        "strands[1].skills[0].key: “asking” is the key of strands[0].skills[0] already. Every skill needs a key of its own.",
    ),
    "four steps": (
        lambda d: skill(d)["steps"].pop(),
        "strands[0].skills[0].steps: needs 5 steps, from “Not started” to “Done it”; here are 4.",
    ),
    "six steps": (lambda d: skill(d)["steps"].append(step(d)), "strands[0].skills[0].steps: needs 5 steps"),
    "no staff words": (lambda d: step(d).pop("staff"), "strands[0].skills[0].steps[3].staff: is missing."),
    "no pupil words": (lambda d: step(d).pop("pupil"), "strands[0].skills[0].steps[3].pupil: is missing."),
    "pupil words no object": (
        lambda d: step(d).update(pupil="I do"),
        "steps[3].pupil: must be an object in braces with early, primary and",
    ),
    "one age missing": (lambda d: step(d)["pupil"].pop("early"), "strands[0].skills[0].steps[3].pupil.early: is missing."),
    "too long": (lambda d: step(d)["pupil"].update(early="x" * 91), "steps[3].pupil.early: has 91 characters; at most 80 fit."),
    "a number": (lambda d: step(d).update(staff=7), "strands[0].skills[0].steps[3].staff: must be a text in quotation marks."),
    "nothing": (lambda d: step(d).update(staff=None), "strands[0].skills[0].steps[3].staff: must be a text in quotation marks."),
    "empty": (lambda d: step(d).update(staff="  "), "strands[0].skills[0].steps[3].staff: is empty."),
    "space at the end": (lambda d: step(d).update(staff="Asks. "), "steps[3].staff: begins or ends with a space."),
    "two lines": (lambda d: step(d).update(staff="Asks.\nAnd waits."), "steps[3].staff: must be one line without control characters."),
    "a zero character": (lambda d: step(d).update(staff="A\x00"), "steps[3].staff: must be one line without control characters."),
    "half a letter": (lambda d: step(d).update(staff="A\ud800"), "steps[3].staff: must be one line without control characters."),
    "a name that cannot be printed": (lambda d: d.update({"\ud800\n": 1}), "\\ud800\\n: is not known."),
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_place(change, message):
    assert message in said(changed(change))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is not JSON: line 1, column 1"),
        (b'{"format": 1,', "The file is not JSON: line 1"),
        (b"\x00\x01", "The file is not JSON"),
        (b"[]", "the file: must be an object in braces with format and strands."),
        (b"7", "the file: must be an object in braces"),
        (b'{"format": 1, "format": 1}', "“format” stands twice in the same pair of braces."),
        (rb'{"\ud800": 1, "\ud800": 1}', "“\\ud800” stands twice in the same pair of braces."),
        ("{“format”: 1}".encode("windows-1252"), "The file is not saved as UTF-8."),
        ("{}".encode("utf-16"), "The file is not saved as UTF-8."),
        (b"[" * 200_000, "The file is not JSON that a target language could be made of."),
        (b'{"format": ' + b"9" * 5000 + b"}", "The file is not JSON that a target language could be made of."),
        (b" " * (MAX_BYTES + 1), "The file is larger than 1 MB"),
    ],
)
def test_what_is_no_such_file_at_all_is_refused_in_plain_words(data, message):
    assert said(data).startswith(message)


def test_every_mistake_is_named_at_once():
    def spoil(document):
        strand(document)["name"] = ""
        step(document)["staff"] = 7
        skill(document)["steps"][0]["pupil"]["early"] = "x" * 81

    assert [problem.split(":")[0] for problem in said(changed(spoil)).splitlines()] == [
        "strands[0].name",
        "strands[0].skills[0].steps[0].pupil.early",
        "strands[0].skills[0].steps[3].staff",
    ]


def test_there_is_an_end_to_what_is_named():
    assert len(said(changed(lambda document: strand(document).update(skills=[7] * 500))).splitlines()) == MOST_PROBLEMS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("format", "strands", "key", "skills", "x")), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_other_json_is_refused_in_words(value):
    assert said(json.dumps(value).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data):
    assert said(data)


@given(st.data())
def test_a_language_spoilt_anywhere_is_refused_in_words(data):
    """Put something else at any place of a good file."""
    document = json.loads(write(small()))
    place = document
    while isinstance(place, dict | list):
        inside, key = place, data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        place = inside[key]
        if data.draw(st.booleans()):
            break
    inside[key] = data.draw(st.sampled_from([None, 7, [], {}, "", " ", ["x"], {"x": 1}]).filter(lambda other: other != place))
    if inside[key] == [] and key == "skills":
        return  # a strand may be empty
    assert said(json.dumps(document).encode())
