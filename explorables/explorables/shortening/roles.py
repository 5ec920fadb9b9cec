"""What each word of a module is: a name that stands for a value, a key, or both at once."""

from helpers.explorables.shortening.tokens import Token

BEFORE_OBJECT = {"=", "(", ",", "[", ":", "?", "return", "...", "&&", "||", "??", "const", "let"}
BEFORE_MEMBER = {"{", "}", ";", "static", "get", "set"}


def behind_case(tokens: list[Token], at: int) -> bool:
    """Whether a place follows `case one:` or `default:`."""
    while at and tokens[at].text not in ("{", "}", ";", ","):
        if tokens[at].text in ("case", "default"):
            return True
        at -= 1
    return False


def kind_of_brace(tokens: list[Token], at: int) -> str:
    """Return whether the brace at a place begins an "object", a "class" or a "block"."""
    before = tokens[at - 1] if at else Token("mark", ";")
    if before.text == ":" and behind_case(tokens, at - 1):
        return "block"
    if before.text in BEFORE_OBJECT or before.text.endswith("${"):
        return "object"
    heads = [tokens[at - back].text for back in (2, 4) if at >= back]  # class Name, extends Other
    return "class" if before.kind == "word" and "class" in heads else "block"


def roles_of(tokens: list[Token]) -> list[str]:
    """Return for each token "name", "key", "both" as in `{ image }`, or "" where it is no word."""
    roles, around = [], [""]
    for at, token in enumerate(tokens):
        if token.closes:
            around.pop()
        word = token.kind == "word" and token.text[0] != "#"
        roles.append(role(tokens, at, around[-1]) if word else "")
        if token.opens:
            around.append(kind_of_brace(tokens, at) if token.text == "{" else "")
    return roles


def role(tokens: list[Token], at: int, inside: str) -> str:
    """Return what a word is that stands directly inside an object, a class or something else."""
    before = tokens[at - 1].text if at else ";"
    after = tokens[at + 1].text if at + 1 < len(tokens) else ";"
    if before in (".", "?.") or (inside == "class" and before in BEFORE_MEMBER):
        return "key"
    if inside == "object" and before in ("{", ","):
        return "key" if after in (":", "(") else "both" if after in (",", "}", "=") else "name"
    return "name"
