"""What the pages on scenarios show can be loaded as it stands; they forget no key, no code and no file, and say the same in both languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
import yaml

from simulator.cli.app import app
from simulator.experiments.comparing.compare import compare
from simulator.experiments.scenarios.assumptions import Assumption, AssumptionsFile, load_assumptions
from simulator.experiments.scenarios.findings import CODES
from simulator.experiments.scenarios.framing import GroundedEntry, RecommendationEntry
from simulator.experiments.scenarios.scenario import load_scenario, scenario_files
from simulator.experiments.scenarios.scenario_file import OptionEntry, PhaseEntry, ScenarioFile, ShockEntry, TargetsEntry
from simulator.history import Role
from simulator.model.behaviour import STRUCTURES
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.workspace import find_workspace
from tests.experiments.pages import PAGES, path_of, read_page, with_codes
from tests.health.test_readme import NEVER

TEXTS = {lang: read_page(lang) for lang in PAGES}
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
CHUNK = re.compile(r"^\w+:.*\n(?:[ ].*\n)*", re.MULTILINE)
EXAMPLES = FENCE.findall(TEXTS["en"])
POPULATION = next(example for example in EXAMPLES if "\nkinds:" in example)
SCENARIO = next(example for example in EXAMPLES if example.startswith("id: example "))
ASSUMPTIONS = next(example for example in EXAMPLES if "\nnumbers:" in example)
FRAGMENTS = [example for example in EXAMPLES if example not in {POPULATION, SCENARIO, ASSUMPTIONS}]
MODELS = (
    ScenarioFile,
    OptionEntry,
    PhaseEntry,
    ShockEntry,
    TargetsEntry,
    GroundedEntry,
    RecommendationEntry,
    PopulationSpec,
    KindOfUnit,
    AssumptionsFile,
    Assumption,
)
YEARS = {"years": 1, "warm_up_years": 2, "replications": 2}


@pytest.fixture
def desk(desk):
    """Give a desk with the shipped populations on it."""
    shutil.copytree(find_workspace().scenarios / "populations", desk.scenarios / "populations", dirs_exist_ok=True)
    return desk


def key_of(chunk):
    return chunk.partition(":")[0]


def with_fragment(fragment):
    """Put a fragment into the whole example, in place of what has the same key there."""
    new = {key_of(chunk): chunk for chunk in CHUNK.findall(fragment)}
    old = {key_of(chunk): chunk for chunk in CHUNK.findall(SCENARIO)}
    assert "".join(old.values()) == SCENARIO
    assert "".join(new.values()) == fragment
    return "".join((old | new).values())


def load(text, desk):
    (desk.scenarios / "example.yaml").write_text(text, encoding="utf-8")
    return load_scenario("example", desk)


# --- the two pages -------------------------------------------------------------------------------------------------------------


def test_the_pages_are_equals():
    """Neither is a summary: the same sections, blocks, tables and commands in the same order."""

    def skeleton(lang):
        words = FENCE.sub("", TEXTS[lang])
        lines = words.splitlines()
        return {
            "headings": [line.split()[0] for line in lines if line.startswith("#")],
            "rows": [(line.count(" | "), re.findall(r"`[^`]+`", line.split(" | ")[0])) for line in lines if line.startswith("|")],
            "paragraphs": len(re.findall(r"\n\n(?=[^|#<\n])", words)),
            "commands": re.findall(r"`\./run[^`]*`", words),
            "blocks": FENCE.findall(TEXTS[lang]),
        }

    assert skeleton("en") == skeleton("vi")
    assert "](README.vi.md)" in TEXTS["en"]
    assert "](README.md)" in TEXTS["vi"]


@pytest.mark.parametrize("lang", PAGES)
def test_links_lead_somewhere(lang):
    headings = [line.lstrip("# ").lower() for line in TEXTS[lang].splitlines() if line.startswith("#")]
    anchors = {"#" + re.sub(r"[^\w\s-]", "", heading).strip().replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", TEXTS[lang])
    assert len(links) >= 5
    assert [link for link in links if link not in anchors and not (path_of(lang).parent / link).is_file()] == []


def test_the_vietnamese_page_keeps_to_official_words():
    assert [word for word in NEVER if word in TEXTS["vi"].lower()] == []
    assert re.findall(r"\d\.\d+ ?%", FENCE.sub("", TEXTS["vi"])) == []


def test_what_is_shipped_for_readers_in_vietnamese_keeps_to_official_words():
    folder = find_workspace().scenarios
    wrong = {}
    for path in folder.rglob("*.yaml"):
        texts = [line for line in vietnamese_in(yaml.safe_load(path.read_text(encoding="utf-8"))) if any(word in line.lower() for word in NEVER)]
        wrong |= {path.name: texts} if texts else {}
    assert wrong == {}


def vietnamese_in(content):
    """Give every text under a key ``vi``, however deep."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "vi":
                yield value
            else:
                yield from vietnamese_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from vietnamese_in(value)


