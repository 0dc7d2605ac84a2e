"""The policy of grants asks for a board and no longer reads the reviews under their own policy.

Every statement that looks for reviews names grants, some six times, and PostgreSQL planned the
policy of the reviews inside that of the grants each time.
"""

from django.db import migrations

from scr_portal.core.row_security import PERSON, reaches

ASKED = """
    CREATE FUNCTION board_of_review(review uuid) RETURNS bigint
      LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
      RETURN (SELECT board_id FROM reviews_review WHERE id = review);
"""
REACHES = reaches("board_of_review(content_object_id)", "content_object_id", alone=False)
NEW = f"user_id = {PERSON} OR {REACHES}"
OLD = f"user_id = {PERSON} OR EXISTS (SELECT FROM reviews_review one WHERE one.id = content_object_id)"
CHANGED = "ALTER POLICY reach ON reviews_reviewuserobjectpermission USING"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0019_next_date_of_a_review")]

    operations = [
        migrations.RunSQL(ASKED, "DROP FUNCTION board_of_review"),
        migrations.RunSQL(f"{CHANGED} ({NEW})", f"{CHANGED} ({OLD})"),
    ]
