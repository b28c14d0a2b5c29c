from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0008_second_consent")]
    operations = [
        migrations.AddField("person", "shut_at", models.DateTimeField(null=True)),
    ]
