"""Whoever was appointed before gets the permissions that their role has got since.

An appointment writes its rows from the matrix of its own day, so those of before lack the new ones.
One that was ended has lost its rows, or has an end and never had any: it gains none.
"""

from django.db import migrations

NEW = {
    "recommend": "recommend to the chair",
    "give_input": "give input to a decision or terms of reference when asked",
    "answer_requests": "answer what an agency is asked",
    "read_scope": "read purpose, terms of reference and governance",
    "write_scope": "write purpose, terms of reference and governance",
    "read_plan": "read the plan and the parallel processes",
    "keep_plan": "keep the plan and the parallel processes",
    "read_documents": "read the documents that are theirs to read",
    "add_documents": "add documents",
}
GAINED = {
    "lead": set(NEW) - {"answer_requests"},
    "liaison": {"read_scope", "read_documents", "add_documents"},
    "panel": {"recommend", "give_input", "read_scope", "read_plan", "read_documents"},
    "agency": {"answer_requests"},
}
PERMISSIONS = ", ".join(f"('{codename}', '{name}')" for codename, name in NEW.items())
ROLES = ", ".join(f"('{role}', '{name}')" for role in GAINED for name in sorted(GAINED[role]))

# Django makes the rows of new permissions only after the last migration.
GAIN = f"""
    INSERT INTO auth_permission (codename, name, content_type_id)
    SELECT new.codename, new.name, kind.id
      FROM (VALUES {PERMISSIONS}) AS new (codename, name), django_content_type kind
     WHERE (kind.app_label, kind.model) = ('reviews', 'review')
    ON CONFLICT DO NOTHING;

    INSERT INTO reviews_reviewuserobjectpermission
           (user_id, permission_id, content_object_id, appointment_id, starts, ends, by_id, reason)
    SELECT one.user_id, permission.id, one.review_id, one.id, one.starts, one.ends, one.by_id, ''
      FROM reviews_appointment one
      JOIN (VALUES {ROLES}) AS gained (role, codename) ON gained.role = one.role
      JOIN auth_permission permission ON permission.codename = gained.codename
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
        ("reviews", "0010_ask_an_agency_again"),
    ]

    operations = [migrations.RunSQL(GAIN, migrations.RunSQL.noop)]
