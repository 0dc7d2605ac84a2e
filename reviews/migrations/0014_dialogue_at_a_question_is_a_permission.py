"""Commenting on a self-assessment, and filling in what is assigned, are permissions of their own.

People who were appointed before get their rows here, as in 0013.
"""

from django.db import migrations

PERMISSIONS = """
    ('answer_assigned', 'fill in what is assigned to them of a self-assessment', 'panel'),
    ('comment_markers', 'comment on self-assessments', 'panel'),
    ('comment_markers', 'comment on self-assessments', 'lead'),
    ('comment_markers', 'comment on self-assessments', 'liaison')
"""

# Django makes the rows of new permissions only after the last migration.
GAIN = f"""
    INSERT INTO auth_permission (codename, name, content_type_id)
    SELECT DISTINCT new.codename, new.name, kind.id
      FROM (VALUES {PERMISSIONS}) AS new (codename, name, role), django_content_type kind
     WHERE (kind.app_label, kind.model) = ('reviews', 'review')
    ON CONFLICT DO NOTHING;

    INSERT INTO reviews_reviewuserobjectpermission
           (user_id, permission_id, content_object_id, appointment_id, starts, ends, by_id, reason)
    SELECT one.user_id, permission.id, one.review_id, one.id, one.starts, one.ends, one.by_id, ''
      FROM reviews_appointment one
      JOIN (VALUES {PERMISSIONS}) AS new (codename, name, role) ON one.role = new.role
      JOIN auth_permission permission ON permission.codename = new.codename
      JOIN django_content_type kind ON kind.id = permission.content_type_id
     WHERE (kind.app_label, kind.model) = ('reviews', 'review')
       AND (one.ends IS NULL OR EXISTS (
            SELECT FROM reviews_reviewuserobjectpermission had WHERE had.appointment_id = one.id))
    ON CONFLICT DO NOTHING;
"""  # noqa: S608 - the words above, nobody else's


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("reviews", "0013_words_of_the_family_are_permissions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="review",
            options={
                "default_permissions": (),
                "ordering": ["-referred_on", "reference"],
                "permissions": [
                    ("view", "see that the review exists, its stage and dates"),
                    ("edit", "edit the record, manage dates"),
                    ("appoint", "appoint people, recuse"),
                    ("sign", "sign decisions and stages that need the chair"),
                    ("move", "move a stage"),
                    ("move_report", "move to drafting and to sign-off"),
                    ("read_decisions", "read the referral and the decision"),
                    ("recommend", "recommend to the chair"),
                    ("give_input", "give input to a decision or terms of reference when asked"),
                    ("receive_briefings", "receive briefings"),
                    ("answer_requests", "answer what an agency is asked"),
                    ("read_scope", "read purpose, terms of reference and governance"),
                    ("write_scope", "write purpose, terms of reference and governance"),
                    ("read_plan", "read the plan and the parallel processes"),
                    ("keep_plan", "keep the plan and the parallel processes"),
                    ("read_documents", "read the documents that are theirs to read"),
                    ("add_documents", "add documents"),
                    ("see_family", "see the family register"),
                    ("keep_family", "keep the family register"),
                    ("see_names", "see real names"),
                    ("see_safety", "see why a family member is kept safe"),
                    ("read_contributions", "read what family members said to the review team"),
                    ("keep_contributions", "write down what family members said"),
                    ("read_history", "read the history"),
                    ("export", "export and download what they may see"),
                    ("read_markers", "read self-assessments"),
                    ("read_family_markers", "read self-assessments of the family"),
                    ("answer_markers", "fill in self-assessments"),
                    ("answer_family_markers", "fill in self-assessments of the family"),
                    ("answer_assigned", "fill in what is assigned to them of a self-assessment"),
                    ("comment_markers", "comment on self-assessments"),
                    ("accept_markers", "accept a self-assessment pass"),
                ],
                "verbose_name": "review",
            },
        ),
        migrations.RunSQL(GAIN, migrations.RunSQL.noop),
    ]
