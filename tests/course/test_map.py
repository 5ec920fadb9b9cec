"""The map of the house is drawn from the tree, and `--check` says when it is stale."""

import pytest

from course import map as house_map


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small house with a page for its map."""
    for name, text in {"helpers/__init__.py": "What is called.",
                       "course/__init__.py": "Who gives it.",
                       "benchmarks/__init__.py": "What takes long.",
                       "helpers/room/__init__.py": "A room.\n\nMore of it.",
                       "helpers/room/one.py": "One.", "helpers/room/__main__.py": "Program.",
                       "helpers/room/inner/__init__.py": "Within: more", "course/map.py": "Draw it."
                       }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'"""{text}"""\n', encoding="utf-8")
    page = tmp_path / "PAGE.md"
    page.write_text(f"Above.\n{house_map.BEGIN}\n{house_map.END}\nBelow.\n", encoding="utf-8")
    monkeypatch.setattr(house_map, "ROOT", tmp_path)
    monkeypatch.setattr(house_map, "PAGE", page)
    return page


def test_rooms_and_modules_stand_with_their_first_lines(house):
    assert house_map.main([]) == 0
    lines = house.read_text(encoding="utf-8").splitlines()
    assert "- **helpers/room**: A room. `inner/`, `one`" in lines
    assert "- **course/map.py**: Draw it." in lines
    assert (lines[0], lines[-1]) == ("Above.", "Below.")
    assert "What takes long." in lines


def test_check_says_when_the_map_is_stale_and_writes_nothing(house, tmp_path, capsys):
    before = house.read_bytes()
    assert house_map.main(["--check"]) == 1
    assert "make map" in capsys.readouterr().err
    assert house.read_bytes() == before
    house_map.main([])
    assert house_map.main(["--check"]) == 0
    (tmp_path / "helpers" / "room" / "two.py").write_text('"""Two."""\n', encoding="utf-8")
    assert house_map.main(["--check"]) == 1


def test_a_page_without_a_place_for_the_map_is_refused(house):
    house.write_text("Nothing.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="between which the map goes"):
        house_map.main([])


def test_the_committed_map_is_as_the_tree_is():
    assert house_map.main(["--check"]) == 0, "run: make map"


def test_every_module_stands_in_the_map():
    page = house_map.PAGE.read_text(encoding="utf-8")
    for house in house_map.HOUSES:
        for path in (house_map.ROOT / house).rglob("*.py"):
            if not path.stem.startswith("__"):
                assert f"`{path.stem}`" in page or f"{path.name}**" in page, path
        for folder in {path.parent for path in (house_map.ROOT / house).rglob("*.py")}:
            assert (folder / "__init__.py").is_file(), f"{folder} has no first line for the map"
