"""Frames for tests: one builder, and strategies that draw believable messages."""

from __future__ import annotations

from hypothesis import strategies as st

from district.protocols.hj212.encode import envelope

HEAD = "QN=20260214093000120;ST=32;CN=2011;PW=zc2026;MN=370306TEST0000000000B001;Flag=5;"
AREA = "DataTime=20260214093000;w01018-Rtd=31.4,w01018-Flag=N;w01001-Rtd=7.2,w01001-Flag=N"


def frame(area: str = AREA, head: str = HEAD) -> bytes:
    return envelope(f"{head}CP=&&{area}&&".encode())


def head(**fields: str) -> str:
    """The usual header with some fields given anew."""
    usual = dict(pair.split("=") for pair in HEAD.rstrip(";").split(";")) | fields
    return "".join(f"{name}={value};" for name, value in usual.items())


CODES = st.sampled_from(
    ["w01018", "w01001", "w21003", "a34004", "a01001", "a01013", "a21026", "LA", "Leq", "L5", "L95", "LMn", "LMx", "O3", "B00"]
    + ["001", "011", "B01", "01018", "vendor_1", "a_code_of_16_sgn", "a_code_longer_than_16", "SB1", "X"]
)
NUMBERS = st.one_of(
    st.decimals(-20, 1000, places=3, allow_nan=False).map(str),
    st.integers(0, 400).map(str),
    st.sampled_from(["", "0", "-0.0", "7", "5.", ".5", "+3.2", "1e3", "-9999", "-999.0", "--", "1.2.3", "99999999999999999999"]),
    st.from_regex(r"-?[0-9]{1,9}\.[0-9]{1,9}", fullmatch=True),
)
ATTRIBUTES = st.sampled_from(
    ["Rtd", "Rtd", "Rtd", "Min", "Avg", "Max", "Cou", "ZsRtd", "ZsMin", "ZsAvg", "ZsMax", "Data", "RS", "RT", "td", "rtd"]
)
MARKS = st.sampled_from(["N", "N", "N", "D", "T", "P", "7", "X", "n", "", "NN"])
STAMPS = st.sampled_from(["20260214093000"] * 6 + ["20260214093000123", "20260230093000", "19700101000000", "2026"])


@st.composite
def items(draw: st.DrawFn) -> str:
    code = draw(CODES)
    pairs = [f"{code}-{draw(ATTRIBUTES)}={draw(NUMBERS)}" for _ in range(draw(st.integers(0, 3)))]
    if draw(st.integers(0, 9)) < 8:
        pairs.append(f"{code}-Flag={draw(MARKS)}")
    if draw(st.integers(0, 9)) == 0:
        pairs.insert(0, f"{code}-SampleTime={draw(STAMPS)}")
    if draw(st.integers(0, 19)) == 0:
        pairs.append(f"{draw(CODES)}-Rtd=1")
    return ",".join(draw(st.permutations(pairs)) if draw(st.booleans()) else pairs)


@st.composite
def areas(draw: st.DrawFn) -> str:
    parts = [f"DataTime={draw(STAMPS)}"] if draw(st.integers(0, 19)) else []
    parts += draw(st.lists(items(), max_size=4))
    return ";".join(parts) + draw(st.sampled_from(["", "", ";", ";;", " "]))


@st.composite
def heads(draw: st.DrawFn) -> str:
    fields = {
        "QN": draw(st.sampled_from(["20260214093000120"] * 6 + ["20260214093000", "20261314093000120", "19700101000000000"])),
        "ST": draw(st.sampled_from(["21", "22", "31", "32", "39", "23", "101", "A1", "3"])),
        "CN": draw(st.sampled_from(["2011", "2011", "2051", "2061", "2031", "2021", "2041", "3020", "1013", "9011", "11"])),
        "PW": draw(st.sampled_from(["zc2026", "", "123456", "a-b"])),
        "MN": draw(st.sampled_from(["370306TEST0000000000B001", "A_1", "河1", "", "x" * 70])),
        "Flag": draw(st.sampled_from(["5", "4", "0", "1", "9", "7", "255", "256", "N"])),
    }
    for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=1)):
        if draw(st.booleans()):
            del fields[name]
    names = draw(st.permutations(list(fields))) if draw(st.booleans()) else list(fields)
    extra = draw(st.sampled_from([""] * 9 + ["RF=1;", "PNUM=2;PNO=1;", "XX=1;", "ST=32;"]))
    return "".join(f"{name}={fields[name]};" for name in names) + extra


@st.composite
def good_items(draw: st.DrawFn, command: str) -> str:
    """One item as a device in order sends it: values in range and in order, mark last."""
    code = draw(st.sampled_from(["w01018", "w21003", "a34004", "a21026", "a01013", "011", "B01", "vendor_1", "a_code_of_16_sgn"]))
    low, mean, high = sorted(draw(st.lists(st.decimals(0, 900, places=2), min_size=3, max_size=3)))
    if command == "2021":
        return f"SB{draw(st.integers(1, 99))}-RS={draw(st.integers(0, 5))}"
    pairs = {"2011": [f"Rtd={mean}"]}.get(command, [f"Min={low}", f"Avg={mean}", f"Max={high}", f"Cou={high}"])
    if draw(st.booleans()):
        pairs += [f"Zs{pair}" for pair in pairs if "Cou" not in pair]
    if draw(st.integers(0, 4)) == 0:
        pairs.insert(0, "SampleTime=20260214080000")
    if draw(st.integers(0, 4)):
        pairs.append(f"Flag={draw(st.sampled_from('NNNDTMP7'))}")
    return ",".join(f"{code}-{pair}" for pair in pairs)


@st.composite
def good_frames(draw: st.DrawFn) -> bytes:
    command = draw(st.sampled_from(["2011", "2051", "2061", "2031", "2021"]))
    parts = draw(st.lists(good_items(command), max_size=6, unique_by=lambda item: item.partition("-")[0]))
    fields = {"CN": command, "ST": draw(st.sampled_from(["21", "31", "32"])), "Flag": draw(st.sampled_from("01459"))}
    return frame(";".join(["DataTime=20260214093000", *parts]), head(**fields))


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    """Frames whose envelope is right; content right, right but for one sign, odd, or wrong."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return frame(draw(areas()), draw(heads()))
    good = draw(good_frames())
    if kind == 1:
        segment = good[6:-6]
        at = draw(st.integers(0, len(segment) - 1))
        sign = draw(st.sampled_from(b"0129.-+;,=&N# /~\xb0") | st.integers(0, 255))
        return envelope(segment[:at] + bytes([sign]) + segment[at + draw(st.integers(0, 1)) :])
    return good


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Frames, broken frames and noise behind one another."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        part = draw(frames())
        kind = draw(st.integers(0, 7))
        if kind == 0:
            part = part[: draw(st.integers(0, len(part)))]
        elif kind == 1:
            at = draw(st.integers(0, len(part) - 1))
            part = part[:at] + bytes([draw(st.integers(0, 255))]) + part[at + 1 :]
        elif kind == 2:
            part += draw(st.sampled_from([b"\r\n", b"#", b"##", b"noise", b"\r\n##00", b"###"]))
        elif kind == 3:
            part = draw(st.binary(max_size=40))
        parts.append(part)
    return b"".join(parts)
