from django.urls import path

from reviews.retention.views import deciding, keeping

HERE = "boards/<slug:board>/retention"
ONE = f"{HERE}/kept/<slug:key>"
CERTIFICATE = f"{HERE}/certificates/<int:number>"

urlpatterns = [
    path(HERE, keeping.retention, name="retention"),
    path(ONE, keeping.kept, name="kept"),
    path(f"{ONE}/hold", keeping.kept_hold, name="kept_hold"),
    path(f"{ONE}/longer", keeping.kept_longer, name="kept_longer"),
    path(f"{ONE}/propose", keeping.kept_propose, name="kept_propose"),
    path(f"{HERE}/holds", keeping.holds, name="holds"),
    path(f"{HERE}/holds/new", keeping.hold_new, name="hold_new"),
    path(f"{HERE}/holds/<int:pk>/lift", keeping.hold_lift, name="hold_lift"),
    path(f"{HERE}/schedule", deciding.retention_schedule, name="retention_schedule"),
    path(f"{HERE}/schedule/new", deciding.retention_schedule_new, name="retention_schedule_new"),
    path(
        f"{HERE}/schedule/<int:number>/settle",
        deciding.retention_schedule_settle,
        name="retention_schedule_settle",
    ),
    path(f"{HERE}/certificates", deciding.disposals, name="disposals"),
    path(CERTIFICATE, deciding.disposal, name="disposal"),
    path(f"{CERTIFICATE}/settle", deciding.disposal_settle, name="disposal_settle"),
    path(f"{CERTIFICATE}/file/<slug:kind>", deciding.disposal_file, name="disposal_file"),
]
