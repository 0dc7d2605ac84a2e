from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is one too, where ``request.POST or None`` is none."""
    return request.POST if request.method == "POST" else None