# --- examples ------------------------------------------------------------------------------------------------------------------


def test_the_whole_example_can_be_loaded(desk):
    scenario = load(SCENARIO, desk)
    assert [option.id for option in scenario.options] == ["keep-as-is", "letter-3959"]
    assert len(EXAMPLES) == len(FRAGMENTS) + 3 >= 6


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=key_of)
def test_every_fragment_is_loaded_within_the_example(fragment, desk):
    scenario = load(with_fragment(fragment), desk)
    said = yaml.safe_load(fragment)
    assert scenario.overrides == said.get("assumptions", {})
    assert (scenario.behaviour.structure, scenario.behaviour.learns) == (said.get("structure", "weighted"), said.get("learning", False))
    assert (scenario.shock is None) == ("shock" not in said)
    assert scenario.targets == TargetsEntry.model_validate(said.get("targets", {}))
    for option in said.get("options", []):
        phases = next(each for each in scenario.options if each.id == option["id"]).phases
        assert [phase.from_year for phase in phases] == [option["from_year"], *(phase["from_year"] for phase in option["then"])]


def test_the_population_shown_can_be_used(desk):
    (desk.scenarios / "populations" / "example-population.yaml").write_text(POPULATION, encoding="utf-8")
    scenario = load(SCENARIO.replace("population: hanoi ", "population: example-population "), desk)
    assert list(scenario.population.kinds) == ["school"]
    comparison = compare(scenario.with_(**YEARS), workspace=desk)
    assert [option.id for option in comparison.options] == ["keep-as-is", "letter-3959"]


def test_the_assumptions_shown_are_those_shipped():
    shown = AssumptionsFile.model_validate(yaml.safe_load(ASSUMPTIONS))
    shipped = load_assumptions(find_workspace())
    assert shown.numbers.items() <= shipped.numbers.items()
    assert shown.margins.items() <= shipped.margins.items()
    assert shown.unit_costs.items() <= shipped.unit_costs.items()


# --- nothing is forgotten ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_named(model, lang):
    assert [key for key in model.model_fields if f"`{key}`" not in TEXTS[lang] and f"{key}:" not in TEXTS[lang]] == []


def test_every_key_is_shown():
    shown = "".join(EXAMPLES)
    assert [key for model in MODELS for key in model.model_fields if f"{key}:" not in shown] == []


@pytest.mark.parametrize("lang", PAGES)
def test_what_is_left_out_stands_as_the_files_say(lang):
    """The ranges and defaults on the page are those of the shape of a file."""
    defaults = {name: KindOfUnit.model_fields[name].default for name in ("spread", "smallest", "sector", "units_per_cluster")}
    assert defaults == {"spread": 0.0, "smallest": 1, "sector": "public", "units_per_cluster": 8}
    assert (ScenarioFile.model_fields["structure"].default, ScenarioFile.model_fields["learning"].default) == ("weighted", False)
    rows = {
        name: next(line for line in TEXTS[lang].splitlines() if line.startswith("|") and f"`{name}`" in line.split(" | ")[0]) for name in defaults
    }
    assert all(re.search(rf"\b{value if isinstance(value, str) else int(value)}\b", rows[name]) for name, value in defaults.items())


@pytest.mark.parametrize("lang", PAGES)
def test_every_structure_and_every_post_is_named(lang):
    assert [structure for structure in STRUCTURES if f"| `{structure}` |" not in TEXTS[lang]] == []
    assert ", ".join(role.name.lower() for role in Role) in TEXTS[lang]
    assert set(get_args(ShockEntry.model_fields["roles"].annotation)[0].__args__) == {role.name.lower() for role in Role}


@pytest.mark.parametrize("lang", PAGES)
def test_every_file_is_named_with_its_population(lang):
    workspace = find_workspace()
    missing = [path.name for path in workspace.scenarios.rglob("*.yaml") if f"`{path.name}`" not in TEXTS[lang]]
    assert missing == []
    rows = dict(re.findall(r"^\| `([\w-]+)\.yaml` \| .* \| `([\w-]+)\.yaml` \|$", TEXTS[lang], re.MULTILINE))
    populations = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["population"] for path in scenario_files(workspace)}
    assert rows == populations


@pytest.mark.parametrize("lang", PAGES)
def test_every_command_can_be_typed(lang):
    commands = {words.split()[0] for words in re.findall(r"`\./run ([^`]+)`", TEXTS[lang])}
    assert {"compare", "report", "transition"} <= commands <= {command.name for command in app.registered_commands}


@pytest.mark.parametrize("lang", PAGES)
def test_every_code_is_explained_in_the_words_of_the_program(lang):
    """Mend with ``python -m tests.experiments.pages``."""
    assert with_codes(TEXTS[lang], lang) == TEXTS[lang]
    assert all(f"| `{code}` |" in TEXTS[lang] for code in CODES)


def test_the_pages_lie_beside_the_scenarios():
    assert {path_of(lang).parent for lang in PAGES} == {Path(find_workspace().scenarios)}
