from django.urls import path

from reviews.scoping.purpose.views import ledger, statement

urlpatterns = [
    path("<uuid:review>/purpose", statement.purpose, name="purpose"),
    path("<uuid:review>/purpose/edit", statement.purpose_edit, name="purpose_edit"),
    path("<uuid:review>/purpose/agree", statement.purpose_agree, name="purpose_agree"),
    path(
        "<uuid:review>/purpose/<int:number>/compare",
        statement.purpose_compare,
        name="purpose_compare",
    ),
    path("<uuid:review>/purpose/file/<str:kind>", statement.purpose_file, name="purpose_file"),
    path("<uuid:review>/purpose/tell", ledger.purpose_tell, name="purpose_tell"),
    path(
        "<uuid:review>/purpose/lines/<int:pk>/strike", ledger.telling_strike, name="telling_strike"
    ),
    path("<uuid:review>/purpose/waive/<str:group>", ledger.telling_waive, name="telling_waive"),
    path(
        "<uuid:review>/purpose/waivers/<int:pk>/end",
        ledger.telling_waiver_end,
        name="telling_waiver_end",
    ),
]
