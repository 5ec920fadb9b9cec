"""The scripts of an edition, in its language; those of the English one as they are."""

FIRST = "en"


def spoken(text: str, file: str, language: str) -> str:
    """Return a script, which is named by its path in the course, in a language."""
    if language == FIRST:
        return text
    from course.translation.site.scripts import speaking  # babel, which the English book needs not

    return speaking(text, file, language)
