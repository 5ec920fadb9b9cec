"""Where a module declares names: only these may be written otherwise than it writes them."""

from helpers.explorables.shortening.tokens import Token

NO_FUNCTION = {"if", "for", "while", "switch"}


def partners(tokens: list[Token]) -> dict[int, int]:
    """Return for each bracket where its other half stands."""
    found, stack = {}, []
    for at, token in enumerate(tokens):
        if token.closes:
            found[at] = stack.pop()
            found[found[at]] = at
        elif token.opens:
            stack.append(at)
    return found


class Declared:
    """The places in `tokens` at which names are declared."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.partner = tokens, partners(tokens)
        self.places: list[int] = []
        for at in range(len(tokens)):
            self._at(at)

    def text(self, at: int) -> str:
        """Return what stands at a place, "" beyond the ends."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def past_value(self, at: int) -> int:
        """Return where the value ends that begins at a place."""
        while at < len(self.tokens) and not self.tokens[at].parts:
            at = self.partner[at] + 1 if self.tokens[at].opens else at + 1
        return at

    def _at(self, at: int) -> None:
        text, before = self.text(at), self.text(at - 1)
        if before in (".", "?."):
            return
        if text in ("const", "let"):
            self._list(at + 1)
        elif text in ("class", "function") and self.tokens[at + 1].kind == "word":
            self.places.append(at + 1)
        elif text == "=>" and before == ")":
            self._inside(self.partner[at - 1])
        elif text == "=>":
            self.places.append(at - 1)
        elif text == "{" and before == ")":  # a function, a method, or catch (problem)
            begin = self.partner[at - 1]
            if self.text(begin - 1) not in NO_FUNCTION:
                self._inside(begin)

    def _list(self, at: int) -> None:
        """Take the names of declarations, one behind the other."""
        at = self._pattern(at)
        while self.text(at) == ",":
            at = self._pattern(at + 1)

    def _inside(self, begin: int) -> None:
        """Take the names of each pattern between two brackets."""
        at = begin + 1
        while at < self.partner[begin]:
            keyed = self.text(begin) == "{" and self.text(at + 1) == ":"
            at = at + 1 if self.text(at) == "," else self._pattern(at + 2 if keyed else at)

    def _pattern(self, at: int) -> int:
        """Take the names of a pattern; return where it ends, with its value if it has one."""
        if self.text(at) == "...":
            at += 1
        if self.text(at) in ("[", "{"):
            self._inside(at)
            at = self.partner[at] + 1
        else:
            self.places.append(at)
            at += 1
        return self.past_value(at) if self.text(at) == "=" else at
