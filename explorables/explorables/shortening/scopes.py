"""Where each name of a module holds: in a function, a block, a loop, or the whole module."""

from helpers.explorables.shortening.declared import Declared
from helpers.explorables.shortening.roles import kind_of_brace, roles_of
from helpers.explorables.shortening.tokens import Token

MODULE = -1


class Scopes:
    """The scopes of a module. Each is called by the number of the token that begins it.

    above: the scope around each; inside: the scope around each token; declared: the names of each.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.roles = tokens, roles_of(tokens)
        found = Declared(tokens)
        ends = self._ends(found)
        self.above = {MODULE: MODULE}
        self.inside: list[int] = []
        stack = [MODULE]
        for at in range(len(tokens)):
            while len(stack) > 1 and ends[stack[-1]] <= at:
                stack.pop()
            if at in ends:
                self.above[at] = stack[-1]
                stack.append(at)
            self.inside.append(stack[-1])
        self.declared: dict[int, list[str]] = {one: [] for one in self.above}
        for at in found.places:
            names = self.declared[self.inside[at]]
            if tokens[at].text not in names:
                names.append(tokens[at].text)

    def _ends(self, found: Declared) -> dict[int, int]:
        """Return for each token that begins a scope the place behind its end."""
        ends, partner, text = {}, found.partner, found.text
        for at, token in enumerate(self.tokens):
            if token.text == "=>":
                begin = partner[at - 1] if text(at - 1) == ")" else at - 1
                body = at + 1
                ends[begin] = partner[body] + 1 if text(body) == "{" else found.past_value(body)
            elif token.text == "for":
                body = partner[at + 1] + 1
                ends[at] = partner[body] + 1 if text(body) == "{" else self._past_line(found, body)
            elif token.text == "{" and text(at - 1) == ")":
                ends[partner[at - 1]] = partner[at] + 1  # its arguments hold in it
            elif (token.text == "{" and text(at - 1) != "=>"
                  and kind_of_brace(self.tokens, at) != "object"):
                ends[at] = partner[at] + 1
        return ends

    def _past_line(self, found: Declared, at: int) -> int:
        while self.tokens[at].text != ";":
            at = found.partner[at] + 1 if self.tokens[at].opens else at + 1
        return at + 1

    def of(self, at: int) -> int | None:
        """Return the scope that declares the name at a place; None where none does."""
        scope, name = self.inside[at], self.tokens[at].text
        while name not in self.declared[scope]:
            if scope == MODULE:
                return None
            scope = self.above[scope]
        return scope
