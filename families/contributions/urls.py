from django.urls import path

from families.contributions.views import following, keepsakes, reading, writing

ROOM = "<uuid:review>/family/contributions"
ONE = f"{ROOM}/<int:pk>"
KEEPSAKES = "<uuid:review>/family/keepsakes"
KEEPSAKE = f"{KEEPSAKES}/<int:pk>"

urlpatterns = [
    path(ROOM, reading.contributions, name="contributions"),
    path(f"{ROOM}/new", writing.contribution_new, name="contribution_new"),
    path(f"{ROOM}/file/<str:kind>", reading.contributions_file, name="contributions_file"),
    path(ONE, reading.contribution, name="contribution"),
    path(f"{ONE}/edit", writing.contribution_edit, name="contribution_edit"),
    path(f"{ONE}/texts", reading.contribution_texts, name="contribution_texts"),
    path(f"{ONE}/readers", writing.contribution_readers, name="contribution_readers"),
    path(
        f"{ONE}/readers/<int:reader>/end",
        writing.contribution_reader_end,
        name="contribution_reader_end",
    ),
    path(f"{ONE}/check", following.contribution_check, name="contribution_check"),
    path(f"{ONE}/accounts/new", following.account_new, name="account_new"),
    path(f"{ONE}/accounts/<int:account>", following.account_edit, name="account_edit"),
    path(f"{ONE}/accounts/<int:account>/remove", following.account_remove, name="account_remove"),
    path(f"{ONE}/uses/new", following.use_new, name="use_new"),
    path(f"{ONE}/uses/<int:use>", following.use_edit, name="use_edit"),
    path(KEEPSAKES, keepsakes.keepsakes, name="keepsakes"),
    path(f"{KEEPSAKES}/new", keepsakes.keepsake_new, name="keepsake_new"),
    path(KEEPSAKE, keepsakes.keepsake, name="keepsake"),
    path(f"{KEEPSAKE}/edit", keepsakes.keepsake_edit, name="keepsake_edit"),
    path(f"{KEEPSAKE}/take-back", keepsakes.keepsake_take_back, name="keepsake_take_back"),
    path(f"{KEEPSAKE}/return", keepsakes.keepsake_return, name="keepsake_return"),
]
