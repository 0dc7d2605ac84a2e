from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality_markers", "0003_texts_stay_with_a_signed_pass"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="pass_submitted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("return_reasons", ""),
                        ("returned_at__isnull", True),
                        ("returned_by__isnull", True),
                    ),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                        models.Q(("return_reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pass_returned_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("returned_at__isnull", False), ("state", "returned")),
                    models.Q(
                        ("state__in", ["submitted", "accepted"]), ("submitted_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="pass_state_has_its_date",
            ),
        ),
    ]
