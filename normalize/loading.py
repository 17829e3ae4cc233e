"""From the name of a profile to a normalizer: a kept one, or one made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from normalize import cache
from normalize.normalizer import Joined, Normalizer, Squeezed, rebuilt
from normalize.source.places import shipped_rules

if TYPE_CHECKING:
    from normalize.joined import Beside


def load(
    profile: str | Path,
    *,
    rules: Iterable[str | Path] = (),
    **options: str,
) -> Normalizer:
    """A normalizer for a profile: its name, or the path of its file.

    Args:
        profile: such as ``"news-en"``; `normalize profiles` lists them.
        rules: rule files, or folders of them, of your own; they join the stage
            ``words`` (or ``protect``) unless the profile places them itself.
        options: values of the profile's options.

    Raises:
        TypeError: a name or path is no str or Path, or `rules` are no paths.
        UnknownNameError: there is no such profile.
        OptionError: there is no such option, or it can't have that value.
        RuleErrors: rule files have problems; all are told at once.
        RulePathError: a rule file is not there or can't be read.

    >>> load("news-en")("Zelenskiy spoke in Kiev.")
    'Zelenskyy spoke in Kyiv.'
    """
    return load_with(profile, rules, options)


def load_with(
    profile: str | Path, rules: Iterable[str | Path], options: Mapping[str, str]
) -> Normalizer:
    """As `load`, with the options as a mapping."""
    if not isinstance(rules, Iterable):
        said = f"expected paths of rule files, not {type(rules).__name__}"
        raise TypeError(said)
    extra: list[str | Path] = [rules] if isinstance(rules, str | Path) else list(rules)
    for given in (profile, *extra):
        if not isinstance(given, str | Path):
            said = f"expected a name or path, not {type(given).__name__}"
            raise TypeError(said)
    name = str(profile)
    is_path = isinstance(profile, Path) or name.endswith((".yaml", ".yml"))
    if is_path:
        from normalize.project import rules_of

        extra += [path for path in rules_of(Path(name)) if path not in extra]
    own_files = [str(path) for path in (*extra, *([name] if is_path else []))]
    key = cache.request_key(shipped_rules(), name, own_files, options)
    kept = cache.read(key) if key is not None else None
    if key is not None and kept is not None:
        made = _of_kept(key, name, options, *kept)
        if made is not None:
            return made
    # Not needed where a profile is kept, and long to import.
    from normalize.making import make

    with cache.collector_at_rest():
        return make(key, name, extra, options, is_path=is_path)


def _of_kept(
    key: str,
    name: str,
    options: Mapping[str, str],
    profile: str,
    kept: Squeezed | Beside,
) -> Normalizer | None:
    """A normalizer of what is kept of a request: its packed rules, or own names.

    None when what those joined is no longer kept.
    """
    if isinstance(kept, tuple):
        return rebuilt(profile, None, kept=kept)
    base_key = cache.request_key(shipped_rules(), name, (), options)
    base = cache.read(base_key) if base_key is not None else None
    if base is None:
        return None
    return rebuilt(profile, None, Joined(cache.joined_key(key), base[1], kept))
