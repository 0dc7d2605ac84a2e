from django import template

from quality_markers.catalogue.layout import Block, blocks

register = template.Library()


@register.inclusion_tag("quality_markers/catalogue/text.html")
def marker_text(text: str) -> dict[str, list[Block]]:
    """Paragraphs and lists of a marker's section; every word is escaped."""
    return {"blocks": list(blocks(text))}
