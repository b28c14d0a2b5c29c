from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cookies", "0002_scans"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(fields=["at"], name="consents_listed"),
        ),
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(fields=["language", "at"], name="consents_listed_in_language"),
        ),
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(
                fields=["at"], name="consents_changing", condition=models.Q(previous__gt="")
            ),
        ),
    ]
