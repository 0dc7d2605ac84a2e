from django.urls import path

from reviews.subject_access.views import parts, requests

HERE = "boards/<slug:board>/requests"
ONE = f"{HERE}/<int:number>"
PART = "reviews/<uuid:review>/requests/<int:pk>"

urlpatterns = [
    path(HERE, requests.access_requests, name="access_requests"),
    path(f"{HERE}/new", requests.access_new, name="access_new"),
    path(ONE, requests.access_request, name="access_request"),
    path(f"{ONE}/identity", requests.access_identity, name="access_identity"),
    path(f"{ONE}/extend", requests.access_extend, name="access_extend"),
    path(f"{ONE}/search", requests.access_search, name="access_search"),
    path(f"{ONE}/put", requests.access_put, name="access_put"),
    path(f"{ONE}/settle", requests.access_settle, name="access_settle"),
    path(f"{ONE}/send", requests.access_send, name="access_send"),
    path(f"{ONE}/close", requests.access_close, name="access_close"),
    path(f"{ONE}/file/<slug:kind>", requests.access_file, name="access_file"),
    path(PART, parts.access_part, name="access_part"),
    path(f"{PART}/items/<int:item>", parts.access_item, name="access_item"),
    path(f"{PART}/gone-through", parts.access_gone_through, name="access_gone_through"),
    path(f"{PART}/file/<slug:kind>", parts.access_part_file, name="access_part_file"),
]
