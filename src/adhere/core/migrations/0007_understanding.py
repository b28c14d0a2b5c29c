from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="acknowledgement",
            name="understanding",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="material",
            field=models.JSONField(null=True),
        ),
    ]
