"""The schema that editors complete charters from: sound itself, and as strict as `check` about a file's form."""

import json
import pathlib

import jsonschema
import programs
import pytest
import yaml

COMMONS = pathlib.Path(__file__).parents[2] / "Sources/Values/Charters/Commons"
SEEDS = pathlib.Path(__file__).parents[1] / "Fuzzing/Charters/seeds"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(programs.trellis("charter", "schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("path", sorted([*COMMONS.glob("*.yaml"), *SEEDS.glob("*.yaml")]), ids=lambda path: path.name)
def test_the_schema_takes_every_starter_charter_and_everything_that_can_be_said(validator, path):
    assert [error.message for error in validator.iter_errors(yaml.safe_load(path.read_text()))] == []


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("lens: perfectionist", "lens: perfect"),
        ("signs:", "sings:"),
        ("decide: person", "decide: me"),
        ("hour: 21-6", "hour: 21-25"),
        ("expires: 30d", "expires: 30"),
        ("held-by: 0.31", "held-by: 31"),
        ("rounds: 2", "rounds: 20"),
        ("instead: I can't do this for you, and", "instead: { de: Nein. } #"),
        ("instead: I can't do this for you, and", "instead: { default: No., Deutsch: Nein. } #"),
        ("comfort: because", "floor/comfort: because"),
    ],
)
def test_the_schema_refuses_what_check_refuses_for_its_form(validator, tmp_path, right, wrong):
    text = (SEEDS / "whole.yaml").read_text()
    assert right in text
    (tmp_path / "wrong.yaml").write_text(text.replace(right, wrong, 1))
    assert list(validator.iter_errors(yaml.safe_load((tmp_path / "wrong.yaml").read_text()))) != []
    assert programs.trellis("charter", "check", str(tmp_path / "wrong.yaml"), check=False).returncode != 0
