"""A catalogue as YAML. Every value is read as the text that stands there: 3.10 is no 3.1, and
“no” no falsehood."""

from typing import Any

import yaml
from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused

LARGEST = 2**20
"""Bytes: five times the published markers with all their guidance."""


def write(told: dict[str, Any]) -> bytes:
    text = yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def read(content: bytes) -> Any:
    """Raises Refused with the line that can't be read."""
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than a catalogue can be."))
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - texts alone
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not UTF-8 text. Save it as UTF-8.")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = {"line": mark.line + 1 if mark else 1, "problem": error.problem or ""}
        raise Refused(_("Line %(line)s can’t be read as YAML: %(problem)s.") % told) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(_("The file can’t be read as YAML.")) from error


class _Dumper(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.representer.BaseRepresenter,
              yaml.resolver.BaseResolver):  # fmt: skip
    """Texts, lists and mappings; a text of several lines as one block."""

    def __init__(self, stream: Any, **options: Any) -> None:
        shown = {"width", "allow_unicode", "indent", "canonical", "line_break"}
        yaml.emitter.Emitter.__init__(
            self, stream, **{name: options[name] for name in shown if name in options}
        )
        yaml.serializer.Serializer.__init__(self, encoding=None)
        yaml.representer.BaseRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, value: str) -> Any:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    dict, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value)
)
_Dumper.add_representer(
    list, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value)
)


class _Loader(yaml.BaseLoader):
    """Without aliases, of which a few lines unfold into a full memory; no key stands twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, _("it repeats another place"), mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen if isinstance(key, yaml.ScalarNode) else False:
                raise yaml.constructor.ConstructorError(
                    None, None, _("“%(key)s” stands twice") % {"key": key.value}, key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)
