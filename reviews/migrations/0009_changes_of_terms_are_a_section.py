from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_terms_stand_when_signed")]

    operations = [migrations.RemoveField(model_name="terms", name="changed")]
