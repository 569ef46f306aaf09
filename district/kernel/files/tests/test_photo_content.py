from hypothesis import given
from hypothesis import strategies as st

from district.kernel.files.photo_content import position_of, says_more, without_metadata
from district.kernel.files.tests.samples import exif, jpeg, png


def test_what_a_photo_says_about_its_owner_is_taken_away_but_not_which_way_up_it_is():
    photo = jpeg(exif(lat=36.8, lon=117.9, orientation=6), comment=b"taken by Zhang San")
    bare = without_metadata(photo)
    assert position_of(photo) is not None
    assert position_of(bare) is None
    assert b"Zhang San" not in bare
    assert b"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00" in bare
    assert bare.endswith(photo[-24:])


def test_an_upright_photo_keeps_nothing_but_the_picture():
    assert without_metadata(jpeg(exif(lat=1, lon=1))) == jpeg()


def test_texts_of_a_png_are_taken_away():
    assert without_metadata(png(Author="Zhang San", Location="home")) == png()


def test_a_bare_photo_stays_as_it_is():
    for photo in (jpeg(), png(), b"GIF89a.."):
        assert not says_more(photo)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\x00\x20Exif\0\0"]),
)
def test_damaged_photos_break_nothing(rest: bytes, beginning: bytes):
    position_of(beginning + rest)
    without_metadata(beginning + rest)
