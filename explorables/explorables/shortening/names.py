"""Short names for what modules declare, so that all modules may stand in one scope."""

from collections import Counter
from collections.abc import Iterator
from itertools import count, product

from helpers.explorables.shortening.scopes import MODULE, Scopes

# Letters that a script has in plenty come first: they pack best.
FIRST = "etnraiosldcuhpmfgbvywxkjqzEATNRIOSLDCUHPMFGBVYWXKJQZ$_"
REST = FIRST + "0123456789"
RESERVED = {"as", "do", "if", "in", "of"}

Thing = tuple[str, int, str]  # a module, a scope of it, and the name that is declared there


def short() -> Iterator[str]:
    """Go through all names, the shortest first."""
    for length in count(1):
        for letters in product(FIRST, *[REST] * (length - 1)):
            if (name := "".join(letters)) not in RESERVED:
                yield name


class Names:
    """The names of some modules: what each stands for, and how it is written for short.

    scopes: of each module, by its name; imports: what it takes from others, by the names it uses.
    things: for each module the thing that stands at a place; short: the new name of each.
    """

    def __init__(self, scopes: dict[str, Scopes], imports: dict[str, dict[str, Thing]]) -> None:
        self.scopes = scopes
        self.kept: set[str] = set()  # what a browser has, such as document
        self.things = {name: self._things(name, imports[name]) for name in scopes}
        self.short: dict[Thing, str] = {}
        often = Counter(thing for places in self.things.values() for thing in places.values())
        self._give([thing for thing, _ in often.most_common() if thing[1] == MODULE], set())
        for name, one in scopes.items():
            self._inside(name, one)

    def _things(self, name: str, imports: dict[str, Thing]) -> dict[int, Thing]:
        one, found = self.scopes[name], {}
        for at, role in enumerate(one.roles):
            if role in ("name", "both"):
                text, scope = one.tokens[at].text, one.of(at)
                if scope is not None:
                    found[at] = (name, scope, text)
                elif text in imports:
                    found[at] = imports[text]
                else:
                    self.kept.add(text)
        return found

    def _inside(self, name: str, one: Scopes) -> None:
        """Name what the scopes of a module declare, from the outside to the inside."""
        named: dict[int, set[Thing]] = {scope: set() for scope in one.above}
        for at, thing in self.things[name].items():
            scope = one.inside[at]
            while scope != MODULE:
                named[scope].add(thing)
                scope = one.above[scope]
        for scope in sorted(named):
            if scope != MODULE:
                taken = {self.short[thing] for thing in named[scope] if thing in self.short}
                self._give([(name, scope, text) for text in one.declared[scope]], taken)

    def _give(self, things: list[Thing], taken: set[str]) -> None:
        free = (one for one in short() if one not in taken and one not in self.kept)
        self.short.update(zip(things, free, strict=False))
