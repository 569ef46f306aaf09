"""The command line as a person or another program meets it."""

import json
import subprocess
import sys

from district.edges import cli
from district.edges.commands.new import refusal
from district.kernel import home


def run(*arguments, given=""):
    command = [sys.executable, "-m", "district", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=home.CHECKOUT)


def test_alone_it_lists_its_verbs(capsys):
    assert cli.main([]) == 0
    assert "decode" in capsys.readouterr().out


def test_an_unknown_verb_is_refused(capsys):
    assert cli.main(["fly"]) == 2
    assert "fly" in capsys.readouterr().err


def test_decode_answers_each_line_and_goes_on_after_a_bad_one():
    frame = "##0087QN=20240311082001000;ST=91;CN=9013;PW=370306;MN=37030600000000000000D004;Flag=4;CP=&&&&FD81\r\n"
    given = "\n".join(["not json", json.dumps({"frame_text": frame}), json.dumps({"frame_text": frame[:-9]})])
    answers = [json.loads(line) for line in run("decode", "hj212", given=given).stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [False, True, False]
    assert answers[1]["cn"] == "9013"
    assert answers[1]["mn"] == "37030600000000000000D004"


def test_decode_of_an_unknown_protocol_says_which_there_are():
    done = run("decode", "morse")
    assert done.returncode == 2
    assert "hj212" in done.stderr


def test_systems_are_listed_for_machines():
    assert "environment" in {row["name"] for row in json.loads(run("systems", "--json").stdout)}


def test_a_new_system_needs_a_noun_and_a_free_clause():
    assert refusal("traffic", "10") == ""
    assert "NAME" in refusal("Transit!", "11")
    assert "NAME" in refusal("environment", "11")
    assert "CLAUSE" in refusal("traffic", "19")
    assert "CLAUSE" in refusal("traffic", "eleven")
